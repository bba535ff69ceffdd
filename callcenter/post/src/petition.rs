//! A letter becomes a request: everything it says, as facts, in one go.

use privacy::Personal;
use request::{Action, Channel, RequestEvent, RequestId, ServiceRequest};

use crate::Site;

/// The request and the events that make it; none when the rules of the service do
/// not let it be submitted.
pub(crate) fn open(
    site: &Site,
    id: RequestId,
    petition: mail::Petition,
) -> Option<(ServiceRequest, Vec<RequestEvent>)> {
    let opened = RequestEvent::Opened {
        service: site.service.id.clone(),
        service_version: site.service.version,
        channel: Channel::Email,
        station: site.station.clone(),
        language: site.language.clone(),
        terms: site.service.terms(),
    };
    let mut request = ServiceRequest::open(id, &opened)?;
    let mut events = vec![opened];
    for action in said(petition) {
        let event = request.decide(action).ok()?;
        request.apply(&event);
        events.push(event);
    }
    Some((request, events))
}

fn said(petition: mail::Petition) -> Vec<Action> {
    let answer = |question: &str, answer: Personal<String>| Action::Answer {
        question: question.to_owned(),
        answer,
    };
    let mut actions = vec![
        Action::NameSender(petition.sender),
        answer("subject", petition.subject),
        answer("text", petition.text),
    ];
    if !petition.enclosures.is_empty() {
        actions.push(Action::Enclose(petition.enclosures));
    }
    actions.push(Action::Submit);
    actions
}
