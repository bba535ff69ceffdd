//! What agents do with petitions.

use privacy::Personal;
use request::{Action, RequestId, ServiceRequest, Timestamp};
use rusqlite::Transaction;

use super::{
    Attention, NotDone, Place,
    facts::{happen, is_lost},
    is_unanswered, open,
};
use crate::{Store, StoreError, audit::audit, history::replay};

/// More are not joined to one petition.
const JOINED_MAX: u32 = 10_000;

impl Store {
    /// Does what an agent wants done with a petition, if it can still be done, and
    /// tells its station what that has to know.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn attend(
        &self,
        id: &RequestId,
        attention: Attention,
        agent: &str,
        now: Timestamp,
    ) -> Result<Result<(), NotDone>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let (Some(place), Some(mut request)) = (open(&transaction, id)?, replay(&transaction, id)?)
        else {
            return Ok(Err(NotDone::Unknown));
        };
        let has_it = request.correspondence.assigned_to.as_deref();
        let is_anothers = has_it.is_some_and(|it| it != agent);
        if is_done(&request, &attention, agent) {
            return Ok(Ok(()));
        }
        if let Attention::Join { leading, .. } = &attention
            && !may_lead(&transaction, leading, id)?
        {
            return Ok(Err(NotDone::NoLead));
        }
        let gives_away = matches!(attention, Attention::Assign { .. });
        let open_until = match &attention {
            Attention::Reply { open_until, .. } => *open_until,
            Attention::Take
            | Attention::Assign { .. }
            | Attention::Transfer { .. }
            | Attention::Extend { .. }
            | Attention::Join { .. }
            | Attention::Separate
            | Attention::Attach { .. } => None,
        };
        let (act, action) = attention.by(agent);
        let event = match request.decide(action.clone()) {
            Ok(event) => event,
            Err(refusal) => return Ok(Err(NotDone::Refused(refusal))),
        };
        if is_anothers && !gives_away {
            return Ok(Err(NotDone::Taken));
        }
        happen(&transaction, &mut request, &place, &event, now)?;
        if matches!(action, Action::Reply { .. }) {
            stay_open(&transaction, &mut request, &place, open_until, now)?;
            answer_alike(&transaction, id, &action, open_until, now)?;
        }
        audit(&transaction, now, agent, act, id.as_str())?;
        transaction.commit()?;
        Ok(Ok(()))
    }

    /// Petitions that are joined to one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn joined_to(&self, leading: &RequestId) -> Result<Vec<RequestId>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        joined_to(&transaction, leading)
    }
}

/// Whoever answers the leading petition answers all that are joined to it.
fn answer_alike(
    transaction: &Transaction<'_>,
    leading: &RequestId,
    action: &Action,
    open_until: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), StoreError> {
    for id in joined_to(transaction, leading)? {
        let (Some(place), Some(mut request)) = (open(transaction, &id)?, replay(transaction, &id)?)
        else {
            continue;
        };
        // One that was answered by itself keeps its answer.
        if let Ok(event) = request.decide(action.clone()) {
            happen(transaction, &mut request, &place, &event, now)?;
            stay_open(transaction, &mut request, &place, open_until, now)?;
        }
    }
    Ok(())
}

/// Leaves an answered petition to its citizen, who needs its receipt number for that.
fn stay_open(
    transaction: &Transaction<'_>,
    request: &mut ServiceRequest,
    place: &Place,
    until: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(until) = until.filter(|_| request.handling.receipt.is_some()) else {
        return Ok(());
    };
    match request.decide(Action::StayOpen { until }) {
        Ok(event) => happen(transaction, request, place, &event, now),
        Err(_) => Ok(()),
    }
}

fn joined_to(
    transaction: &Transaction<'_>,
    leading: &RequestId,
) -> Result<Vec<RequestId>, StoreError> {
    let mut select = transaction.prepare_cached(
        "SELECT request_id FROM petition WHERE leading = ?1 AND NOT concluded
         ORDER BY submitted_at, request_id LIMIT ?2",
    )?;
    let rows = select.query_map(rusqlite::params![leading.as_str(), JOINED_MAX], |row| {
        Ok(RequestId::new(row.get::<_, String>(0)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether a petition may lead another: it waits itself, is joined to none, and the
/// other leads none.
fn may_lead(
    transaction: &Transaction<'_>,
    leading: &RequestId,
    other: &RequestId,
) -> Result<bool, StoreError> {
    let request = match open(transaction, leading)? {
        Some(_) => replay(transaction, leading)?,
        None => None,
    };
    let waits = request.is_some_and(|it| is_unanswered(&it) && it.handling.leading.is_none());
    Ok(waits && joined_to(transaction, other)?.is_empty())
}

/// Whether it is so already: where our word was lost on the way, a deed is said again.
fn is_done(request: &ServiceRequest, attention: &Attention, agent: &str) -> bool {
    match attention {
        Attention::Take => request.correspondence.assigned_to.as_deref() == Some(agent),
        Attention::Reply { text, .. } => is_given(request, agent, text),
        Attention::Attach { enclosure, .. } => {
            let mut files = request.handling.attachments.iter();
            files.any(|it| it.enclosure.sha256 == enclosure.sha256)
        }
        Attention::Assign { .. }
        | Attention::Transfer { .. }
        | Attention::Extend { .. }
        | Attention::Join { .. }
        | Attention::Separate => false,
    }
}

/// Whether this very answer is given and not lost.
fn is_given(request: &ServiceRequest, agent: &str, text: &Personal<String>) -> bool {
    let letters = &request.correspondence;
    let reply = letters.reply.as_ref();
    !is_lost(letters) && reply.is_some_and(|it| it.agent == agent && it.text == *text)
}
