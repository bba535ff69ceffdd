//! What comes over a telephone line.

use ::cti::{FromDesk, FromSwitch, frame::Frames};
use ::sip::{
    framing,
    screen::{Transport, Verdict, screen},
    sdp::{Answer, Offer},
};
use media::{
    digits::EventPayload,
    rtp::{Packet, Report},
};

pub(crate) fn cti_frame(bytes: &[u8]) -> bool {
    let mut understood = false;
    let mut desk = Frames::default();
    desk.push(bytes);
    while let Ok(Some(_)) = desk.take::<FromDesk>() {
        understood = true;
    }
    let mut switch = Frames::default();
    switch.push(bytes);
    while let Ok(Some(_)) = switch.take::<FromSwitch>() {
        understood = true;
    }
    understood
}

pub(crate) fn rtp(bytes: &[u8]) -> bool {
    let packet = Packet::parse(bytes);
    if let Ok(packet) = &packet
        && let Ok(events) = EventPayload::parse_all(packet.payload)
    {
        events.for_each(drop);
    }
    Report::parse(bytes).is_ok() | packet.is_ok()
}

pub(crate) fn sdp(bytes: &[u8]) -> bool {
    Offer::parse(bytes).is_ok() | Answer::parse(bytes).is_ok()
}

/// As a datagram, and cut out of a stream. What was repaired must pass: it goes on as it is.
///
/// # Panics
/// When what was repaired would be repaired again.
pub(crate) fn sip(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let framing::Frame::Complete(length) = framing::first(rest) {
        screen(&rest[..length], Transport::Stream);
        rest = &rest[length..];
    }
    match screen(bytes, Transport::Datagram) {
        Verdict::Pass => true,
        Verdict::Repaired(repaired) => {
            let again = screen(&repaired, Transport::Datagram);
            assert_eq!(again, Verdict::Pass, "repaired, and yet not right");
            true
        }
        Verdict::Answer { .. } | Verdict::Drop(_) => false,
    }
}
