//! Which letters a petition allows.

use crate::{Action, LetterState, Refusal, RequestEvent, ServiceRequest, Stage};

impl ServiceRequest {
    pub(super) fn decide_correspondence(&self, action: Action) -> Result<RequestEvent, Refusal> {
        if !self.waits_for_a_person() {
            return Err(Refusal::NoPetition);
        }
        let letters = &self.correspondence;
        match (self.stage, action) {
            (Stage::Draft, Action::NameSender(sender)) => Ok(RequestEvent::SenderNamed { sender }),
            (Stage::Draft, Action::Enclose(enclosures)) => {
                Ok(RequestEvent::Enclosed { enclosures })
            }
            // Before it is submitted, so that none is without one after a crash.
            (Stage::Draft | Stage::Submitted, Action::Receive { .. })
                if self.handling.receipt.is_some() =>
            {
                Err(Refusal::Received)
            }
            (Stage::Draft | Stage::Submitted, Action::Receive { receipt }) => {
                Ok(RequestEvent::Received { receipt })
            }
            (
                Stage::Submitted | Stage::Closed(_),
                action @ (Action::Assign { .. } | Action::Reply { .. }),
            ) => self.answer(action),
            (Stage::Submitted, Action::BeginSending(letter)) if letters.is_due(letter) => {
                Ok(RequestEvent::SendingBegun { letter })
            }
            (Stage::Submitted, Action::Send(letter))
                if letters.state(letter) == Some(LetterState::Begun) =>
            {
                Ok(RequestEvent::Sent { letter })
            }
            (Stage::Submitted, Action::FailSending { letter, reason })
                if letters.state(letter) == Some(LetterState::Begun) =>
            {
                Ok(RequestEvent::NotSent { letter, reason })
            }
            (
                Stage::Submitted,
                Action::BeginSending(_) | Action::Send(_) | Action::FailSending { .. },
            ) => Err(Refusal::Letter),
            (stage, _) => Err(Refusal::WrongStage(stage)),
        }
    }

    /// Who answers and what, also when the station's end of it is over.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "all other actions are decided elsewhere"
    )]
    fn answer(&self, action: Action) -> Result<RequestEvent, Refusal> {
        self.is_unanswered()?;
        match action {
            Action::Assign { agent } => Ok(RequestEvent::Assigned { agent }),
            Action::Reply { text, .. } if text.is_blank() => Err(Refusal::EmptyReply),
            Action::Reply {
                agent,
                text,
                decision,
            } => Ok(RequestEvent::Replied {
                agent,
                text,
                decision,
            }),
            _ => Err(Refusal::WrongStage(self.stage)),
        }
    }
}
