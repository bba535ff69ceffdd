//! Machines in the field: what each has told of itself last, why it went back to an older
//! image, and what it was ordered.

use fleet::{Commissioning, Deed, Order, Outcome, Report, Rollback};
use request::{StationId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{
    Store, StoreError,
    audit::audit,
    encoding::{decode, encode},
    machine_words::note_alarms,
};

/// Orders that are shown of one machine, the newest first.
const ORDERS_SHOWN: u32 = 20;

/// A machine as it is known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    pub station: StationId,
    /// The last report, and when it came.
    pub report: Option<(Report, Timestamp)>,
    /// How it was brought into service last.
    pub commissioning: Option<(Commissioning, Timestamp)>,
}

/// What a report has brought, and what it is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// As they were signed.
    pub orders: Vec<Vec<u8>>,
    pub rollbacks: Vec<Rollback>,
}

/// An order and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenOrder {
    pub deed: Deed,
    pub operator: String,
    pub given_at: Timestamp,
    pub until: Timestamp,
    pub outcome: Option<Outcome>,
}

impl Store {
    /// Keeps how a machine was brought into service.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn note_commissioning(
        &self,
        record: &Commissioning,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        transaction.execute(
            "INSERT INTO machine (station, commissioning, commissioned_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (station) DO UPDATE SET commissioning = ?2, commissioned_at = ?3",
            params![record.station.as_str(), encode(record)?, now.as_millis()],
        )?;
        // A board that was replaced has another TPM, and somebody who stands before it.
        transaction.execute(
            "DELETE FROM machine_attestation WHERE station = ?1",
            [record.station.as_str()],
        )?;
        let subject = format!("station {}", record.station);
        audit(
            &transaction,
            now,
            &record.technician,
            "brought into service",
            &subject,
        )?;
        transaction.commit()?;
        Ok(())
    }

    /// Keeps a report in the place of the one before, its rollbacks and alarms for good, and
    /// what came of orders; answers the signed orders that are not answered yet, the oldest first, and the
    /// rollbacks that were not known.
    ///
    /// # Errors
    /// When the store cannot be written; then nothing of it is kept.
    pub fn note_report(&self, report: &Report, now: Timestamp) -> Result<Noted, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let station = report.station.as_str();
        transaction.execute(
            "INSERT INTO machine (station, report, reported_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (station) DO UPDATE SET report = ?2, reported_at = ?3",
            params![station, encode(report)?, now.as_millis()],
        )?;
        let mut rollbacks = Vec::new();
        for it in &report.image.rollbacks {
            let is_new = transaction.execute(
                "INSERT OR IGNORE INTO rollback (station, failed, happened_at, rollback)
                 VALUES (?1, ?2, ?3, ?4)",
                params![
                    station,
                    it.failed.to_string(),
                    it.at.as_millis(),
                    encode(it)?
                ],
            )?;
            if is_new > 0 {
                rollbacks.push(it.clone());
            }
        }
        for (id, outcome) in &report.orders {
            transaction.execute(
                "UPDATE machine_order SET outcome = ?3, answered_at = ?4
                 WHERE id = ?1 AND station = ?2 AND outcome IS NULL",
                params![id.0, station, encode(outcome)?, now.as_millis()],
            )?;
        }
        note_alarms(&transaction, station, &report.alarms)?;
        let orders = waiting(&transaction, station, now)?;
        transaction.commit()?;
        Ok(Noted { orders, rollbacks })
    }

    /// Keeps an order that goes out with the answer to the next report.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn give_order(&self, order: &Order, signed: &[u8]) -> Result<(), StoreError> {
        self.lock().execute(
            "INSERT INTO machine_order (id, station, deed, operator, given_at, until, signed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                order.id.0,
                order.station.as_str(),
                encode(&order.deed)?,
                order.operator,
                order.given_at.as_millis(),
                order.until.as_millis(),
                signed
            ],
        )?;
        Ok(())
    }

    /// What is known of a machine, when anything is.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn machine(&self, station: &StationId) -> Result<Option<Machine>, StoreError> {
        let connection = self.lock();
        let row = connection
            .prepare_cached(
                "SELECT station, report, reported_at, commissioning, commissioned_at
                 FROM machine WHERE station = ?1",
            )?
            .query_row([station.as_str()], machine)
            .optional()?;
        row.transpose()
    }

    /// All of them, by their stations.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn machines(&self) -> Result<Vec<Machine>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT station, report, reported_at, commissioning, commissioned_at
             FROM machine ORDER BY station",
        )?;
        let rows = select.query_map([], machine)?;
        rows.map(|row| row?).collect()
    }

    /// Why a machine went back to an older image, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn rollbacks(&self, station: &StationId) -> Result<Vec<Rollback>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT rollback FROM rollback WHERE station = ?1 ORDER BY happened_at DESC",
        )?;
        let rows = select.query_map([station.as_str()], |row| row.get::<_, String>(0))?;
        rows.map(|row| decode(&row?)).collect()
    }

    /// What a machine was ordered, the newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn orders(&self, station: &StationId) -> Result<Vec<GivenOrder>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT deed, operator, given_at, until, outcome FROM machine_order
             WHERE station = ?1 ORDER BY given_at DESC LIMIT ?2",
        )?;
        let rows = select.query_map(params![station.as_str(), ORDERS_SHOWN], given)?;
        rows.map(|row| row?).collect()
    }
}

/// An order that a crash of the machine hid from it is offered until it is answered or over.
fn waiting(
    connection: &Connection,
    station: &str,
    now: Timestamp,
) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT signed FROM machine_order
         WHERE station = ?1 AND outcome IS NULL AND until >= ?2 ORDER BY given_at, id",
    )?;
    let rows = select.query_map(params![station, now.as_millis()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

type Read<T> = Result<T, StoreError>;

fn machine(row: &Row<'_>) -> rusqlite::Result<Read<Machine>> {
    let (report, reported_at): (Option<String>, Option<i64>) = (row.get(1)?, row.get(2)?);
    let (record, at): (Option<String>, Option<i64>) = (row.get(3)?, row.get(4)?);
    let station = StationId::new(row.get::<_, String>(0)?);
    let known = || -> Read<Machine> {
        let report = report
            .zip(reported_at)
            .map(|(text, at)| decode(&text).map(|it| (it, Timestamp::from_millis(at))));
        let commissioning = record
            .zip(at)
            .map(|(text, at)| decode(&text).map(|it| (it, Timestamp::from_millis(at))));
        Ok(Machine {
            station,
            report: report.transpose()?,
            commissioning: commissioning.transpose()?,
        })
    };
    Ok(known())
}

fn given(row: &Row<'_>) -> rusqlite::Result<Read<GivenOrder>> {
    let (deed, operator): (String, String) = (row.get(0)?, row.get(1)?);
    let (given_at, until): (i64, i64) = (row.get(2)?, row.get(3)?);
    let outcome: Option<String> = row.get(4)?;
    let known = || -> Read<GivenOrder> {
        Ok(GivenOrder {
            deed: decode(&deed)?,
            operator,
            given_at: Timestamp::from_millis(given_at),
            until: Timestamp::from_millis(until),
            outcome: outcome.as_deref().map(decode).transpose()?,
        })
    };
    Ok(known())
}
