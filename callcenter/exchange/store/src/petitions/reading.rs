//! Petitions as agents and citizens read them.

use request::{RequestEvent, RequestId, ServiceRequest, Timestamp};
use rusqlite::{Transaction, params};

use super::{is_unanswered, open};
use crate::{Store, StoreError, audit::audit, encoding, history::replay};

/// A petition to which something may still happen.
#[derive(Clone, Debug)]
pub struct Petition {
    pub submitted_at: Timestamp,
    pub request: ServiceRequest,
}

/// Where a petition stands among those that are listed by urgency: those that want an
/// answer before those whose answer is on its way, and the earlier due before the later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Urgency {
    pub answered: bool,
    /// Of one without a due date it is later than any.
    pub due_at: Timestamp,
    pub submitted_at: Timestamp,
    pub request: RequestId,
}

/// A page of the list by urgency.
#[derive(Clone, Debug)]
pub struct PetitionPage {
    pub petitions: Vec<Petition>,
    /// How many the whole list has.
    pub total: u32,
    /// After which the next page begins; none where this is the last.
    pub next: Option<Urgency>,
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

    /// A page of those that are not over and wait for an answer, or for it to go out,
    /// after a place in the list or from its begin.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn petitions_by_urgency(
        &self,
        after: Option<&Urgency>,
        limit: u32,
    ) -> Result<PetitionPage, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let total = transaction
            .prepare_cached(
                "SELECT count(*) FROM petition JOIN owner USING (request_id)
                 WHERE NOT concluded AND NOT (answered AND closed)",
            )?
            .query_row([], |row| row.get(0))?;
        let mut select = transaction.prepare_cached(
            "SELECT answered, coalesce(due_at, 9223372036854775807) AS due, submitted_at,
                 request_id
             FROM petition JOIN owner USING (request_id)
             WHERE NOT concluded AND NOT (answered AND closed)
             AND (answered, due, submitted_at, request_id) > (?1, ?2, ?3, ?4)
             ORDER BY answered, due, submitted_at, request_id LIMIT ?5",
        )?;
        let (answered, due, at, id) = after.map_or((-1, 0, 0, ""), |it| {
            let (due, at) = (it.due_at.as_millis(), it.submitted_at.as_millis());
            (i64::from(it.answered), due, at, it.request.as_str())
        });
        // One more shows whether there is another page.
        let asked = i64::from(limit) + 1;
        let rows = select.query_map(params![answered, due, at, id, asked], |row| {
            Ok(Urgency {
                answered: row.get(0)?,
                due_at: Timestamp::from_millis(row.get(1)?),
                submitted_at: Timestamp::from_millis(row.get(2)?),
                request: RequestId::new(row.get::<_, String>(3)?),
            })
        })?;
        let mut places = rows.collect::<Result<Vec<_>, _>>()?;
        let kept = usize::try_from(limit).unwrap_or(usize::MAX);
        let goes_on = places.len() > kept;
        places.truncate(kept);
        let mut petitions = Vec::new();
        for place in &places {
            petitions.extend(
                replay(&transaction, &place.request)?.map(|request| Petition {
                    submitted_at: place.submitted_at,
                    request,
                }),
            );
        }
        Ok(PetitionPage {
            petitions,
            total,
            next: places.pop().filter(|_| goes_on),
        })
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
