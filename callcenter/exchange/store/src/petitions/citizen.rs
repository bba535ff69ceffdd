//! What the citizen asks of a petition and says of its answer, by its receipt number.

use privacy::Personal;
use request::{Action, OfficeId, Refusal, RequestId, ServiceRequest, Stage, Timestamp};
use rusqlite::{OptionalExtension, Transaction};

use super::{NotDone, Place, facts::happen, open};
use crate::{Store, StoreError, audit::audit, history::replay};

/// Petitions that are concluded in one go.
const BATCH: u32 = 100;
/// Who acts when nobody does by hand.
const CITIZEN: &str = "citizen";

impl Store {
    /// The petition of a receipt number, also of one that is over.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn petition_of(&self, receipt: &str) -> Result<Option<ServiceRequest>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        match of_receipt(&transaction, receipt)? {
            Some(id) => replay(&transaction, &id),
            None => Ok(None),
        }
    }

    /// Takes what the citizen thinks of the answer. The same said again is taken once.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn rate(
        &self,
        receipt: &str,
        stars: u8,
        words: Personal<String>,
        now: Timestamp,
    ) -> Result<Result<(), NotDone>, StoreError> {
        self.say(receipt, "rated", now, |request| {
            let said = request.handling.rating.as_ref();
            if said.is_some_and(|it| it.stars == stars && it.words == words) {
                return Ok(None);
            }
            may_speak(request)?;
            Ok(Some(Action::Rate { stars, words }))
        })
    }

    /// Takes an appeal, which goes to `office`. The same said again is taken once.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn appeal(
        &self,
        receipt: &str,
        office: OfficeId,
        text: Personal<String>,
        now: Timestamp,
    ) -> Result<Result<(), NotDone>, StoreError> {
        self.say(receipt, "appealed", now, |request| {
            let said = request.handling.appeal.as_ref();
            if said.is_some_and(|it| it.text == text) {
                return Ok(None);
            }
            may_speak(request)?;
            Ok(Some(Action::Appeal {
                office,
                text,
                at: now,
            }))
        })
    }

    /// Ends petitions whose citizens had time enough; how many. The caller asks again
    /// until there were none.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn conclude_petitions(&self, now: Timestamp) -> Result<u32, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let mut select = transaction.prepare_cached(
            "SELECT request_id FROM petition JOIN owner USING (request_id)
             WHERE answered AND NOT concluded AND closed AND coalesce(open_until, 0) < ?1
             ORDER BY open_until LIMIT ?2",
        )?;
        let rows = select.query_map(rusqlite::params![now.as_millis(), BATCH], |row| {
            Ok(RequestId::new(row.get::<_, String>(0)?))
        })?;
        let due = rows.collect::<Result<Vec<_>, _>>()?;
        drop(select);
        let mut concluded = 0;
        for id in due {
            let found = (open(&transaction, &id)?, replay(&transaction, &id)?);
            let (Some(place), Some(mut request)) = found else {
                continue;
            };
            if let Ok(event) = request.decide(Action::Conclude { at: now }) {
                happen(&transaction, &mut request, &place, &event, now)?;
                // Its terms count from its own end, not from its station's.
                transaction
                    .prepare_cached(
                        "UPDATE owner SET closed_at = ?2, look_at = ?2
                         WHERE request_id = ?1 AND closed",
                    )?
                    .execute(rusqlite::params![id.as_str(), now.as_millis()])?;
                concluded += 1;
            }
        }
        transaction.commit()?;
        Ok(concluded)
    }

    fn say(
        &self,
        receipt: &str,
        act: &str,
        now: Timestamp,
        action: impl FnOnce(&ServiceRequest) -> Result<Option<Action>, Refusal>,
    ) -> Result<Result<(), NotDone>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let Some((place, mut request)) = found(&transaction, receipt)? else {
            return Ok(Err(NotDone::Unknown));
        };
        let decided = action(&request).and_then(|it| it.map(|it| request.decide(it)).transpose());
        match decided {
            Ok(None) => return Ok(Ok(())),
            Ok(Some(event)) => happen(&transaction, &mut request, &place, &event, now)?,
            Err(refusal) => return Ok(Err(NotDone::Refused(refusal))),
        }
        audit(&transaction, now, CITIZEN, act, request.id.as_str())?;
        transaction.commit()?;
        Ok(Ok(()))
    }
}

/// An answer that a letter brings has come when the letter has gone out.
fn may_speak(request: &ServiceRequest) -> Result<(), Refusal> {
    match request.stage {
        Stage::Closed(_) => Ok(()),
        Stage::Draft | Stage::Submitted | Stage::Queued | Stage::Prepared | Stage::Declined => {
            Err(Refusal::NotAnswered)
        }
    }
}

fn found(
    transaction: &Transaction<'_>,
    receipt: &str,
) -> Result<Option<(Place, ServiceRequest)>, StoreError> {
    let Some(id) = of_receipt(transaction, receipt)? else {
        return Ok(None);
    };
    let place = open(transaction, &id)?;
    Ok(place.zip(replay(transaction, &id)?))
}

fn of_receipt(
    transaction: &Transaction<'_>,
    receipt: &str,
) -> Result<Option<RequestId>, StoreError> {
    Ok(transaction
        .prepare_cached("SELECT request_id FROM petition WHERE receipt = ?1")?
        .query_row([receipt], |row| {
            Ok(RequestId::new(row.get::<_, String>(0)?))
        })
        .optional()?)
}
