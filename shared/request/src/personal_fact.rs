//! Which facts of a request say something of a person.
//!
//! When a visit is over, these are erased after the service's term; what is left
//! is what the law wants kept of money and paper, and it names nobody.

use crate::{FormField, RequestEvent};

/// What is said of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonalFact {
    /// Who asked.
    Identity,
    /// What was typed into the form or proposed for it, where messages go, or what stood in a letter,
    /// in the answer to it and in what was said of that.
    Answer,
    /// How the certificate was wanted.
    Options,
    /// That the person agreed, and to what.
    Consent,
}

impl PersonalFact {
    pub const ALL: [Self; 4] = [Self::Identity, Self::Answer, Self::Options, Self::Consent];
}

impl RequestEvent {
    /// What the event says of a person; none when it names nobody.
    ///
    /// A new event must be decided upon here before anything compiles. The digest
    /// in [`RequestEvent::Prepared`] is of a signed document that only the
    /// exchange holds, the one in [`RequestEvent::PreparedUnderLease`] of one whose
    /// seal no other key can make: nobody can find the person by trying.
    pub fn personal_fact(&self) -> Option<PersonalFact> {
        match self {
            RequestEvent::Identified { .. } | RequestEvent::SenderNamed { .. } => {
                Some(PersonalFact::Identity)
            }
            RequestEvent::Answered { .. }
            | RequestEvent::MessagesWanted { .. }
            | RequestEvent::Enclosed { .. }
            | RequestEvent::Attached { .. }
            | RequestEvent::Transferred { .. }
            | RequestEvent::Extended { .. }
            | RequestEvent::Replied { .. }
            | RequestEvent::Rated { .. }
            | RequestEvent::Appealed { .. } => Some(PersonalFact::Answer),
            RequestEvent::ValueProposed { field, .. } => Some(match field {
                FormField::Question(_) => PersonalFact::Answer,
                FormField::Option(_) | FormField::Copies => PersonalFact::Options,
            }),
            RequestEvent::OptionsChosen { .. } => Some(PersonalFact::Options),
            RequestEvent::Consented { .. } | RequestEvent::VouchingAsked { .. } => {
                Some(PersonalFact::Consent)
            }
            RequestEvent::Opened { .. }
            | RequestEvent::IdentityVouched { .. }
            | RequestEvent::FeeQuoted { .. }
            | RequestEvent::AssistanceBegun { .. }
            | RequestEvent::ProposalAccepted
            | RequestEvent::ProposalDeclined
            | RequestEvent::AssistanceEnded { .. }
            | RequestEvent::Submitted
            | RequestEvent::Queued { .. }
            | RequestEvent::Collecting { .. }
            | RequestEvent::ResultReady
            | RequestEvent::Credited { .. }
            | RequestEvent::AttemptFailed { .. }
            | RequestEvent::Prepared { .. }
            | RequestEvent::PreparedUnderLease { .. }
            | RequestEvent::Declined { .. }
            | RequestEvent::Received { .. }
            | RequestEvent::Routed { .. }
            | RequestEvent::DueSet { .. }
            | RequestEvent::Joined { .. }
            | RequestEvent::Separated { .. }
            | RequestEvent::StaysOpen { .. }
            | RequestEvent::Concluded
            | RequestEvent::Assigned { .. }
            | RequestEvent::SendingBegun { .. }
            | RequestEvent::Sent { .. }
            | RequestEvent::NotSent { .. }
            | RequestEvent::PaymentBegun { .. }
            | RequestEvent::CoinTaken { .. }
            | RequestEvent::NoteEscrowed { .. }
            | RequestEvent::NoteStackBegun
            | RequestEvent::NoteStacked { .. }
            | RequestEvent::NoteReturnBegun
            | RequestEvent::NoteReturned { .. }
            | RequestEvent::PayoutBegun { .. }
            | RequestEvent::PaidOut { .. }
            | RequestEvent::PayoutUnknown { .. }
            | RequestEvent::RefundOwed { .. }
            | RequestEvent::Card(_)
            | RequestEvent::FeeCaptured { .. }
            | RequestEvent::FeeWaived { .. }
            | RequestEvent::CarriedOver { .. }
            | RequestEvent::BroughtForward { .. }
            | RequestEvent::IssueBegun { .. }
            | RequestEvent::Issued { .. }
            | RequestEvent::Spoiled { .. }
            | RequestEvent::PaperConfirmed { .. }
            | RequestEvent::ReplacementAsked { .. }
            | RequestEvent::Replaced { .. }
            | RequestEvent::ReceiptPrinted
            | RequestEvent::Closed { .. } => None,
        }
    }

    pub fn is_personal(&self) -> bool {
        self.personal_fact().is_some()
    }
}
