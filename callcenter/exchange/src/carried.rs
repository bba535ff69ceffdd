//! What stations send by hand while the network stays away: parcels are checked
//! as a whole, taken over as what comes over a line, and answered with the
//! co-signed head.
//!
//! The exchange that serves does it, whoever asks: it alone writes its store, and
//! it goes on with what was submitted.

mod command;
mod door;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use identity::is_plain;
use ledger::{NotTaken, Received, StoreError};
use parcel::{Address, Opener, ParcelError, unpack};
use request::StationId;
use serde::{Deserialize, Serialize};
use sync::{CoSignedHead, KeyPair, PublicKey};

pub use command::carry;
pub(crate) use command::{hand_in, is_served};
pub(crate) use door::Door;

use crate::{issue::Issuer, keys};

/// What it takes to open parcels and to answer them.
pub(crate) struct Carried {
    opener: Opener,
    co_signer: KeyPair,
    /// Public keys of the stations, one file each.
    stations: PathBuf,
}

/// What a parcel is answered with.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Word {
    Taken(Box<Report>),
    /// It was no parcel but an edition of the catalogue, of this number.
    Edition(u64),
    /// It was an order about an operator, and it is carried out.
    Done,
    /// Nothing of it was.
    Refused(String),
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Report {
    first: u64,
    /// Entries of it that had come before.
    known: u64,
    /// Requests the exchange goes on with.
    submitted: usize,
    /// Entries that wait for a person.
    wedged: usize,
    receipt: CoSignedHead,
}

/// Why nothing of a parcel was taken over.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error(transparent)]
    Parcel(#[from] ParcelError),
    #[error("no key is known of the journal of {0}; see station-key")]
    Stranger(StationId),
    #[error(transparent)]
    NotTaken(#[from] NotTaken),
    #[error("{0}; the parcel may be given again")]
    Store(#[from] StoreError),
}

impl Carried {
    /// Reads the keys, makes those that are missing, and lays what stations must
    /// know below `data/trust`.
    pub(crate) fn open(data: &Path) -> anyhow::Result<Self> {
        let carried = Self {
            opener: keys::parcel_opener(data)?,
            co_signer: keys::co_signer(data)?,
            stations: data.join("stations"),
        };
        durable::replace(
            &data.join("trust/exchange.pub"),
            carried.address()?.as_bytes(),
        )
        .context("cannot write exchange.pub")?;
        Ok(carried)
    }

    /// What a station closes its parcels for, as its file is written.
    fn address(&self) -> anyhow::Result<String> {
        let address = Address::new(&self.opener, &self.co_signer.public())?;
        Ok(serde_json::to_string_pretty(&address)?)
    }

    /// Takes a parcel over, all of it or nothing, and goes on with it.
    fn accept(&self, issuer: &Arc<Issuer>, sealed: &[u8]) -> Result<Report, Refused> {
        let parcel = unpack(sealed, &self.opener)?;
        let station = parcel.claimed().station.clone();
        let key = self.key_of(&station);
        parcel.verify(&key.ok_or_else(|| Refused::Stranger(station.clone()))?)?;
        let (signed, before) = (parcel.signed().clone(), parcel.before());
        let (entries, now) = (parcel.into_entries(), issuer.clock.now());
        let count = entries.len() as u64;
        let taken = issuer.store.take_parcel(&signed, before, entries, now)?;
        if let Err(NotTaken::Forked) = &taken {
            tracing::error!(%station, "A station is in quarantine: its parcel contradicts what is held");
        }
        let ledger::Carried { known, received } = taken?;
        let Received {
            submitted, wedged, ..
        } = received;
        let report = Report {
            first: signed.head.number + 1 - count,
            known,
            submitted: submitted.len(),
            wedged: wedged.len(),
            receipt: CoSignedHead::sign(signed, now, &self.co_signer),
        };
        issuer.follow(&station, submitted, &wedged);
        issuer.store.settled()?;
        Ok(report)
    }

    fn key_of(&self, station: &StationId) -> Option<PublicKey> {
        let text = fs::read_to_string(key_file(&self.stations, station)?).ok()?;
        PublicKey::from_pem(&text).ok()
    }
}

/// Where a station's key lies; none for an id that would lead out of the folder.
fn key_file(stations: &Path, station: &StationId) -> Option<PathBuf> {
    is_plain(station.as_str()).then(|| stations.join(format!("{station}.pub.pem")))
}
