//! The worklist as the journal tells it, after a start and after erasing.

use std::collections::BTreeMap;

use journal::Journal;
use request::{Channel, RequestEvent, RequestId, ServiceRequest, Timestamp};
use ticket::Code;

use crate::worklist::{ROWS_MAX, Row, RowState, state_after};

/// Entries that are looked at, from the end: more than a desk writes in a month.
const ENTRIES_MAX: u64 = 20_000;
const PORTION: u32 = 500;

/// The requests prepared here, the newest first.
pub(crate) fn rows(journal: &Journal) -> Result<Vec<Row>, journal::Error> {
    let mut rows = Vec::new();
    for (id, asked_at) in prepared(journal)?.into_iter().rev() {
        if rows.len() == ROWS_MAX {
            break;
        }
        let events = journal.events(&id)?;
        rows.extend(row(id, &events, asked_at));
    }
    Ok(rows)
}

/// Requests whose callers went away with a code, in that order, and when.
fn prepared(journal: &Journal) -> Result<Vec<(RequestId, Timestamp)>, journal::Error> {
    let head = journal.head().number;
    let mut after = head.saturating_sub(ENTRIES_MAX);
    let mut found = BTreeMap::new();
    while after < head {
        let entries = journal.entries(after, PORTION)?;
        let Some(last) = entries.last() else {
            break;
        };
        after = last.number;
        for entry in entries {
            if let Ok(RequestEvent::Queued { .. }) = entry.event() {
                found.insert(entry.number, (entry.request, entry.recorded_at));
            }
        }
    }
    Ok(found.into_values().collect())
}

fn row(id: RequestId, events: &[RequestEvent], asked_at: Timestamp) -> Option<Row> {
    let request = ServiceRequest::replay(id, events)?;
    let code = Code::parse(request.claim_ticket.as_deref()?).ok()?;
    let state = events.iter().filter_map(state_after).next_back();
    (request.channel == Channel::Telephone).then(|| Row {
        fee_won: request.total_won(),
        request: request.id,
        service: request.service,
        copies: request.copies,
        asked_at,
        code,
        applicant: request.applicant,
        caller: None,
        state: state.unwrap_or(RowState::Asked),
    })
}
