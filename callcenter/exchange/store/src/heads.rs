//! Heads of journals that their stations have signed: compared with what is held,
//! signed in turn and kept, the newest of each journal.

use request::{StationId, Timestamp};
use rusqlite::{OptionalExtension, Transaction, params};
use serde::Serialize;
use sync::{
    CoSignedHead, Compared, Contradiction, Forged, HeadAnswer, HeadQuestion, KeyPair, KeyUnreadable,
};

use crate::{
    Store, StoreError, encoding,
    intake::{hash_at, peer, quarantine},
};

/// Why a head is not even compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotBelieved {
    #[error("the head comes with no key")]
    NoKey(#[from] KeyUnreadable),
    #[error("another key signs for this journal")]
    OtherKey,
    #[error(transparent)]
    Forged(#[from] Forged),
}

/// What a journal can be held against, wherever its disk has gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JournalHead {
    /// The journal's own key: SubjectPublicKeyInfo in PEM.
    pub public_key: String,
    pub co_signed: CoSignedHead,
}

impl Store {
    /// Signs with the key `exchange` that everything up to a head is held, and keeps
    /// the head. The first key that signs for a journal is its key for ever.
    ///
    /// # Errors
    /// When the store cannot be read or written; within, why the head is not
    /// believed to be the station's: nothing is written then.
    pub fn co_sign(
        &self,
        question: &HeadQuestion,
        exchange: &KeyPair,
        now: Timestamp,
    ) -> Result<Result<HeadAnswer, NotBelieved>, StoreError> {
        let HeadQuestion { signed, public_key } = question;
        let genuine = question
            .key()
            .map_err(NotBelieved::from)
            .and_then(|key| Ok(signed.verify(&key)?));
        if let Err(reason) = genuine {
            return Ok(Err(reason));
        }
        let (station, incarnation) = (&signed.head.station, &signed.head.incarnation);
        let mut connection = self.lock();
        let transaction = connection.transaction()?;
        let known: Option<String> = transaction
            .prepare_cached(
                "SELECT public_key FROM signed_head WHERE station = ?1 AND incarnation = ?2",
            )?
            .query_row([station.as_str(), incarnation.as_str()], |row| row.get(0))
            .optional()?;
        if known.is_some_and(|known| known != *public_key) {
            return Ok(Err(NotBelieved::OtherKey));
        }
        let held = hash_at(&transaction, station, incarnation, signed.head.number)?;
        let answer = match peer(&transaction, station)?.compare(&signed.head, held) {
            Compared::Held => {
                let co_signed = CoSignedHead::sign(signed.clone(), now, exchange);
                keep(&transaction, public_key, &co_signed)?;
                HeadAnswer::CoSigned(Box::new(co_signed))
            }
            Compared::Unknown => HeadAnswer::Unknown,
            Compared::InQuarantine(reason) => HeadAnswer::Quarantined(reason),
            Compared::Forked => {
                quarantine(&transaction, station, Contradiction::Forked, now)?;
                HeadAnswer::Quarantined(Contradiction::Forked)
            }
        };
        transaction.commit()?;
        Ok(Ok(answer))
    }

    /// The newest co-signed head of each of a station's journals.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn heads(&self, station: &StationId) -> Result<Vec<JournalHead>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare(
            "SELECT public_key, co_signed FROM signed_head WHERE station = ?1
             ORDER BY incarnation",
        )?;
        let rows = select.query_map([station.as_str()], |row| {
            Ok((row.get(0)?, row.get::<_, String>(1)?))
        })?;
        rows.map(|row| {
            let (public_key, co_signed) = row?;
            Ok(JournalHead {
                public_key,
                co_signed: encoding::decode(&co_signed)?,
            })
        })
        .collect()
    }
}

fn keep(
    transaction: &Transaction<'_>,
    public_key: &str,
    co_signed: &CoSignedHead,
) -> Result<(), StoreError> {
    let head = co_signed.head();
    transaction
        .prepare_cached(
            "INSERT INTO signed_head (station, incarnation, public_key, number, co_signed)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET number = ?4, co_signed = ?5 WHERE number <= ?4",
        )?
        .execute(params![
            head.station.as_str(),
            head.incarnation.as_str(),
            public_key,
            head.number.cast_signed(),
            encoding::encode(co_signed)?
        ])?;
    Ok(())
}
