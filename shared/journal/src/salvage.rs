//! What can be read of a damaged journal, page by page and without SQLite: one
//! damaged page costs the entries on it and no others.

mod record;
mod source;

use std::{collections::BTreeMap, path::Path};

use privacy::Personal;
use request::{RequestEvent, RequestId, StationId, Timestamp};
use rusqlite::{Connection, Transaction, params};
use sync::{Hash, Head, Incarnation, Salt, commitment};

use crate::{Error, Key, schema};
use record::Value;
use source::Source;
pub(crate) use source::log_is_damaged;

const INCARNATION_DIGITS: usize = 32;

/// How much of a damaged journal was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Salvage {
    /// None when not even that could be read; its entries cannot be offered then.
    pub incarnation: Option<Incarnation>,
    /// Entries from the first one up to the first damage, their chain whole.
    pub chained: u64,
    /// Entries after the first damage that can be read.
    pub beyond: u64,
    /// The highest number that was read.
    pub last: u64,
    /// Requests that were open where entries are missing: what became of them
    /// is lost. Their ids are in the log.
    pub uncertain: u64,
}

impl Salvage {
    /// Entries that there must have been and that cannot be read. What was lost
    /// after the last readable one nobody knows.
    pub fn lost(&self) -> u64 {
        self.last.saturating_sub(self.chained + self.beyond)
    }
}

/// An entry as it stood in the damaged file.
struct Remnant {
    request: RequestId,
    recorded_at: Timestamp,
    whole: Option<(Salt, Personal<String>)>,
    commitment: Hash,
    hash: Hash,
}

/// Writes into a fresh journal what can be read of a damaged one.
pub(crate) fn salvage(
    damaged: &Path,
    log: &Path,
    key: &Key,
    station: &StationId,
    fresh: &mut Connection,
) -> Result<Salvage, Error> {
    let source = Source::open(damaged, log, key).map_err(Error::Salvage)?;
    if let Some(version) = version(&source)
        && version > schema::newest()
    {
        return Err(Error::TooNew(version));
    }
    let (places, incarnation) = survey(&source, station)?;
    let transaction = fresh.transaction().map_err(Error::Append)?;
    let mut salvage = Salvage {
        incarnation: incarnation.clone(),
        chained: 0,
        beyond: 0,
        last: 0,
        uncertain: 0,
    };
    let incarnation = incarnation.unwrap_or_else(|| Incarnation::new("unknown"));
    let mut open = Vec::new();
    let mut head = Some(Head::genesis(station.clone(), incarnation.clone()));
    for (number, place) in places {
        let Some(remnant) = remnant_at(&source, place, number) else {
            continue;
        };
        if number != salvage.last + 1 {
            salvage.uncertain += forget(&mut open);
        }
        head = head.and_then(|head| remnant.follows(&head));
        let chained = head.as_ref().is_some_and(|it| it.number == number);
        *(if chained {
            &mut salvage.chained
        } else {
            &mut salvage.beyond
        }) += 1;
        salvage.last = number;
        keep(&transaction, &incarnation, number, &remnant, chained).map_err(Error::Append)?;
        remnant.open_or_close(&mut open);
    }
    for request in open {
        transaction
            .execute(
                "INSERT INTO open_request VALUES (?1, 0)",
                [request.as_str()],
            )
            .map_err(Error::Append)?;
    }
    transaction.commit().map_err(Error::Append)?;
    Ok(salvage)
}

/// The schema's version, where the first page can be read (SQLite file format, 1.3).
fn version(source: &Source<'_>) -> Option<u32> {
    let bytes = source.page(1)?.get(60..64)?.try_into().ok()?;
    Some(u32::from_be_bytes(bytes))
}

/// Where each entry stands, and which life the file was.
fn survey(
    source: &Source<'_>,
    station: &StationId,
) -> Result<(BTreeMap<u64, u32>, Option<Incarnation>), Error> {
    let (mut places, mut incarnation) = (BTreeMap::new(), None);
    for number in 1..=source.last {
        let Some(page) = source.page(number) else {
            continue;
        };
        for (row, values) in record::rows(source, number, &page) {
            match (&values[..], u64::try_from(row)) {
                ([Value::Null, Value::Text(of), Value::Text(life)], Ok(1))
                    if life.reveal().len() == INCARNATION_DIGITS =>
                {
                    if of.reveal() != station.as_str() {
                        return Err(Error::OtherStation(of.reveal().clone()));
                    }
                    incarnation = Some(Incarnation::new(life.reveal()));
                }
                (values, Ok(row)) if remnant(values).is_some() => {
                    places.insert(row, number);
                }
                _ => {}
            }
        }
    }
    Ok((places, incarnation))
}

fn remnant_at(source: &Source<'_>, page: u32, number: u64) -> Option<Remnant> {
    let rows = record::rows(source, page, &source.page(page)?);
    let (_, values) = rows
        .into_iter()
        .find(|(row, _)| u64::try_from(*row) == Ok(number))?;
    remnant(&values)
}

/// A row that has the form of an entry's; no other table's has it.
fn remnant(values: &[Value]) -> Option<Remnant> {
    let [
        Value::Null,
        Value::Text(request),
        Value::Integer(recorded_at),
        salt,
        body,
        Value::Blob(commitment),
        Value::Blob(hash),
    ] = values
    else {
        return None;
    };
    let whole = match (salt, body) {
        (Value::Blob(salt), Value::Text(body)) => Some((
            Salt::from_bytes(salt.as_slice().try_into().ok()?),
            body.clone(),
        )),
        (Value::Null, Value::Null) => None,
        _ => return None,
    };
    Some(Remnant {
        request: RequestId::new(request.reveal().as_str()),
        recorded_at: Timestamp::from_millis(*recorded_at),
        whole,
        commitment: Hash::from_bytes(commitment.as_slice().try_into().ok()?),
        hash: Hash::from_bytes(hash.as_slice().try_into().ok()?),
    })
}

impl Remnant {
    /// The head with this on top, if it belongs there.
    fn follows(&self, head: &Head) -> Option<Head> {
        let bound = self
            .whole
            .as_ref()
            .is_none_or(|(salt, body)| commitment(salt, body.reveal()) == self.commitment);
        let head = head.after(&self.request, self.recorded_at, &self.commitment);
        Some(head).filter(|head| bound && head.hash == self.hash)
    }

    /// Somebody's money may be in the machine: what was open is open still.
    fn open_or_close(&self, open: &mut Vec<RequestId>) {
        let body = self.whole.as_ref().map(|(_, body)| body.reveal());
        match body.and_then(|body| serde_json::from_str(body).ok()) {
            Some(RequestEvent::Opened { .. }) => open.push(self.request.clone()),
            Some(RequestEvent::Closed { .. }) => open.retain(|it| *it != self.request),
            _ => {}
        }
    }
}

/// Nobody can bring a request to an end whose entries are missing: the money
/// may have been given back in one of them.
fn forget(open: &mut Vec<RequestId>) -> u64 {
    let mut count = 0;
    for request in open.drain(..) {
        tracing::error!(%request, "What became of a request is lost with its entries");
        count += 1;
    }
    count
}

fn keep(
    transaction: &Transaction<'_>,
    incarnation: &Incarnation,
    number: u64,
    remnant: &Remnant,
    chained: bool,
) -> rusqlite::Result<()> {
    let (id, whole) = (remnant.request.as_str(), remnant.whole.as_ref());
    transaction
        .prepare_cached(
            "INSERT INTO salvaged (incarnation, number, request_id, recorded_at, salt, body,
                                   commitment, hash, chained)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            incarnation.as_str(),
            number.cast_signed(),
            id,
            remnant.recorded_at.as_millis(),
            whole.map(|(salt, _)| salt.as_bytes()),
            whole.map(|(_, body)| body.reveal()),
            remnant.commitment.as_bytes(),
            remnant.hash.as_bytes(),
            chained,
        ])?;
    Ok(())
}
