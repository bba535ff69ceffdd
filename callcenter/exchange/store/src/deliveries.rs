//! Documents on their way to agencies: each is offered until the agency acknowledges it.

mod sendable;
mod standing;

use request::{AgentId, DocumentNumber, RequestId, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::{Store, StoreError, audit::audit, encoding};

pub use sendable::Sendable;
pub use standing::DeliveryStatus;

/// How a delivery ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryEnd {
    /// The agency has acknowledged it.
    Delivered,
    /// The agency did not take it; an agent may send it again.
    Refused,
    /// The agency was away for too long, or the document's term is over.
    Expired,
    /// The document stopped counting before the agency had it.
    Void,
}

/// A document to be delivered.
pub struct NewDelivery<'a> {
    /// A UUID; the same document for the same agency has the same.
    pub id: &'a str,
    pub request: &'a RequestId,
    pub number: &'a DocumentNumber,
    pub recipient: &'a str,
    /// Who has taken the citizen's consent.
    pub agent: &'a AgentId,
    pub container: &'a [u8],
}

/// A delivery that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub id: String,
    pub number: DocumentNumber,
    pub recipient: String,
    pub container: Vec<u8>,
    pub arose_at: Timestamp,
    /// How often it was tried in vain.
    pub tries: u32,
}

impl Store {
    /// Writes down that a document is to be delivered. Said again it changes nothing,
    /// unless the agency refused it or was away for too long: then it begins anew. An
    /// agency that was away may have taken what it was offered, and gets the same again.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn deliver(&self, new: &NewDelivery<'_>, now: Timestamp) -> Result<(), StoreError> {
        let refused = encoding::encode(&DeliveryEnd::Refused)?;
        let expired = encoding::encode(&DeliveryEnd::Expired)?;
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let begun = transaction.execute(
            "INSERT INTO delivery (delivery_id, request_id, number, recipient, agent, container,
                                   arose_at, due_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)
             ON CONFLICT (delivery_id) DO UPDATE SET
                 container = CASE settlement WHEN ?9 THEN coalesce(container, excluded.container)
                                             ELSE excluded.container END,
                 agent = excluded.agent, arose_at = excluded.arose_at, due_at = excluded.due_at,
                 tries = 0, settlement = NULL, settled_at = NULL
             WHERE settlement IN (?8, ?9)",
            params![
                new.id,
                new.request.as_str(),
                new.number.as_str(),
                new.recipient,
                new.agent.as_str(),
                new.container,
                now.as_millis(),
                refused,
                expired
            ],
        )?;
        if begun > 0 {
            let act = format!("sent to {}", new.recipient);
            let (who, number) = (new.agent.as_str(), new.number.as_str());
            audit(&transaction, now, who, &act, number)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Offers once more, and for as long, what an agency was away for: the same document
    /// with the same consent. Answers whether there was such.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn deliver_again(
        &self,
        id: &str,
        agent: &AgentId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let expired = encoding::encode(&DeliveryEnd::Expired)?;
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let begun = transaction
            .prepare_cached(
                "UPDATE delivery SET arose_at = ?2, due_at = ?2, tries = 0,
                                     settlement = NULL, settled_at = NULL
                 WHERE delivery_id = ?1 AND settlement = ?3 AND container IS NOT NULL
                 RETURNING recipient, number",
            )?
            .query_row(params![id, now.as_millis(), expired], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
            })
            .optional()?;
        if let Some((recipient, number)) = &begun {
            let act = format!("sent again to {recipient}");
            audit(&transaction, now, agent.as_str(), &act, number)?;
        }
        transaction.commit()?;
        Ok(begun.is_some())
    }

    /// Of each agency the delivery that is due first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn deliveries_due(&self, now: Timestamp) -> Result<Vec<Delivery>, StoreError> {
        let connection = self.lock();
        // SQLite takes the other columns from the row that has the least (lang_select, 2.5).
        let mut due = connection.prepare_cached(
            "SELECT delivery_id, number, recipient, container, arose_at, tries, min(due_at)
             FROM delivery
             WHERE settled_at IS NULL AND container IS NOT NULL AND due_at <= ?1
             GROUP BY recipient",
        )?;
        let due = due.query_map([now.as_millis()], |row| {
            Ok(Delivery {
                id: row.get(0)?,
                number: DocumentNumber::new(row.get::<_, String>(1)?),
                recipient: row.get(2)?,
                container: row.get(3)?,
                arose_at: Timestamp::from_millis(row.get(4)?),
                tries: row.get(5)?,
            })
        })?;
        Ok(due.collect::<Result<_, _>>()?)
    }

    /// When the next delivery becomes due that is not yet.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn next_delivery_at(&self, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let at: Option<i64> = self
            .lock()
            .prepare_cached(
                "SELECT min(due_at) FROM delivery WHERE settled_at IS NULL AND due_at > ?1",
            )?
            .query_row([now.as_millis()], |row| row.get(0))?;
        Ok(at.map(Timestamp::from_millis))
    }

    /// Puts a delivery off that was tried in vain.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_delivery_off(&self, id: &str, until: Timestamp) -> Result<(), StoreError> {
        self.lock().execute(
            "UPDATE delivery SET due_at = ?2, tries = tries + 1 WHERE delivery_id = ?1",
            params![id, until.as_millis()],
        )?;
        Ok(())
    }

    /// Ends a delivery, with the agency's receipt where it has given one.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn settle_delivery(
        &self,
        id: &str,
        end: DeliveryEnd,
        receipt: Option<&[u8]>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let settlement = encoding::encode(&end)?;
        self.lock().execute(
            "UPDATE delivery SET settlement = ?2, receipt = ?3, settled_at = ?4
             WHERE delivery_id = ?1 AND settled_at IS NULL",
            params![id, settlement, receipt, now.as_millis()],
        )?;
        Ok(())
    }
}

/// What was sent goes with the documents of its request; that and when it was, and the
/// receipt, which names nobody, stay.
pub(crate) fn erase(
    transaction: &Transaction<'_>,
    request: &RequestId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let expired = encoding::encode(&DeliveryEnd::Expired)?;
    transaction
        .prepare_cached(
            "UPDATE delivery SET container = NULL, settled_at = coalesce(settled_at, ?2),
                                 settlement = coalesce(settlement, ?3)
             WHERE request_id = ?1 AND container IS NOT NULL",
        )?
        .execute(params![request.as_str(), now.as_millis(), expired])?;
    Ok(())
}
