//! What offices and the citizen may do with a petition that was received.

use privacy::Personal;

use crate::{Action, OfficeId, Refusal, RequestEvent, ServiceRequest, Timestamp};

/// The best an answer can be rated.
const STARS_MAX: u8 = 5;
/// Characters of a reason, an appeal or the words of a rating.
const WORDS_MAX: usize = 4000;

impl ServiceRequest {
    /// Decides on what happens while a petition is with an office, and after it was
    /// answered; the station's end of it may be over by then.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "all the rest waits for an answer"
    )]
    pub(super) fn decide_handling(&self, action: Action) -> Result<RequestEvent, Refusal> {
        if !self.waits_for_a_person() {
            return Err(Refusal::NoPetition);
        }
        let handling = &self.handling;
        if handling.concluded {
            return Err(Refusal::Concluded);
        }
        match action {
            Action::Route { .. } if handling.office.is_some() => Err(Refusal::Routed),
            Action::Route { office, ground } => Ok(RequestEvent::Routed { office, ground }),
            Action::SetDue { .. } if handling.due_at.is_some() => Err(Refusal::DueDate),
            Action::SetDue { due_at } => Ok(RequestEvent::DueSet { due_at }),
            Action::Attach {
                agent,
                enclosure,
                with_answer,
            } => {
                self.is_unanswered()?;
                Ok(RequestEvent::Attached {
                    agent,
                    enclosure,
                    with_answer,
                })
            }
            Action::StayOpen { until } => match self.is_unanswered() {
                Ok(()) => Err(Refusal::NotAnswered),
                Err(_) => Ok(RequestEvent::StaysOpen { until }),
            },
            Action::Rate { stars, words } => self.rate(stars, words),
            Action::Appeal { office, text, at } => self.appeal(office, text, at),
            Action::Conclude { at } => self.conclude(at),
            action => self.decide_unanswered(action),
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "all other actions are decided elsewhere"
    )]
    fn decide_unanswered(&self, action: Action) -> Result<RequestEvent, Refusal> {
        self.is_unanswered()?;
        let handling = &self.handling;
        match action {
            Action::Transfer { office, .. } if handling.office.as_ref() == Some(&office) => {
                Err(Refusal::SameOffice)
            }
            Action::Transfer {
                office,
                agent,
                reason,
            } => Ok(RequestEvent::Transferred {
                office,
                agent,
                reason: in_words(reason)?,
            }),
            Action::Extend { .. } if handling.extended => Err(Refusal::Extended),
            Action::Extend { due_at, .. } if handling.due_at.is_none_or(|it| it >= due_at) => {
                Err(Refusal::DueDate)
            }
            Action::Extend {
                due_at,
                agent,
                reason,
            } => Ok(RequestEvent::Extended {
                due_at,
                agent,
                reason: in_words(reason)?,
            }),
            Action::Join { .. } if handling.leading.is_some() => Err(Refusal::Joined),
            Action::Join { leading, .. } if leading == self.id => Err(Refusal::Joined),
            Action::Join {
                leading,
                ground,
                agent,
            } => Ok(RequestEvent::Joined {
                leading,
                ground,
                agent,
            }),
            Action::Separate { .. } if handling.leading.is_none() => Err(Refusal::NotJoined),
            Action::Separate { agent } => Ok(RequestEvent::Separated { agent }),
            _ => Err(Refusal::WrongStage(self.stage)),
        }
    }

    fn rate(&self, stars: u8, words: Personal<String>) -> Result<RequestEvent, Refusal> {
        if self.is_unanswered().is_ok() {
            return Err(Refusal::NotAnswered);
        }
        if self.handling.rating.is_some() {
            return Err(Refusal::Rated);
        }
        if !(1..=STARS_MAX).contains(&stars) {
            return Err(Refusal::Stars);
        }
        if words.chars() > WORDS_MAX {
            return Err(Refusal::Words);
        }
        Ok(RequestEvent::Rated { stars, words })
    }

    fn appeal(
        &self,
        office: OfficeId,
        text: Personal<String>,
        at: Timestamp,
    ) -> Result<RequestEvent, Refusal> {
        let handling = &self.handling;
        if handling.appeal.is_some() {
            return Err(Refusal::Appealed);
        }
        if self.is_unanswered().is_ok() {
            return Err(Refusal::NotAnswered);
        }
        if handling.open_until.is_none_or(|until| at > until) {
            return Err(Refusal::AppealOver);
        }
        if handling.office.as_ref() == Some(&office) {
            return Err(Refusal::SameOffice);
        }
        let text = in_words(text)?;
        Ok(RequestEvent::Appealed { office, text })
    }

    fn conclude(&self, at: Timestamp) -> Result<RequestEvent, Refusal> {
        if self.is_unanswered().is_ok() {
            return Err(Refusal::NotAnswered);
        }
        match self.handling.open_until {
            Some(until) if at <= until => Err(Refusal::StillOpen),
            Some(_) | None => Ok(RequestEvent::Concluded),
        }
    }

    pub(super) fn is_unanswered(&self) -> Result<(), Refusal> {
        let letters = &self.correspondence;
        if letters.reply.is_some() && !letters.reply_is_lost() {
            return Err(Refusal::Replied);
        }
        Ok(())
    }
}

/// Words that say something, and not too much.
fn in_words(words: Personal<String>) -> Result<Personal<String>, Refusal> {
    if words.is_blank() || words.chars() > WORDS_MAX {
        return Err(Refusal::Words);
    }
    Ok(words)
}
