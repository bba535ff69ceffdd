//! What a response must be. Malformed ones are dropped: nobody answers them.

use super::{
    Transport,
    message::Message,
    requests::{body, number_fields, standing_once, vias},
    start_line::StartLine,
};

pub(super) fn check(message: &mut Message, transport: Transport) -> bool {
    let StartLine::Response { .. } = message.start else {
        return false;
    };
    let sound = !message.malformed_field
        && standing_once(message).is_ok()
        && vias(message).is_ok()
        && number_fields(message).is_ok()
        && ["From", "To", "Call-ID", "CSeq"]
            .iter()
            .all(|name| message.first(name).is_some())
        && addresses(message)
        && sequence(message);
    message.squeeze();
    sound && body(message, transport).is_ok()
}

fn addresses(message: &Message) -> bool {
    ["From", "To", "Contact", "Record-Route"]
        .iter()
        .all(|name| {
            message
                .all(name)
                .flat_map(crate::list::split)
                .all(|value| super::address::read(value).is_some())
        })
}

fn sequence(message: &Message) -> bool {
    message
        .first("CSeq")
        .and_then(super::requests::read_sequence)
        .is_some()
}
