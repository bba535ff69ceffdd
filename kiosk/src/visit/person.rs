//! Everything the kiosk knows about whoever stands in front of it.

use std::{collections::BTreeMap, sync::Arc};

use devices::card_reader::CardHolder;
use privacy::Personal;
use request::{DocumentNumber, ServiceId, ServiceRequest};

use super::{
    Language,
    entry::Entry,
    view::{Accessibility, FailureReason, NumberRefusal},
};

/// Replaced as a whole when the visit ends: what is not in here outlives nobody.
#[derive(Debug, Default)]
pub(super) struct Person {
    pub language: Language,
    pub accessibility: Accessibility,
    /// The number of a person who helps is shown.
    pub helping: bool,
    pub service: Option<ServiceId>,
    pub card: Option<CardHolder>,
    pub card_in: bool,
    /// The resident number as far as it is typed.
    pub digits: Personal<String>,
    pub number_refusal: Option<NumberRefusal>,
    pub wrong_numbers: u32,
    pub entry: Entry,
    /// Answers of the form, by question.
    pub answers: BTreeMap<String, Personal<String>>,
    pub options: BTreeMap<String, String>,
    pub copies: u32,
    /// The citizen came back from the review to change something.
    pub changing: bool,
    pub consented: bool,
    pub request: Option<ServiceRequest>,
    pub documents: BTreeMap<DocumentNumber, Arc<[u8]>>,
    /// Cash devices are taking money.
    pub collecting: bool,
    /// The code under which the kiosk owes money.
    pub ticket: Option<String>,
    pub ticket_printed: bool,
    pub failure: Option<FailureReason>,
    /// The core has refused an action: see `Visit::act`.
    pub refused: bool,
}
