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

struct Entry {
    sender: mpsc::Sender<Input>,
    dialog: DialogKey,
    /// Whom a call of ours has reached is known when they have answered.
    remote_tag: Option<String>,
}

#[derive(Default)]
struct Entries {
    by_leg: HashMap<LegId, Entry>,
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
        let dialog = (call_id.to_owned(), local_tag.to_owned());
        entries.by_dialog.insert(dialog.clone(), leg);
        let entry = Entry {
            sender: sender.clone(),
            dialog,
            remote_tag: None,
        };
        entries.by_leg.insert(leg, entry);
        Some((sender, receiver))
    }

    /// The dialog is with whom this tag names.
    pub(crate) fn is_with(&self, leg: LegId, remote_tag: Option<&str>) {
        if let Some(entry) = self.entries().by_leg.get_mut(&leg) {
            entry.remote_tag = remote_tag.map(str::to_owned);
        }
    }

    pub(crate) fn leave(&self, leg: LegId) {
        let mut entries = self.entries();
        if let Some(entry) = entries.by_leg.remove(&leg) {
            entries.by_dialog.remove(&entry.dialog);
        }
    }

    pub(crate) fn of_leg(&self, leg: LegId) -> Option<mpsc::Sender<Input>> {
        let entries = self.entries();
        entries.by_leg.get(&leg).map(|it| it.sender.clone())
    }

    pub(crate) fn of_dialog(&self, call_id: &str, local_tag: &str) -> Option<LegId> {
        let key = (call_id.to_owned(), local_tag.to_owned());
        self.entries().by_dialog.get(&key).copied()
    }

    /// The leg of a `Replaces` (RFC 3891 §3): Call-ID and both tags are to be its own. Who
    /// gives no tag, as before RFC 3261, is named by a tag of 0.
    pub(crate) fn replaced(&self, call_id: &str, to_tag: &str, from_tag: &str) -> Option<LegId> {
        let leg = self.of_dialog(call_id, to_tag)?;
        let entries = self.entries();
        let remote_tag = entries.by_leg.get(&leg)?.remote_tag.as_deref();
        (remote_tag.unwrap_or("0") == from_tag).then_some(leg)
    }

    pub(crate) fn len(&self) -> usize {
        self.entries().by_leg.len()
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
