//! The service publisher: tells whoever comes where the services are (XFS4IoT, "Service
//! discovery").

use serde_json::json;

use crate::{
    completion::{Completion, CompletionCode},
    device_class::object,
    dialect::Dialect,
    envelope,
    interface::{self, SERVICE_PUBLISHER},
    message::{self, Text},
};

pub(crate) struct Publisher {
    pub(crate) dialect: Dialect,
    /// Where each service is, for whoever comes over this line.
    pub(crate) addresses: Vec<String>,
}

impl Publisher {
    /// It has no device: all it is asked it answers at once.
    pub(crate) fn answer(&self, bytes: &[u8]) -> Vec<Text> {
        let dialect = &self.dialect;
        let command = match envelope::read(bytes, dialect) {
            Ok(command) => command,
            Err(it) => {
                let name = it.name.as_deref();
                let reason = Some(it.reason);
                return vec![message::acknowledge(dialect, name, it.request_id, reason)];
            }
        };
        let (name, id) = (command.name.as_str(), command.request_id);
        let completion = if SERVICE_PUBLISHER.has(name) {
            let services = self.addresses.iter();
            let services = services.map(|it| json!({ "serviceURI": it }));
            Completion::success(object([
                ("vendorName", "Minwon".into()),
                ("services", services.collect()),
            ]))
        } else if interface::is_standard(name) {
            Completion::of(CompletionCode::UnsupportedCommand)
        } else {
            Completion::of(CompletionCode::InvalidCommand)
        };
        vec![
            message::acknowledge(dialect, Some(name), Some(id), None),
            message::completion(dialect, name, id, completion),
        ]
    }
}
