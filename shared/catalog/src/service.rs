//! One service: what it is called, what it asks, whom it asks, what it costs.

use std::{collections::BTreeMap, time::Duration};

use request::{IdentityLevel, NetworkId, ServiceId, Terms};
use serde::Deserialize;

use crate::{
    Bilingual, Hours, Keywords, LeaseRule, Network, Question, Recipient, Retention, Subject,
};

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    pub id: ServiceId,
    pub version: u32,
    /// Where it stands in lists, the most asked first.
    #[serde(default = "last")]
    pub rank: u32,
    /// The [`crate::Topic`] below which citizens find it.
    pub topic: String,
    pub title: Bilingual,
    pub summary: Bilingual,
    #[serde(default)]
    pub keywords: Keywords,
    pub network: NetworkId,
    /// Where it keeps other hours than its network does.
    pub hours: Option<Hours>,
    /// The service code at the network.
    pub query: String,
    pub identity: IdentityLevel,
    /// Whether two agents' word may stand for the card ([`crate::TwoPersonCheck`]).
    #[serde(default)]
    pub two_persons: bool,
    pub offline: OfflineRule,
    pub copies_max: u32,
    /// How long the paper may be relied upon.
    pub valid_days: u32,
    /// The office that certifies; its name stands over the seal.
    pub issuer: Bilingual,
    pub fee: FeeRule,
    pub consent: Option<Consent>,
    pub retention: Retention,
    /// Parameters of the query: name to source (`applicant.resident_number`,
    /// `answer.<question>`, `option.<option>`).
    pub parameters: BTreeMap<String, String>,
    /// For how long an answer may be given again to who asks the same: only of what
    /// changes by the day, and never of people. Without it every request asks anew.
    pub cache_for_minutes: Option<u32>,
    /// Where a record says whom it is about.
    pub subject: Option<Subject>,
    #[serde(default, rename = "question")]
    pub questions: Vec<Question>,
    #[serde(default, rename = "option")]
    pub options: Vec<ServiceOption>,
    #[serde(default, rename = "recipient")]
    pub recipients: Vec<Recipient>,
    #[serde(rename = "seal")]
    pub seal_fields: Vec<SealField>,
    /// The Typst template, the record's JSON Schema and an invented record.
    #[serde(skip)]
    pub template: String,
    #[serde(skip)]
    pub record_schema: String,
    #[serde(skip)]
    pub sample: String,
}

/// What happens when the exchange cannot be reached.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfflineRule {
    /// Needs the live network; said before the citizen starts.
    Refuse,
    /// Accepted now and done when the network is back; the citizen goes with a
    /// claim ticket.
    Queue {
        /// After so long without the exchange nothing new is accepted either: what
        /// the station knows of the service may have changed.
        fresh_for_hours: u32,
    },
    /// Issued by the station itself, within what the exchange has granted it.
    Lease(LeaseRule),
}

/// A service without a rank stands behind those that have one.
fn last() -> u32 {
    u32::MAX
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeRule {
    /// The file below `fees/`, without its ending.
    pub ordinance: String,
    /// The question whose code says where the thing lies; without one, the
    /// request counts as inside.
    pub place: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    pub purpose: Bilingual,
    pub fields: Vec<Bilingual>,
    pub retention: Bilingual,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceOption {
    pub id: String,
    pub label: Bilingual,
    /// The first one is chosen until the citizen chooses another.
    #[serde(rename = "choice")]
    pub choices: Vec<Choice>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub id: String,
    pub label: Bilingual,
    pub explanation: Bilingual,
}

/// A field of the record that the seal carries; it stands on the paper too.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealField {
    pub name: String,
    /// JSON pointer (RFC 6901) into the record.
    pub pointer: String,
}

impl Service {
    /// The rules a request of this service is held to.
    pub fn terms(&self) -> Terms {
        Terms {
            identity: self.identity,
            consent: self.consent.is_some(),
            questions: self
                .questions
                .iter()
                .map(|question| question.id.clone())
                .collect(),
            copies_max: self.copies_max,
        }
    }

    /// How long the service accepts requests without the exchange; `None` when it
    /// does not at all.
    pub fn accepts_offline_for(&self) -> Option<Duration> {
        match &self.offline {
            OfflineRule::Refuse | OfflineRule::Lease(_) => None,
            OfflineRule::Queue { fresh_for_hours } => {
                Some(Duration::from_secs(u64::from(*fresh_for_hours) * 3_600))
            }
        }
    }

    /// What a station may issue of it without the exchange, if anything.
    pub fn lease(&self) -> Option<&LeaseRule> {
        match &self.offline {
            OfflineRule::Lease(rule) => Some(rule),
            OfflineRule::Refuse | OfflineRule::Queue { .. } => None,
        }
    }

    /// When it is to be had.
    pub fn open_hours<'a>(&'a self, network: &'a Network) -> &'a Hours {
        self.hours.as_ref().unwrap_or(&network.hours)
    }

    pub fn option(&self, id: &str) -> Option<&ServiceOption> {
        self.options.iter().find(|option| option.id == id)
    }
}
