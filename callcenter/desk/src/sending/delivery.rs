//! Agencies and deliveries as the exchange tells agents of them.

use privacy::Personal;
use request::{DocumentNumber, Timestamp};
use serde::{Deserialize, Serialize};
use sync::DeliveryRefusal;

/// An agency that takes documents (`GET /v1/recipients`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Recipient {
    pub id: String,
    pub title: Title,
}

/// As people call it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Title {
    pub ko: String,
    pub en: String,
}

/// What became of a document at an agency (`GET /v1/deliveries`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Delivery {
    #[serde(rename = "delivery")]
    pub id: String,
    /// The agency's id.
    pub recipient: String,
    pub asked_at: Timestamp,
    /// None while it is on its way.
    pub end: Option<DeliveryEnd>,
    pub ended_at: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryEnd {
    /// The agency has signed a receipt.
    Delivered,
    Refused,
    /// The agency was away for too long, or the document's term is over.
    Expired,
    /// The document stopped counting before the agency had it.
    Void,
}

/// What the exchange knows of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Why it cannot be sent.
    pub refusal: Option<DeliveryRefusal>,
    /// The newest first.
    pub deliveries: Vec<Delivery>,
}

/// What is to be sent, to whom, and on which consent (`POST /v1/deliveries`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wanted {
    pub number: DocumentNumber,
    pub recipient: String,
    pub purpose: Personal<String>,
    pub consent: Consent,
}

/// How the citizen has agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Agency, number and purpose were read aloud, and the citizen said yes.
    ReadAloud,
    Written,
}

impl Consent {
    /// As its keys are numbered.
    pub(super) const ALL: [Self; 2] = [Self::ReadAloud, Self::Written];
}
