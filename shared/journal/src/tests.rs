//! What a journal keeps through crashes and restarts.

#![allow(clippy::unwrap_used)]

use privacy::Personal;
use request::{Channel, IdentityLevel, NetworkFault, ServiceId, Terms};

use super::*;

fn journal() -> Journal {
    Journal::in_memory(StationId::new("kiosk-1")).unwrap()
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
        request: RequestId::new("r"),
        recorded_at: at(2),
        event: RequestEvent::AttemptFailed {
            fault: NetworkFault::Slow,
        },
    }
}

#[test]
fn a_damaged_entry_is_reported_without_its_words() {
    let journal = journal();
    let text = r#"{"type":"answered","question":"q","answer":["Hong Gil-dong"]}"#;
    journal
        .connection
        .execute(
            "INSERT INTO journal (request_id, recorded_at, number, event) VALUES ('r', 0, 1, ?1)",
            [text],
        )
        .unwrap();

    let error = journal.pending(0, 1).unwrap_err();

    assert!(!format!("{error:?} {error}").contains("Hong"));
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
fn a_publication_is_taken_once_and_never_out_of_turn() {
    let mut journal = journal();

    assert!(journal.receive(&published(1)).unwrap());
    assert!(!journal.receive(&published(1)).unwrap());
    assert!(matches!(
        journal.receive(&published(3)),
        Err(Error::Gap {
            expected: 2,
            found: 3
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
        Journal::open_or_set_aside(&path, StationId::new("kiosk-1"), at(7)).unwrap();

    assert_eq!(journal.received().unwrap(), 0);
    assert!(
        std::fs::read(aside.unwrap())
            .unwrap()
            .starts_with(b"this was never")
    );
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn the_file_is_as_durable_as_promised() {
    let folder = std::env::temp_dir().join(format!("minwon-durable-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let journal = Journal::open(&folder.join("j.db"), StationId::new("k")).unwrap();
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
