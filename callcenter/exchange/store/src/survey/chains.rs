//! The chains over what stations told, computed anew.

use request::{RequestId, StationId, Timestamp};
use rusqlite::{Connection, Row, params};
use sync::{Hash, Head, Incarnation, Salt, commitment};

use super::{Chain, Fault};
use crate::StoreError;

const COLUMNS: &str = "request_id, recorded_at, entry, event, salt, commitment";

/// Every chain, by station and incarnation, to its last entry.
pub(super) fn all(
    connection: &Connection,
    faults: &mut Vec<Fault>,
) -> Result<Vec<(String, String, Chain)>, StoreError> {
    let mut statement = connection
        .prepare("SELECT DISTINCT station, incarnation FROM history WHERE entry IS NOT NULL")?;
    let lives = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let lives = lives.collect::<Result<Vec<(String, String)>, _>>()?;
    let mut chains = Vec::new();
    for (station, incarnation) in lives {
        let (chain, broken) = follow(connection, &station, &incarnation, u64::MAX)?;
        faults.extend(broken.map(|entry| Fault::Chain {
            station: station.clone(),
            entry,
        }));
        chains.push((station, incarnation, chain));
    }
    Ok(chains)
}

/// One chain, to an entry.
pub(super) fn at(
    connection: &Connection,
    station: &str,
    incarnation: &str,
    entry: u64,
) -> Result<Chain, StoreError> {
    Ok(follow(connection, station, incarnation, entry)?.0)
}

/// The chain, and where it breaks.
fn follow(
    connection: &Connection,
    station: &str,
    incarnation: &str,
    to: u64,
) -> Result<(Chain, Option<u64>), StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM history
         WHERE station = ?1 AND incarnation = ?2 AND entry <= ?3
         UNION ALL
         SELECT request_id, recorded_at, entry, NULL, NULL, commitment FROM wedged
         WHERE station = ?1 AND incarnation = ?2 AND entry <= ?3 AND state <> 'applied'
         ORDER BY entry"
    ))?;
    let to = i64::try_from(to).unwrap_or(i64::MAX);
    let mut rows = statement.query(params![station, incarnation, to])?;
    let mut head = Head::genesis(StationId::new(station), Incarnation::new(incarnation));
    let mut chained = true;
    while let Some(row) = rows.next()? {
        let number = row.get::<_, i64>(2)?.unsigned_abs();
        let (bound, sound) = binding(row)?;
        if number != head.number + 1 || !sound {
            return Ok((chain(&head, chained), Some(head.number + 1)));
        }
        chained &= bound.is_some();
        head = head.after(
            &RequestId::new(row.get::<_, String>(0)?),
            Timestamp::from_millis(row.get(1)?),
            &bound.unwrap_or(head.hash),
        );
    }
    Ok((chain(&head, chained), None))
}

fn chain(head: &Head, chained: bool) -> Chain {
    Chain {
        entries: head.number,
        hash: chained.then_some(head.hash),
    }
}

/// What the chain binds of an entry, and whether its body is still that.
fn binding(row: &Row<'_>) -> Result<(Option<Hash>, bool), StoreError> {
    let body: Option<String> = row.get(3)?;
    let salt: Option<[u8; 16]> = row.get(4)?;
    let bound: Option<[u8; 32]> = row.get(5)?;
    let Some(bound) = bound.map(Hash::from_bytes) else {
        return Ok((None, true));
    };
    let sound = match (body, salt) {
        (Some(body), Some(salt)) => commitment(&Salt::from_bytes(salt), &body) == bound,
        // Erased, as the law has it.
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    Ok((Some(bound), sound))
}
