//! What is answered at once, whatever the device does: status, capabilities, cancel.

use std::time::Instant;

use devices::DeviceState;
use serde_json::{Map, Value, json};

use super::{ClientId, REQUESTS_MAX, Service};
use crate::{
    completion::{Completion, CompletionCode, Stop},
    device_class::object,
    envelope::{Command, Payload, RequestId},
    interface::COMMON,
};

const STATUS_CHANGED: &str = "Common.StatusChangedEvent";

impl Service {
    pub(super) fn asked(
        &mut self,
        client: ClientId,
        command: &Command,
        now: Instant,
    ) -> Option<Completion> {
        match command.name.as_str() {
            "Common.Status" => Some(Completion::success(self.status())),
            "Common.Capabilities" => Some(Completion::success(self.capabilities())),
            "Common.Cancel" => Some(self.cancel(client, &command.payload, now)),
            name if self.class.interface().has(name) => self.class.answer(name),
            _ => None,
        }
    }

    pub(super) fn status(&self) -> Map<String, Value> {
        let state = self.class.state();
        let device = if state == DeviceState::Faulted && self.class.needs_a_hand() {
            "userError"
        } else {
            state.xfs4iot()
        };
        let (name, own) = self.class.status();
        object([("common", json!({ "device": device })), (name, own.into())])
    }

    /// Tells everybody what has changed since it was told last, and no more.
    pub(super) fn tell_status(&mut self) {
        let status = self.status();
        let mut changed = Map::new();
        for (part, now) in &status {
            let before = self.told.get(part).and_then(Value::as_object);
            let members = now.as_object().into_iter().flatten();
            let news =
                members.filter(|(name, it)| before.and_then(|was| was.get(*name)) != Some(it));
            let news: Map<String, Value> =
                news.map(|(name, it)| (name.clone(), it.clone())).collect();
            if !news.is_empty() {
                changed.insert(part.clone(), news.into());
            }
        }
        self.told = status;
        if !changed.is_empty() {
            self.tell_all(STATUS_CHANGED, &Payload(changed));
        }
    }

    fn capabilities(&self) -> Map<String, Value> {
        let listed =
            |it: &crate::interface::Interface| it.listed(self.dialect.versions, REQUESTS_MAX);
        let mut capabilities = self.class.capabilities();
        capabilities.insert(
            "interfaces".to_owned(),
            json!([listed(&COMMON), listed(self.class.interface())]),
        );
        capabilities.insert(
            "common".to_owned(),
            json!({
                "serviceVersion": env!("CARGO_PKG_VERSION"),
                "powerSaveControl": false,
                "antiFraudModule": false,
            }),
        );
        capabilities
    }

    /// A client cancels its own requests and nobody else's: those it names, or all.
    fn cancel(&mut self, client: ClientId, payload: &Payload, now: Instant) -> Completion {
        let Some(ids) = request_ids(payload) else {
            return Completion::of(CompletionCode::InvalidData);
        };
        let meant = |it: RequestId| ids.as_ref().is_none_or(|ids| ids.contains(&it));
        let waiting = self
            .queue
            .take_if(|it| it.client == client && meant(it.command.request_id));
        let some = !waiting.is_empty();
        for canceled in waiting {
            self.complete(&canceled, Stop::Canceled.completion());
        }
        let running = self.stop_running(Stop::Canceled, now, |it| {
            it.client == client && meant(it.request_id)
        });
        if some || running {
            Completion::of(CompletionCode::Success)
        } else {
            Completion::error("noMatchingRequestIDs")
        }
    }
}

/// The requests a cancel names: outer none for what makes no sense, inner none for all.
#[allow(clippy::option_option)]
fn request_ids(payload: &Payload) -> Option<Option<Vec<RequestId>>> {
    let ids = match payload.0.get("requestIds") {
        None | Some(Value::Null) => return Some(None),
        Some(Value::Array(ids)) => ids,
        Some(_) => return None,
    };
    let ids = ids.iter().map(|it| {
        let id = it.as_i64().filter(|it| *it > 0)?;
        RequestId::try_from(id).ok()
    });
    ids.collect::<Option<Vec<_>>>().map(Some)
}
