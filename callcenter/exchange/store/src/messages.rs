//! Text messages to citizens: each is due once, and handed over once.
//!
//! A message arises in the very transaction that takes over what it tells. It is
//! laid out with its carrier, that is written down, and only then let go: after a
//! crash between the two it is let go again, which a carrier takes for the same.

use request::{RequestId, ServiceRequest, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::{Store, StoreError, encoding, history::replay};

/// What a citizen is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// A request was taken by telephone; its code collects it.
    Accepted,
    /// What a queued request asked for can be collected.
    Ready,
    Declined,
}

/// How a message ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    HandedOver,
    /// The carrier never takes it.
    Refused,
    /// The carrier was away for too long.
    Expired,
    /// What it tells is no longer so, or nobody's number is left.
    Needless,
}

/// A message that is not settled.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: u64,
    pub occasion: Occasion,
    pub arose_at: Timestamp,
    /// How often its carrier was tried in vain.
    pub tries: u32,
    /// Its carrier has it ready to go.
    pub laid_out: bool,
    pub request: ServiceRequest,
    /// There is still something to be collected.
    pub open: bool,
}

impl Store {
    /// The message that is due first, if any is due.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn message_due(&self, now: Timestamp) -> Result<Option<Message>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let found = transaction
            .prepare_cached(
                "SELECT message_id, message.request_id, occasion, arose_at, tries,
                        laid_out_at IS NOT NULL,
                        claim.request_id IS NOT NULL
                            AND (record IS NOT NULL OR ready_at IS NULL)
                 FROM message LEFT JOIN claim ON claim.request_id = message.request_id
                 WHERE settled_at IS NULL AND due_at <= ?1 ORDER BY due_at, message_id LIMIT 1",
            )?
            .query_row([now.as_millis()], |row| {
                Ok((
                    row.get::<_, i64>(0)?,
                    RequestId::new(row.get::<_, String>(1)?),
                    row.get::<_, String>(2)?,
                    Timestamp::from_millis(row.get(3)?),
                    row.get(4)?,
                    row.get(5)?,
                    row.get(6)?,
                ))
            })
            .optional()?;
        let Some((id, request, occasion, arose_at, tries, laid_out, open)) = found else {
            return Ok(None);
        };
        let Some(request) = replay(&transaction, &request)? else {
            settle(&transaction, id, Settlement::Needless, now)?;
            transaction.commit()?;
            return Ok(None);
        };
        Ok(Some(Message {
            id: id.unsigned_abs(),
            occasion: encoding::decode(&occasion)?,
            arose_at,
            tries,
            laid_out,
            request,
            open,
        }))
    }

    /// When the next message is due.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn next_message_at(&self) -> Result<Option<Timestamp>, StoreError> {
        let at: Option<i64> = self
            .lock()
            .prepare_cached("SELECT min(due_at) FROM message WHERE settled_at IS NULL")?
            .query_row([], |row| row.get(0))?;
        Ok(at.map(Timestamp::from_millis))
    }

    /// Writes down that the carrier has a message ready to go.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn message_laid_out(&self, id: u64, now: Timestamp) -> Result<(), StoreError> {
        self.lock().execute(
            "UPDATE message SET laid_out_at = ?2 WHERE message_id = ?1",
            params![id.cast_signed(), now.as_millis()],
        )?;
        Ok(())
    }

    /// Puts a message off; `tried` when its carrier was tried in vain.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_message_off(
        &self,
        id: u64,
        until: Timestamp,
        tried: bool,
    ) -> Result<(), StoreError> {
        self.lock().execute(
            "UPDATE message SET due_at = ?2, tries = tries + ?3 WHERE message_id = ?1",
            params![id.cast_signed(), until.as_millis(), tried],
        )?;
        Ok(())
    }

    /// # Errors
    /// When the store cannot be written.
    pub fn settle_message(
        &self,
        id: u64,
        settlement: Settlement,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        settle(&transaction, id.cast_signed(), settlement, now)?;
        transaction.commit()
    }

    /// What became of the messages about a request, in the order they arose; none
    /// while one is still to go.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn messages_about(
        &self,
        request: &RequestId,
    ) -> Result<Vec<(Occasion, Option<Settlement>)>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT occasion, settlement FROM message WHERE request_id = ?1 ORDER BY message_id",
        )?;
        let rows = select.query_map([request.as_str()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?))
        })?;
        rows.map(|row| {
            let (occasion, settlement) = row?;
            let settlement = settlement.as_deref().map(encoding::decode).transpose()?;
            Ok((encoding::decode(&occasion)?, settlement))
        })
        .collect()
    }
}

/// A citizen has said where messages go; it may be after what they tell of.
pub(crate) fn wanted(
    transaction: &Transaction<'_>,
    id: &RequestId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let ready: Option<bool> = transaction
        .prepare_cached("SELECT ready_at IS NOT NULL FROM claim WHERE request_id = ?1")?
        .query_row([id.as_str()], |row| row.get(0))
        .optional()?;
    let (Some(ready), Some(request)) = (ready, replay(transaction, id)?) else {
        return Ok(());
    };
    if request.declined.is_some() {
        arose(transaction, &request, Occasion::Declined, now)?;
    } else if ready && !request.waits_for_its_holder() {
        arose(transaction, &request, Occasion::Ready, now)?;
    }
    Ok(())
}

/// Something a citizen wants to be told has happened.
pub(crate) fn arose(
    transaction: &Transaction<'_>,
    request: &ServiceRequest,
    occasion: Occasion,
    now: Timestamp,
) -> Result<(), StoreError> {
    if request.telephone.is_none() {
        return Ok(());
    }
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO message (request_id, occasion, arose_at, due_at)
             VALUES (?1, ?2, ?3, ?3)",
        )?
        .execute(params![
            request.id.as_str(),
            encoding::encode(&occasion)?,
            now.as_millis()
        ])?;
    Ok(())
}

fn settle(
    transaction: &Transaction<'_>,
    id: i64,
    settlement: Settlement,
    now: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "UPDATE message SET settled_at = ?3, settlement = ?2
             WHERE message_id = ?1 AND settled_at IS NULL",
        )?
        .execute(params![id, encoding::encode(&settlement)?, now.as_millis()])?;
    Ok(())
}
