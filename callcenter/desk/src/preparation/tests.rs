//! Stories of preparations.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

mod finding;
mod writing;

use std::path::Path;

use request::{Channel, RequestEvent, StationId, Timestamp};

use super::*;
use crate::Contact;

struct Agent {
    preparation: Preparation,
    reach: Reach,
    now: Moment,
    recorded: Vec<RequestEvent>,
    opened: u32,
    prepared: Vec<Prepared>,
}

impl Agent {
    fn new() -> Self {
        let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
        let catalog = Arc::new(Catalog::read(&house).unwrap());
        let issuer = Issuer::from_pem("desk-1", &Issuer::fresh_key().unwrap()).unwrap();
        let now = Moment {
            instant: Instant::now(),
            wall: Timestamp::from_millis(1_795_482_000_000),
        };
        let mut reach = Reach::default();
        let exchange = Some(now.wall);
        let contact = Contact {
            exchange,
            ..Contact::default()
        };
        reach.heard(contact, now);
        let place = Place {
            jurisdiction: "41999".to_owned(),
            text_messages: true,
        };
        Self {
            preparation: Preparation::new(catalog, place, Arc::new(issuer)),
            reach,
            now,
            recorded: Vec::new(),
            opened: 0,
            prepared: Vec::new(),
        }
    }

    fn hear(&mut self, event: PreparationEvent) {
        self.preparation.handle(event, &self.reach, self.now);
        while let Some(command) = self.preparation.poll_command() {
            match command {
                PreparationCommand::Open {
                    service,
                    version,
                    language,
                    terms,
                } => self.open(service, version, language, terms),
                PreparationCommand::Record { event, .. } => self.recorded.push(event),
                PreparationCommand::LookFor(_) => {}
                PreparationCommand::Prepared(prepared) => self.prepared.push(*prepared),
            }
        }
    }

    fn open(&mut self, service: ServiceId, version: u32, language: &str, terms: Terms) {
        let event = RequestEvent::Opened {
            service,
            service_version: version,
            channel: Channel::Telephone,
            station: StationId::new("desk-1"),
            language: language.to_owned(),
            terms,
        };
        self.opened += 1;
        let id = RequestId::new(format!("desk-1-{}", self.opened));
        let request = ServiceRequest::open(id, &event).unwrap();
        self.hear(PreparationEvent::Opened(Box::new(request)));
    }

    fn touch(&mut self, touch: PreparationTouch) {
        self.hear(PreparationEvent::Touched(touch));
    }

    fn say(&mut self, field: Field, text: &str) {
        let text = Personal::new(text.to_owned());
        self.touch(PreparationTouch::Type { field, text });
    }

    fn begin(&mut self, service: &str) {
        self.touch(PreparationTouch::Begin);
        self.touch(PreparationTouch::Choose(ServiceId::new(service)));
        self.touch(PreparationTouch::Next);
    }

    /// Up to the last look at a form that names nobody.
    fn fill(&mut self) {
        self.begin("land-ledger");
        let district = "district".to_owned();
        self.say(Field::Answer(district.clone()), "새빛");
        self.touch(PreparationTouch::PickSuggestion {
            question: district,
            index: 0,
        });
        self.say(Field::Answer("parcel_number".to_owned()), "12-3");
        self.touch(PreparationTouch::Next);
    }

    fn called_from(&mut self, number: &str) {
        let number = Personal::new(number.to_owned());
        self.hear(PreparationEvent::CalledFrom(Some(number)));
    }

    /// Where a message was to go when it was submitted.
    fn messages_to(&self) -> Vec<String> {
        let numbers = self.recorded.iter().filter_map(|event| match event {
            RequestEvent::MessagesWanted { telephone } => Some(telephone.digits().reveal().clone()),
            _ => None,
        });
        numbers.collect()
    }

    fn view(&self) -> Option<PreparationView> {
        self.preparation.present(&self.reach, self.now)
    }
}

#[test]
fn nothing_is_written_down_before_the_caller_wants_it() {
    let mut agent = Agent::new();
    agent.touch(PreparationTouch::Begin);
    agent.touch(PreparationTouch::Choose(ServiceId::new("land-ledger")));

    agent.touch(PreparationTouch::Abandon);

    assert_eq!((agent.opened, agent.recorded.len()), (0, 0));
    assert!(!agent.preparation.is_open());
}

#[test]
fn nobody_is_identified_by_a_name_alone_or_by_nobodys_word() {
    let mut agent = Agent::new();
    agent.begin("resident-register-household");
    let refusal = |agent: &Agent| match agent.view() {
        Some(PreparationView::Identify(view)) => view.refusal,
        other => panic!("{other:?}"),
    };

    agent.touch(PreparationTouch::Next);
    assert_eq!(refusal(&agent), Some(view::IdentityRefusal::NoName));
    agent.say(Field::Name, "한빛나");
    agent.say(Field::ResidentNumber, "900230-2990014");
    agent.touch(PreparationTouch::Next);
    assert_eq!(refusal(&agent), Some(view::IdentityRefusal::NotANumber));
    agent.say(Field::ResidentNumber, "900101-2990014");
    agent.touch(PreparationTouch::Next);
    assert_eq!(refusal(&agent), Some(view::IdentityRefusal::NotSaid));
    agent.touch(PreparationTouch::Caller(Caller::Checked));
    agent.touch(PreparationTouch::Next);
    assert_eq!(refusal(&agent), Some(view::IdentityRefusal::NothingToAsk));
    assert_eq!(agent.recorded, []);
}

#[test]
fn answers_about_another_number_prove_nothing() {
    let mut agent = Agent::new();
    agent.begin("resident-register-household");
    agent.say(Field::Name, "한빛나");
    agent.say(Field::ResidentNumber, "900101-2990014");
    agent.hear(PreparationEvent::Known(Some(Known {
        service: "토지대장".to_owned(),
        day: "11월 24일".to_owned(),
        copies: "2부".to_owned(),
    })));
    agent.touch(PreparationTouch::Caller(Caller::Checked));
    agent.touch(PreparationTouch::Knew { question: 0 });
    agent.touch(PreparationTouch::Knew { question: 1 });

    agent.say(Field::ResidentNumber, "850715-1990027");
    agent.touch(PreparationTouch::Next);

    assert_eq!(agent.recorded, []);
}

#[test]
fn a_form_with_a_hole_in_it_goes_no_further() {
    let mut agent = Agent::new();
    agent.begin("land-ledger");
    agent.say(Field::Answer("district".to_owned()), "새빛");
    agent.say(Field::Answer("parcel_number".to_owned()), "012");

    agent.touch(PreparationTouch::Next);

    let Some(PreparationView::Fill(form)) = agent.view() else {
        panic!("{:?}", agent.view());
    };
    let refusals: Vec<_> = form.questions.iter().map(|it| it.refusal).collect();
    assert_eq!(refusals[1], Some(view::AnswerRefusal::NotAllowed));
    assert_eq!(agent.recorded, []);
}

#[test]
fn a_form_nobody_touches_is_withdrawn_and_forgotten() {
    let mut agent = Agent::new();
    agent.begin("land-ledger");

    let due = agent.preparation.poll_timeout().unwrap();
    agent
        .preparation
        .handle_timeout(due - Duration::from_secs(1));
    assert!(agent.preparation.is_open());
    agent.preparation.handle_timeout(due);

    let ended = agent.preparation.poll_command();
    assert!(matches!(
        ended,
        Some(PreparationCommand::Record {
            event: RequestEvent::Closed {
                outcome: request::Outcome::Withdrawn
            },
            ..
        })
    ));
    assert!(!agent.preparation.is_open());
}

#[test]
fn an_opening_that_comes_after_the_caller_has_gone_is_withdrawn() {
    let mut agent = Agent::new();
    agent.touch(PreparationTouch::Begin);
    agent.touch(PreparationTouch::Choose(ServiceId::new("land-ledger")));
    let next = PreparationEvent::Touched(PreparationTouch::Next);
    agent.preparation.handle(next, &agent.reach, agent.now);
    let Some(PreparationCommand::Open { service, terms, .. }) = agent.preparation.poll_command()
    else {
        panic!("nothing is opened");
    };

    agent.touch(PreparationTouch::Abandon);
    agent.open(service, 1, "ko", terms);

    let outcome = request::Outcome::Withdrawn;
    assert_eq!(agent.recorded, [RequestEvent::Closed { outcome }]);
}

#[test]
fn a_desk_that_cannot_write_prepares_nothing_and_shows_no_code() {
    let mut agent = Agent::new();
    agent.begin("land-ledger");

    agent.hear(PreparationEvent::JournalBroken);
    agent.touch(PreparationTouch::Begin);

    assert_eq!(agent.view(), None);
    assert!(agent.prepared.is_empty());
}

#[test]
fn what_may_be_said_grows_with_what_is_known_and_records_are_never_read() {
    let allowed = |caller: Caller| Disclosure::ALL.map(|it| it.is_allowed(caller));

    assert_eq!(allowed(Caller::Unknown), [true, false, false, false]);
    assert_eq!(allowed(Caller::Stated), [true, true, false, false]);
    assert_eq!(allowed(Caller::Checked), [true, true, true, false]);
}

#[test]
fn the_code_goes_by_message_to_whom_the_caller_names_and_to_nobody_else() {
    for (from, picked, typed, goes_to) in [
        (Some("01012345678"), true, "", &["821012345678"][..]),
        (Some("01012345678"), false, "", &[]),
        (
            Some("01012345678"),
            true,
            "010-8765-4321",
            &["821087654321"],
        ),
        (Some("0311234567"), true, "", &[]),
        (None, true, "", &[]),
        (None, false, "+49 151 23456789", &["4915123456789"]),
    ] {
        let mut agent = Agent::new();
        if let Some(number) = from {
            agent.called_from(number);
        }
        agent.fill();
        if picked {
            agent.touch(PreparationTouch::MessageToCaller);
        }
        agent.say(Field::Telephone, typed);

        agent.touch(PreparationTouch::Next);

        assert_eq!(agent.messages_to(), goes_to, "{from:?} {picked} {typed}");
        let at = |wanted: fn(&RequestEvent) -> bool| agent.recorded.iter().position(wanted);
        let submitted = at(|it| *it == RequestEvent::Submitted);
        assert!(submitted.is_some());
        assert!(at(|it| matches!(it, RequestEvent::MessagesWanted { .. })) < submitted);
    }
}

#[test]
fn a_number_that_takes_no_messages_is_said_before_the_code_is_given() {
    let mut agent = Agent::new();
    agent.fill();
    agent.say(Field::Telephone, "031-123-4567");

    agent.touch(PreparationTouch::Next);

    let Some(PreparationView::Review(review)) = agent.view() else {
        panic!("{:?}", agent.view());
    };
    assert!(review.messaging.is_some_and(|it| it.refused));
    assert!(agent.prepared.is_empty());
    agent.say(Field::Telephone, "");
    agent.touch(PreparationTouch::Next);
    assert_eq!((agent.prepared.len(), agent.messages_to().len()), (1, 0));
}

#[test]
fn where_no_messages_are_sent_nobody_is_asked() {
    let mut agent = Agent::new();
    agent.preparation.place.text_messages = false;
    agent.called_from("01012345678");
    agent.fill();
    agent.touch(PreparationTouch::MessageToCaller);
    agent.say(Field::Telephone, "010-1234-5678");

    let Some(PreparationView::Review(review)) = agent.view() else {
        panic!("{:?}", agent.view());
    };
    assert_eq!(review.messaging, None);
    agent.touch(PreparationTouch::Next);
    assert_eq!((agent.prepared.len(), agent.messages_to().len()), (1, 0));
}
