//! What belongs to no request here: what a station said in quarantine, and
//! discarded entries about requests that were never opened.

use request::{RequestEvent, RequestId, ServiceId, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};
use sync::{Content, Entry};

use super::{
    Erased, Kept, Term, add,
    one::{self, fact_of},
};
use crate::{StoreError, encoding};

pub(super) fn erase(
    transaction: &Transaction<'_>,
    term: Term<'_>,
    now: Timestamp,
    erased: &mut Erased,
) -> Result<(), StoreError> {
    erase_discarded(transaction, erased)?;
    erase_aside(transaction, term, now, erased)
}

/// A person has given them up, and they have no request whose term could count.
fn erase_discarded(transaction: &Transaction<'_>, erased: &mut Erased) -> Result<(), StoreError> {
    let mut select = transaction.prepare_cached(
        "SELECT station, incarnation, entry, commitment FROM wedged
         WHERE state = 'discarded' AND content ->> '$.erased' IS NULL
         AND NOT EXISTS (SELECT 1 FROM owner WHERE owner.request_id = wedged.request_id)",
    )?;
    let rows = select.query_map([], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    })?;
    let rows: Vec<(String, String, i64, [u8; 32])> = rows.collect::<Result<_, _>>()?;
    for (station, incarnation, entry, commitment) in rows {
        let content = one::erased(commitment)?;
        let done = transaction
            .prepare_cached(
                "UPDATE wedged SET content = ?4
                 WHERE station = ?1 AND incarnation = ?2 AND entry = ?3",
            )?
            .execute(params![station, incarnation, entry, content])?;
        add(&mut erased.facts, done);
    }
    Ok(())
}

/// While the station is in quarantine a person may want to see them. Later their
/// terms count from when they were heard.
fn erase_aside(
    transaction: &Transaction<'_>,
    term: Term<'_>,
    now: Timestamp,
    erased: &mut Erased,
) -> Result<(), StoreError> {
    let mut select = transaction.prepare_cached(
        "SELECT content, received_at FROM aside JOIN station USING (station)
         WHERE quarantine IS NULL AND content ->> '$.content.erased' IS NULL",
    )?;
    let rows = select.query_map([], |row| {
        Ok((row.get(0)?, Timestamp::from_millis(row.get(1)?)))
    })?;
    let rows: Vec<(String, Timestamp)> = rows.collect::<Result<_, _>>()?;
    for (text, received_at) in rows {
        let entry: Entry = encoding::decode(&text)?;
        let Some(fact) = fact_of(&entry.content) else {
            continue;
        };
        let service = service_of(transaction, &entry.request)?;
        let over = service.map_or(received_at, |it| received_at + term(&it, Kept::Fact(fact)));
        if over > now {
            continue;
        }
        let commitment = entry.commitment();
        let content = Content::Erased { commitment };
        let entry = Entry { content, ..entry };
        transaction
            .prepare_cached(
                "UPDATE aside SET content = ?5
                 WHERE station = ?1 AND incarnation = ?2 AND entry = ?3 AND commitment = ?4",
            )?
            .execute(params![
                entry.station.as_str(),
                entry.incarnation.as_str(),
                entry.number.cast_signed(),
                commitment.as_bytes(),
                encoding::encode(&entry)?
            ])?;
        add(&mut erased.facts, 1);
    }
    Ok(())
}

/// For which service a request was opened, here or aside.
fn service_of(
    transaction: &Transaction<'_>,
    request: &RequestId,
) -> Result<Option<ServiceId>, StoreError> {
    let opened: Option<String> = transaction
        .prepare_cached(
            "SELECT event FROM history
             WHERE request_id = ?1 AND event ->> '$.type' = 'opened'
             UNION ALL
             SELECT content ->> '$.content.whole.body' FROM aside
             WHERE content ->> '$.request' = ?1
             AND (content ->> '$.content.whole.body') ->> '$.type' = 'opened' LIMIT 1",
        )?
        .query_row([request.as_str()], |row| row.get(0))
        .optional()?;
    Ok(match opened.map(|it| encoding::decode(&it)).transpose()? {
        Some(RequestEvent::Opened { service, .. }) => Some(service),
        Some(_) | None => None,
    })
}
