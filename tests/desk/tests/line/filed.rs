//! Petitions as a kiosk files them.

use catalog::Catalog;
use desk_line::Office;
use privacy::Personal;
use request::{
    Applicant, Channel, Identification, Outcome, RequestEvent, ResidentNumber, ServiceId, StationId,
};
use ticket::Issuer;

const KIOSK: &str = "narae-1";

/// One that was filed: what the exchange calls it, and its citizen.
pub(crate) struct Filed {
    pub(crate) request: String,
    pub(crate) receipt: String,
    events: Vec<RequestEvent>,
}

/// A petition, filed and forgotten at the kiosk.
pub(crate) fn filed(request: &str, service: &str, [subject, text]: [&str; 2]) -> Filed {
    let house = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
    let catalog = Catalog::read(&house).unwrap();
    let service = ServiceId::new(service);
    let issuer = Issuer::from_pem(KIOSK, &Issuer::fresh_key().unwrap()).unwrap();
    let receipt = issuer.receipt_code(request).digits();
    let personal = |text: &str| Personal::new(text.to_owned());
    let answered = |question: &str, text: &str| RequestEvent::Answered {
        question: question.to_owned(),
        answer: personal(text),
    };
    let applicant = Applicant {
        name: personal("한빛나"),
        resident_number: ResidentNumber::parse("9001012990014").unwrap(),
    };
    let events = vec![
        RequestEvent::Opened {
            terms: catalog.accepted_service(&service).unwrap().terms(),
            service,
            service_version: 1,
            channel: Channel::Kiosk,
            station: StationId::new(KIOSK),
            language: "ko".to_owned(),
        },
        RequestEvent::Identified {
            applicant,
            by: Identification::CardAndNumber,
        },
        answered("subject", subject),
        answered("text", text),
        RequestEvent::Received {
            receipt: receipt.clone(),
        },
        RequestEvent::Submitted,
        RequestEvent::Closed {
            outcome: Outcome::Queued,
        },
    ];
    Filed {
        request: request.to_owned(),
        receipt,
        events,
    }
}

/// The kiosk tells the exchange of all of them.
pub(crate) fn told(office: &Office, petitions: &[Filed]) {
    let requests: Vec<_> = petitions
        .iter()
        .map(|it| (it.request.clone(), it.events.clone()))
        .collect();
    office.offer_all(KIOSK, &requests);
}
