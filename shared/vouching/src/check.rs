//! One check: whose turn it is, what was answered, and who believes it.

mod decide;

use catalog::CheckBounds;
use request::{CheckId, RequestId, ServiceId, StationId, Vouching};

use crate::{CheckEnding, CheckFact, Ground, Seat};

/// A check as its facts have made it, from the moment its questions are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub id: CheckId,
    pub kiosk: StationId,
    pub request: RequestId,
    pub service: ServiceId,
    pub stage: Stage,
    bounds: CheckBounds,
    /// How many questions there are to be asked.
    questions: usize,
    log: Vec<Answered>,
    believed: Option<(Seat, Ground)>,
    /// How many had been asked when the second person wanted one more.
    asked_more: Option<usize>,
    second: Option<Seat>,
    /// Who had it when it ended.
    ended_with: Option<Seat>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// For the first person.
    Waiting,
    /// The first person asks, or thinks about it.
    Examined(Seat),
    WaitingForSecond,
    /// The second person reads, asks or thinks about it.
    Supervised(Seat),
    Passed,
    Ended(CheckEnding),
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answered {
    pub(crate) seat: Seat,
    pub(crate) question: String,
    pub(crate) right: bool,
}

/// What an opening names; see [`CheckFact::Opened`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedFor {
    pub kiosk: StationId,
    pub request: RequestId,
    pub service: ServiceId,
}

impl Check {
    /// `questions` is how many were drawn.
    pub fn new(id: CheckId, opened: OpenedFor, bounds: CheckBounds, questions: usize) -> Self {
        let OpenedFor {
            kiosk,
            request,
            service,
        } = opened;
        Self {
            id,
            kiosk,
            request,
            service,
            stage: Stage::Waiting,
            bounds,
            questions: questions.min(bounds.asked_max as usize),
            log: Vec::new(),
            believed: None,
            asked_more: None,
            second: None,
            ended_with: None,
        }
    }

    /// Takes over what has happened. Never fails: facts are facts.
    pub fn apply(&mut self, fact: &CheckFact) {
        match fact {
            CheckFact::Opened { .. } => {}
            CheckFact::Taken { seat } => self.stage = Stage::Examined(seat.clone()),
            CheckFact::LetGo { .. } => {
                self.stage = match self.believed {
                    None => Stage::Waiting,
                    Some(_) => Stage::WaitingForSecond,
                };
            }
            CheckFact::Answered {
                seat,
                question,
                right,
            } => self.log.push(Answered {
                seat: seat.clone(),
                question: question.clone(),
                right: *right,
            }),
            CheckFact::Believed { seat, ground } => {
                self.believed = Some((seat.clone(), *ground));
                self.stage = Stage::WaitingForSecond;
            }
            CheckFact::Joined { seat } => {
                self.second = Some(seat.clone());
                self.stage = Stage::Supervised(seat.clone());
            }
            CheckFact::AskedMore { .. } => self.asked_more = Some(self.log.len()),
            CheckFact::Agreed { seat, .. } => {
                self.second = Some(seat.clone());
                self.stage = Stage::Passed;
            }
            CheckFact::Ended { by } => {
                self.ended_with = self.seat().cloned();
                self.stage = Stage::Ended(*by);
            }
        }
    }

    pub fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Passed | Stage::Ended(_))
    }

    /// Who has it now.
    pub fn seat(&self) -> Option<&Seat> {
        match &self.stage {
            Stage::Examined(seat) | Stage::Supervised(seat) => Some(seat),
            Stage::Waiting | Stage::WaitingForSecond | Stage::Passed | Stage::Ended(_) => None,
        }
    }

    /// The first person, once they believe it, and what they go by.
    pub fn believed(&self) -> Option<&(Seat, Ground)> {
        self.believed.as_ref()
    }

    /// What the kiosk is told when it is passed.
    pub fn vouching(&self) -> Option<Vouching> {
        let (first, _) = self.believed.as_ref()?;
        let second = self.second.as_ref()?;
        (self.stage == Stage::Passed).then(|| Vouching {
            check: self.id.clone(),
            agent: first.agent.clone(),
            desk: first.desk.clone(),
            supervisor: second.agent.clone(),
            supervising_desk: second.desk.clone(),
            asked: count(self.log.len()),
            right: self.right(),
        })
    }

    pub(crate) fn log(&self) -> &[Answered] {
        &self.log
    }

    /// The number of the question that is to be answered now.
    pub(crate) fn open_question(&self) -> Option<u32> {
        let wanted = match &self.stage {
            Stage::Examined(_) => self.right() < self.bounds.right_needed,
            Stage::Supervised(_) => self.asked_more == Some(self.log.len()),
            Stage::Waiting | Stage::WaitingForSecond | Stage::Passed | Stage::Ended(_) => false,
        };
        (wanted && self.has_more()).then(|| count(self.log.len()) + 1)
    }

    pub(crate) fn may_believe(&self) -> bool {
        let taken = self.seat().is_some();
        taken && self.right() >= self.bounds.right_needed && self.open_question().is_none()
    }

    pub(crate) fn may_ask_more(&self) -> bool {
        matches!(self.stage, Stage::Supervised(_)) && self.asked_more.is_none() && self.has_more()
    }

    pub(crate) fn right_needed(&self) -> u32 {
        self.bounds.right_needed
    }

    /// Wrong answers that are still forgiven.
    pub(crate) fn wrong_left(&self) -> u32 {
        self.bounds.wrong_max.saturating_sub(self.wrong())
    }

    /// Whether a seat has it or had, and may hear how it ends.
    pub(crate) fn knows(&self, seat: &Seat) -> bool {
        let first = self.believed.as_ref().map(|(seat, _)| seat);
        let (second, last) = (self.second.as_ref(), self.ended_with.as_ref());
        [self.seat(), first, second, last].contains(&Some(seat))
    }

    fn has_more(&self) -> bool {
        self.log.len() < self.questions
    }

    fn right(&self) -> u32 {
        count(self.log.iter().filter(|it| it.right).count())
    }

    fn wrong(&self) -> u32 {
        count(self.log.iter().filter(|it| !it.right).count())
    }
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
