//! What came of machines' evidence of their starts.

use request::{StationId, Timestamp};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::{
    Store, StoreError,
    encoding::{decode, encode},
};

/// What a machine's last evidence came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attested {
    /// The machine's own TPM says that it has started the release that it tells of.
    AsReleased,
    /// Its own TPM has said it; no release here predicts what it should be.
    NothingToCompare,
    /// Its own TPM says that something else has started.
    OtherStart,
    /// It is not the TPM that the machine was brought into service with.
    OtherTpm,
    /// No TPM has said it.
    NotProven(String),
}

/// What is known of a machine's TPM.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attestation {
    /// Which the next evidence has to answer, in hexadecimal digits.
    pub nonce: String,
    /// The public half of its key, in PEM.
    pub key: Option<String>,
    pub last: Option<(Attested, Timestamp)>,
}

impl Store {
    /// # Errors
    /// When the store cannot be read.
    pub fn attestation(&self, station: &StationId) -> Result<Attestation, StoreError> {
        let connection = self.lock();
        let row = connection
            .prepare_cached(
                "SELECT nonce, key, verdict, told_at FROM machine_attestation WHERE station = ?1",
            )?
            .query_row([station.as_str()], |row| {
                let verdict: Option<String> = row.get(2)?;
                Ok((row.get(0)?, row.get(1)?, verdict, row.get(3)?))
            })
            .optional()?;
        let Some((nonce, key, verdict, told_at)) = row else {
            return Ok(Attestation::default());
        };
        let verdict: Option<Attested> = verdict.as_deref().map(decode).transpose()?;
        let told_at: Option<i64> = told_at;
        Ok(Attestation {
            nonce,
            key,
            last: verdict.zip(told_at.map(Timestamp::from_millis)),
        })
    }

    /// What every machine's last evidence came to.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn attested(&self) -> Result<Vec<(StationId, Attested)>, StoreError> {
        let connection = self.lock();
        let mut select = connection.prepare_cached(
            "SELECT station, verdict FROM machine_attestation
             WHERE verdict IS NOT NULL ORDER BY station",
        )?;
        let rows = select.query_map([], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        })?;
        rows.map(|row| {
            let (station, verdict) = row?;
            Ok((StationId::new(station), decode(&verdict)?))
        })
        .collect()
    }

    /// # Errors
    /// When the store cannot be written.
    pub fn keep_attestation(
        &self,
        station: &StationId,
        attestation: &Attestation,
    ) -> Result<(), StoreError> {
        let (verdict, told_at) = match &attestation.last {
            Some((verdict, at)) => (Some(encode(verdict)?), Some(at.as_millis())),
            None => (None, None),
        };
        self.lock().execute(
            "INSERT OR REPLACE INTO machine_attestation (station, nonce, key, verdict, told_at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                station.as_str(),
                attestation.nonce,
                attestation.key,
                verdict,
                told_at
            ],
        )?;
        Ok(())
    }
}
