//! Who waits for a device, and whose command it follows.

use std::{collections::VecDeque, time::Instant};

use super::ClientId;
use crate::envelope::{Command, RequestId};

#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) client: ClientId,
    pub(super) command: Command,
    pub(super) due: Option<Instant>,
}

#[derive(Debug)]
pub(super) struct Running {
    pub(super) client: ClientId,
    pub(super) request_id: RequestId,
    pub(super) name: String,
    /// When whoever asked does not want to wait any longer.
    pub(super) due: Option<Instant>,
    /// When the device is not waited for any longer.
    pub(super) given_up_at: Option<Instant>,
}

#[derive(Debug, Default)]
pub(super) struct Queue {
    pub(super) waiting: VecDeque<Waiting>,
    pub(super) running: Option<Running>,
}

impl Queue {
    /// Whether this client already has a request of this number here.
    pub(super) fn has(&self, client: ClientId, id: RequestId) -> bool {
        let running = self.running.as_ref();
        running.is_some_and(|it| it.client == client && it.request_id == id)
            || (self.waiting.iter()).any(|it| it.client == client && it.command.request_id == id)
    }

    pub(super) fn waiting_of(&self, client: ClientId) -> usize {
        let waiting = self.waiting.iter();
        waiting.filter(|it| it.client == client).count()
    }

    pub(super) fn forget(&mut self, client: ClientId) {
        self.waiting.retain(|it| it.client != client);
    }

    pub(super) fn take_late(&mut self, now: Instant) -> Vec<Waiting> {
        self.take_if(|it| it.due.is_some_and(|due| due <= now))
    }

    pub(super) fn take_if(&mut self, meant: impl Fn(&Waiting) -> bool) -> Vec<Waiting> {
        let (taken, left) = (self.waiting.drain(..)).partition::<Vec<_>, _>(meant);
        self.waiting = left.into();
        taken
    }

    pub(super) fn due(&self) -> Option<Instant> {
        let running = self.running.as_ref();
        let running = running.into_iter().flat_map(|it| [it.due, it.given_up_at]);
        let waiting = self.waiting.iter().map(|it| it.due);
        running.chain(waiting).flatten().min()
    }
}
