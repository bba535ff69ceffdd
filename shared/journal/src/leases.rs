//! What the exchange lets this station issue by itself: how many papers, until
//! when, and from which records.
//!
//! Numbers are counted here because a clock cannot be: whoever sets it back gets
//! no number twice, and no time that was seen before.

use std::collections::BTreeMap;

use privacy::Personal;
use request::{DocumentNumber, ServiceId, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};
use sync::Load;
use zeroize::Zeroizing;

use crate::{Error, Journal};

/// A lease as the exchange granted it, and the key it was granted to.
pub struct NewLease<'a> {
    pub service: &'a ServiceId,
    pub prefix: &'a str,
    pub signed: &'a [u8],
    /// PKCS#8 in PEM.
    pub key: &'a str,
    pub granted_at: Timestamp,
    pub records_at: Timestamp,
    pub until: Timestamp,
    pub load: &'a Load,
}

/// A lease this station holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldLease {
    pub service: ServiceId,
    pub papers: u32,
    /// Papers that can still be issued.
    pub left: u32,
    pub granted_at: Timestamp,
    pub records_at: Timestamp,
    pub until: Timestamp,
    /// It is later than this, whatever the clock says.
    pub seen_at: Timestamp,
}

/// Numbers that are this request's now, and what seals papers with them.
pub struct TakenNumbers {
    pub numbers: Vec<DocumentNumber>,
    pub prefix: String,
    pub signed: Vec<u8>,
    pub key: Zeroizing<String>,
    /// When they were taken: the latest time seen, and never before the grant,
    /// whatever the clock says.
    pub at: Timestamp,
}

impl Journal {
    /// Keeps a lease in the place of the service's last one; the numbers that one
    /// had left are never used.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_lease(&mut self, lease: &NewLease<'_>) -> Result<(), Error> {
        let mut records = Vec::new();
        for it in &lease.load.records {
            records.push((key_of(&it.query)?, &it.record));
        }
        self.write(|journal| {
            let step = journal.connection.transaction().map_err(Error::Append)?;
            drop_lease(&step, lease.service.as_str())
                .and_then(|()| insert(&step, lease, &records))
                .map_err(Error::Append)?;
            step.commit().map_err(Error::Append)
        })
    }

    /// The leases this station holds, also such as have run out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn leases(&self) -> Result<Vec<HeldLease>, Error> {
        let mut select = self
            .connection
            .prepare_cached(
                "SELECT service, papers, granted_at, records_at, until, seen_at,
                        (SELECT count(*) FROM leased_number
                         WHERE leased_number.service = lease.service)
                 FROM lease ORDER BY service",
            )
            .map_err(Error::Read)?;
        let rows = select.query_map([], |row| {
            Ok(HeldLease {
                service: ServiceId::new(row.get::<_, String>(0)?),
                papers: row.get(1)?,
                granted_at: Timestamp::from_millis(row.get(2)?),
                records_at: Timestamp::from_millis(row.get(3)?),
                until: Timestamp::from_millis(row.get(4)?),
                seen_at: Timestamp::from_millis(row.get(5)?),
                left: row.get(6)?,
            })
        });
        rows.and_then(Iterator::collect).map_err(Error::Read)
    }

    /// The record that answers a question to a service's network, as JSON.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn leased_record(
        &self,
        service: &ServiceId,
        query: &BTreeMap<String, Personal<String>>,
    ) -> Result<Option<Personal<String>>, Error> {
        let key = key_of(query)?;
        self.connection
            .query_row(
                "SELECT record FROM leased_record WHERE service = ?1 AND query = ?2",
                [service.as_str(), key.as_str()],
                |row| Ok(Personal::new(row.get(0)?)),
            )
            .optional()
            .map_err(Error::Read)
    }

    /// Takes numbers for so many papers out of a service's lease, for ever; none
    /// when it has not so many left or has run out. It is `now` at least.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn take_leased(
        &mut self,
        service: &ServiceId,
        papers: u32,
        now: Timestamp,
    ) -> Result<Option<TakenNumbers>, Error> {
        self.finish(|journal| {
            let step = journal.connection.transaction().map_err(Error::Append)?;
            let taken = take(&step, service.as_str(), papers, now).map_err(Error::Append)?;
            step.commit().map_err(Error::Append)?;
            Ok(taken)
        })
    }

    /// Remembers that it is so late: a clock that is set back, also over a restart,
    /// makes no lease last longer.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn see_time(&mut self, now: Timestamp) -> Result<(), Error> {
        self.finish(|journal| {
            journal
                .connection
                .execute(
                    "UPDATE lease SET seen_at = ?1 WHERE seen_at < ?1",
                    [now.as_millis()],
                )
                .map(drop)
                .map_err(Error::Append)
        })
    }

    /// Drops leases that have run out, with their keys and records; answers how many.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn drop_leases(&mut self, now: Timestamp) -> Result<usize, Error> {
        let over: Vec<_> = self
            .leases()?
            .into_iter()
            .filter(|it| it.until < now.max(it.seen_at))
            .collect();
        if over.is_empty() {
            return Ok(0);
        }
        self.finish(|journal| {
            let step = journal.connection.transaction().map_err(Error::Append)?;
            for lease in &over {
                drop_lease(&step, lease.service.as_str()).map_err(Error::Append)?;
            }
            step.commit().map_err(Error::Append)
        })?;
        self.empty_wal()?;
        Ok(over.len())
    }
}

fn insert(
    step: &Transaction<'_>,
    lease: &NewLease<'_>,
    records: &[(String, &Personal<String>)],
) -> rusqlite::Result<()> {
    let service = lease.service.as_str();
    step.execute(
        "INSERT INTO lease (service, prefix, signed, key, papers, granted_at, records_at,
                            until, seen_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?6)",
        params![
            service,
            lease.prefix,
            lease.signed,
            lease.key,
            u32::try_from(lease.load.numbers.len()).unwrap_or(u32::MAX),
            lease.granted_at.as_millis(),
            lease.records_at.as_millis(),
            lease.until.as_millis(),
        ],
    )?;
    let mut number = step.prepare_cached("INSERT INTO leased_number VALUES (?1, ?2, ?3)")?;
    for (place, it) in (0_i64..).zip(&lease.load.numbers) {
        number.execute(params![service, place, it.as_str()])?;
    }
    let mut record =
        step.prepare_cached("INSERT OR IGNORE INTO leased_record VALUES (?1, ?2, ?3)")?;
    for (query, it) in records {
        record.execute(params![service, query, it.reveal()])?;
    }
    Ok(())
}

fn take(
    step: &Transaction<'_>,
    service: &str,
    papers: u32,
    now: Timestamp,
) -> rusqlite::Result<Option<TakenNumbers>> {
    // The floor is raised also by whoever comes too late.
    step.execute(
        "UPDATE lease SET seen_at = max(seen_at, ?2) WHERE service = ?1",
        params![service, now.as_millis()],
    )?;
    let held = step
        .query_row(
            "SELECT prefix, signed, key, seen_at FROM lease
             WHERE service = ?1 AND seen_at <= until",
            [service],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .optional()?;
    let Some((prefix, signed, key, at)) = held else {
        return Ok(None);
    };
    let numbers: Vec<(i64, String)> = step
        .prepare_cached(
            "SELECT place, number FROM leased_number WHERE service = ?1 ORDER BY place LIMIT ?2",
        )?
        .query_map(params![service, papers], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<Result<_, _>>()?;
    if numbers.len() < papers as usize {
        return Ok(None);
    }
    for (place, _) in &numbers {
        step.execute(
            "DELETE FROM leased_number WHERE service = ?1 AND place = ?2",
            params![service, place],
        )?;
    }
    Ok(Some(TakenNumbers {
        numbers: (numbers.into_iter())
            .map(|(_, number)| DocumentNumber::new(number))
            .collect(),
        prefix,
        signed,
        key: Zeroizing::new(key),
        at: Timestamp::from_millis(at),
    }))
}

fn drop_lease(step: &Transaction<'_>, service: &str) -> rusqlite::Result<()> {
    for table in ["lease", "leased_number", "leased_record"] {
        step.execute(
            &format!("DELETE FROM {table} WHERE service = ?1"),
            [service],
        )?;
    }
    Ok(())
}

/// Parameters are sorted by name: one question is one key.
fn key_of(query: &BTreeMap<String, Personal<String>>) -> Result<String, Error> {
    serde_json::to_string(query).map_err(Error::Encode)
}
