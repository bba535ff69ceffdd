//! Which movements of paper a prepared request allows.

use crate::{Action, PaperState, Refusal, RequestEvent, ServiceRequest, SpoilReason};

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
            Action::Spoil { number, reason } => match (self.paper.state(&number), reason) {
                (Some(PaperState::Ready), SpoilReason::NotWanted)
                | (Some(PaperState::Begun), SpoilReason::NotPrinted | SpoilReason::Unknown) => {
                    Ok(RequestEvent::Spoiled { number, reason })
                }
                _ => Err(Refusal::DocumentNumber),
            },
            Action::PrintReceipt if self.paper.count(PaperState::Issued) > 0 => {
                Ok(RequestEvent::ReceiptPrinted)
            }
            _ => Err(Refusal::WrongStage(self.stage)),
        }
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
