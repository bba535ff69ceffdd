//! One closed request.

use std::time::Duration;

use request::{PersonalFact, RequestEvent, RequestId, ServiceId, Timestamp};
use rusqlite::{Transaction, params};
use sync::{Content, Salt, Unreadable, commitment};

use super::{BUSY, Erased, Kept, LOOK_AGAIN, Term, add};
use crate::{StoreError, archive, deliveries, encoding};

/// Erases what is over of it; answers when to look again, if ever.
pub(super) fn erase(
    transaction: &Transaction<'_>,
    request: &RequestId,
    closed_at: Timestamp,
    term: Term<'_>,
    now: Timestamp,
    erased: &mut Erased,
) -> Result<Option<Timestamp>, StoreError> {
    if is_worked_on(transaction, request)? {
        return Ok(Some(now + BUSY));
    }
    let left = Left::read(transaction, request)?;
    let end = |kept| match &left.submitted_to {
        Some(service) => closed_at + term(service, kept),
        None => closed_at,
    };
    if is_waited_for(transaction, request)? {
        let kinds = PersonalFact::ALL.map(Kept::Fact);
        let all_over = kinds.into_iter().chain([Kept::Document]).map(end).max();
        if let Some(at) = all_over.filter(|at| *at > now) {
            return Ok(Some(at.min(now + BUSY)));
        }
        let claims = transaction
            .prepare_cached("DELETE FROM claim WHERE request_id = ?1")?
            .execute([request.as_str()])?;
        add(&mut erased.claims, claims);
    }
    let mut next: Option<Timestamp> = None;
    let mut is_over = |kept| {
        let at = end(kept);
        let over = at <= now;
        if !over {
            next = Some(next.map_or(at, |next| next.min(at)));
        }
        over
    };
    for (place, fact) in &left.facts {
        if is_over(Kept::Fact(*fact)) {
            place.erase(transaction)?;
            add(&mut erased.facts, 1);
        }
    }
    if has_attachments(transaction, request)? && is_over(Kept::Fact(PersonalFact::Answer)) {
        transaction
            .prepare_cached("DELETE FROM attachment WHERE request_id = ?1")?
            .execute([request.as_str()])?;
    }
    if has_pages(transaction, request)? && is_over(Kept::Document) {
        let kept_for = left
            .submitted_to
            .as_ref()
            .map_or(Duration::ZERO, |service| term(service, Kept::Document));
        let documents = archive::dispose(transaction, request.as_str(), kept_for, now)?;
        add(&mut erased.documents, documents);
        deliveries::erase(transaction, request, now)?;
    }
    Ok(next.map(|at| at.min(now + LOOK_AGAIN)))
}

/// Whether the exchange or a person has still something to do for it.
fn is_worked_on(transaction: &Transaction<'_>, request: &RequestId) -> Result<bool, StoreError> {
    Ok(transaction
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM job WHERE request_id = ?1)
             OR EXISTS (SELECT 1 FROM petition WHERE request_id = ?1 AND NOT concluded)
             OR EXISTS (SELECT 1 FROM wedged WHERE request_id = ?1 AND state = 'held')
             OR EXISTS (SELECT 1 FROM claim WHERE collector IS NOT NULL
                        AND ?1 IN (request_id, collector))
             OR EXISTS (SELECT 1 FROM claim WHERE request_id = ?1 AND ready_at IS NULL
                        AND NOT EXISTS (SELECT 1 FROM history WHERE request_id = ?1
                                        AND event ->> '$.type' = 'declined'))",
        )?
        .query_row([request.as_str()], |row| row.get(0))?)
}

/// Whether somebody may still come with its claim ticket.
fn is_waited_for(transaction: &Transaction<'_>, request: &RequestId) -> Result<bool, StoreError> {
    Ok(transaction
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM claim WHERE request_id = ?1 AND record IS NOT NULL)",
        )?
        .query_row([request.as_str()], |row| row.get(0))?)
}

fn has_attachments(transaction: &Transaction<'_>, request: &RequestId) -> Result<bool, StoreError> {
    Ok(transaction
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM attachment WHERE request_id = ?1)")?
        .query_row([request.as_str()], |row| row.get(0))?)
}

fn has_pages(transaction: &Transaction<'_>, request: &RequestId) -> Result<bool, StoreError> {
    Ok(transaction
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM document WHERE request_id = ?1 AND pdf IS NOT NULL)",
        )?
        .query_row([request.as_str()], |row| row.get(0))?)
}

/// What is left of a request.
struct Left {
    submitted_to: Option<ServiceId>,
    facts: Vec<(Place, PersonalFact)>,
}

/// Where the store keeps what an entry says.
enum Place {
    History {
        sequence: i64,
        /// What came before there were chains has none, nor has what was published;
        /// it is given one, so that it can be seen that something was there.
        commitment: [u8; 32],
    },
    /// What happened here alone; no chain holds it.
    Fact { request: String, number: i64 },
    /// An entry that was applied or discarded by a person.
    Settled {
        station: String,
        incarnation: String,
        entry: i64,
        commitment: [u8; 32],
    },
}

impl Left {
    fn read(transaction: &Transaction<'_>, request: &RequestId) -> Result<Self, StoreError> {
        let mut left = Self {
            submitted_to: None,
            facts: Vec::new(),
        };
        left.read_history(transaction, request)?;
        left.read_facts(transaction, request)?;
        left.read_settled(transaction, request)?;
        Ok(left)
    }

    fn read_history(
        &mut self,
        transaction: &Transaction<'_>,
        request: &RequestId,
    ) -> Result<(), StoreError> {
        let mut select = transaction.prepare_cached(
            "SELECT sequence, event, commitment,
                    coalesce(salt, randomblob(16)) FROM history
             WHERE request_id = ?1 AND event IS NOT NULL ORDER BY sequence",
        )?;
        let mut rows = select.query([request.as_str()])?;
        let (mut opened_for, mut submitted) = (None, false);
        while let Some(row) = rows.next()? {
            let body: String = row.get(1)?;
            let event: RequestEvent = encoding::decode(&body)?;
            submitted |= event.is_submission();
            if let Some(fact) = event.personal_fact() {
                let bound: Option<[u8; 32]> = row.get(2)?;
                let salt = Salt::from_bytes(row.get(3)?);
                let place = Place::History {
                    sequence: row.get(0)?,
                    commitment: bound.unwrap_or_else(|| *commitment(&salt, &body).as_bytes()),
                };
                self.facts.push((place, fact));
            }
            if let RequestEvent::Opened { service, .. } = event {
                opened_for = Some(service);
            }
        }
        self.submitted_to = opened_for.filter(|_| submitted);
        Ok(())
    }

    fn read_facts(
        &mut self,
        transaction: &Transaction<'_>,
        request: &RequestId,
    ) -> Result<(), StoreError> {
        let mut select = transaction.prepare_cached(
            "SELECT number, event FROM petition_fact
             WHERE request_id = ?1 AND event IS NOT NULL ORDER BY number",
        )?;
        let mut rows = select.query([request.as_str()])?;
        while let Some(row) = rows.next()? {
            let event: RequestEvent = encoding::decode(&row.get::<_, String>(1)?)?;
            if let Some(fact) = event.personal_fact() {
                let place = Place::Fact {
                    request: request.to_string(),
                    number: row.get(0)?,
                };
                self.facts.push((place, fact));
            }
        }
        Ok(())
    }

    fn read_settled(
        &mut self,
        transaction: &Transaction<'_>,
        request: &RequestId,
    ) -> Result<(), StoreError> {
        let mut select = transaction.prepare_cached(
            "SELECT station, incarnation, entry, commitment, content FROM wedged
             WHERE request_id = ?1 AND state <> 'held'",
        )?;
        let mut rows = select.query([request.as_str()])?;
        while let Some(row) = rows.next()? {
            let content: Content = encoding::decode(&row.get::<_, String>(4)?)?;
            if let Some(fact) = fact_of(&content) {
                let place = Place::Settled {
                    station: row.get(0)?,
                    incarnation: row.get(1)?,
                    entry: row.get(2)?,
                    commitment: row.get(3)?,
                };
                self.facts.push((place, fact));
            }
        }
        Ok(())
    }
}

/// What a content says of a person. What nobody can read may say who asked.
pub(super) fn fact_of(content: &Content) -> Option<PersonalFact> {
    match content.event() {
        Ok(event) => event.personal_fact(),
        Err(Unreadable::Malformed { .. }) => Some(PersonalFact::Identity),
        Err(Unreadable::Erased) => None,
    }
}

impl Place {
    fn erase(&self, transaction: &Transaction<'_>) -> Result<(), StoreError> {
        match self {
            Place::History {
                sequence,
                commitment,
            } => transaction
                .prepare_cached(
                    "UPDATE history SET event = NULL, salt = NULL, commitment = ?2
                     WHERE sequence = ?1",
                )?
                .execute(params![sequence, commitment])?,
            Place::Fact { request, number } => transaction
                .prepare_cached(
                    "UPDATE petition_fact SET event = NULL WHERE request_id = ?1 AND number = ?2",
                )?
                .execute(params![request, number])?,
            Place::Settled {
                station,
                incarnation,
                entry,
                commitment,
            } => transaction
                .prepare_cached(
                    "UPDATE wedged SET content = ?4
                     WHERE station = ?1 AND incarnation = ?2 AND entry = ?3",
                )?
                .execute(params![station, incarnation, entry, erased(*commitment)?])?,
        };
        Ok(())
    }
}

/// A content as it is when nothing is left of it.
pub(super) fn erased(commitment: [u8; 32]) -> Result<String, StoreError> {
    let commitment = sync::Hash::from_bytes(commitment);
    encoding::encode(&Content::Erased { commitment })
}
