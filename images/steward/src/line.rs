//! The line to the exchange, with the kiosk's own certificate.

use std::{
    fs,
    path::{Path, PathBuf},
};

use fleet::signed::{KeyUnreadable, Signer};
use identity::{Credentials, CredentialsFault};
use link::{Clock, Wire};
use request::StationId;
use serde::Deserialize;

use crate::{places::Places, service::now};

pub struct Line {
    pub wire: Wire,
    pub station: StationId,
    credentials: PathBuf,
}

/// What the steward needs of the kiosk's settings.
#[derive(Deserialize)]
struct Settings {
    station: StationId,
    exchange: Exchange,
}

#[derive(Deserialize)]
struct Exchange {
    url: String,
}

/// Why an order cannot even be looked at.
#[derive(Debug, thiserror::Error)]
pub enum NoSigner {
    #[error(transparent)]
    Credentials(#[from] CredentialsFault),
    #[error(transparent)]
    Key(#[from] KeyUnreadable),
}

impl Line {
    /// None before the machine is in service: there is nobody to tell, and nobody to tell it as.
    ///
    /// # Errors
    /// When the kiosk's settings are not what they should be.
    pub fn open(places: &Places) -> Result<Option<Self>, toml::de::Error> {
        let Ok(text) = fs::read_to_string(&places.settings) else {
            return Ok(None);
        };
        let settings: Settings = toml::from_str(&text)?;
        let credentials = places.line.clone();
        Ok(Some(Self::new(
            settings.exchange.url,
            settings.station,
            credentials,
            Clock::new(now),
        )))
    }

    /// `clock` is by which certificates are judged.
    pub fn new(exchange: String, station: StationId, credentials: PathBuf, clock: Clock) -> Self {
        let wire = Wire::new(link::Settings {
            exchange,
            station: station.clone(),
            credentials: credentials.clone(),
            clock,
        });
        Self {
            wire,
            station,
            credentials,
        }
    }

    /// Where something of this station's goes.
    pub(crate) fn path(&self, what: &str) -> String {
        format!("/v1/stations/{}/{what}", self.station)
    }

    /// Where key and certificate lie.
    pub(crate) fn credentials(&self) -> &Path {
        &self.credentials
    }

    /// Whose orders are believed.
    pub(crate) fn signer(&self) -> Result<Signer, NoSigner> {
        let pem = Credentials::read_co_signer(&self.credentials)?;
        Ok(Signer::from_pem(&pem)?)
    }
}
