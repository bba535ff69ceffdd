//! What is written down about one request, at a kiosk and at a desk.

use std::collections::BTreeMap;

use catalog::{QuestionKind, Service};
use privacy::Personal;
use request::{
    Action, Channel, Consent, Identification, IdentityLevel, Outcome, RequestEvent, RequestId,
    ServiceRequest, StationId,
};

use crate::{
    BITNA,
    written::{self, applicant, fee, opened},
};

/// Who asks, and what they answer.
pub(super) struct Asked {
    pub(super) applicant: Option<String>,
    answers: BTreeMap<String, String>,
    options: BTreeMap<String, String>,
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
        written::collecting(service, station, code, self.applicant.as_deref())
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
