//! Two-person checks: every fact of one before it takes effect, how often somebody
//! has tried, and whether a request may rely on one.
//!
//! A resident number is here as a digest under a key of this store's own, and that
//! goes after a day. What stays names agents and desks, and goes with the service's
//! term for who asked.

mod reliance;

use std::time::Duration;

use hmac::{Hmac, Mac};
use request::{CheckId, PersonalFact, RequestId, ResidentNumber, ServiceId, StationId, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};
use sha2::Sha256;
use vouching::{CheckEnding, CheckFact, CheckRefusal};

use crate::{
    Store, StoreError, encoding,
    retention::{Erased, Kept, Term, add},
};

/// Within which tries are counted, and after which nobody is found by their number.
const DAY: Duration = Duration::from_hours(24);

/// A resident number as checks know it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Subject([u8; 32]);

/// A check somebody wants to open.
#[derive(Clone)]
pub struct NewCheck {
    pub check: CheckId,
    pub kiosk: StationId,
    pub request: RequestId,
    pub service: ServiceId,
    pub subject: Subject,
}

/// Tries within a day.
#[derive(Clone, Copy, Debug)]
pub struct Tries {
    pub per_number: u32,
    pub per_kiosk: u32,
}

impl Store {
    /// The digest of a number, the same at every call.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn check_subject(&self, number: &ResidentNumber) -> Result<Subject, StoreError> {
        let key: Vec<u8> = self
            .lock()
            .query_row("SELECT key FROM check_key", [], |row| row.get(0))?;
        // HMAC takes keys of any length (RFC 2104).
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| StoreError::Event(0))?;
        mac.update(number.digits().reveal().as_bytes());
        Ok(Subject(mac.finalize().into_bytes().into()))
    }

    /// Writes down that a check is opened, if there are tries left.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn open_check(
        &self,
        new: &NewCheck,
        opened: &CheckFact,
        tries: Tries,
        now: Timestamp,
    ) -> Result<Result<(), CheckRefusal>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let since = now.as_millis() - millis(DAY);
        let of_number = transaction
            .prepare_cached(
                "SELECT count(*) FROM identity_check
                 WHERE subject = ?1 AND opened_at > ?2 AND is_a_try",
            )?
            .query_row(params![new.subject.0, since], |row| row.get::<_, u32>(0))?;
        if of_number >= tries.per_number {
            return Ok(Err(CheckRefusal::TooManyTries));
        }
        let of_kiosk = transaction
            .prepare_cached(
                "SELECT count(*) FROM identity_check
                 WHERE kiosk = ?1 AND opened_at > ?2 AND is_a_try",
            )?
            .query_row(params![new.kiosk.as_str(), since], |row| {
                row.get::<_, u32>(0)
            })?;
        if of_kiosk >= tries.per_kiosk {
            return Ok(Err(CheckRefusal::KioskTries));
        }
        transaction
            .prepare_cached(
                "INSERT INTO identity_check
                 (check_id, kiosk, request_id, service, subject, opened_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                new.check.as_str(),
                new.kiosk.as_str(),
                new.request.as_str(),
                new.service.as_str(),
                new.subject.0,
                now.as_millis()
            ])?;
        append(&transaction, &new.check, opened, now)?;
        transaction.commit()?;
        Ok(Ok(()))
    }

    /// Writes facts down, all or none.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn append_to_check(
        &self,
        check: &CheckId,
        facts: &[CheckFact],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        for fact in facts {
            append(&transaction, check, fact, now)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Ends what was under way when the exchange ended; answers how many.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn interrupt_checks(&self, now: Timestamp) -> Result<usize, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let open: Vec<String> = transaction
            .prepare_cached(
                "SELECT check_id FROM identity_check WHERE passed_at IS NULL AND ended_at IS NULL",
            )?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for check in &open {
            let by = CheckEnding::Interrupted;
            append(
                &transaction,
                &CheckId::new(check),
                &CheckFact::Ended { by },
                now,
            )?;
        }
        transaction.commit()?;
        Ok(open.len())
    }

    /// Whether a check is about this very number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_check_of(&self, check: &CheckId, subject: Subject) -> Result<bool, StoreError> {
        let known = self
            .lock()
            .query_row(
                "SELECT 1 FROM identity_check WHERE check_id = ?1 AND subject = ?2",
                params![check.as_str(), subject.0],
                |_| Ok(()),
            )
            .optional()?;
        Ok(known.is_some())
    }

    /// Everything that is written of a check, in order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn check_facts(&self, check: &CheckId) -> Result<Vec<(Timestamp, CheckFact)>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT at, fact FROM identity_check_fact WHERE check_id = ?1 ORDER BY sequence",
        )?;
        let rows = select.query_map([check.as_str()], |row| {
            Ok((
                Timestamp::from_millis(row.get(0)?),
                row.get::<_, String>(1)?,
            ))
        })?;
        let mut facts = Vec::new();
        for row in rows {
            let (at, fact) = row?;
            facts.push((at, encoding::decode(&fact)?));
        }
        Ok(facts)
    }
}

fn append(
    transaction: &Transaction<'_>,
    check: &CheckId,
    fact: &CheckFact,
    now: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "INSERT INTO identity_check_fact (check_id, sequence, at, fact)
             SELECT ?1, coalesce(max(sequence), 0) + 1, ?2, ?3
             FROM identity_check_fact WHERE check_id = ?1",
        )?
        .execute(params![
            check.as_str(),
            now.as_millis(),
            encoding::encode(fact)?
        ])?;
    let ended = match fact {
        CheckFact::Agreed { .. } => "UPDATE identity_check SET passed_at = ?2 WHERE check_id = ?1",
        CheckFact::Ended { by } if by.is_a_try() => {
            "UPDATE identity_check SET ended_at = ?2 WHERE check_id = ?1"
        }
        CheckFact::Ended { .. } => {
            "UPDATE identity_check SET ended_at = ?2, is_a_try = 0 WHERE check_id = ?1"
        }
        CheckFact::Opened { .. }
        | CheckFact::Taken { .. }
        | CheckFact::LetGo { .. }
        | CheckFact::Answered { .. }
        | CheckFact::Believed { .. }
        | CheckFact::Joined { .. }
        | CheckFact::AskedMore { .. } => return Ok(()),
    };
    transaction
        .prepare_cached(ended)?
        .execute(params![check.as_str(), now.as_millis()])?;
    Ok(())
}

/// Erases the digests of numbers after a day, and checks after their service's term
/// for who asked.
pub(crate) fn erase(
    transaction: &Transaction<'_>,
    term: Term<'_>,
    now: Timestamp,
    erased: &mut Erased,
) -> Result<(), StoreError> {
    let over = |term: Duration| now.as_millis().saturating_sub(millis(term));
    let digests = transaction
        .prepare_cached(
            "UPDATE identity_check SET subject = NULL WHERE opened_at <= ?1 AND subject IS NOT NULL",
        )?
        .execute([over(DAY)])?;
    add(&mut erased.facts, digests);
    let services: Vec<String> = transaction
        .prepare_cached("SELECT DISTINCT service FROM identity_check WHERE subject IS NULL")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for service in services {
        let kept = Kept::Fact(PersonalFact::Identity);
        let until = over(term(&ServiceId::new(&service), kept).max(DAY));
        let facts = transaction
            .prepare_cached(
                "DELETE FROM identity_check_fact WHERE check_id IN
                 (SELECT check_id FROM identity_check WHERE service = ?1 AND opened_at <= ?2)",
            )?
            .execute(params![service, until])?;
        transaction
            .prepare_cached("DELETE FROM identity_check WHERE service = ?1 AND opened_at <= ?2")?
            .execute(params![service, until])?;
        add(&mut erased.facts, facts);
    }
    Ok(())
}

fn millis(of: Duration) -> i64 {
    i64::try_from(of.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
