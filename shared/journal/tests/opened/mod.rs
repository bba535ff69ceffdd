//! How every request of these tests begins.

use request::{Channel, IdentityLevel, RequestEvent, ServiceId, StationId, Terms};

pub(crate) fn opened() -> RequestEvent {
    RequestEvent::Opened {
        service: ServiceId::new("land-ledger"),
        service_version: 1,
        channel: Channel::Kiosk,
        station: StationId::new("gaon-1"),
        language: "ko".to_owned(),
        terms: Terms {
            identity: IdentityLevel::None,
            consent: false,
            questions: Vec::new(),
            copies_max: 5,
        },
    }
}
