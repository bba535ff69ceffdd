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
            (Stage::Submitted, Action::Assign { .. } | Action::Reply { .. })
                if letters.reply.is_some() && !letters.reply_is_lost() =>
            {
                Err(Refusal::Replied)
            }
            (Stage::Submitted, Action::Assign { agent }) => Ok(RequestEvent::Assigned { agent }),
            (Stage::Submitted, Action::Reply { agent, text }) if !text.is_blank() => {
                Ok(RequestEvent::Replied { agent, text })
            }
            (Stage::Submitted, Action::Reply { .. }) => Err(Refusal::EmptyReply),
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
}
