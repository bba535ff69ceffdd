//! What is written down about one request, at a kiosk and at a desk.

use std::collections::BTreeMap;

use catalog::{QuestionKind, Service};
use privacy::Personal;
use request::{
    Action, Applicant, Channel, Consent, Fee, FeeReason, Identification, IdentityLevel, Outcome,
    Promise, RequestEvent, RequestId, ResidentNumber, ServiceRequest, StationId, Terms,
};
use ticket::Issuer;

use crate::BITNA;

/// Who asks, and what they answer.
pub(super) struct Asked {
    applicant: Option<String>,
    answers: BTreeMap<String, String>,
    options: BTreeMap<String, String>,
}

pub(super) fn code(id: &str) -> String {
    let issuer = Issuer::from_pem("gaon-1", &Issuer::fresh_key().unwrap()).unwrap();
    issuer.claim_code(id).digits()
}

impl Asked {
    /// About somebody or something that the networks know: the known inhabitant, where
    /// they have a record.
    pub(super) fn of(service: &Service) -> Self {
        let questions = sandbox::questions(service.network.as_str(), &service.query);
        let bitna = |it: &&BTreeMap<String, String>| {
            it.get("resident_number")
                .is_some_and(|number| number == BITNA)
        };
        let middle = questions.get(questions.len() / 2);
        let parameters = questions.iter().find(bitna).or(middle);
        let mut asked = Self {
            applicant: (service.identity > IdentityLevel::None).then(|| BITNA.to_owned()),
            answers: service
                .questions
                .iter()
                .map(|it| (it.id.clone(), answer(it.kind)))
                .collect(),
            options: BTreeMap::new(),
        };
        for (name, source) in &service.parameters {
            let Some(value) = parameters.and_then(|it| it.get(name)) else {
                continue;
            };
            match source.split_once('.') {
                Some(("applicant", _)) => asked.applicant = Some(value.clone()),
                Some(("answer", id)) => drop(asked.answers.insert(id.to_owned(), value.clone())),
                Some(("option", id)) => drop(asked.options.insert(id.to_owned(), value.clone())),
                _ => panic!("{source} is no source"),
            }
        }
        asked
    }

    /// As a kiosk writes it down, up to the submission.
    pub(super) fn at_kiosk(&self, service: &Service, station: &StationId) -> Vec<RequestEvent> {
        let by = Identification::CardAndNumber;
        self.submitted(
            opened(service, station, Channel::Kiosk, service.terms()),
            service,
            by,
        )
    }

    /// As a desk does; it ends with the code that is read aloud.
    pub(super) fn by_telephone(
        &self,
        service: &Service,
        station: &StationId,
        code: &str,
    ) -> Vec<RequestEvent> {
        let by = Identification::StatedByTelephone;
        let opened = opened(service, station, Channel::Telephone, service.terms());
        let mut events = self.submitted(opened, service, by);
        let ticket = code.to_owned();
        events.push(RequestEvent::Queued { ticket });
        let outcome = Outcome::Queued;
        events.push(RequestEvent::Closed { outcome });
        events
    }

    /// Whoever was named comes to a kiosk with the code.
    pub(super) fn collecting(
        &self,
        service: &Service,
        station: &StationId,
        code: &str,
    ) -> Vec<RequestEvent> {
        let terms = Terms {
            identity: IdentityLevel::None,
            consent: false,
            questions: Vec::new(),
            copies_max: 1,
        };
        let mut events = vec![
            opened(service, station, Channel::Kiosk, terms),
            RequestEvent::Collecting {
                ticket: code.to_owned(),
                what: Promise::Documents,
            },
        ];
        events.extend(
            self.applicant
                .as_ref()
                .map(|number| RequestEvent::Identified {
                    applicant: applicant(number),
                    by: Identification::CardAndNumber,
                }),
        );
        events.push(RequestEvent::FeeQuoted { fee: fee() });
        events.push(RequestEvent::Submitted);
        events
    }

    fn submitted(
        &self,
        opened: RequestEvent,
        service: &Service,
        by: Identification,
    ) -> Vec<RequestEvent> {
        let mut request = ServiceRequest::open(RequestId::new("r"), &opened).unwrap();
        let mut events = vec![opened];
        for action in self.actions(service, by) {
            let event = request.decide(action).unwrap();
            request.apply(&event);
            events.push(event);
        }
        events
    }

    fn actions(&self, service: &Service, by: Identification) -> Vec<Action> {
        let mut actions = Vec::new();
        actions.extend(self.applicant.as_ref().map(|number| Action::Identify {
            applicant: applicant(number),
            by,
        }));
        for (question, answer) in &self.answers {
            actions.push(Action::Answer {
                question: question.clone(),
                answer: Personal::new(answer.clone()),
            });
        }
        let first = |it: &catalog::ServiceOption| (it.id.clone(), it.choices[0].id.clone());
        let mut options: BTreeMap<String, String> = service.options.iter().map(first).collect();
        options.extend(self.options.clone());
        actions.push(Action::ChooseOptions { options, copies: 1 });
        if service.consent.is_some() {
            actions.push(Action::Consent(Consent {
                agency: "a".to_owned(),
                purpose: "p".to_owned(),
                fields: vec!["f".to_owned()],
                language: "ko".to_owned(),
            }));
        }
        actions.push(Action::QuoteFee(fee()));
        actions.push(Action::Submit);
        actions
    }
}

fn opened(service: &Service, station: &StationId, channel: Channel, terms: Terms) -> RequestEvent {
    RequestEvent::Opened {
        service: service.id.clone(),
        service_version: service.version,
        channel,
        station: station.clone(),
        language: "ko".to_owned(),
        terms,
    }
}

fn applicant(number: &str) -> Applicant {
    Applicant {
        name: Personal::new("아무개".to_owned()),
        resident_number: ResidentNumber::parse(number).unwrap(),
    }
}

fn fee() -> Fee {
    Fee {
        unit_won: 200,
        legal_basis: "ordinance".to_owned(),
        reason: FeeReason::Everywhere,
    }
}

/// To a question that no network is asked.
fn answer(kind: QuestionKind) -> String {
    match kind {
        QuestionKind::List => "4199910100",
        QuestionKind::ParcelNumber | QuestionKind::Digits => "12",
        QuestionKind::Date => "2026-11-20",
        QuestionKind::Code => "A-1",
        QuestionKind::Text => "한빛",
    }
    .to_owned()
}
