//! Refund tickets: open, reserved for one request that pays out, spent.

use request::{RequestId, StationId, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::{Store, StoreError, audit::audit, history::replay};

/// What is known of a refund ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refund {
    Unknown,
    /// So much is owed.
    Open {
        amount_won: u32,
    },
    /// A request elsewhere is paying it out.
    Reserved,
    Spent,
}

/// Why an agent must not pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPaid {
    #[error("no refund ticket has this code")]
    Unknown,
    #[error("a kiosk is paying this ticket out")]
    Reserved,
    #[error("this ticket was paid out before")]
    Spent,
    #[error("another amount is owed")]
    OtherAmount,
}

impl Store {
    /// # Errors
    /// When the store cannot be read.
    pub fn refund(&self, code: &str) -> Result<Refund, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        Ok(refund(&transaction, code)?.map_or(Refund::Unknown, |(refund, _)| refund))
    }

    /// Reserves what is owed for one request; asked again, the same request is
    /// given the same.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn take_refund(&self, code: &str, collector: &RequestId) -> Result<Refund, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let found = refund(&transaction, code)?;
        let answer = match found {
            None => Refund::Unknown,
            Some((Refund::Reserved, Some((ours, amount_won)))) if ours == *collector => {
                Refund::Open { amount_won }
            }
            Some((refund, _)) => refund,
        };
        if let Refund::Open { .. } = answer {
            transaction.execute(
                "UPDATE refund SET collector = ?2 WHERE code = ?1",
                params![code, collector.as_str()],
            )?;
        }
        transaction.commit()?;
        Ok(answer)
    }

    /// An agent pays the whole ticket out, and an audit row says so.
    ///
    /// # Errors
    /// When the store cannot be written; within, why nothing may be paid.
    pub fn spend_refund(
        &self,
        code: &str,
        amount_won: u32,
        agent: &str,
        now: Timestamp,
    ) -> Result<Result<(), NotPaid>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        match refund(&transaction, code)?.map(|(refund, _)| refund) {
            None | Some(Refund::Unknown) => return Ok(Err(NotPaid::Unknown)),
            Some(Refund::Reserved) => return Ok(Err(NotPaid::Reserved)),
            Some(Refund::Spent) => return Ok(Err(NotPaid::Spent)),
            Some(Refund::Open { amount_won: owed }) if owed != amount_won => {
                return Ok(Err(NotPaid::OtherAmount));
            }
            Some(Refund::Open { .. }) => {}
        }
        transaction.execute(
            "UPDATE refund SET spent_won = amount_won WHERE code = ?1",
            [code],
        )?;
        let paid = format!("{amount_won} won on refund ticket {code}");
        audit(&transaction, now, agent, "paid out", &paid)?;
        transaction.commit()?;
        Ok(Ok(()))
    }

    /// Keeps the key of a station's tickets. `false` when another one was told before.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn keep_ticket_key(
        &self,
        station: &StationId,
        public_key: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.lock().execute(
            "INSERT OR IGNORE INTO ticket_key (station, public_key, told_at) VALUES (?1, ?2, ?3)",
            params![station.as_str(), public_key, now.as_millis()],
        )?;
        Ok(self.ticket_key(station)?.as_deref() == Some(public_key))
    }

    /// # Errors
    /// When the store cannot be read.
    pub fn ticket_key(&self, station: &StationId) -> Result<Option<String>, StoreError> {
        let key = self
            .lock()
            .query_row(
                "SELECT public_key FROM ticket_key WHERE station = ?1",
                [station.as_str()],
                |row| row.get(0),
            )
            .optional()?;
        Ok(key)
    }
}

/// A machine owes. What it owes later to the same citizen goes on the same ticket.
pub(crate) fn owed(
    transaction: &Transaction<'_>,
    id: &RequestId,
    ticket: &str,
    amount_won: u32,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO refund (code, request_id, amount_won) VALUES (?1, ?2, ?3)
         ON CONFLICT (code) DO UPDATE SET amount_won = amount_won + excluded.amount_won
         WHERE request_id = excluded.request_id",
        params![ticket, id.as_str(), amount_won],
    )?;
    Ok(())
}

/// A request has ended: what it was to pay out is spent, when it paid it or owes
/// it anew; otherwise the credit came too late and the ticket is open again.
pub(crate) fn closed(transaction: &Transaction<'_>, id: &RequestId) -> Result<(), StoreError> {
    let code: Option<String> = transaction
        .query_row(
            "SELECT code FROM refund WHERE collector = ?1",
            [id.as_str()],
            |row| row.get(0),
        )
        .optional()?;
    let (Some(code), Some(collector)) = (code, replay(transaction, id)?) else {
        return Ok(());
    };
    let money = &collector.money;
    let spent = money.paid_out_won.saturating_add(money.owed_won) > 0;
    transaction.execute(
        "UPDATE refund SET collector = NULL, spent_won = iif(?2, amount_won, spent_won)
         WHERE code = ?1",
        params![code, spent],
    )?;
    Ok(())
}

/// The state of a ticket; of a reserved one also for whom and how much.
type Found = (Refund, Option<(RequestId, u32)>);

fn refund(transaction: &Transaction<'_>, code: &str) -> Result<Option<Found>, StoreError> {
    let found = transaction
        .query_row(
            "SELECT amount_won - spent_won, collector FROM refund WHERE code = ?1",
            [code],
            |row| Ok((row.get::<_, u32>(0)?, row.get::<_, Option<String>>(1)?)),
        )
        .optional()?;
    Ok(found.map(|(amount_won, collector)| match collector {
        Some(collector) => {
            let whose = RequestId::new(collector);
            (Refund::Reserved, Some((whose, amount_won)))
        }
        None if amount_won == 0 => (Refund::Spent, None),
        None => (Refund::Open { amount_won }, None),
    }))
}
