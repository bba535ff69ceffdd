//! The site's package: everything that a machine is told of the place it stands in, signed by
//! whom its image believes.

use request::Timestamp;
use serde::{Deserialize, Serialize};

use crate::signed::{self, Form, NotBelieved, Signer};

/// `site.minwon` on a technician's stick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Machines that are brought into service later want a newer package.
    pub valid_until: Timestamp,
    pub exchange: String,
    /// Where keys are certified (RFC 7030), such as `https://exchange.example:8445`.
    pub enrolment: String,
    /// Who certifies the exchange and its stations, in PEM.
    pub authority_pem: String,
    /// The exchange's key for journals and orders, in PEM.
    pub co_signer_pem: String,
    pub telephone: String,
    pub stations: Vec<Place>,
    pub technicians: Vec<Technician>,
    /// For whom the disk's recovery key is encrypted, an age recipient (`age1…`).
    #[serde(default)]
    pub escrow: Option<String>,
    /// Lines of `kiosk.toml` that are the same for all its stations: hours, switches.
    #[serde(default)]
    pub settings: String,
}

/// A station that a machine of the site may become.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub station: String,
    /// The id of the hardware model that stands there.
    pub model: String,
    pub office: Words,
    pub place: Words,
    pub jurisdiction: String,
    /// Lines of `kiosk.toml` for this station alone: how its hoppers are filled, where its
    /// printer stands.
    #[serde(default)]
    pub settings: String,
    /// What the model says of network devices that is otherwise here: from, to.
    #[serde(default)]
    pub addresses: Vec<(String, String)>,
    /// Whom else the machine may reach, such as `udp://10.1.2.3:5060` for its handset.
    #[serde(default)]
    pub reaches: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub ko: String,
    pub en: String,
}

/// As `minwon-kiosk --technician` writes it: of card and PIN only what argon2id (RFC 9106)
/// makes of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Technician {
    pub name: String,
    pub card: String,
    pub pin: String,
}

/// Why a package is of no use to a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SiteRefused {
    #[error(transparent)]
    NotBelieved(#[from] NotBelieved),
    #[error("its time is over")]
    Expired,
    #[error("no machine of this model stands at the site")]
    OtherModel,
}

impl Form for Site {
    const NAME: &'static str = "minwon-site-1";
}

impl Site {
    /// Reads a package for a machine of `model`.
    ///
    /// # Errors
    /// Why it is of no use here.
    pub fn open(
        bytes: &[u8],
        signer: &Signer,
        model: &str,
        now: Timestamp,
    ) -> Result<Self, SiteRefused> {
        let site: Self = signed::open(bytes, signer)?;
        if now > site.valid_until {
            return Err(SiteRefused::Expired);
        }
        if site.stations_of(model).next().is_none() {
            return Err(SiteRefused::OtherModel);
        }
        Ok(site)
    }

    pub fn stations_of<'a>(&'a self, model: &'a str) -> impl Iterator<Item = &'a Place> {
        self.stations.iter().filter(move |it| it.model == model)
    }

    pub fn place(&self, station: &str) -> Option<&Place> {
        self.stations.iter().find(|it| it.station == station)
    }
}
