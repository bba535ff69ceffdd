//! What is erased is gone from every byte of the file, and the chain still holds.

#![allow(clippy::unwrap_used)]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
};

use privacy::Personal;
use request::{
    Applicant, Channel, Consent, DocumentNumber, Identification, IdentityLevel, Outcome,
    ResidentNumber, StationId, Terms,
};

use super::*;

const DAY: Duration = Duration::from_secs(86_400);
/// Kept for a month; everything else for a day.
const LONG: &str = "land-ledger";

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn term(service: &ServiceId) -> Duration {
    if service.as_str() == LONG {
        DAY * 30
    } else {
        DAY
    }
}

/// Not encrypted, so that its bytes can be searched.
fn plain(name: &str) -> (Journal, PathBuf) {
    let folder = std::env::temp_dir().join(format!("minwon-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("journal.db");
    let connection = Connection::open(&path).unwrap();
    let journal = Journal::with(connection, StationId::new("gaon-1")).unwrap();
    (journal, path)
}

fn opened(service: &str) -> RequestEvent {
    RequestEvent::Opened {
        service: ServiceId::new(service),
        service_version: 1,
        channel: Channel::Kiosk,
        station: StationId::new("gaon-1"),
        language: "ko".to_owned(),
        terms: Terms {
            identity: IdentityLevel::Number,
            consent: true,
            questions: Vec::new(),
            copies_max: 1,
        },
    }
}

/// What a citizen says until the request is submitted; the number is the canary.
fn told(canary: &str, length: usize) -> Vec<RequestEvent> {
    let text = format!("{canary} {}", "가".repeat(length));
    vec![
        RequestEvent::Identified {
            applicant: Applicant {
                name: Personal::new(format!("홍{canary}")),
                resident_number: ResidentNumber::parse(canary).unwrap(),
            },
            by: Identification::CardAndNumber,
        },
        RequestEvent::Answered {
            question: "why".to_owned(),
            answer: Personal::new(text.clone()),
        },
        RequestEvent::OptionsChosen {
            options: BTreeMap::from([("kind".to_owned(), text.clone())]),
            copies: 1,
        },
        RequestEvent::Consented {
            consent: Consent {
                agency: "agency".to_owned(),
                purpose: text,
                fields: Vec::new(),
                language: "ko".to_owned(),
            },
        },
    ]
}

/// What the law wants kept.
fn kept() -> Vec<RequestEvent> {
    let number = DocumentNumber::new("1234-5678-9012-3456");
    vec![
        RequestEvent::Submitted,
        RequestEvent::CoinTaken { value_won: 500 },
        RequestEvent::IssueBegun {
            number: number.clone(),
        },
        RequestEvent::Issued { number },
        RequestEvent::FeeCaptured { amount_won: 400 },
        RequestEvent::RefundOwed {
            amount_won: 100,
            ticket: "R-1".to_owned(),
        },
    ]
}

fn closed(outcome: Outcome) -> RequestEvent {
    RequestEvent::Closed { outcome }
}

struct Visit {
    id: RequestId,
    canary: String,
    long: bool,
}

/// Many visits, interleaved, with bodies from a few bytes to several pages.
fn visits(journal: &mut Journal, count: u32) -> Vec<Visit> {
    let mut visits = Vec::new();
    for index in 0..count {
        let canary = format!("9001011{:06}", 123_456 + index * 7);
        let id = RequestId::new(format!("gaon-1-{index}"));
        let long = index % 3 == 0;
        let mut events = vec![opened(if long { LONG } else { "short" })];
        events.extend(told(&canary, usize::try_from(index * 37 % 2_500).unwrap()));
        events.extend(kept());
        events.push(closed(Outcome::Done));
        for event in events {
            journal.append(&id, &event, at(i64::from(index))).unwrap();
        }
        visits.push(Visit { id, canary, long });
    }
    visits
}

/// Whose canaries stand anywhere in the file, its WAL or its free pages.
fn found(path: &Path, visits: &[Visit]) -> Vec<usize> {
    let mut bytes = Vec::new();
    for entry in fs::read_dir(path.parent().unwrap()).unwrap() {
        bytes.extend(fs::read(entry.unwrap().path()).unwrap());
    }
    let prefix = b"9001011";
    let starts = (0..bytes.len().saturating_sub(13)).filter(|at| bytes[*at..].starts_with(prefix));
    let texts: std::collections::BTreeSet<&[u8]> =
        starts.map(|start| &bytes[start..start + 13]).collect();
    (0..visits.len())
        .filter(|index| texts.contains(visits[*index].canary.as_bytes()))
        .collect()
}

fn indices(visits: &[Visit], wanted: impl Fn(&Visit) -> bool) -> Vec<usize> {
    (0..visits.len())
        .filter(|index| wanted(&visits[*index]))
        .collect()
}

fn erase_all(journal: &mut Journal, now: Timestamp) -> u32 {
    let mut requests = 0;
    loop {
        match journal.erase_finished(&term, now).unwrap().requests {
            0 => return requests,
            some => requests += some,
        }
    }
}

#[test]
fn what_is_erased_stands_nowhere_in_the_file_its_wal_or_its_free_pages() {
    let (mut journal, path) = plain("erased");
    let visits = visits(&mut journal, 300);
    journal.acknowledge(journal.head().number).unwrap();
    let head = journal.head().clone();
    assert_eq!(found(&path, &visits), indices(&visits, |_| true));

    let short = erase_all(&mut journal, at(1_000) + DAY);

    assert_eq!(short, 200);
    assert_eq!(found(&path, &visits), indices(&visits, |it| it.long));

    assert_eq!(erase_all(&mut journal, at(1_000) + DAY * 30), 100);

    assert!(found(&path, &visits).is_empty());
    let audited = journal.audit([head.clone()]).unwrap();
    assert_eq!((audited.finding, audited.head), (None, head));
    assert_eq!(audited.erased, 300 * 4);
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
}

/// An auditor opens the journal of a kiosk in service.
#[test]
fn erasing_waits_for_another_program_that_writes() {
    static OTHER: Mutex<Option<Connection>> = Mutex::new(None);
    let (mut journal, path) = plain("waits");
    visits(&mut journal, 3);
    journal.acknowledge(journal.head().number).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    *OTHER.lock().unwrap() = Some(other);
    // The other is done as soon as somebody waits for it.
    let wait = |_| OTHER.lock().unwrap().take().is_some();
    journal.connection.busy_handler(Some(wait)).unwrap();

    let erased = journal.erase_finished(&term, at(1_000) + DAY).unwrap();

    assert_eq!(erased.requests, 2);
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
}

/// The search above can fail: without the overwriting it finds everybody.
#[test]
fn without_secure_delete_the_erased_are_still_found() {
    let (mut journal, path) = plain("insecure");
    journal
        .connection
        .pragma_update(None, "secure_delete", false)
        .unwrap();
    let visits = visits(&mut journal, 30);
    journal.acknowledge(journal.head().number).unwrap();

    erase_all(&mut journal, at(1_000) + DAY * 30);

    assert!(found(&path, &visits).len() > 10);
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
}

#[test]
fn money_and_paper_are_kept_and_name_nobody() {
    let (mut journal, path) = plain("kept");
    let visits = visits(&mut journal, 1);
    journal.acknowledge(journal.head().number).unwrap();
    let before = journal.request(&visits[0].id).unwrap().unwrap();

    erase_all(&mut journal, at(0) + DAY * 30);

    let left = journal.events(&visits[0].id).unwrap();
    let mut expected = vec![opened(LONG)];
    expected.extend(kept());
    expected.push(closed(Outcome::Done));
    assert_eq!(left, expected);
    let after = journal.request(&visits[0].id).unwrap().unwrap();
    assert_eq!(
        (after.money, after.paper, after.stage),
        (before.money, before.paper, before.stage)
    );
    assert_eq!(journal.open_requests().unwrap(), []);
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
}

#[test]
fn nothing_is_erased_before_its_term_nor_before_the_exchange_has_all_of_it() {
    let mut journal = Journal::in_memory(StationId::new("gaon-1")).unwrap();
    let visits = visits(&mut journal, 2);
    let last = journal.head().number;
    let long = &visits[0];
    let mut erased_at = |acknowledged: u64, now: Timestamp| {
        journal.acknowledge(acknowledged).unwrap();
        journal.erase_finished(&term, now).unwrap().requests
    };

    assert_eq!(erased_at(0, at(1) + DAY * 365), 0);
    assert_eq!(erased_at(last - 1, at(0) + DAY * 29), 0);
    // The second one's last entry is not confirmed yet.
    assert_eq!(erased_at(last - 1, at(1) + DAY * 2), 0);
    assert_eq!(erased_at(last, at(0) + DAY), 0);
    assert_eq!(erased_at(last, at(1) + DAY), 1);
    assert_eq!(erased_at(last, at(0) + DAY * 30), 1);
    assert_eq!(erased_at(last, at(0) + DAY * 30), 0);
    assert!(long.long);
}

#[test]
fn an_open_request_is_left_alone_however_old_it_is() {
    let mut journal = Journal::in_memory(StationId::new("gaon-1")).unwrap();
    let id = RequestId::new("r");
    for event in [opened("short")]
        .into_iter()
        .chain(told("9001011123456", 1))
    {
        journal.append(&id, &event, at(0)).unwrap();
    }
    journal.acknowledge(journal.head().number).unwrap();

    let erased = journal.erase_finished(&term, at(0) + DAY * 9_999).unwrap();

    assert_eq!(erased, Erased::default());
    assert_eq!(journal.events(&id).unwrap().len(), 5);
}

#[test]
fn who_leaves_without_submitting_is_forgotten_as_soon_as_the_exchange_knows() {
    let (mut journal, path) = plain("withdrawn");
    let visits = vec![Visit {
        id: RequestId::new("r"),
        canary: "9001011123456".to_owned(),
        long: true,
    }];
    let mut events = vec![opened(LONG)];
    events.extend(told(&visits[0].canary, 9));
    events.push(closed(Outcome::Withdrawn));
    for event in &events {
        journal.append(&visits[0].id, event, at(5)).unwrap();
    }
    assert_eq!(erase_all(&mut journal, at(5)), 0);
    journal.acknowledge(journal.head().number).unwrap();

    assert_eq!(erase_all(&mut journal, at(5)), 1);

    assert!(found(&path, &visits).is_empty());
    let left = journal.events(&visits[0].id).unwrap();
    assert_eq!(left, [opened(LONG), closed(Outcome::Withdrawn)]);
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
}

#[test]
fn a_reader_in_the_way_is_reported_and_the_wal_is_emptied_the_next_time() {
    let (mut journal, path) = plain("reader");
    let visits = visits(&mut journal, 3);
    journal.acknowledge(journal.head().number).unwrap();
    let reader = Connection::open(&path).unwrap();
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM entry")
        .unwrap();

    let refused = journal.erase_finished(&term, at(9) + DAY * 30);

    assert!(matches!(refused, Err(Error::WalInUse)));
    drop(reader);
    assert_eq!(erase_all(&mut journal, at(9) + DAY * 30), 0);
    assert!(found(&path, &visits).is_empty());
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
}

#[test]
fn what_the_exchange_told_of_a_person_is_erased_with_the_rest() {
    let (mut journal, path) = plain("told");
    let visits = visits(&mut journal, 1);
    let event = RequestEvent::Replied {
        agent: "kim".to_owned(),
        text: Personal::new("an answer that is private".to_owned()),
        decision: None,
    };
    let told = sync::Publication {
        number: 1,
        previous: 0,
        recorded_at: at(1),
        content: sync::Announcement::Request {
            request: visits[0].id.clone(),
            event,
        },
    };
    assert!(journal.receive(&told).unwrap());
    journal.acknowledge(journal.head().number).unwrap();

    erase_all(&mut journal, at(1_000) + DAY * 30);

    let files = fs::read_dir(path.parent().unwrap()).unwrap();
    let mut files = files.map(|it| fs::read(it.unwrap().path()).unwrap());
    let private = b"that is private";
    assert!(!files.any(|it| it.windows(private.len()).any(|it| it == private)));
    assert!(!journal.receive(&told).unwrap(), "it is still known");
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
}
