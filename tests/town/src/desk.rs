//! A desk: a station without paper and money, where a clerk works on requests.

use std::fmt;

use bench::people::PEOPLE;
use catalog::Service;
use privacy::Personal;
use request::{
    Action, Applicant, Channel, Consent, Fee, FeeReason, Identification, RequestEvent,
    ResidentNumber, ServiceRequest, recovery,
};

/// One thing a clerk does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Opens a request and fills it in.
    Open,
    Submit,
    /// Ends what is open; what was prepared meanwhile is not wanted.
    End,
}

#[derive(Default)]
pub(crate) struct Desk {
    pub(crate) open: Option<ServiceRequest>,
}

pub(crate) fn opened(service: &Service, station: &request::StationId) -> RequestEvent {
    RequestEvent::Opened {
        service: service.id.clone(),
        service_version: service.version,
        channel: Channel::Telephone,
        station: station.clone(),
        language: "ko".to_owned(),
        terms: service.terms(),
    }
}

impl Desk {
    /// What the clerk fills in once a request is open.
    pub(crate) fn fill_in(&mut self) -> Vec<RequestEvent> {
        let [person, ..] = PEOPLE;
        let mut actions = vec![Action::Identify {
            applicant: Applicant {
                name: Personal::new(person.name.to_owned()),
                resident_number: ResidentNumber::parse(person.resident_number).unwrap(),
            },
            by: Identification::CardAndNumber,
        }];
        let questions = self.open.iter().flat_map(|it| it.terms.questions.clone());
        actions.extend(questions.map(|question| Action::Answer {
            question,
            answer: Personal::new("12-3".to_owned()),
        }));
        actions.push(Action::Consent(Consent {
            agency: "가온구청".to_owned(),
            purpose: "발급".to_owned(),
            fields: Vec::new(),
            language: "ko".to_owned(),
        }));
        actions.push(Action::QuoteFee(Fee {
            unit_won: 0,
            legal_basis: "-".to_owned(),
            reason: FeeReason::Everywhere,
        }));
        actions.into_iter().flat_map(|it| self.act(it)).collect()
    }

    pub(crate) fn submit(&mut self) -> Vec<RequestEvent> {
        self.act(Action::Submit).into_iter().collect()
    }

    pub(crate) fn end(&mut self) -> Vec<RequestEvent> {
        let request = self.open.take();
        request.map_or_else(Vec::new, |it| {
            // A desk takes no money: nothing is ever owed.
            recovery(&it, "")
        })
    }

    fn act(&mut self, action: Action) -> Option<RequestEvent> {
        let request = self.open.as_mut()?;
        let event = request.decide(action).ok()?;
        request.apply(&event);
        Some(event)
    }
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Work::Open => "opens a request and fills it in",
            Work::Submit => "submits the request",
            Work::End => "ends the request",
        })
    }
}
