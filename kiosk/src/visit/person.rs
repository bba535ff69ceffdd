//! Everything the kiosk knows about whoever stands in front of it.

use std::{collections::BTreeMap, sync::Arc};

use devices::card_reader::CardHolder;
use privacy::Personal;
use request::{Applicant, DocumentNumber, ServiceId, ServiceRequest, Timestamp};

use ticket::Code;

use super::{
    Language,
    basket::Basket,
    card_paying::CardPaying,
    collecting::Honoring,
    entry::Entry,
    finding::Looking,
    helping::Help,
    settling::Awaiting,
    verifying::Paper,
    view::{Accessibility, FailureReason, NumberRefusal},
    vouching::Checked,
};

/// Replaced as a whole when the visit ends: what is not in here outlives nobody.
#[derive(Debug, Default)]
pub(super) struct Person {
    pub language: Language,
    pub accessibility: Accessibility,
    /// The number of a person who helps is shown.
    pub helping: bool,
    /// The languages that can be chosen are shown.
    pub choosing_language: bool,
    /// An agent's help at this screen.
    pub help: Help,
    /// Where among the services.
    pub looking: Looking,
    /// What is looked for or written, as far as it is typed.
    pub sought: Entry,
    /// The title of a notice that is being written.
    pub posting_title: Personal<String>,
    pub service: Option<ServiceId>,
    pub card: Option<CardHolder>,
    /// The card reader has been told to take a card.
    pub accepting: bool,
    /// Two agents' word instead of a card.
    pub checked: Checked,
    /// Who the card and the number say it is, as long as the card is in; or two agents.
    pub applicant: Option<Applicant>,
    /// The resident number as far as it is typed.
    pub digits: Personal<String>,
    pub number_refusal: Option<NumberRefusal>,
    pub wrong_numbers: u32,
    pub entry: Entry,
    /// Answers of the form, by question.
    pub answers: BTreeMap<String, Personal<String>>,
    pub options: BTreeMap<String, String>,
    /// Whom the paper is for, while the options are theirs.
    pub recipient: Option<String>,
    pub copies: u32,
    /// What is asked for besides.
    pub basket: Basket,
    /// The citizen came back from the review to change something.
    pub changing: bool,
    pub consented: bool,
    /// The citizen asks again for what failed a moment ago.
    pub retrying: bool,
    /// The journal was asked for a request and has not answered.
    pub opening: bool,
    pub request: Option<ServiceRequest>,
    /// The same request as the journal has it.
    pub written: Option<ServiceRequest>,
    pub documents: BTreeMap<DocumentNumber, Arc<[u8]>>,
    /// The citizen wants to pay in cash; the devices are not ready for it yet.
    pub paying_cash: bool,
    pub card_paying: CardPaying,
    /// Cash devices are taking money.
    pub collecting: bool,
    /// They were told to stop; until they say so, money may still fall in.
    pub stopping: bool,
    /// The code on the ticket this visit gives out: for money that is owed, or for
    /// a request that goes on without the citizen.
    pub ticket: Option<Code>,
    pub ticket_paper: TicketPaper,
    /// As much of the debt as the screen has told.
    pub told_owed_won: u32,
    /// The digits of somebody's ticket as far as they are typed.
    pub code: String,
    /// What is known of the paper that somebody asks about.
    pub paper: Paper,
    /// How the petition of that number stands.
    pub standing: Option<sync::Standing>,
    /// The ticket that this visit honors.
    pub honoring: Option<Honoring>,
    /// The number that messages go to as far as it is typed.
    pub telephone: Personal<String>,
    /// When the request of a ticket that is not ready was accepted.
    pub accepted_at: Option<Timestamp>,
    /// What the settling of the money waits for.
    pub awaiting: Option<Awaiting>,
    pub failure: Option<FailureReason>,
    /// The number of which the citizen has said that no sheet came out.
    pub denied: Option<DocumentNumber>,
    /// The exchange has not said yet that it knows that number as void.
    pub void_unconfirmed: bool,
}

/// How far the paper of the refund ticket has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum TicketPaper {
    #[default]
    Due,
    Printing,
    /// Printed, or not to be had: the screen shows the code.
    Ended,
}
