//! What a desk's deed leads to. Two persons at two desks, or nobody is believed.

use privacy::Personal;
use request::StationId;

use super::{Check, Stage};
use crate::{
    ANSWER_MAX, CheckEnding, CheckFact, CheckRefusal, DeskDeed, Drawn, Role, Seat, Speaker,
};

impl Check {
    /// Decides what a deed leads to, without changing anything: no fact where it is
    /// done already, or only looked at. `drawn` are the check's questions.
    ///
    /// # Errors
    /// The [`CheckRefusal`] says why not.
    pub fn decide(
        &self,
        desk: &StationId,
        speaker: &Speaker,
        deed: &DeskDeed,
        drawn: &[Drawn],
    ) -> Result<Vec<CheckFact>, CheckRefusal> {
        let seat = Seat {
            desk: desk.clone(),
            agent: speaker.agent.clone(),
        };
        match deed {
            DeskDeed::Take => self.take(seat, speaker.role),
            _ if !self.knows(&seat) => Err(CheckRefusal::NotYours),
            DeskDeed::Watch => Ok(Vec::new()),
            _ if self.is_said_again(&seat, deed) => Ok(Vec::new()),
            _ if self.is_over() => Err(CheckRefusal::Gone),
            _ if self.seat() != Some(&seat) => Err(CheckRefusal::NotYours),
            DeskDeed::Answer { question, text } => self.answer(seat, *question, text, drawn),
            DeskDeed::Believe { .. } if !self.may_believe() => Err(CheckRefusal::NotNow),
            DeskDeed::Believe { ground } => Ok(vec![match self.believed {
                None => CheckFact::Believed {
                    seat,
                    ground: *ground,
                },
                Some(_) => CheckFact::Agreed {
                    seat,
                    ground: *ground,
                },
            }]),
            DeskDeed::Refuse { doubt } => {
                let by = match self.believed {
                    None => CheckEnding::Refused(*doubt),
                    Some(_) => CheckEnding::Overruled(*doubt),
                };
                Ok(vec![CheckFact::Ended { by }])
            }
            DeskDeed::AskMore if !self.may_ask_more() => Err(CheckRefusal::NotNow),
            DeskDeed::AskMore => Ok(vec![CheckFact::AskedMore { seat }]),
            DeskDeed::Leave => Ok(vec![CheckFact::LetGo { seat }]),
        }
    }

    fn take(&self, seat: Seat, role: Role) -> Result<Vec<CheckFact>, CheckRefusal> {
        match &self.stage {
            Stage::Passed | Stage::Ended(_) => Err(CheckRefusal::Gone),
            // The answer was lost.
            Stage::Examined(taker) | Stage::Supervised(taker) if *taker == seat => Ok(Vec::new()),
            Stage::Examined(_) | Stage::Supervised(_) => Err(CheckRefusal::Taken),
            Stage::Waiting => Ok(vec![CheckFact::Taken { seat }]),
            Stage::WaitingForSecond => {
                let first = self.believed.as_ref().map(|(seat, _)| seat);
                if first.is_some_and(|it| it.agent == seat.agent) {
                    return Err(CheckRefusal::SameAgent);
                }
                if first.is_some_and(|it| it.desk == seat.desk) {
                    return Err(CheckRefusal::SameDesk);
                }
                match role {
                    Role::Agent => Err(CheckRefusal::NotASupervisor),
                    Role::Supervisor => Ok(vec![CheckFact::Joined { seat }]),
                }
            }
        }
    }

    /// Done before, and asked again because the answer was lost.
    fn is_said_again(&self, seat: &Seat, deed: &DeskDeed) -> bool {
        let first = self.believed.as_ref().map(|(seat, _)| seat);
        match deed {
            DeskDeed::Answer { question, .. } => {
                let index = (*question as usize).checked_sub(1);
                let before = index.and_then(|it| self.log.get(it));
                before.is_some_and(|it| it.seat == *seat)
            }
            DeskDeed::Believe { .. } => {
                let passed = self.stage == Stage::Passed && self.second.as_ref() == Some(seat);
                passed || (first == Some(seat) && self.seat() != Some(seat))
            }
            DeskDeed::Leave => self.seat() != Some(seat) || self.is_over(),
            DeskDeed::AskMore => {
                self.seat() == Some(seat) && self.asked_more == Some(self.log.len())
            }
            DeskDeed::Watch | DeskDeed::Take | DeskDeed::Refuse { .. } => false,
        }
    }

    fn answer(
        &self,
        seat: Seat,
        number: u32,
        text: &Personal<String>,
        drawn: &[Drawn],
    ) -> Result<Vec<CheckFact>, CheckRefusal> {
        if self.open_question() != Some(number) {
            return Err(CheckRefusal::NoSuchQuestion);
        }
        if text.chars() > ANSWER_MAX {
            return Err(CheckRefusal::TooLong);
        }
        let question = drawn
            .get(self.log.len())
            .ok_or(CheckRefusal::NoSuchQuestion)?;
        let right = question.is_right(text).ok_or(CheckRefusal::Empty)?;
        let answered = CheckFact::Answered {
            seat,
            question: question.id.clone(),
            right,
        };
        let mut after = self.clone();
        after.apply(&answered);
        let mut facts = vec![answered];
        let helpless = after.right() < self.bounds.right_needed && !after.has_more();
        if after.wrong() > self.bounds.wrong_max || helpless {
            facts.push(CheckFact::Ended {
                by: CheckEnding::WrongAnswers,
            });
        }
        Ok(facts)
    }
}
