//! How every request of these tests begins.

use request::{Channel, IdentityLevel, RequestEvent, ServiceId, StationId, Terms};

pub(crate) fn opened(station: &StationId) -> RequestEvent {
    RequestEvent::Opened {
        service: ServiceId::new("s"),
        service_version: 1,
        channel: Channel::Kiosk,
        station: station.clone(),
        language: "ko".to_owned(),
        terms: Terms {
            identity: IdentityLevel::None,
            consent: false,
            questions: Vec::new(),
            copies_max: 1,
        },
    }
}
