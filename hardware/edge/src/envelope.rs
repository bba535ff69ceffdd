//! What a client says: a command in its envelope (XFS4IoT, "Message format"), read from bytes
//! of strangers.

use std::{fmt, time::Duration};

use serde_json::{Map, Value};

use crate::dialect::{Dialect, Place};

/// Longer is no command of any class here.
pub const MESSAGE_MAX: usize = 64 * 1024;
/// The longest name that is repeated in an answer.
const NAME_MAX: usize = 80;

/// What a message carries. It may be about a person: a card's track, a receipt's lines.
#[derive(Clone, Default, PartialEq)]
pub struct Payload(pub Map<String, Value>);

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[payload]")
    }
}

/// A client's number of a request: from 1 on, and no two at once alike.
pub type RequestId = i32;

#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// Such as `CardReader.ReadRawData`.
    pub name: String,
    pub request_id: RequestId,
    /// None is for ever, until it is cancelled.
    pub timeout: Option<Duration>,
    pub payload: Payload,
}

/// Why a command is not even taken; nothing follows its acknowledgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    InvalidMessage,
    InvalidRequestId,
    TooManyRequests,
}

impl NotTaken {
    pub(crate) fn name(self) -> &'static str {
        match self {
            NotTaken::InvalidMessage => "invalidMessage",
            NotTaken::InvalidRequestId => "invalidRequestID",
            NotTaken::TooManyRequests => "tooManyRequests",
        }
    }
}

/// What can be said back to a message that is no command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub reason: NotTaken,
    /// As far as it could be read.
    pub name: Option<String>,
    pub request_id: Option<RequestId>,
}

/// Reads one message.
///
/// # Errors
/// When it is no command, with as much of it as an acknowledgement repeats.
pub fn read(bytes: &[u8], dialect: &Dialect) -> Result<Command, Unreadable> {
    let mut unreadable = Unreadable {
        reason: NotTaken::InvalidMessage,
        name: None,
        request_id: None,
    };
    if bytes.len() > MESSAGE_MAX {
        return Err(unreadable);
    }
    let Ok(Value::Object(mut message)) = serde_json::from_slice(bytes) else {
        return Err(unreadable);
    };
    let Some(Value::Object(mut header)) = message.remove("header") else {
        return Err(unreadable);
    };
    let request_id = header.get("requestId").and_then(Value::as_i64);
    let request_id = request_id.and_then(|it| RequestId::try_from(it).ok());
    unreadable.request_id = request_id.filter(|it| *it > 0);
    let name = match header.remove("name") {
        Some(Value::String(name)) if is_name(&name) => name,
        _ => return Err(unreadable),
    };
    unreadable.name = Some(name.clone());
    let payload = match message.remove("payload") {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(payload)) => payload,
        Some(_) => return Err(unreadable),
    };
    let timed = match dialect.timeout {
        Place::Header => header.get("timeout"),
        Place::Payload => payload.get("timeout"),
    };
    let timeout = match timed {
        None | Some(Value::Null) => None,
        Some(millis) => match millis.as_u64() {
            Some(0) => None,
            Some(millis) => Some(Duration::from_millis(millis)),
            None => return Err(unreadable),
        },
    };
    let is_command = header.get("type").and_then(Value::as_str) == Some("command");
    if !is_command || !header.get("version").is_none_or(is_version) {
        return Err(unreadable);
    }
    let Some(request_id) = unreadable.request_id else {
        unreadable.reason = NotTaken::InvalidRequestId;
        return Err(unreadable);
    };
    Ok(Command {
        name,
        request_id,
        timeout,
        payload: Payload(payload),
    })
}

/// `Interface.Message`, in the letters of both.
fn is_name(name: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|it: char| it.is_ascii_alphabetic())
            && word.bytes().all(|it| it.is_ascii_alphanumeric())
    };
    let words = name.split_once('.').filter(|_| name.len() <= NAME_MAX);
    words.is_some_and(|(interface, message)| is_word(interface) && is_word(message))
}

/// Major and minor, such as `2.0`.
fn is_version(version: &Value) -> bool {
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let parts = version.as_str().and_then(|it| it.split_once('.'));
    parts.is_some_and(|(major, minor)| is_number(major) && is_number(minor))
}
