//! Entries that could not be applied: they wait here for a person.

use request::{RequestId, StationId, Timestamp};
use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde::Serialize;
use sync::{Announcement, Content, Entry, Hash, Incarnation, Known, Opened, Reason, Unreadable};

use crate::{Store, StoreError, audit::audit, encoding, history, leases, publications::announce};

/// One entry that waits, as an agent sees it: nothing of its body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wedged {
    pub station: StationId,
    pub incarnation: Incarnation,
    pub number: u64,
    pub request: RequestId,
    /// By the station's clock.
    pub recorded_at: Timestamp,
    /// By the exchange's clock.
    pub received_at: Timestamp,
    pub reason: Reason,
}

/// What a person decides about a wedged entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is a fact whatever stood against it.
    Apply,
    Discard,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Done; these requests were submitted by it or by what followed it.
    Done(Vec<RequestId>),
    /// No such entry waits.
    Unknown,
    /// Nobody can apply what cannot be read.
    StillUnreadable,
}

impl Store {
    /// The entries that wait, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn wedged(&self) -> Result<Vec<Wedged>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare(
            "SELECT station, incarnation, entry, request_id, recorded_at, received_at, reason
             FROM wedged WHERE state = 'held' ORDER BY received_at, station, incarnation, entry",
        )?;
        let rows = select.query_map([], |row| {
            let reason: String = row.get(6)?;
            Ok((
                Wedged {
                    station: StationId::new(row.get::<_, String>(0)?),
                    incarnation: Incarnation::new(row.get::<_, String>(1)?),
                    number: row.get::<_, i64>(2)?.unsigned_abs(),
                    request: RequestId::new(row.get::<_, String>(3)?),
                    recorded_at: Timestamp::from_millis(row.get(4)?),
                    received_at: Timestamp::from_millis(row.get(5)?),
                    reason: Reason::Unreadable,
                },
                reason,
            ))
        })?;
        rows.map(|row| {
            let (wedged, reason) = row?;
            let reason = encoding::decode(&reason)?;
            Ok(Wedged { reason, ..wedged })
        })
        .collect()
    }

    /// Carries out an agent's verdict on a wedged entry, and looks again at what
    /// followed it. The station is told.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn settle(
        &self,
        station: &StationId,
        incarnation: &Incarnation,
        number: u64,
        verdict: Verdict,
        agent: &str,
        now: Timestamp,
    ) -> Result<Settled, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let Some((entry, hash)) = held(&transaction, station, incarnation, number)? else {
            return Ok(Settled::Unknown);
        };
        let mut submitted = Vec::new();
        let act = match verdict {
            Verdict::Apply => {
                let event = match entry.event() {
                    Ok(event) => Some(event),
                    Err(Unreadable::Erased) => None,
                    Err(Unreadable::Malformed { .. }) => return Ok(Settled::StillUnreadable),
                };
                release(&transaction, &entry, &hash, now)?;
                if history::take_over(&transaction, &entry, event.as_ref(), now)? {
                    submitted.push(entry.request.clone());
                }
                "applied wedged entry"
            }
            Verdict::Discard => {
                mark(&transaction, &entry, "discarded")?;
                "discarded wedged entry"
            }
        };
        tell(&transaction, &entry, verdict == Verdict::Apply, now)?;
        let subject = format!("{station} {} {number}", incarnation.as_str());
        audit(&transaction, now, agent, act, &subject)?;
        look_again(&transaction, &entry, now, &mut submitted)?;
        transaction.commit()?;
        Ok(Settled::Done(submitted))
    }
}

/// What is known of the request an entry is about, by which it is admitted.
pub(crate) fn known(transaction: &Transaction<'_>, entry: &Entry) -> Result<Known, StoreError> {
    let wedged: Option<i64> = transaction
        .prepare_cached(
            "SELECT entry FROM wedged WHERE request_id = ?1 AND station = ?2 AND state = 'held'
             ORDER BY entry LIMIT 1",
        )?
        .query_row([entry.request.as_str(), entry.station.as_str()], |row| {
            row.get(0)
        })
        .optional()?;
    let opened = transaction
        .prepare_cached("SELECT station, closed FROM owner WHERE request_id = ?1")?
        .query_row([entry.request.as_str()], |row| {
            Ok(Opened {
                station: StationId::new(row.get::<_, String>(0)?),
                closed: row.get(1)?,
            })
        })
        .optional()?;
    Ok(Known {
        opened,
        wedged: wedged.map(i64::unsigned_abs),
    })
}

pub(crate) fn wedge(
    transaction: &Transaction<'_>,
    entry: &Entry,
    hash: &Hash,
    reason: Reason,
    now: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "INSERT INTO wedged (station, incarnation, entry, request_id, recorded_at,
                                 received_at, content, hash, reason, commitment)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            entry.station.as_str(),
            entry.incarnation.as_str(),
            entry.number.cast_signed(),
            entry.request.as_str(),
            entry.recorded_at.as_millis(),
            now.as_millis(),
            encoding::encode(&entry.content)?,
            hash.as_bytes(),
            encoding::encode(&reason)?,
            entry.commitment().as_bytes()
        ])?;
    Ok(())
}

/// Entries of a request that only followed a wedged one may be applied now.
fn look_again(
    transaction: &Transaction<'_>,
    settled: &Entry,
    now: Timestamp,
    submitted: &mut Vec<RequestId>,
) -> Result<(), StoreError> {
    let mut select = transaction.prepare(
        "SELECT station, incarnation, entry, request_id, recorded_at, content, hash
         FROM wedged WHERE request_id = ?1 AND station = ?2 AND state = 'held'
         ORDER BY received_at, incarnation, entry",
    )?;
    let waiting: Vec<_> = select
        .query_map([settled.request.as_str(), settled.station.as_str()], stored)?
        .collect::<Result<_, _>>()?;
    let mut first = None;
    for stored in waiting {
        let (entry, hash) = stored.entry()?;
        let known = Known {
            wedged: first,
            ..known(transaction, &entry)?
        };
        match leases::admit_leased(transaction, &entry, &known)? {
            Ok(event) => {
                release(transaction, &entry, &hash, now)?;
                if history::take_over(transaction, &entry, event.as_ref(), now)? {
                    submitted.push(entry.request.clone());
                }
                tell(transaction, &entry, true, now)?;
            }
            Err(reason) => {
                first = first.or(Some(entry.number));
                transaction.execute(
                    "UPDATE wedged SET reason = ?4
                     WHERE station = ?1 AND incarnation = ?2 AND entry = ?3",
                    params![
                        entry.station.as_str(),
                        entry.incarnation.as_str(),
                        entry.number.cast_signed(),
                        encoding::encode(&reason)?
                    ],
                )?;
            }
        }
    }
    Ok(())
}

fn release(
    transaction: &Transaction<'_>,
    entry: &Entry,
    hash: &Hash,
    now: Timestamp,
) -> Result<(), StoreError> {
    mark(transaction, entry, "applied")?;
    history::remember(transaction, entry, hash, now)
}

fn mark(transaction: &Transaction<'_>, entry: &Entry, state: &str) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE wedged SET state = ?4 WHERE station = ?1 AND incarnation = ?2 AND entry = ?3",
        params![
            entry.station.as_str(),
            entry.incarnation.as_str(),
            entry.number.cast_signed(),
            state
        ],
    )?;
    Ok(())
}

fn tell(
    transaction: &Transaction<'_>,
    entry: &Entry,
    applied: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let told = Announcement::Settled {
        incarnation: entry.incarnation.clone(),
        number: entry.number,
        applied,
    };
    announce(transaction, &entry.station, &told, now)
}

fn held(
    transaction: &Transaction<'_>,
    station: &StationId,
    incarnation: &Incarnation,
    number: u64,
) -> Result<Option<(Entry, Hash)>, StoreError> {
    let found = transaction
        .prepare_cached(
            "SELECT station, incarnation, entry, request_id, recorded_at, content, hash
             FROM wedged
             WHERE station = ?1 AND incarnation = ?2 AND entry = ?3 AND state = 'held'",
        )?
        .query_row(
            params![station.as_str(), incarnation.as_str(), number.cast_signed()],
            stored,
        )
        .optional()?;
    found.map(Stored::entry).transpose()
}

/// A row of `wedged`, its content not yet decoded.
struct Stored {
    entry: Entry,
    content: String,
    hash: Hash,
}

impl Stored {
    fn entry(self) -> Result<(Entry, Hash), StoreError> {
        let content: Content = encoding::decode(&self.content)?;
        let entry = Entry {
            content,
            ..self.entry
        };
        Ok((entry, self.hash))
    }
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let hash = Hash::from_bytes(row.get(6)?);
    Ok(Stored {
        entry: Entry {
            station: StationId::new(row.get::<_, String>(0)?),
            incarnation: Incarnation::new(row.get::<_, String>(1)?),
            number: row.get::<_, i64>(2)?.unsigned_abs(),
            request: RequestId::new(row.get::<_, String>(3)?),
            recorded_at: Timestamp::from_millis(row.get(4)?),
            content: Content::Erased { commitment: hash },
        },
        content: row.get(5)?,
        hash,
    })
}
