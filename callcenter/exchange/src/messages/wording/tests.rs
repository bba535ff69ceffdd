//! How long messages are, and what they keep to themselves.

#![allow(clippy::unwrap_used)]

use request::{Channel, RequestEvent, RequestId, ServiceId, StationId, Terms};

use super::*;

fn queued(language: &str, identity: IdentityLevel) -> ServiceRequest {
    let opened = RequestEvent::Opened {
        service: ServiceId::new("resident-register-household"),
        service_version: 1,
        channel: Channel::Telephone,
        station: StationId::new("desk-1"),
        language: language.to_owned(),
        terms: Terms {
            identity,
            consent: false,
            questions: Vec::new(),
            copies_max: 1,
        },
    };
    let ticket = "1234567890123456".to_owned();
    let events = [opened, RequestEvent::Queued { ticket }];
    ServiceRequest::replay(RequestId::new("desk-1-1"), &events).unwrap()
}

#[test]
fn each_is_one_message_and_names_nothing() {
    let occasions = [Occasion::Accepted, Occasion::Ready, Occasion::Declined];
    for occasion in occasions {
        for language in ["ko", "en"] {
            for level in [IdentityLevel::None, IdentityLevel::Number] {
                let text = text(occasion, &queued(language, level));
                let text = text.reveal();
                let one = match language {
                    "ko" => text.encode_utf16().count() <= 70,
                    _ => text.is_ascii() && text.len() <= 160,
                };
                assert!(one, "{text} ({})", text.encode_utf16().count());
                let told = occasion == Occasion::Accepted;
                assert_eq!(text.contains("1234 5678 9012 3456"), told, "{text}");
            }
        }
    }
}
