//! What the edge says: acknowledgements, events and completions in their envelopes.

use privacy::Personal;
use serde_json::{Map, Value, json};

use crate::{
    completion::Completion,
    dialect::{Dialect, Place},
    envelope::{NotTaken, Payload, RequestId},
    interface,
};

/// One message as it goes over the line.
pub type Text = Personal<String>;

/// What an acknowledgement of an unreadable message is named.
const NAMELESS: &str = "Common.Acknowledge";

/// A command is taken, or is not and nothing follows.
pub(crate) fn acknowledge(
    dialect: &Dialect,
    name: Option<&str>,
    request_id: Option<RequestId>,
    refused: Option<NotTaken>,
) -> Text {
    let name = name.unwrap_or(NAMELESS);
    let version = interface::completion_version(name);
    let mut header = header(
        dialect.acknowledge_type.name(),
        name,
        dialect.versions.of(version),
        request_id,
    );
    let mut payload = Map::new();
    match dialect.acknowledge_status {
        Place::Header => {
            if let Some(refused) = refused {
                header.insert("status".to_owned(), refused.name().into());
            }
        }
        Place::Payload => {
            let status = refused.map_or("ok", NotTaken::name);
            payload.insert("status".to_owned(), status.into());
        }
    }
    text(header, payload)
}

pub(crate) fn completion(
    dialect: &Dialect,
    name: &str,
    request_id: RequestId,
    completion: Completion,
) -> Text {
    let version = interface::completion_version(name);
    let version = dialect.versions.of(version);
    let mut header = header("completion", name, version, Some(request_id));
    let mut payload = completion.payload.0;
    let place = match dialect.completion_code {
        Place::Header => &mut header,
        Place::Payload => &mut payload,
    };
    place.insert("completionCode".to_owned(), completion.code.name().into());
    if let Some(description) = completion.description {
        place.insert("errorDescription".to_owned(), description.into());
    }
    text(header, payload)
}

/// An event of a running command.
pub(crate) fn event(
    dialect: &Dialect,
    name: &'static str,
    request_id: RequestId,
    payload: Payload,
) -> Text {
    let version = dialect.versions.of(interface::event_version(name));
    text(header("event", name, version, Some(request_id)), payload.0)
}

/// An event of nobody's command.
pub(crate) fn unsolicited(dialect: &Dialect, name: &'static str, payload: Payload) -> Text {
    let version = dialect.versions.of(interface::event_version(name));
    text(header("unsolicited", name, version, None), payload.0)
}

fn header(
    kind: &str,
    name: &str,
    version: &str,
    request_id: Option<RequestId>,
) -> Map<String, Value> {
    let mut header = Map::new();
    header.insert("type".to_owned(), kind.into());
    header.insert("name".to_owned(), name.into());
    header.insert("version".to_owned(), version.into());
    if let Some(request_id) = request_id {
        header.insert("requestId".to_owned(), request_id.into());
    }
    header
}

fn text(header: Map<String, Value>, payload: Map<String, Value>) -> Text {
    let mut message = Map::new();
    message.insert("header".to_owned(), Value::Object(header));
    if !payload.is_empty() {
        message.insert("payload".to_owned(), Value::Object(payload));
    }
    Personal::new(json!(message).to_string())
}
