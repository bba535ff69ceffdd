//! How long what is personal in a service's finished requests is kept, and where.

use std::time::Duration;

use request::PersonalFact;
use serde::Deserialize;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Terms in days, counted from the end of a request. Money and paper are not
/// spoken of: they name nobody and stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// For everything personal at the station, once the exchange holds it.
    pub station_days: u32,
    pub exchange_days: ExchangeDays,
}

/// The exchange keeps as evidence what a station need not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExchangeDays {
    pub identity: u32,
    pub answer: u32,
    pub options: u32,
    pub consent: u32,
    /// The certificates themselves; their numbers stay for ever.
    pub document: u32,
}

impl Retention {
    pub fn at_station(&self) -> Duration {
        DAY * self.station_days
    }

    pub fn at_exchange(&self, fact: PersonalFact) -> Duration {
        let days = &self.exchange_days;
        DAY * match fact {
            PersonalFact::Identity => days.identity,
            PersonalFact::Answer => days.answer,
            PersonalFact::Options => days.options,
            PersonalFact::Consent => days.consent,
        }
    }

    pub fn of_documents(&self) -> Duration {
        DAY * self.exchange_days.document
    }

    /// What is wrong with the terms.
    pub(crate) fn contradiction(&self, valid_days: u32) -> Option<&'static str> {
        let ExchangeDays {
            identity,
            answer,
            options,
            consent,
            document,
        } = self.exchange_days;
        if [identity, answer, options, consent]
            .iter()
            .any(|days| *days < self.station_days)
        {
            return Some("a station must not keep what the exchange has erased");
        }
        if identity < consent {
            return Some("a consent without its person is no evidence");
        }
        if document < valid_days {
            return Some("a certificate must be kept as long as it may be relied upon");
        }
        None
    }
}
