//! What a journal keeps through crashes and restarts.

#![allow(clippy::unwrap_used)]

use privacy::Personal;
use request::{
    Channel, IdentityLevel, NetworkFault, RequestEvent, RequestId, ServiceId, StationId, Terms,
    Timestamp,
};
use sync::{Announcement, Publication};

use super::*;

fn journal() -> Journal {
    Journal::in_memory(StationId::new("kiosk-1")).unwrap()
}

fn key() -> Key {
    Key::from_bytes([7; 32])
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn opened() -> RequestEvent {
    RequestEvent::Opened {
        service: ServiceId::new("land-ledger"),
        service_version: 1,
        channel: Channel::Kiosk,
        station: StationId::new("kiosk-1"),
        language: "ko".to_owned(),
        terms: Terms {
            identity: IdentityLevel::None,
            consent: false,
            questions: Vec::new(),
            copies_max: 5,
        },
    }
}

fn published(number: u64) -> Publication {
    Publication {
        number,
        previous: number - 1,
        recorded_at: at(2),
        content: Announcement::Request {
            request: RequestId::new("r"),
            event: RequestEvent::AttemptFailed {
                fault: NetworkFault::Slow,
            },
        },
    }
}

#[test]
fn a_damaged_publication_is_reported_without_its_words() {
    let journal = journal();
    let text = r#"{"type":"answered","question":"q","answer":["Hong Gil-dong"]}"#;
    journal
        .connection
        .execute("INSERT INTO publication VALUES (1, 'r', 0, 0, ?1)", [text])
        .unwrap();

    let error = journal.events(&RequestId::new("r")).unwrap_err();

    assert!(!format!("{error:?} {error}").contains("Hong"));
}

#[test]
fn every_entry_is_chained_to_the_one_before_and_the_chain_goes_on_when_it_is_opened_again() {
    let folder = std::env::temp_dir().join(format!("minwon-chained-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("journal.db");
    let station = StationId::new("kiosk-1");
    let id = RequestId::new("r");
    for turn in 0..3 {
        let mut journal = Journal::open(&path, station.clone(), &key()).unwrap();
        assert_eq!(journal.head().number, 2 * turn);
        for coin in [100, 500] {
            let event = RequestEvent::CoinTaken { value_won: coin };
            journal.append(&id, &event, at(1)).unwrap();
        }
    }

    let journal = Journal::open(&path, station.clone(), &key()).unwrap();
    let mut head = Head::genesis(station, journal.head().incarnation.clone());
    for entry in journal.entries(0, u32::MAX).unwrap() {
        assert_eq!(entry.incarnation, head.incarnation);
        head = head.after(&entry.request, entry.recorded_at, &entry.commitment());
        assert_eq!(journal.hash_at(entry.number).unwrap(), Some(head.hash));
    }
    assert_eq!(head, *journal.head());
    assert_eq!(head.number, 6);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn an_entry_that_was_not_written_leaves_the_chain_where_it_was() {
    let mut journal = journal();
    let id = RequestId::new("r");
    journal.append(&id, &opened(), at(1)).unwrap();
    let before = journal.head().clone();
    journal
        .connection
        .execute_batch("PRAGMA query_only = ON")
        .unwrap();
    let event = RequestEvent::Submitted;
    assert!(matches!(
        journal.append(&id, &event, at(2)),
        Err(Error::Append(_))
    ));
    assert_eq!(*journal.head(), before);

    journal
        .connection
        .execute_batch("PRAGMA query_only = OFF")
        .unwrap();
    assert_eq!(journal.append(&id, &event, at(2)).unwrap(), 2);
}

#[test]
fn an_id_names_station_day_and_entry_and_bears_a_mark_of_its_own() {
    let journal = journal();
    let now = at(1_795_480_200_000);
    let mark = Mark::from_bytes([0, 1, 0x02, 0xfe, 0xff]);

    let id = journal.mint_request(now, mark);

    assert_eq!(id.as_str(), "kiosk-1-261124-000g5zqz-000001");
    let drawn = || journal.mint_request(now, Mark::draw().unwrap());
    assert_ne!(drawn(), drawn());
}

#[test]
fn the_file_itself_refuses_to_alter_or_to_delete_an_entry() {
    let mut journal = journal();
    journal
        .append(&RequestId::new("r"), &opened(), at(1))
        .unwrap();
    let head = journal.head().clone();

    for forbidden in [
        "DELETE FROM entry",
        "UPDATE entry SET number = 7",
        "UPDATE entry SET request_id = 's'",
        "UPDATE entry SET recorded_at = 7",
        "UPDATE entry SET body = '{}'",
        "UPDATE entry SET salt = zeroblob(16)",
        "UPDATE entry SET salt = NULL",
        "UPDATE entry SET body = NULL",
        "UPDATE entry SET commitment = zeroblob(32), salt = NULL, body = NULL",
        "UPDATE entry SET hash = zeroblob(32), salt = NULL, body = NULL",
        "INSERT INTO entry SELECT 3, 's', 0, NULL, NULL, hash, hash FROM entry",
        "INSERT OR REPLACE INTO entry SELECT 1, 's', 0, NULL, NULL, hash, hash FROM entry",
    ] {
        let refused = journal.connection.execute_batch(forbidden);
        assert!(refused.is_err(), "{forbidden}");
    }
    let whole = journal.entries(0, 1).unwrap().remove(0);
    journal
        .connection
        .execute_batch("UPDATE entry SET salt = NULL, body = NULL")
        .unwrap();

    let erased = journal.entries(0, 1).unwrap().remove(0);
    assert_eq!(erased.event(), Err(sync::Unreadable::Erased));
    assert_eq!(erased.commitment(), whole.commitment());
    assert_eq!(journal.events(&RequestId::new("r")).unwrap(), []);
    assert_eq!(*journal.head(), head);
}

#[test]
fn a_journal_of_another_station_is_refused_and_not_set_aside() {
    let folder = std::env::temp_dir().join(format!("minwon-other-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("journal.db");
    drop(Journal::open(&path, StationId::new("gaon-1"), &key()).unwrap());

    let refused = Journal::open_or_set_aside(&path, StationId::new("gaon-2"), &key(), at(7));

    assert!(matches!(refused, Err(Error::OtherStation(of)) if of == "gaon-1"));
    assert!(Journal::open(&path, StationId::new("gaon-1"), &key()).is_ok());
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn an_acknowledged_entry_leaves_the_outbox_but_not_the_journal() {
    let mut journal = journal();
    let id = RequestId::new("r");
    let number = journal.append(&id, &opened(), at(1)).unwrap();
    assert_eq!(journal.pending(0, 10).unwrap().len(), 1);

    journal.acknowledge(number).unwrap();

    assert_eq!(journal.pending(0, 10).unwrap(), []);
    assert!(journal.request(&id).unwrap().is_some());
}

#[test]
fn numbers_have_no_gap_although_the_exchange_speaks_in_between() {
    let mut journal = journal();
    let id = RequestId::new("r");
    assert_eq!(journal.append(&id, &opened(), at(1)).unwrap(), 1);
    assert!(journal.receive(&published(1)).unwrap());
    let answer = Personal::new("12-3".to_owned());
    let event = RequestEvent::Answered {
        question: "parcel_number".to_owned(),
        answer,
    };

    assert_eq!(journal.append(&id, &event, at(3)).unwrap(), 2);
    assert_eq!(journal.events(&id).unwrap().len(), 3);
}

#[test]
fn whatever_the_exchange_tells_is_kept_and_numbered_together() {
    let mut journal = journal();
    let notice = Publication {
        number: 2,
        previous: 1,
        recorded_at: at(3),
        content: Announcement::Released,
    };

    assert!(journal.receive(&published(1)).unwrap());
    assert!(journal.receive(&notice).unwrap());
    assert!(journal.receive(&published(3)).unwrap());

    assert_eq!(journal.received().unwrap(), 3);
    let kept = journal.announcements().unwrap();
    assert_eq!(kept, [(2, at(3), Announcement::Released)]);
    assert_eq!(journal.events(&RequestId::new("r")).unwrap().len(), 2);
}

#[test]
fn what_was_for_an_earlier_journal_is_skipped() {
    let mut journal = journal();

    journal.skip(7).unwrap();

    assert!(!journal.receive(&published(7)).unwrap());
    assert!(journal.receive(&published(8)).unwrap());
}

#[test]
fn what_the_exchange_has_lost_is_pending_again() {
    let mut journal = journal();
    for _ in 0..3 {
        let request = RequestId::new("r");
        journal
            .append(&request, &RequestEvent::Submitted, at(1))
            .unwrap();
    }
    journal.acknowledge(3).unwrap();

    journal.withdraw(1).unwrap();

    let pending = journal.pending(0, 9).unwrap();
    assert_eq!(pending.first().map(|it| it.number), Some(2));
    let genesis = sync::Head::genesis(
        journal.head().station.clone(),
        journal.head().incarnation.clone(),
    );
    assert_eq!(journal.hash_at(0).unwrap(), Some(genesis.hash));
}

#[test]
fn a_publication_is_taken_once_and_never_out_of_turn() {
    let mut journal = journal();

    assert!(journal.receive(&published(1)).unwrap());
    assert!(!journal.receive(&published(1)).unwrap());
    assert!(matches!(
        journal.receive(&published(3)),
        Err(Error::Gap {
            expected: 2,
            found: 1
        })
    ));
    assert_eq!(journal.received().unwrap(), 1);
}

#[test]
fn a_request_is_open_until_it_is_closed() {
    let mut journal = journal();
    let id = RequestId::new("r");
    journal.append(&id, &opened(), at(1)).unwrap();
    assert_eq!(journal.open_requests().unwrap(), std::slice::from_ref(&id));

    let closed = RequestEvent::Closed {
        outcome: request::Outcome::Withdrawn,
    };
    journal.append(&id, &closed, at(2)).unwrap();

    assert_eq!(journal.open_requests().unwrap(), []);
}

#[test]
fn a_journal_that_cannot_be_read_is_set_aside_and_kept() {
    let folder = std::env::temp_dir().join(format!("minwon-journal-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("journal.db");
    std::fs::write(&path, b"this was never a database, nor will it ever be one").unwrap();

    let (journal, aside) =
        Journal::open_or_set_aside(&path, StationId::new("kiosk-1"), &key(), at(7)).unwrap();

    assert_eq!(journal.received().unwrap(), 0);
    assert!(
        std::fs::read(aside.unwrap().file)
            .unwrap()
            .starts_with(b"this was never")
    );
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_file_is_as_durable_as_promised() {
    let folder = std::env::temp_dir().join(format!("minwon-durable-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let journal = Journal::open(&folder.join("j.db"), StationId::new("k"), &key()).unwrap();
    let pragma = |name| -> String {
        journal
            .connection
            .pragma_query_value(None, name, |row| {
                row.get::<_, String>(0)
                    .or_else(|_| row.get::<_, i64>(0).map(|it| it.to_string()))
            })
            .unwrap()
    };

    assert_eq!(pragma("journal_mode"), "wal");
    assert_eq!(pragma("synchronous"), "2");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_opens_a_request_together_with_the_rest_is_there_whole_or_not_at_all() {
    let mut journal = journal();
    let id = RequestId::new("r");
    let events = [opened(), RequestEvent::Submitted];
    assert_eq!(journal.newest_entry_of(&id).unwrap(), None);

    assert_eq!(journal.append_together(&id, &events, at(1)).unwrap(), 2);

    assert_eq!(journal.events(&id).unwrap(), events);
    assert_eq!(journal.newest_entry_of(&id).unwrap(), Some(2));
    assert_eq!(journal.open_requests().unwrap(), [id]);
}

#[test]
fn what_happened_to_two_requests_at_one_moment_is_written_or_is_not() {
    let mut journal = journal();
    let (first, second) = (RequestId::new("r-1"), RequestId::new("r-2"));
    for id in [&first, &second] {
        journal.append(id, &opened(), at(1)).unwrap();
    }
    let carried = RequestEvent::CarriedOver {
        to: second.clone(),
        amount_won: 300,
    };
    let brought = RequestEvent::BroughtForward {
        from: first.clone(),
        amount_won: 300,
    };
    let both = [(first.clone(), carried), (second.clone(), brought)];
    journal
        .connection
        .execute_batch(
            "CREATE TEMP TRIGGER stop BEFORE INSERT ON entry WHEN new.number = 4
             BEGIN SELECT raise(ABORT, 'no'); END",
        )
        .unwrap();
    assert!(journal.append_at_once(&both, at(2)).is_err());
    assert_eq!(journal.events(&first).unwrap().len(), 1);
    journal
        .connection
        .execute_batch("DROP TRIGGER stop")
        .unwrap();

    assert_eq!(journal.append_at_once(&both, at(2)).unwrap(), 4);

    assert_eq!(journal.events(&first).unwrap()[1], both[0].1);
    assert_eq!(journal.events(&second).unwrap()[1], both[1].1);
}
