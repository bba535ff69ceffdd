//! Petitions: what an agent reads, takes on and answers.
//!
//! An agent's deed is published to the station that the petition came by; it
//! sends the answer. Of two agents who answer at once one is told that the other
//! was quicker.

use privacy::Personal;
use request::{
    Action, Correspondence, Letter, LetterState, NotSentReason, Refusal, RequestId, ServiceRequest,
    Stage, StationId, Timestamp,
};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::{Store, StoreError, audit::audit, history::replay, publications::publish};

/// What the audit calls giving a petition to somebody, whoever has it.
const REASSIGNED: &str = "assigned";

/// A petition that is not over.
#[derive(Clone, Debug)]
pub struct Petition {
    pub submitted_at: Timestamp,
    pub request: ServiceRequest,
}

/// What an agent does with a petition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attention {
    /// Takes it on oneself, unless another has it.
    Take,
    /// Gives it to somebody, whoever has it.
    Assign { to: String },
    /// Answers, unless another has it. Said again it has been done.
    Reply { text: Personal<String> },
}

/// Why an agent's deed was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDone {
    #[error("no such petition waits")]
    Unknown,
    #[error("another agent has taken it")]
    Taken,
    #[error(transparent)]
    Refused(Refusal),
}

impl Store {
    /// Petitions that are not over, the oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn petitions(&self, limit: u32) -> Result<Vec<Petition>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let mut select = transaction.prepare_cached(
            "SELECT request_id, submitted_at FROM petition
             ORDER BY submitted_at, request_id LIMIT ?1",
        )?;
        let rows = select.query_map([limit], |row| {
            let id = RequestId::new(row.get::<_, String>(0)?);
            Ok((id, Timestamp::from_millis(row.get(1)?)))
        })?;
        let mut petitions = Vec::new();
        for row in rows {
            let (id, submitted_at) = row?;
            petitions.extend(replay(&transaction, &id)?.map(|request| Petition {
                submitted_at,
                request,
            }));
        }
        Ok(petitions)
    }

    /// One that is not over, with everything in it; it is noted who read it.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn read_petition(
        &self,
        id: &RequestId,
        agent: &str,
        now: Timestamp,
    ) -> Result<Option<Petition>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let Some((_, submitted_at)) = open(&transaction, id)? else {
            return Ok(None);
        };
        let request = replay(&transaction, id)?;
        audit(&transaction, now, agent, "read", id.as_str())?;
        transaction.commit()?;
        Ok(request.map(|request| Petition {
            submitted_at,
            request,
        }))
    }

    /// Does what an agent wants done with a petition, if it can still be done, and
    /// tells its station.
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
        let Some((station, _)) = open(&transaction, id)? else {
            return Ok(Err(NotDone::Unknown));
        };
        let Some(request) = replay(&transaction, id)? else {
            return Ok(Err(NotDone::Unknown));
        };
        let letters = &request.correspondence;
        let has_it = letters.assigned_to.as_deref();
        let is_anothers = has_it.is_some_and(|it| it != agent);
        let (act, action) = match attention {
            Attention::Take if has_it == Some(agent) => return Ok(Ok(())),
            // Where our word was lost on the way, it is said again.
            Attention::Reply { text } if is_given(letters, agent, &text) => return Ok(Ok(())),
            Attention::Take => {
                let agent = agent.to_owned();
                ("taken", Action::Assign { agent })
            }
            Attention::Assign { to } => (REASSIGNED, Action::Assign { agent: to }),
            Attention::Reply { text } => {
                let agent = agent.to_owned();
                ("answered", Action::Reply { agent, text })
            }
        };
        let event = match request.decide(action) {
            Ok(event) => event,
            Err(refusal) => return Ok(Err(NotDone::Refused(refusal))),
        };
        if is_anothers && act != REASSIGNED {
            return Ok(Err(NotDone::Taken));
        }
        publish(&transaction, id, &station, &event, now)?;
        audit(&transaction, now, agent, act, id.as_str())?;
        transaction.commit()?;
        Ok(Ok(()))
    }
}

/// Whether this very answer is given and not lost.
fn is_given(letters: &Correspondence, agent: &str, text: &Personal<String>) -> bool {
    let reply = letters.reply.as_ref();
    let is_lost = match letters.state(Letter::Reply) {
        Some(LetterState::NotSent(NotSentReason::Refused | NotSentReason::Unknown)) => true,
        None
        | Some(
            LetterState::Begun | LetterState::Sent | LetterState::NotSent(NotSentReason::Deferred),
        ) => false,
    };
    !is_lost && reply.is_some_and(|it| it.agent == agent && it.text == *text)
}

/// Whose petition it is and since when it waits; none when it is over.
fn open(
    transaction: &Transaction<'_>,
    id: &RequestId,
) -> Result<Option<(StationId, Timestamp)>, StoreError> {
    let row = transaction
        .prepare_cached("SELECT station, submitted_at FROM petition WHERE request_id = ?1")?
        .query_row([id.as_str()], |row| {
            let station = StationId::new(row.get::<_, String>(0)?);
            Ok((station, Timestamp::from_millis(row.get(1)?)))
        })
        .optional()?;
    Ok(row)
}

/// A request was submitted: whether it is a petition, which waits from now on.
pub(crate) fn submitted(
    transaction: &Transaction<'_>,
    id: &RequestId,
    station: &StationId,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let request = replay(transaction, id)?;
    if !request.is_some_and(|it| it.waits_for_a_person() && it.stage == Stage::Submitted) {
        return Ok(false);
    }
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO petition (request_id, station, submitted_at) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![id.as_str(), station.as_str(), at.as_millis()])?;
    Ok(true)
}

pub(crate) fn closed(transaction: &Transaction<'_>, id: &RequestId) -> Result<(), StoreError> {
    transaction
        .prepare_cached("DELETE FROM petition WHERE request_id = ?1")?
        .execute([id.as_str()])?;
    Ok(())
}
