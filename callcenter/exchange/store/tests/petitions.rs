//! Petitions at the exchange: they wait for an agent, are answered once, and are
//! forgotten in time.

#![allow(clippy::unwrap_used)]

#[path = "petitions/handled.rs"]
mod handled;

use std::{fs, time::Duration};

use journal::Journal;
use ledger::{Attention, NotDone, Store};
use privacy::Personal;
use request::{
    Channel, IdentityLevel, Letter, NotSentReason, Outcome, Refusal, RequestEvent, RequestId,
    Sender, ServiceId, StationId, Terms, Timestamp,
};
use sync::{Announcement, Hello, Offer};
use tempfile::TempDir;

const NOON: Timestamp = Timestamp::from_millis(1_795_482_000_000);
const REPLY: &str = "가로등을 고쳤습니다";
const TEXT: &str = "가로등이 고장 났습니다";

struct Office {
    folder: TempDir,
    store: Store,
    journal: Journal,
}

impl Office {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("exchange.sqlite")).unwrap();
        let journal = Journal::in_memory(StationId::new("post-1")).unwrap();
        let hello = Hello {
            head: journal.head().clone(),
            received: 0,
            release: "test".to_owned(),
            finding: None,
        };
        store.greet(&hello, NOON).unwrap();
        Self {
            folder,
            store,
            journal,
        }
    }

    fn record(&mut self, id: &RequestId, event: &RequestEvent) {
        self.journal.append(id, event, NOON).unwrap();
    }

    /// Tells the exchange everything; answers what it has to work on itself.
    fn offer(&self) -> Vec<RequestId> {
        let offer = Offer {
            speaker: self.journal.head().incarnation.clone(),
            before: self.journal.hash_at(0).unwrap().unwrap(),
            entries: self.journal.entries(0, 1000).unwrap(),
        };
        let station = StationId::new("post-1");
        let received = self.store.take(&station, &offer, NOON).unwrap().unwrap();
        assert_eq!(received.wedged, []);
        received.submitted
    }

    fn receive(&mut self, id: &RequestId) -> Vec<RequestId> {
        self.record(
            id,
            &RequestEvent::Opened {
                service: ServiceId::new("petition"),
                service_version: 1,
                channel: Channel::Email,
                station: StationId::new("post-1"),
                language: "ko".to_owned(),
                terms: Terms {
                    identity: IdentityLevel::None,
                    consent: false,
                    questions: vec!["text".to_owned()],
                    copies_max: 0,
                },
            },
        );
        let sender = Sender {
            name: Personal::new("한빛나".to_owned()),
            address: Personal::new("na@example.org".to_owned()),
            message_id: None,
        };
        self.record(id, &RequestEvent::SenderNamed { sender });
        let (question, answer) = ("text".to_owned(), Personal::new(TEXT.to_owned()));
        self.record(id, &RequestEvent::Answered { question, answer });
        self.record(id, &RequestEvent::Submitted);
        self.offer()
    }

    fn attend(&self, id: &RequestId, attention: Attention, agent: &str) -> Result<(), NotDone> {
        self.store.attend(id, attention, agent, NOON).unwrap()
    }

    fn names(&self, words: &str) -> bool {
        let files = fs::read_dir(self.folder.path()).unwrap();
        let mut files = files.map(|it| fs::read(it.unwrap().path()).unwrap());
        files.any(|bytes| bytes.windows(words.len()).any(|it| it == words.as_bytes()))
    }
}

fn reply() -> Attention {
    let text = Personal::new(REPLY.to_owned());
    Attention::Reply {
        text,
        decision: None,
        open_until: None,
    }
}

fn id() -> RequestId {
    RequestId::new("post-1-1")
}

#[test]
fn a_petition_waits_for_an_agent_and_the_exchange_has_nothing_to_do() {
    let mut office = Office::open();

    let submitted = office.receive(&id());

    assert_eq!(submitted, []);
    assert_eq!(office.store.jobs().unwrap(), []);
    let waiting = office.store.petitions(10).unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(
        (waiting[0].submitted_at, &waiting[0].request.id),
        (NOON, &id())
    );
    let read = office
        .store
        .read_petition(&id(), "kim", NOON)
        .unwrap()
        .unwrap();
    assert_eq!(read.request.answers["text"].reveal(), TEXT);
    let unknown = RequestId::new("post-1-2");
    assert!(
        office
            .store
            .read_petition(&unknown, "kim", NOON)
            .unwrap()
            .is_none()
    );
}

#[test]
fn of_two_agents_who_answer_one_is_told_that_the_other_was_quicker() {
    let mut office = Office::open();
    office.receive(&id());
    let to = Attention::Assign {
        to: "kim".to_owned(),
    };
    assert_eq!(office.attend(&id(), to, "lee"), Ok(()));

    assert_eq!(office.attend(&id(), reply(), "kim"), Ok(()));

    let again = office.attend(&id(), reply(), "lee");
    assert_eq!(again, Err(NotDone::Refused(Refusal::Replied)));
    let station = StationId::new("post-1");
    let told = office.store.publications(&station, 0).unwrap();
    let told: Vec<_> = told.into_iter().map(|it| it.content).collect();
    assert!(matches!(
        &told[..],
        [
            Announcement::Request { event: RequestEvent::Assigned { agent }, .. },
            Announcement::Request { event: RequestEvent::Replied { agent: replied, .. }, .. }
        ] if agent == "kim" && replied == "kim"
    ));
}

#[test]
fn a_petition_that_is_over_waits_no_more_and_is_forgotten_with_its_answer() {
    let mut office = Office::open();
    office.receive(&id());
    office.attend(&id(), reply(), "kim").unwrap();
    let letter = Letter::Reply;
    office.record(&id(), &RequestEvent::SendingBegun { letter });
    office.record(&id(), &RequestEvent::Sent { letter });
    let outcome = Outcome::Done;
    office.record(&id(), &RequestEvent::Closed { outcome });
    office.offer();
    assert!(office.store.petitions(10).unwrap().is_empty());
    assert_eq!(office.attend(&id(), reply(), "lee"), Err(NotDone::Unknown));
    assert!(office.names(TEXT) && office.names(REPLY));

    let day = Duration::from_hours(24);
    let erased = office
        .store
        .erase_finished(&|_, _| day, NOON + day)
        .unwrap();
    assert!(office.store.empty_log().unwrap());

    assert_eq!(erased.facts, 3);
    for words in [TEXT, REPLY, "한빛나", "na@example.org"] {
        assert!(!office.names(words), "{words}");
    }
    let station = StationId::new("post-1");
    assert_eq!(office.store.publications(&station, 0).unwrap(), []);
}

#[test]
fn a_petition_is_taken_by_one_agent_and_answered_by_nobody_else() {
    let mut office = Office::open();
    office.receive(&id());

    assert_eq!(office.attend(&id(), Attention::Take, "kim"), Ok(()));

    assert_eq!(office.attend(&id(), Attention::Take, "kim"), Ok(()));
    let taken = office.attend(&id(), Attention::Take, "lee");
    assert_eq!(taken, Err(NotDone::Taken));
    assert_eq!(office.attend(&id(), reply(), "lee"), Err(NotDone::Taken));
    let over = Attention::Assign {
        to: "lee".to_owned(),
    };
    assert_eq!(office.attend(&id(), over, "lee"), Ok(()));
    assert_eq!(office.attend(&id(), reply(), "kim"), Err(NotDone::Taken));
    assert_eq!(office.attend(&id(), reply(), "lee"), Ok(()));
}

#[test]
fn an_answer_that_is_said_again_is_taken_once() {
    let mut office = Office::open();
    office.receive(&id());
    assert_eq!(office.attend(&id(), reply(), "kim"), Ok(()));

    assert_eq!(office.attend(&id(), reply(), "kim"), Ok(()));

    let other = Attention::Reply {
        text: Personal::new("Another answer".to_owned()),
        decision: None,
        open_until: None,
    };
    let replied = Err(NotDone::Refused(Refusal::Replied));
    assert_eq!(office.attend(&id(), other, "kim"), replied);
    let station = StationId::new("post-1");
    assert_eq!(office.store.publications(&station, 0).unwrap().len(), 1);
    let letter = Letter::Reply;
    office.record(&id(), &RequestEvent::SendingBegun { letter });
    let reason = NotSentReason::Unknown;
    office.record(&id(), &RequestEvent::NotSent { letter, reason });
    office.offer();
    assert_eq!(office.attend(&id(), reply(), "kim"), Ok(()));
    assert_eq!(
        office.store.publications(&station, 0).unwrap().len(),
        2,
        "one that did not arrive is given again"
    );
}
