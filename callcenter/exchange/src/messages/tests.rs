//! Messages out of a real ledger into a real folder.

#![allow(clippy::unwrap_used)]

use std::fs;

use journal::Journal;
use ledger::{NOT_ASKED, Store};
use request::{
    Channel, DeclineReason, DocumentNumber, DocumentReference, IdentityLevel, Outcome as Ending,
    Promise, RequestEvent, RequestId, ServiceId, StationId, TelephoneNumber, Terms,
};
use sync::{Hello, Offer};
use tempfile::TempDir;

use super::*;

/// 24 November 2026, ten o'clock in Seoul.
const TEN: Timestamp = Timestamp::from_millis(1_795_482_000_000);
const CODE: &str = "1234567890123456";

struct Office {
    folder: TempDir,
    store: Store,
    journal: Journal,
    spool: Spool,
}

impl Office {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("exchange.sqlite")).unwrap();
        let journal = Journal::in_memory(StationId::new("desk-1")).unwrap();
        let hello = Hello {
            head: journal.head().clone(),
            received: 0,
            release: "test".to_owned(),
            finding: None,
        };
        store.greet(&hello, TEN).unwrap();
        let outgoing = folder.path().join("outgoing");
        fs::create_dir(&outgoing).unwrap();
        let spool = Spool::open(&outgoing).unwrap();
        Self {
            folder,
            store,
            journal,
            spool,
        }
    }

    /// A citizen goes with a ticket, and may have left a number.
    fn queue(&mut self, id: &str, channel: Channel, telephone: Option<&str>) -> RequestId {
        let id = RequestId::new(id);
        let mut events = vec![opened(channel)];
        events.extend(telephone.map(|it| RequestEvent::MessagesWanted {
            telephone: TelephoneNumber::parse(it).unwrap(),
        }));
        events.push(RequestEvent::Submitted);
        let ticket = CODE.to_owned();
        events.push(RequestEvent::Queued { ticket });
        let outcome = Ending::Queued;
        events.push(RequestEvent::Closed { outcome });
        self.tell(&id, &events);
        id
    }

    fn tell(&mut self, id: &RequestId, events: &[RequestEvent]) {
        for event in events {
            self.journal.append(id, event, TEN).unwrap();
        }
        let offer = Offer {
            speaker: self.journal.head().incarnation.clone(),
            before: self.journal.hash_at(0).unwrap().unwrap(),
            entries: self.journal.entries(0, 1000).unwrap(),
        };
        let station = StationId::new("desk-1");
        // Heard twice, as after a lost answer.
        for _ in 0..2 {
            self.store.take(&station, &offer, TEN).unwrap().unwrap();
        }
    }

    fn send(&self, now: Timestamp) -> Option<Timestamp> {
        send_due(&self.store, &self.spool, now).unwrap()
    }

    /// The gateway takes what lies there.
    fn collect(&self) -> Vec<(String, Vec<u8>)> {
        let outgoing = fs::read_dir(self.folder.path().join("outgoing")).unwrap();
        let files = outgoing
            .map(|it| it.unwrap().path())
            .filter(|it| it.is_file());
        let taken = files.map(|file| {
            let content = fs::read(&file).unwrap();
            fs::remove_file(&file).unwrap();
            let name = file.file_name().unwrap().to_str().unwrap();
            (name.to_owned(), content)
        });
        taken.collect()
    }

    fn told(&self, id: &RequestId) -> Vec<(Occasion, Option<Settlement>)> {
        self.store.messages_about(id).unwrap()
    }
}

fn opened(channel: Channel) -> RequestEvent {
    RequestEvent::Opened {
        service: ServiceId::new("land-ledger"),
        service_version: 1,
        channel,
        station: StationId::new("desk-1"),
        language: "ko".to_owned(),
        terms: Terms {
            identity: IdentityLevel::None,
            consent: false,
            questions: Vec::new(),
            copies_max: 1,
        },
    }
}

#[test]
fn who_telephoned_is_told_the_code_once() {
    let mut office = Office::open();
    let id = office.queue("desk-1-1", Channel::Telephone, Some("010-1234-5678"));

    assert_eq!(office.send(TEN), None);
    let first = office.collect();
    office.store.keep_result(&id, NOT_ASKED, TEN).unwrap();
    assert_eq!(office.send(TEN), None);

    let [(name, content)] = first.as_slice() else {
        panic!("{first:?}")
    };
    assert_eq!(name, "desk-1-1.accepted");
    let head = b"To: 821012345678\nAlphabet: UCS\n\n";
    let text = content.strip_prefix(head).unwrap();
    let units = text.chunks(2).map(|it| u16::from_be_bytes([it[0], it[1]]));
    let text = String::from_utf16(&units.collect::<Vec<_>>()).unwrap();
    assert!(text.contains("찾는 번호 1234 5678 9012 3456 "), "{text}");
    assert_eq!(office.collect(), []);
    let handed_over = Some(Settlement::HandedOver);
    assert_eq!(office.told(&id), [(Occasion::Accepted, handed_over)]);
}

#[test]
fn nobody_is_told_anything_who_left_no_number() {
    let mut office = Office::open();
    let id = office.queue("desk-1-1", Channel::Telephone, None);

    assert_eq!(office.send(TEN), None);

    assert_eq!((office.collect(), office.told(&id)), (vec![], vec![]));
}

#[test]
fn who_left_a_kiosk_without_paper_is_told_by_day_that_it_is_ready() {
    let mut office = Office::open();
    let id = office.queue("desk-1-1", Channel::Kiosk, Some("010-1234-5678"));
    assert_eq!(office.send(TEN), None);
    assert_eq!(office.told(&id), []);

    let night = TEN + Duration::from_hours(12);
    office.store.keep_result(&id, "{}", night).unwrap();
    office.store.keep_result(&id, "{}", night).unwrap();
    let morning = TEN + Duration::from_hours(22);
    assert_eq!(office.send(night), Some(morning));
    assert_eq!(office.collect(), []);
    assert_eq!(office.send(morning), None);

    let names: Vec<_> = office.collect().into_iter().map(|it| it.0).collect();
    assert_eq!(names, ["desk-1-1.ready"]);
}

#[test]
fn who_says_where_after_it_was_ready_is_told_too() {
    let mut office = Office::open();
    let id = RequestId::new("desk-1-1");
    let ticket = CODE.to_owned();
    let queued = RequestEvent::Queued { ticket };
    office.tell(
        &id,
        &[opened(Channel::Kiosk), RequestEvent::Submitted, queued],
    );
    office.store.keep_result(&id, "{}", TEN).unwrap();
    assert_eq!(office.send(TEN), None);

    let telephone = TelephoneNumber::parse("010-1234-5678").unwrap();
    office.tell(&id, &[RequestEvent::MessagesWanted { telephone }]);
    assert_eq!(office.send(TEN), None);

    let names: Vec<_> = office.collect().into_iter().map(|it| it.0).collect();
    assert_eq!(names, ["desk-1-1.ready"]);
}

#[test]
fn who_is_refused_after_leaving_is_told_so() {
    let mut office = Office::open();
    let id = office.queue("desk-1-1", Channel::Kiosk, Some("010-1234-5678"));
    let reason = DeclineReason::NoSuchRecord;
    let declined = RequestEvent::Declined { reason };
    let station = StationId::new("desk-1");

    office
        .store
        .publish(&id, &station, &declined, TEN, true)
        .unwrap();
    assert_eq!(office.send(TEN), None);

    let names: Vec<_> = office.collect().into_iter().map(|it| it.0).collect();
    assert_eq!(names, ["desk-1-1.declined"]);
}

#[test]
fn what_cannot_be_collected_any_more_is_not_told() {
    let mut office = Office::open();
    let id = office.queue("desk-1-1", Channel::Kiosk, Some("010-1234-5678"));
    office.store.keep_result(&id, "{}", TEN).unwrap();
    office.store.end_job(&id).unwrap();
    let terms = |_: &ServiceId, _| Duration::ZERO;
    office
        .store
        .erase_finished(&terms, TEN + Duration::from_hours(1))
        .unwrap();

    office.send(TEN + Duration::from_hours(1));

    let needless = Some(Settlement::Needless);
    assert_eq!(office.told(&id), [(Occasion::Ready, needless)]);
    assert_eq!(office.collect(), []);
}

#[test]
fn who_has_collected_before_the_morning_is_not_told_that_it_is_ready() {
    let mut office = Office::open();
    let id = office.queue("desk-1-1", Channel::Kiosk, Some("010-1234-5678"));
    let night = TEN + Duration::from_hours(12);
    office.store.keep_result(&id, "{}", night).unwrap();
    let (collector, station) = (RequestId::new("desk-1-2"), StationId::new("desk-1"));
    let (ticket, what) = (CODE.to_owned(), Promise::Documents);
    let collecting = RequestEvent::Collecting { ticket, what };
    office.tell(
        &collector,
        &[opened(Channel::Kiosk), collecting, RequestEvent::Submitted],
    );
    assert!(office.store.take_claim(CODE, &collector).unwrap());
    let number = DocumentNumber::new("1126-0000-0000-0001");
    let document = DocumentReference {
        number: number.clone(),
        pages: 1,
        sha256: String::new(),
    };
    let documents = vec![document];
    let prepared = RequestEvent::Prepared { documents };
    office
        .store
        .publish(&collector, &station, &prepared, night, true)
        .unwrap();
    let outcome = Ending::Done;
    let begun = RequestEvent::IssueBegun {
        number: number.clone(),
    };
    let closed = RequestEvent::Closed { outcome };
    office.tell(
        &collector,
        &[begun, RequestEvent::Issued { number }, closed],
    );

    office.send(TEN + Duration::from_hours(23));

    let needless = Some(Settlement::Needless);
    assert_eq!(office.told(&id), [(Occasion::Ready, needless)]);
    assert_eq!(office.collect(), []);
}

#[test]
fn a_folder_that_is_away_is_tried_again_for_a_day_and_no_longer() {
    let mut office = Office::open();
    let id = office.queue("desk-1-1", Channel::Telephone, Some("010-1234-5678"));
    let (outgoing, aside) = (
        office.folder.path().join("outgoing"),
        office.folder.path().join("aside"),
    );
    fs::rename(&outgoing, &aside).unwrap();

    let mut now = TEN;
    let mut tries = 0;
    while let Some(next) = office.send(now) {
        assert!(next > now);
        (now, tries) = (next, tries + 1);
    }

    fs::rename(&aside, &outgoing).unwrap();
    let expired = Some(Settlement::Expired);
    assert_eq!(office.told(&id), [(Occasion::Accepted, expired)]);
    assert!((24..40).contains(&tries), "{tries}");
    assert_eq!(office.collect(), []);
}

/// Dies at one of its steps.
struct Dying<'a> {
    spool: &'a Spool,
    /// Before or after the step is done.
    at: (Step, bool),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    LayOut,
    LetGo,
}

impl Dying<'_> {
    fn step(
        &self,
        step: Step,
        done: impl FnOnce() -> Result<(), NotTaken>,
    ) -> Result<(), NotTaken> {
        if self.at == (step, false) {
            panic!("killed before {step:?}");
        }
        done()?;
        if self.at == (step, true) {
            panic!("killed after {step:?}");
        }
        Ok(())
    }
}

impl Carrier for Dying<'_> {
    fn lay_out(&self, message: &TextMessage) -> Result<(), NotTaken> {
        self.step(Step::LayOut, || self.spool.lay_out(message))
    }

    fn let_go(&self, reference: &Reference) -> Result<(), NotTaken> {
        self.step(Step::LetGo, || self.spool.let_go(reference))
    }
}

#[test]
fn an_exchange_that_dies_at_any_step_tells_everybody_once() {
    for step in [Step::LayOut, Step::LetGo] {
        for done in [false, true] {
            let mut office = Office::open();
            let id = office.queue("desk-1-1", Channel::Telephone, Some("010-1234-5678"));
            let dying = Dying {
                spool: &office.spool,
                at: (step, done),
            };
            let store = office.store.clone();
            let died = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                send_due(&store, &dying, TEN).is_ok()
            }));
            assert!(died.is_err());
            // The gateway is quicker than the restart.
            let mut taken = office.collect();

            office.send(TEN);
            taken.extend(office.collect());

            assert_eq!(taken.len(), 1, "{step:?} {done}");
            let handed_over = Some(Settlement::HandedOver);
            assert_eq!(office.told(&id), [(Occasion::Accepted, handed_over)]);
        }
    }
}

#[test]
fn what_no_folder_can_take_is_given_up_at_once() {
    let mut office = Office::open();
    let long = "a".repeat(300);
    let id = office.queue(&long, Channel::Telephone, Some("010-1234-5678"));

    assert_eq!(office.send(TEN), None);

    let refused = Some(Settlement::Refused);
    assert_eq!(office.told(&id), [(Occasion::Accepted, refused)]);
}

#[test]
fn no_request_leads_out_of_the_folder() {
    for id in ["../../etc/passwd", ".hidden", "a/b", "", "LOCK\n"] {
        assert_eq!(
            Reference::new(&RequestId::new(id), Occasion::Ready),
            None,
            "{id}"
        );
    }
}
