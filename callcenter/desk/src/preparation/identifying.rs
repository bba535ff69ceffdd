//! How sure the agent is of the caller, and what may be said at each level.

use privacy::Personal;
use request::{Action, Applicant, Identification, ResidentNumber};

use super::{Preparation, PreparationCommand, step::Step, view::IdentityRefusal};

/// Questions about an earlier request of the same number.
pub(super) const QUESTIONS: usize = 3;
/// So many of them have to be answered right.
pub(super) const KNEW_LEAST: usize = 2;

/// Levels of certainty about a caller, weakest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Caller {
    #[default]
    Unknown,
    /// Said name and number.
    Stated,
    /// Besides knew what an earlier request was.
    Checked,
}

/// What may be said to a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disclosure {
    /// What services there are, what they cost and need, whether they can be had now.
    General,
    /// A request under the caller's name is prepared, and its code read aloud.
    NewRequest,
    /// Whether an earlier request is ready, and its code once more.
    EarlierRequests,
    /// Anything a network has on record.
    Records,
}

impl Disclosure {
    pub const ALL: [Self; 4] = [
        Self::General,
        Self::NewRequest,
        Self::EarlierRequests,
        Self::Records,
    ];

    /// Whether it may be said at a level. A record is never read over the
    /// telephone: it is printed for whoever shows the card.
    pub fn is_allowed(self, caller: Caller) -> bool {
        match self {
            Disclosure::General => true,
            Disclosure::NewRequest => caller >= Caller::Stated,
            Disclosure::EarlierRequests => caller >= Caller::Checked,
            Disclosure::Records => false,
        }
    }
}

/// The right answers to questions about an earlier request, as the desk has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub service: String,
    pub day: String,
    pub copies: String,
}

impl Preparation {
    pub(super) fn say_how(&mut self, caller: Caller) {
        self.draft.caller = caller;
        self.draft.identity_refusal = None;
    }

    pub(super) fn knew(&mut self, question: usize) {
        if let Some(knew) = self.draft.knew.get_mut(question) {
            *knew = !*knew;
            self.draft.identity_refusal = None;
        }
    }

    /// Another number is another person.
    pub(super) fn number_typed(&mut self) {
        self.draft.identity_refusal = None;
        self.draft.known = None;
        self.draft.knew = [false; QUESTIONS];
        if let Some(applicant) = self.applicant() {
            self.commands
                .push_back(PreparationCommand::LookFor(applicant));
        }
    }

    /// Who the caller says to be, as far as it makes sense.
    fn applicant(&self) -> Option<Applicant> {
        let number = self.draft.number.reveal().replace(' ', "");
        Some(Applicant {
            name: Personal::new(self.draft.name.reveal().trim().to_owned()),
            resident_number: ResidentNumber::parse(&number).ok()?,
        })
    }

    pub(super) fn identify(&mut self) {
        let by = match self.identification() {
            Ok(by) => by,
            Err(refusal) => {
                self.draft.identity_refusal = Some(refusal);
                return;
            }
        };
        if let Some(applicant) = self.applicant()
            && self.act(Action::Identify { applicant, by })
        {
            self.step = Step::Filling;
        }
    }

    fn identification(&self) -> Result<Identification, IdentityRefusal> {
        if self.draft.name.reveal().trim().is_empty() {
            return Err(IdentityRefusal::NoName);
        }
        if self.applicant().is_none() {
            return Err(IdentityRefusal::NotANumber);
        }
        match self.draft.caller {
            Caller::Unknown => Err(IdentityRefusal::NotSaid),
            Caller::Stated => Ok(Identification::StatedByTelephone),
            Caller::Checked if self.draft.known.is_none() => Err(IdentityRefusal::NothingToAsk),
            Caller::Checked => {
                let knew = self.draft.knew.iter().filter(|knew| **knew).count();
                if knew >= KNEW_LEAST {
                    Ok(Identification::RecordQuestions)
                } else {
                    Err(IdentityRefusal::KnewTooLittle)
                }
            }
        }
    }
}
