//! What happens to a petition is written down, told its station where it must know, and
//! put where it is found by.

use request::{
    Channel, Correspondence, Letter, LetterState, NotSentReason, RequestEvent, RequestId,
    ServiceRequest, Stage, Timestamp,
};
use rusqlite::{Transaction, params};

use super::{Place, is_unanswered};
use crate::{StoreError, encoding, history::replay, publications::publish};

/// Writes down what happened.
pub(crate) fn happen(
    transaction: &Transaction<'_>,
    request: &mut ServiceRequest,
    place: &Place,
    event: &RequestEvent,
    now: Timestamp,
) -> Result<(), StoreError> {
    if is_for_the_station(request, event) {
        publish(transaction, &request.id, &place.station, event, now)?;
    } else {
        transaction
            .prepare_cached(
                "INSERT INTO petition_fact (request_id, number, recorded_at, event)
                 SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3 FROM petition_fact
                 WHERE request_id = ?1",
            )?
            .execute(params![
                request.id.as_str(),
                now.as_millis(),
                encoding::encode(event)?
            ])?;
    }
    request.apply(event);
    index(transaction, request)
}

/// A station that sends letters has to know who answers and what, as long as it has the
/// petition; no kiosk ever has an answer in its journal.
fn is_for_the_station(request: &ServiceRequest, event: &RequestEvent) -> bool {
    let about_letters = matches!(
        event,
        RequestEvent::Assigned { .. } | RequestEvent::Replied { .. }
    );
    about_letters && request.channel == Channel::Email && request.stage == Stage::Submitted
}

/// The station has said something that it is found by.
pub(crate) fn refresh(transaction: &Transaction<'_>, id: &RequestId) -> Result<(), StoreError> {
    match replay(transaction, id)? {
        Some(request) => index(transaction, &request),
        None => Ok(()),
    }
}

fn index(transaction: &Transaction<'_>, request: &ServiceRequest) -> Result<(), StoreError> {
    let handling = &request.handling;
    let taken: bool = match &handling.receipt {
        // Two stations never draw one number; should one be forged, the first counts.
        Some(receipt) => transaction
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM petition WHERE receipt = ?1 AND request_id <> ?2)",
            )?
            .query_row([receipt, request.id.as_str()], |row| row.get(0))?,
        None => false,
    };
    let receipt = handling.receipt.as_ref().filter(|_| !taken);
    transaction
        .prepare_cached(
            "UPDATE petition SET receipt = ?2, office = ?3, due_at = ?4, answered = ?5,
                 open_until = ?6, leading = ?7, concluded = ?8
             WHERE request_id = ?1",
        )?
        .execute(params![
            request.id.as_str(),
            receipt,
            handling.office.as_ref().map(request::OfficeId::as_str),
            handling.due_at.map(Timestamp::as_millis),
            !is_unanswered(request),
            handling.open_until.map(Timestamp::as_millis),
            handling.leading.as_ref().map(|(id, _)| id.as_str()),
            handling.concluded,
        ])?;
    Ok(())
}

/// Whether an answer went to nobody: another may be given.
pub(crate) fn is_lost(letters: &Correspondence) -> bool {
    match letters.state(Letter::Reply) {
        Some(LetterState::NotSent(NotSentReason::Refused | NotSentReason::Unknown)) => true,
        None
        | Some(
            LetterState::Begun | LetterState::Sent | LetterState::NotSent(NotSentReason::Deferred),
        ) => false,
    }
}
