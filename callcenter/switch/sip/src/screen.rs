//! The screen: what a message must be before the stack sees it.
//!
//! Every message is read whole, by the rules of RFC 3261 §25, and written anew.
//! What could not be read is answered as RFC 3261 says or dropped; what reads
//! well but is written strangely (folded headers, spaces before colons) goes on
//! in the plainest form. So the stack never sees a message that means something
//! else to it than to us. RFC 4475 is a collection of what must not surprise.

mod address;
mod fields;
mod message;
mod refusal;
mod requests;
mod responses;
mod start_line;
mod uri;

use message::Message;
use refusal::Refusal;
use start_line::StartLine;

pub use start_line::METHODS;

/// Whether messages come one a datagram or one after another (RFC 3261 §18).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// UDP: the datagram's end is the message's end.
    Datagram,
    /// TCP or TLS: cut by [`crate::framing`].
    Stream,
}

/// What is to become of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It goes on as it is.
    Pass,
    /// It goes on in this form, which means the same.
    Repaired(Vec<u8>),
    /// It goes no further; its sender gets this response.
    Answer {
        status: u16,
        reason: &'static str,
        response: Vec<u8>,
    },
    /// It goes no further and nobody is told.
    Drop(Why),
}

/// Why nobody is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Longer than any message may be.
    TooLong,
    /// No start line, or lines that end in the wrong place.
    NoMessage,
    /// A malformed request that does not say where an answer would go.
    NoWayBack,
    /// An ACK is never answered (RFC 3261 §17).
    Ack,
    /// A response is never answered (RFC 3261 §18.1.2 and §16.7).
    Response,
}

/// Bytes of the longest message taken.
pub const MESSAGE_MAX: usize = 65_535;

/// Judges one message. Never fails, whatever the bytes are.
pub fn screen(bytes: &[u8], transport: Transport) -> Verdict {
    if bytes.len() > MESSAGE_MAX {
        return Verdict::Drop(Why::TooLong);
    }
    if matches!(bytes, b"\r\n" | b"\r\n\r\n") {
        // Somebody keeps a translator awake (RFC 5626 §4.4.1); the stack answers.
        return Verdict::Pass;
    }
    let Some(mut message) = Message::read(bytes) else {
        return Verdict::Drop(Why::NoMessage);
    };
    match &message.start {
        StartLine::Response { .. } | StartLine::MalformedResponse => {
            match responses::check(&mut message, transport) {
                true => passed(bytes, &message),
                false => Verdict::Drop(Why::Response),
            }
        }
        StartLine::Request { .. } | StartLine::MalformedRequest { .. } => {
            match requests::check(&mut message, transport) {
                Ok(()) => passed(bytes, &message),
                Err(refusal) => refused(&message, refusal),
            }
        }
    }
}

/// Whether a text is a URI of `sip` or `sips` that may stand in a start line.
pub fn is_sip_uri(text: &str) -> bool {
    uri::kind(text)
        == uri::Kind::Sip {
            with_headers: false,
        }
}

/// Whether a header field may be written: a token, and a value of one line.
pub fn is_header_field(name: &str, value: &str) -> bool {
    fields::is_token(name) && !value.contains(|letter: char| letter.is_control())
}

/// The answer to a request that is longer than can be taken (RFC 3261 §21.4.11,
/// 513); `None` when nobody is to be told.
pub fn too_large(bytes: &[u8]) -> Option<Vec<u8>> {
    let message = Message::read(bytes)?;
    match message.start.method() {
        None | Some("ACK") => None,
        Some(_) => Refusal::new(513, "Message Too Large").response_to(&message),
    }
}

fn passed(bytes: &[u8], message: &Message) -> Verdict {
    let plain = message.to_bytes();
    if plain == bytes {
        Verdict::Pass
    } else {
        Verdict::Repaired(plain)
    }
}

fn refused(message: &Message, refusal: Refusal) -> Verdict {
    if message.start.method() == Some("ACK") {
        return Verdict::Drop(Why::Ack);
    }
    match refusal.response_to(message) {
        Some(response) => Verdict::Answer {
            status: refusal.status,
            reason: refusal.reason,
            response,
        },
        None => Verdict::Drop(Why::NoWayBack),
    }
}
