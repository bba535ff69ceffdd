//! Entries that came by hand, taken over as those that come over a line.

use request::Timestamp;
use rusqlite::{Transaction, params};
use sync::{Answer, Contradiction, Entry, Hash, Head, Offer, SignedHead};

use crate::{Received, Store, StoreError, intake};

/// What came of a parcel.
#[derive(Debug)]
pub struct Carried {
    /// How many of its entries had come before, this way or another.
    pub known: u64,
    pub received: Received,
}

/// Why nothing of a parcel was taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    #[error("its entries are not consecutive entries of one journal")]
    NotAnOffer,
    #[error("entries are missing before it: the exchange holds the journal up to entry {0}")]
    TooEarly(u64),
    #[error("another journal of its station has been heard since it was closed")]
    Superseded,
    #[error("it contradicts what the exchange holds: the station is in quarantine now")]
    Forked,
    #[error("its station is in quarantine: {0}")]
    InQuarantine(Contradiction),
}

impl Store {
    /// Takes over a parcel whose station has signed `signed`, to which `entries`
    /// lead from the chain's hash `before`; the caller has verified both. All of
    /// it or nothing: what is known already changes nothing, whichever way it came.
    ///
    /// # Errors
    /// When the store cannot be read or written; within, why nothing was taken.
    pub fn take_parcel(
        &self,
        signed: &SignedHead,
        before: Hash,
        entries: Vec<Entry>,
        now: Timestamp,
    ) -> Result<Result<Carried, NotTaken>, StoreError> {
        let Head {
            station,
            incarnation,
            ..
        } = &signed.head;
        let Some(first) = entries.first().map(|it| it.number) else {
            return Ok(Err(NotTaken::NotAnOffer));
        };
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let peer = intake::peer(&transaction, station)?;
        if let Some(reason) = peer.quarantine() {
            return Ok(Err(NotTaken::InQuarantine(reason)));
        }
        let held = peer.head(incarnation).map(|it| it.number);
        if held.unwrap_or(0) + 1 < first {
            return Ok(Err(NotTaken::TooEarly(held.unwrap_or(0))));
        }
        if held.is_none() {
            // A journal whose first word comes by hand begins with it.
            if is_heard_since(&transaction, signed)? {
                return Ok(Err(NotTaken::Superseded));
            }
            let genesis = Head::genesis(station.clone(), incarnation.clone());
            intake::know(&transaction, station)?;
            intake::begin(&transaction, &genesis, now)?;
        }
        // What an earlier journal had not told is told by the one that followed it.
        let speaker = match held {
            Some(_) => peer.current().unwrap_or(incarnation).clone(),
            None => incarnation.clone(),
        };
        let offer = Offer {
            speaker,
            before,
            entries,
        };
        let taken = intake::take(&transaction, station, &offer, now)?;
        let received = match taken {
            Ok(received) => received,
            Err(_) => return Ok(Err(NotTaken::NotAnOffer)),
        };
        let known = (held.unwrap_or(0) + 1).saturating_sub(first);
        let taken = match received.answer {
            Answer::Acknowledged(number) if number >= signed.head.number => Ok(Carried {
                known: known.min(offer.entries.len() as u64),
                received,
            }),
            Answer::Quarantined(_) => Err(NotTaken::Forked),
            Answer::Acknowledged(_) | Answer::KeptAside(_) | Answer::Unknown => {
                return Ok(Err(NotTaken::NotAnOffer));
            }
        };
        // A contradiction is written down, too.
        transaction.commit()?;
        Ok(taken)
    }
}

/// Whether any journal of the station was heard from after this head was signed.
fn is_heard_since(transaction: &Transaction<'_>, signed: &SignedHead) -> Result<bool, StoreError> {
    Ok(transaction
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM life WHERE station = ?1 AND heard_at > ?2)")?
        .query_row(
            params![signed.head.station.as_str(), signed.at.as_millis()],
            |row| row.get(0),
        )?)
}
