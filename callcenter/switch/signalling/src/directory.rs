//! Which legs there are, and which dialog belongs to which.

use std::{
    collections::HashMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use rsipstack::{sip::Request, sip::Response, transaction::Transaction};
use tokio::sync::mpsc;

use crate::{Command, LegId};

/// What a leg's task is woken by.
pub(crate) enum Input {
    Command(Command),
    /// A request of theirs within the dialog, but INVITE's ACK and CANCEL.
    Request(Box<Transaction>),
    /// Their INVITE of this sequence number brought its ACK or CANCEL.
    Invitation {
        sequence: u32,
        request: Box<Request>,
    },
    /// The transaction of their INVITE is over.
    InvitationOver {
        sequence: u32,
    },
    /// An answer to a request of ours.
    Response {
        request: RequestId,
        response: Box<Response>,
    },
}

/// Names a request of ours within its leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RequestId(pub(crate) u64);

/// Inputs a leg may be behind.
const INPUTS_MAX: usize = 64;

/// By Call-ID and our tag.
type DialogKey = (String, String);

#[derive(Default)]
struct Entries {
    by_leg: HashMap<LegId, (mpsc::Sender<Input>, DialogKey)>,
    by_dialog: HashMap<DialogKey, LegId>,
}

pub(crate) struct Directory {
    next: AtomicU64,
    legs_max: usize,
    entries: Mutex<Entries>,
}

impl Directory {
    pub(crate) fn new(legs_max: usize) -> Self {
        Self {
            next: AtomicU64::new(1),
            legs_max,
            entries: Mutex::default(),
        }
    }

    pub(crate) fn new_leg(&self) -> LegId {
        LegId::new(self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Enters a leg; `None` when the house is full or the leg is there already.
    pub(crate) fn enter(
        &self,
        leg: LegId,
        call_id: &str,
        local_tag: &str,
    ) -> Option<(mpsc::Sender<Input>, mpsc::Receiver<Input>)> {
        let mut entries = self.entries();
        if entries.by_leg.len() >= self.legs_max || entries.by_leg.contains_key(&leg) {
            return None;
        }
        let (sender, receiver) = mpsc::channel(INPUTS_MAX);
        let key = (call_id.to_owned(), local_tag.to_owned());
        entries.by_dialog.insert(key.clone(), leg);
        entries.by_leg.insert(leg, (sender.clone(), key));
        Some((sender, receiver))
    }

    pub(crate) fn leave(&self, leg: LegId) {
        let mut entries = self.entries();
        if let Some((_, key)) = entries.by_leg.remove(&leg) {
            entries.by_dialog.remove(&key);
        }
    }

    pub(crate) fn of_leg(&self, leg: LegId) -> Option<mpsc::Sender<Input>> {
        let entries = self.entries();
        entries.by_leg.get(&leg).map(|(sender, _)| sender.clone())
    }

    pub(crate) fn of_dialog(&self, call_id: &str, local_tag: &str) -> Option<LegId> {
        let key = (call_id.to_owned(), local_tag.to_owned());
        self.entries().by_dialog.get(&key).copied()
    }

    pub(crate) fn len(&self) -> usize {
        self.entries().by_leg.len()
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
