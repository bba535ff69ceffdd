//! What stations write down of requests, whatever the story.

use catalog::Service;
use privacy::Personal;
use request::{
    Applicant, Channel, Fee, FeeReason, Identification, IdentityLevel, Promise, RequestEvent,
    ResidentNumber, StationId, Terms,
};
use ticket::Issuer;

/// Of a claim ticket, as it is read aloud.
pub(crate) fn code(id: &str) -> String {
    let issuer = Issuer::from_pem("gaon-1", &Issuer::fresh_key().unwrap()).unwrap();
    issuer.claim_code(id).digits()
}

pub(crate) fn fee() -> Fee {
    Fee {
        unit_won: 200,
        legal_basis: "ordinance".to_owned(),
        reason: FeeReason::Everywhere,
    }
}

pub(crate) fn applicant(number: &str) -> Applicant {
    Applicant {
        name: Personal::new("아무개".to_owned()),
        resident_number: ResidentNumber::parse(number).unwrap(),
    }
}

pub(crate) fn opened(
    service: &Service,
    station: &StationId,
    channel: Channel,
    terms: Terms,
) -> RequestEvent {
    RequestEvent::Opened {
        service: service.id.clone(),
        service_version: service.version,
        channel,
        station: station.clone(),
        language: "ko".to_owned(),
        terms,
    }
}

/// Somebody comes to a kiosk with a code, and with a card where one is needed.
pub(crate) fn collecting(
    service: &Service,
    kiosk: &StationId,
    code: &str,
    who: Option<&str>,
) -> Vec<RequestEvent> {
    let terms = Terms {
        identity: IdentityLevel::None,
        consent: false,
        questions: Vec::new(),
        copies_max: 1,
    };
    let mut events = vec![
        opened(service, kiosk, Channel::Kiosk, terms),
        RequestEvent::Collecting {
            ticket: code.to_owned(),
            what: Promise::Documents,
        },
    ];
    events.extend(who.map(|number| RequestEvent::Identified {
        applicant: applicant(number),
        by: Identification::CardAndNumber,
    }));
    events.push(RequestEvent::FeeQuoted { fee: fee() });
    events.push(RequestEvent::Submitted);
    events
}
