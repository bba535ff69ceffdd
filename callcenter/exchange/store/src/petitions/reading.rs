//! Petitions as agents and citizens read them.

use request::{RequestEvent, RequestId, ServiceRequest, Timestamp};
use rusqlite::Transaction;

use super::{is_unanswered, open};
use crate::{Store, StoreError, audit::audit, encoding, history::replay};

/// A petition to which something may still happen.
#[derive(Clone, Debug)]
pub struct Petition {
    pub submitted_at: Timestamp,
    pub request: ServiceRequest,
}

/// One thing that happened to a petition, and when.
#[derive(Clone, Debug)]
pub struct Step {
    pub at: Timestamp,
    pub event: RequestEvent,
}

impl Store {
    /// Petitions that are not over and wait for an answer, or for it to go out; the
    /// oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn petitions(&self, limit: u32) -> Result<Vec<Petition>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let mut select = transaction.prepare_cached(
            "SELECT request_id, submitted_at FROM petition
             JOIN owner USING (request_id)
             WHERE NOT concluded AND NOT (answered AND closed)
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
        let Some(place) = open(&transaction, id)? else {
            return Ok(None);
        };
        let request = replay(&transaction, id)?;
        audit(&transaction, now, agent, "read", id.as_str())?;
        transaction.commit()?;
        Ok(request.map(|request| Petition {
            submitted_at: place.submitted_at,
            request,
        }))
    }

    /// What happened to a petition that was submitted, in its order; nothing of one
    /// that is unknown. What was erased is left out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn steps(&self, id: &RequestId) -> Result<Vec<Step>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        steps(&transaction, id)
    }

    /// How many petitions are past their due dates and not answered.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn late_petitions(&self, now: Timestamp) -> Result<u32, StoreError> {
        let late = self
            .lock()
            .prepare_cached(
                "SELECT count(*) FROM petition
                 WHERE NOT concluded AND NOT answered AND due_at < ?1",
            )?
            .query_row([now.as_millis()], |row| row.get(0))?;
        Ok(late)
    }
}

fn steps(transaction: &Transaction<'_>, id: &RequestId) -> Result<Vec<Step>, StoreError> {
    // Both clocks agree well enough for a day; of one moment the station comes first.
    let mut select = transaction.prepare_cached(
        "SELECT recorded_at, event FROM (
             SELECT 0 AS part, sequence AS place, recorded_at, event FROM history
             WHERE request_id = ?1
             UNION ALL
             SELECT 1, number, recorded_at, event FROM petition_fact WHERE request_id = ?1)
         WHERE event IS NOT NULL ORDER BY recorded_at, part, place",
    )?;
    let rows = select.query_map([id.as_str()], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
    })?;
    rows.map(|row| {
        let (at, event) = row?;
        Ok(Step {
            at: Timestamp::from_millis(at),
            event: encoding::decode(&event)?,
        })
    })
    .collect()
}

impl Petition {
    /// Whether its due date is past and nobody has answered.
    pub fn is_late(&self, now: Timestamp) -> bool {
        is_unanswered(&self.request) && self.request.handling.due_at.is_some_and(|it| it < now)
    }
}
