//! The power is back: the station opens its journal and ends what was left open.

use std::collections::BTreeMap;

use request::{RequestEvent, RequestId, Timestamp, recovery};
use sync::Finding;

use crate::{drive::Drive, station::open, visit::refund_ticket};

/// What a station finds in its journal after a power cut.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// Before anything is added.
    pub(crate) kept: BTreeMap<RequestId, Vec<RequestEvent>>,
    /// Of the requests that were open: all events, after recovery has written its part.
    pub(crate) ended: BTreeMap<RequestId, Vec<RequestEvent>>,
    pub(crate) number: u64,
    pub(crate) received: u64,
    pub(crate) confirmed: u64,
    /// After recovery.
    pub(crate) finding: Option<Finding>,
}

/// Opens the journal and recovers, as a kiosk does when it starts.
///
/// # Errors
/// When the journal cannot be read or written; after a mere power cut it can.
pub(crate) fn restart(drive: &Drive) -> Result<Found, journal::Error> {
    let mut journal = open(drive)?;
    let mut found = Found {
        number: journal.head().number,
        received: journal.received()?,
        confirmed: journal.acknowledged()?,
        ..Found::default()
    };
    for id in journal.requests()? {
        found.kept.insert(id.clone(), journal.events(&id)?);
    }
    for id in journal.open_requests()? {
        if let Some(request) = journal.request(&id)? {
            for event in recovery(&request, &refund_ticket(&id)) {
                journal.append(&id, &event, Timestamp::from_millis(1_795_700_000_000))?;
            }
            found.ended.insert(id.clone(), journal.events(&id)?);
        }
    }
    let head = journal.head().clone();
    found.finding = journal.audit([head])?.finding;
    Ok(found)
}

impl Found {
    /// All that is written about a request now.
    pub(crate) fn events(&self, id: &RequestId) -> &[RequestEvent] {
        let events = self.ended.get(id).or_else(|| self.kept.get(id));
        events.map_or(&[], Vec::as_slice)
    }
}
