//! What stations say and offer, taken over: each entry once, for ever.

use request::{RequestId, StationId, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};
use sync::{
    Announcement, Answer, Change, Contradiction, Entry, Greeting, Hash, Head, Hello, Incarnation,
    NotAnOffer, Offer, Peer, Reason, Taken,
};

use crate::{
    Store, StoreError, audit::audit, encoding, history, leases, publications::announce, wedged,
};

/// Who acts when nobody does by hand.
const EXCHANGE: &str = "exchange";

/// What came of an offer.
#[derive(Debug)]
pub struct Received {
    pub answer: Answer,
    /// Requests that were submitted by it.
    pub submitted: Vec<RequestId>,
    /// Entries that wait for a person now.
    pub wedged: Vec<(u64, Reason)>,
}

impl Store {
    /// Answers a hello, having written down what follows from it.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn greet(&self, hello: &Hello, now: Timestamp) -> Result<Greeting, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let Head {
            station,
            incarnation,
            number,
            ..
        } = &hello.head;
        let peer = peer(&transaction, station)?;
        let held = hash_at(&transaction, station, incarnation, *number)?;
        let received: i64 = transaction
            .prepare_cached("SELECT received FROM station WHERE station = ?1")?
            .query_row([station.as_str()], |row| row.get(0))
            .optional()?
            .unwrap_or(0);
        let (change, greeting) = peer.greet(hello, held, received.unsigned_abs());
        transaction
            .prepare_cached(
                "INSERT INTO station (station, release) VALUES (?1, ?2)
                 ON CONFLICT (station) DO UPDATE SET release = ?2",
            )?
            .execute([station.as_str(), &hello.release])?;
        match change {
            Some(Change::Begin(head)) => begin(&transaction, &head, now)?,
            Some(Change::Quarantine(reason)) => quarantine(&transaction, station, reason, now)?,
            None => {}
        }
        if let Greeting::Welcome(welcome) = &greeting {
            // Said by whoever knows best, should a clock have gone back too.
            transaction
                .prepare_cached(
                    "UPDATE station SET published = max(published, ?2), received = max(received, ?2)
                     WHERE station = ?1",
                )?
                .execute(params![station.as_str(), welcome.received.cast_signed()])?;
        }
        transaction.commit()?;
        Ok(greeting)
    }

    /// How far a journal has been taken over.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn held(&self, station: &StationId, incarnation: &Incarnation) -> Result<u64, StoreError> {
        let held: Option<i64> = self
            .lock()
            .prepare_cached("SELECT number FROM life WHERE station = ?1 AND incarnation = ?2")?
            .query_row([station.as_str(), incarnation.as_str()], |row| row.get(0))
            .optional()?;
        Ok(held.unwrap_or(0).unsigned_abs())
    }

    /// Takes over what a station offers, all of it or, when the store fails, nothing.
    ///
    /// # Errors
    /// When it is no offer of this station's, or the store cannot be read or written.
    pub fn take(
        &self,
        station: &StationId,
        offer: &Offer,
        now: Timestamp,
    ) -> Result<Result<Received, NotAnOffer>, StoreError> {
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let received = take(&transaction, station, offer, now)?;
        transaction.commit()?;
        Ok(received)
    }
}

/// Takes over an offer within a transaction.
pub(crate) fn take(
    transaction: &Transaction<'_>,
    station: &StationId,
    offer: &Offer,
    now: Timestamp,
) -> Result<Result<Received, NotAnOffer>, StoreError> {
    let Some(last) = offer.entries.last() else {
        return Ok(Err(NotAnOffer));
    };
    let peer = peer(transaction, station)?;
    let held = hash_at(transaction, station, &last.incarnation, last.number)?;
    let taken = match peer.take(offer, held) {
        Ok(taken) => taken,
        Err(error) => return Ok(Err(error)),
    };
    let mut received = Received {
        answer: Answer::Unknown,
        submitted: Vec::new(),
        wedged: Vec::new(),
    };
    received.answer = match taken {
        Taken::Apply { entries, head } => {
            let mut chain = peer.head(&last.incarnation).cloned();
            for entry in entries {
                let next = chain.map(|head| head.followed_by(entry));
                if let Some(Head { hash, .. }) = &next {
                    apply(transaction, entry, hash, now, &mut received)?;
                }
                chain = next;
            }
            heard(transaction, &head, now)?;
            Answer::Acknowledged(head.number)
        }
        Taken::Held(number) => {
            if let Some(head) = peer.head(&last.incarnation) {
                heard(transaction, head, now)?;
            }
            Answer::Acknowledged(number)
        }
        Taken::Aside => {
            keep_aside(transaction, &offer.entries, now)?;
            Answer::KeptAside(last.number)
        }
        Taken::Unknown => Answer::Unknown,
        Taken::Forked => {
            quarantine(transaction, station, Contradiction::Forked, now)?;
            keep_aside(transaction, &offer.entries, now)?;
            Answer::Quarantined(Contradiction::Forked)
        }
    };
    Ok(Ok(received))
}

/// Takes over one entry, or wedges it in its place.
fn apply(
    transaction: &Transaction<'_>,
    entry: &Entry,
    hash: &Hash,
    now: Timestamp,
    received: &mut Received,
) -> Result<(), StoreError> {
    let known = wedged::known(transaction, entry)?;
    match leases::admit_leased(transaction, entry, &known)? {
        Ok(event) => {
            history::remember(transaction, entry, hash, now)?;
            let submitted = history::take_over(transaction, entry, event.as_ref(), now)?;
            if submitted {
                received.submitted.push(entry.request.clone());
            }
        }
        Err(reason) => {
            wedged::wedge(transaction, entry, hash, reason, now)?;
            let told = Announcement::Wedged {
                incarnation: entry.incarnation.clone(),
                number: entry.number,
                request: entry.request.clone(),
                reason,
            };
            announce(transaction, &entry.station, &told, now)?;
            received.wedged.push((entry.number, reason));
        }
    }
    Ok(())
}

pub(crate) fn peer(transaction: &Transaction<'_>, station: &StationId) -> Result<Peer, StoreError> {
    let stored: Option<(Option<String>, Option<String>)> = transaction
        .prepare_cached("SELECT incarnation, quarantine FROM station WHERE station = ?1")?
        .query_row([station.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((current, quarantine)) = stored else {
        return Ok(Peer::new(station.clone()));
    };
    let mut select = transaction
        .prepare_cached("SELECT incarnation, number, hash FROM life WHERE station = ?1")?;
    let heads = select.query_map([station.as_str()], |row| {
        Ok(Head {
            station: station.clone(),
            incarnation: Incarnation::new(row.get::<_, String>(0)?),
            number: row.get::<_, i64>(1)?.unsigned_abs(),
            hash: Hash::from_bytes(row.get(2)?),
        })
    })?;
    let heads = heads.collect::<Result<Vec<_>, _>>()?;
    let quarantine = quarantine.map(|text| encoding::decode(&text)).transpose()?;
    let current = current.map(Incarnation::new);
    Ok(Peer::stored(station.clone(), heads, current, quarantine))
}

pub(crate) fn hash_at(
    transaction: &Transaction<'_>,
    station: &StationId,
    incarnation: &Incarnation,
    number: u64,
) -> Result<Option<Hash>, StoreError> {
    let found: Option<Option<[u8; 32]>> = transaction
        .prepare_cached(
            "SELECT hash FROM history WHERE station = ?1 AND incarnation = ?2 AND entry = ?3
             UNION ALL
             SELECT hash FROM wedged WHERE station = ?1 AND incarnation = ?2 AND entry = ?3",
        )?
        .query_row(
            params![station.as_str(), incarnation.as_str(), number.cast_signed()],
            |row| row.get(0),
        )
        .optional()?;
    Ok(found.flatten().map(Hash::from_bytes))
}

/// A station that nothing has been heard of over a line may be new.
pub(crate) fn know(transaction: &Transaction<'_>, station: &StationId) -> Result<(), StoreError> {
    transaction
        .prepare_cached("INSERT OR IGNORE INTO station (station) VALUES (?1)")?
        .execute([station.as_str()])?;
    Ok(())
}

pub(crate) fn begin(
    transaction: &Transaction<'_>,
    head: &Head,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (station, incarnation) = (head.station.as_str(), head.incarnation.as_str());
    transaction.execute(
        "INSERT INTO life (station, incarnation, number, hash, began_at, heard_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
        params![
            station,
            incarnation,
            head.number.cast_signed(),
            head.hash.as_bytes(),
            now.as_millis()
        ],
    )?;
    transaction.execute(
        "UPDATE station SET incarnation = ?2 WHERE station = ?1",
        [station, incarnation],
    )?;
    audit(transaction, now, EXCHANGE, "began a journal of", station)
}

/// Writes even when nothing is new: an acknowledgement says that a transaction
/// of its own was durable.
fn heard(transaction: &Transaction<'_>, head: &Head, now: Timestamp) -> Result<(), StoreError> {
    transaction
        .prepare_cached(
            "UPDATE life SET number = ?3, hash = ?4, heard_at = ?5, offers = offers + 1
             WHERE station = ?1 AND incarnation = ?2",
        )?
        .execute(params![
            head.station.as_str(),
            head.incarnation.as_str(),
            head.number.cast_signed(),
            head.hash.as_bytes(),
            now.as_millis()
        ])?;
    Ok(())
}

pub(crate) fn quarantine(
    transaction: &Transaction<'_>,
    station: &StationId,
    reason: Contradiction,
    now: Timestamp,
) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE station SET quarantine = ?2, quarantined_at = ?3 WHERE station = ?1",
        params![
            station.as_str(),
            encoding::encode(&reason)?,
            now.as_millis()
        ],
    )?;
    audit(transaction, now, EXCHANGE, "quarantined", station.as_str())
}

fn keep_aside(
    transaction: &Transaction<'_>,
    entries: &[Entry],
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO aside (station, incarnation, entry, commitment, received_at, content)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO UPDATE SET received_at = ?5",
    )?;
    for entry in entries {
        insert.execute(params![
            entry.station.as_str(),
            entry.incarnation.as_str(),
            entry.number.cast_signed(),
            entry.commitment().as_bytes(),
            now.as_millis(),
            encoding::encode(entry)?
        ])?;
    }
    Ok(())
}
