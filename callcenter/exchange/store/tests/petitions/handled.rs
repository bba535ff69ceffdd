//! A petition with a receipt number: it goes on when its station's part is over, ends when
//! its citizen had time, and is forgotten in its own time.

use ledger::{Attachment, PetitionPage};
use request::{
    Applicant, Decision, Identification, JoinGround, OfficeId, ResidentNumber, RouteGround, Stage,
};

use super::*;

const DAY: Duration = Duration::from_hours(24);
const TRANSFER: &str = "도로과에서 맡을 일입니다";
const APPEAL: &str = "아직도 꺼져 있습니다";

fn number(last: u32) -> String {
    format!("510469149391849{last}")
}

impl Office {
    /// Files a petition as a kiosk does, and forgets it there.
    fn file(&mut self, id: &RequestId, receipt: &str) {
        self.file_quietly(id, receipt);
        self.offer();
    }

    /// The same, which the exchange is not told yet.
    fn file_quietly(&mut self, id: &RequestId, receipt: &str) {
        self.record(
            id,
            &RequestEvent::Opened {
                service: ServiceId::new("ombudsman-petition"),
                service_version: 1,
                channel: Channel::Kiosk,
                station: StationId::new("post-1"),
                language: "ko".to_owned(),
                terms: Terms {
                    identity: IdentityLevel::Number,
                    consent: false,
                    questions: vec!["text".to_owned()],
                    copies_max: 0,
                },
            },
        );
        let applicant = Applicant {
            name: Personal::new("한빛나".to_owned()),
            resident_number: ResidentNumber::parse("9001012990014").unwrap(),
        };
        let by = Identification::CardAndNumber;
        self.record(id, &RequestEvent::Identified { applicant, by });
        let (question, answer) = ("text".to_owned(), Personal::new(TEXT.to_owned()));
        self.record(id, &RequestEvent::Answered { question, answer });
        let receipt = receipt.to_owned();
        self.record(id, &RequestEvent::Received { receipt });
        self.record(id, &RequestEvent::Submitted);
        let outcome = Outcome::Queued;
        self.record(id, &RequestEvent::Closed { outcome });
    }

    fn route(&self, id: &RequestId) {
        let to = (OfficeId::new("4199001"), RouteGround::GeneralDesk);
        self.store
            .route(id, NOON + DAY * 7, Some(to), NOON)
            .unwrap();
    }

    fn erase(&self, now: Timestamp) -> u32 {
        let erased = self.store.erase_finished(&|_, _| DAY, now).unwrap();
        assert!(self.store.empty_log().unwrap());
        erased.facts
    }
}

fn answer(until: Timestamp) -> Attention {
    Attention::Reply {
        text: Personal::new(REPLY.to_owned()),
        decision: None,
        open_until: Some(until),
    }
}

fn words(text: &str) -> Personal<String> {
    Personal::new(text.to_owned())
}

#[test]
fn a_petition_waits_to_be_routed_and_then_for_an_agent_though_its_kiosk_is_done_with_it() {
    let mut office = Office::open();
    office.file(&id(), &number(0));
    let (waiting, submitted_at) = office.store.petitions_to_route(None).unwrap().remove(0);
    assert_eq!((waiting.id, submitted_at), (id(), NOON));

    office.route(&id());

    assert!(office.store.petitions_to_route(None).unwrap().is_empty());
    let listed = &office.store.petitions(10).unwrap()[0];
    assert_eq!(listed.request.stage, Stage::Closed(Outcome::Queued));
    assert!(!listed.is_late(NOON + DAY * 7) && listed.is_late(NOON + DAY * 8));
    assert_eq!(office.store.late_petitions(NOON + DAY * 8).unwrap(), 1);
    // Again is no second route.
    office.route(&id());
    assert_eq!(office.store.steps(&id()).unwrap().len(), 8);
}

#[test]
fn its_terms_count_from_when_it_is_concluded_and_everything_said_of_it_goes() {
    let mut office = Office::open();
    office.file(&id(), &number(0));
    office.route(&id());
    let handed_on = Attention::Transfer {
        office: OfficeId::new("4199010"),
        reason: words(TRANSFER),
    };
    office.attend(&id(), handed_on, "kim").unwrap();
    let file = Attachment {
        media_type: "application/pdf".to_owned(),
        content: b"%PDF-1.7 a private paper".to_vec(),
    };
    let kept = office.store.keep_attachment(&id(), "00", &file, NOON);
    assert!(kept.unwrap());
    office
        .attend(&id(), answer(NOON + DAY * 60), "kim")
        .unwrap();
    let elsewhere = OfficeId::new("4199002");
    let appealed = office
        .store
        .appeal(&number(0), elsewhere, words(APPEAL), NOON + DAY);
    appealed.unwrap().unwrap();
    office
        .attend(&id(), answer(NOON + DAY * 90), "lee")
        .unwrap();
    let rated = office
        .store
        .rate(&number(0), 1, words("늦었어요"), NOON + DAY * 90);
    rated.unwrap().unwrap();
    let secrets = [
        TEXT,
        REPLY,
        TRANSFER,
        APPEAL,
        "한빛나",
        "a private paper",
        "늦었어요",
    ];

    assert_eq!(office.store.conclude_petitions(NOON + DAY * 90).unwrap(), 0);
    assert_eq!(office.erase(NOON + DAY * 91), 0);
    assert!(secrets.iter().all(|it| office.names(it)));
    assert_eq!(office.store.conclude_petitions(NOON + DAY * 91).unwrap(), 1);
    assert_eq!(office.erase(NOON + DAY * 91), 0, "its term begins now");

    assert!(office.erase(NOON + DAY * 92) > 0);

    for secret in secrets {
        assert!(!office.names(secret), "{secret}");
    }
    // That there was one, and how it went, names nobody and stays.
    assert!(office.store.petition_of(&number(0)).unwrap().is_some());
    assert!(office.store.petitions(10).unwrap().is_empty());
    let again = office.store.rate(&number(0), 5, words(""), NOON + DAY * 92);
    assert_eq!(again.unwrap(), Err(NotDone::Unknown));
}

#[test]
fn whoever_is_joined_is_answered_with_the_leading_one_and_nobody_joins_in_chains() {
    let mut office = Office::open();
    let ids = ["post-1-1", "post-1-2", "post-1-3"].map(RequestId::new);
    for (last, id) in (0..).zip(&ids) {
        office.file(id, &number(last));
        office.route(id);
    }
    let join = |leading: &RequestId| Attention::Join {
        leading: leading.clone(),
        ground: JoinGround::Mass,
    };
    assert_eq!(office.attend(&ids[1], join(&ids[0]), "kim"), Ok(()));
    let chain = office.attend(&ids[2], join(&ids[1]), "kim");
    assert_eq!(chain, Err(NotDone::NoLead));
    // Whoever leads joins nobody.
    let turned = office.attend(&ids[0], join(&ids[2]), "kim");
    assert_eq!(turned, Err(NotDone::NoLead));
    assert_eq!(office.store.joined_to(&ids[0]).unwrap(), [ids[1].clone()]);

    office
        .attend(&ids[0], answer(NOON + DAY * 60), "kim")
        .unwrap();

    for (last, answered) in [(0, true), (1, true), (2, false)] {
        let request = office.store.petition_of(&number(last)).unwrap().unwrap();
        assert_eq!(request.correspondence.reply.is_some(), answered, "{last}");
        assert_eq!(request.handling.open_until.is_some(), answered, "{last}");
    }
}

#[test]
fn petitions_are_listed_by_urgency_and_every_page_of_them_is_reached() {
    let mut office = Office::open();
    let ids = ["post-1-1", "post-1-2", "post-1-3", "post-1-4"].map(RequestId::new);
    for (last, id) in (0..).zip(&ids) {
        office.file(id, &number(last));
    }
    // The first has no due date; the last is due before the others.
    for (id, days) in [(&ids[1], 7), (&ids[2], 7), (&ids[3], 3)] {
        office
            .store
            .route(id, NOON + DAY * days, None, NOON)
            .unwrap();
    }

    let first = office.store.petitions_by_urgency(None, 3).unwrap();
    let second = office
        .store
        .petitions_by_urgency(first.next.as_ref(), 3)
        .unwrap();

    let listed = |page: &PetitionPage| -> Vec<RequestId> {
        let petitions = page.petitions.iter();
        petitions.map(|it| it.request.id.clone()).collect()
    };
    let [no_date, earlier, later, urgent] = ids;
    assert_eq!(listed(&first), [urgent, earlier, later]);
    assert_eq!(listed(&second), [no_date]);
    assert_eq!((first.total, second.next), (4, None));
    // A page that is just full is the last one.
    let whole = office.store.petitions_by_urgency(None, 4).unwrap();
    assert_eq!((whole.petitions.len(), whole.next), (4, None));
}

#[test]
fn more_petitions_than_one_batch_are_all_found_to_be_routed() {
    let mut office = Office::open();
    for place in 0..101 {
        let receipt = format!("{:016}", 5_000_000_000_000_000_u64 + place);
        office.file_quietly(&RequestId::new(format!("post-1-{place:03}")), &receipt);
    }
    office.offer();

    let first = office.store.petitions_to_route(None).unwrap();
    let (last, at) = first.last().unwrap();
    let after = (last.id.clone(), *at);
    let second = office.store.petitions_to_route(Some(&after)).unwrap();

    assert_eq!((first.len(), second.len()), (100, 1));
    assert_eq!(second[0].0.id.as_str(), "post-1-100");
}

#[test]
fn of_two_petitions_with_one_receipt_number_the_first_keeps_it() {
    let mut office = Office::open();
    let other = RequestId::new("post-1-2");
    office.file(&id(), &number(0));
    office.file(&other, &number(0));

    let found = office.store.petition_of(&number(0)).unwrap().unwrap();

    assert_eq!(found.id, id());
    // The other one is answered all the same.
    assert_eq!(office.store.petitions(10).unwrap().len(), 2);
}

#[test]
fn a_letter_with_a_receipt_number_is_answered_by_its_station_and_appealed_against_later() {
    let mut office = Office::open();
    office.receive(&id());
    let receipt = number(0);
    office.record(&id(), &RequestEvent::Received { receipt });
    office.offer();
    office.route(&id());
    let decided = Attention::Reply {
        text: words(REPLY),
        decision: Some(Decision::Disclosed),
        open_until: Some(NOON + DAY * 60),
    };
    office.attend(&id(), decided, "kim").unwrap();
    let early = office.store.rate(&number(0), 5, words(""), NOON);
    let unsent = Err(NotDone::Refused(Refusal::NotAnswered));
    assert_eq!(early.unwrap(), unsent);
    let station = StationId::new("post-1");
    assert_eq!(office.store.publications(&station, 0).unwrap().len(), 1);
    let letter = Letter::Reply;
    office.record(&id(), &RequestEvent::SendingBegun { letter });
    office.record(&id(), &RequestEvent::Sent { letter });
    let outcome = Outcome::Done;
    office.record(&id(), &RequestEvent::Closed { outcome });
    office.offer();

    let elsewhere = OfficeId::new("4199002");
    let appealed = office
        .store
        .appeal(&number(0), elsewhere, words(APPEAL), NOON + DAY);

    assert_eq!(appealed.unwrap(), Ok(()));
    assert_eq!(office.store.petitions(10).unwrap().len(), 1);
    let (waits, _) = office.store.petitions_to_route(None).unwrap().remove(0);
    assert_eq!(waits.handling.due_at, None);
}
