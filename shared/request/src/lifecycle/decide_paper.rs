//! Which movements of paper a prepared request allows.

use crate::{
    Action, DocumentNumber, PaperState, Refusal, RequestEvent, ServiceRequest, SpoilReason,
};

/// A printer that fails more often than this at one request needs a person.
const REPLACEMENTS_MAX: usize = 2;

impl ServiceRequest {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the transition table")]
    pub(super) fn decide_paper(&self, action: Action) -> Result<RequestEvent, Refusal> {
        match action {
            Action::BeginIssue { number } => {
                if self.paper.count(PaperState::Begun) > 0 {
                    return Err(Refusal::PaperMoving);
                }
                if self.paper.state(&number) != Some(PaperState::Ready) {
                    return Err(Refusal::DocumentNumber);
                }
                let paid = self.money.captured_won + self.money.available_won();
                if paid < self.total_won() || self.money.moving() {
                    return Err(Refusal::NotPaid);
                }
                Ok(RequestEvent::IssueBegun { number })
            }
            Action::Issue { number } => match self.paper.state(&number) {
                Some(PaperState::Begun) => Ok(RequestEvent::Issued { number }),
                _ => Err(Refusal::DocumentNumber),
            },
            Action::ConfirmPaper { number } => match self.paper.state(&number) {
                Some(PaperState::Begun) => Ok(RequestEvent::PaperConfirmed { number }),
                _ => Err(Refusal::DocumentNumber),
            },
            Action::Spoil { number, reason } => match (self.paper.state(&number), reason) {
                (Some(PaperState::Ready), SpoilReason::NotWanted)
                | (
                    Some(PaperState::Begun),
                    SpoilReason::NotPrinted | SpoilReason::Unknown | SpoilReason::NotReceived,
                ) => Ok(RequestEvent::Spoiled { number, reason }),
                _ => Err(Refusal::DocumentNumber),
            },
            Action::AskReplacement { number } => self.ask_replacement(number),
            Action::Replace { number, document } => {
                let wanted = self.paper.replacement_wanted() == Some(&number);
                if !wanted || self.paper.state(&document.number).is_some() {
                    return Err(Refusal::DocumentNumber);
                }
                Ok(RequestEvent::Replaced { number, document })
            }
            Action::PrintReceipt if self.paper.count(PaperState::Issued) > 0 => {
                Ok(RequestEvent::ReceiptPrinted)
            }
            _ => Err(Refusal::WrongStage(self.stage)),
        }
    }

    /// Only what is void is made anew, once, and only while its fee has not been
    /// given back.
    fn ask_replacement(&self, number: DocumentNumber) -> Result<RequestEvent, Refusal> {
        let replacements = &self.paper.replacements;
        if self.paper.state(&number) != Some(PaperState::Spoiled)
            || replacements.iter().any(|it| it.void == number)
            || self.paper.replacement_wanted().is_some()
        {
            return Err(Refusal::DocumentNumber);
        }
        if replacements.len() >= REPLACEMENTS_MAX {
            return Err(Refusal::Replacements);
        }
        let paid = self.money.captured_won + self.money.available_won();
        if paid < self.total_won() {
            return Err(Refusal::NotPaid);
        }
        Ok(RequestEvent::ReplacementAsked { number })
    }

    pub(super) fn may_close_paper(&self) -> Result<(), Refusal> {
        let open = self.paper.count(PaperState::Ready) + self.paper.count(PaperState::Begun);
        if open > 0 {
            Err(Refusal::PaperOpen)
        } else {
            Ok(())
        }
    }
}
