//! Help from an agent who sees the form: which hand filled what.

use std::collections::BTreeMap;

use privacy::Personal;
use serde::{Deserialize, Serialize};

use crate::{RequestEvent, StationId};

/// A field an agent may see and propose a value for.
///
/// Who asks, a card and money are no fields of a form: there is no way to name them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormField {
    /// The id of a question of the service; its value is an answer, or the code of
    /// one where the service has a closed list.
    Question(String),
    /// The id of an option of the service; its value is the id of a choice.
    Option(String),
    /// A number in decimal digits.
    Copies,
}

/// Why an agent's help ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssistanceEnding {
    ByCitizen,
    ByAgent,
    /// The agent, or the line to them, went silent.
    LineLost,
}

/// An agent's help with one request, as its events have made it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assistance {
    /// The desk that sees the form now.
    pub desk: Option<StationId>,
    /// What the citizen is asked to confirm.
    pub proposal: Option<(FormField, Personal<String>)>,
    /// What the citizen confirmed last for each field.
    confirmed: BTreeMap<FormField, Personal<String>>,
}

impl Assistance {
    /// Takes over what has happened; what is not about help changes nothing.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "all other events are about something else"
    )]
    pub(crate) fn apply(&mut self, event: &RequestEvent) {
        match event {
            RequestEvent::AssistanceBegun { desk, .. } => self.desk = Some(desk.clone()),
            RequestEvent::ValueProposed { field, value } => {
                self.proposal = Some((field.clone(), value.clone()));
            }
            RequestEvent::ProposalAccepted => self.confirmed.extend(self.proposal.take()),
            RequestEvent::ProposalDeclined => self.proposal = None,
            RequestEvent::AssistanceEnded { .. } | RequestEvent::Closed { .. } => {
                self.desk = None;
                self.proposal = None;
            }
            _ => {}
        }
    }

    /// Whether a field's value came from an agent's hand and was confirmed by the
    /// citizen; a value the citizen has changed since then did not.
    pub(crate) fn filled(&self, field: &FormField, value: &Personal<String>) -> bool {
        self.confirmed.get(field) == Some(value)
    }
}
