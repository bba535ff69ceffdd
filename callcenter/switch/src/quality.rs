//! Quality: supervisors judge talks by the center's forms, and agents answer.
//!
//! A machine without I/O: facts of the call book and what desks ask go in, what is to
//! be written down and what desks are told comes out. Nothing is due at any time. What
//! a supervisor has found of a talk is told nobody before it is durable.

mod forms;
mod happening;
mod judging;
mod staff;
mod talks;
mod telling;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use cti::{QualityEvent, QualityRefusal, QualityRequest, TalkName};
use distributor::{AgentId, CallId, WallTime};
use figures::{Review, Share};

pub use forms::{Forms, FormsError};
pub use happening::{Happening, WrittenAnswer};
pub use staff::Staff;

use crate::call_book::Fact;
use talks::Talks;

/// How often what is too old is forgotten.
const FORGET_EVERY: Duration = Duration::from_hours(1);

/// What stands in the call book: in which call, and when it happened.
#[derive(Clone, Debug)]
pub struct Told {
    pub call: CallId,
    pub at: WallTime,
    pub what: Happening,
}

#[derive(Clone, Debug)]
pub enum Event {
    /// It is written down, or about to be.
    Happened(Told),
    /// Whoever is signed in at a desk wants this.
    Asked {
        agent: AgentId,
        asked: QualityRequest,
        /// In whose talk this agent takes part.
        monitored: Option<TalkName>,
    },
    /// What became of [`Command::WriteDown`].
    Written { number: u64, durable: bool },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Under this time, so that it goes when the talk's record goes.
    WriteDown {
        number: u64,
        call: CallId,
        at: WallTime,
        fact: Fact,
    },
    Tell {
        agent: AgentId,
        event: QualityEvent,
    },
}

/// What is on its way into the call book.
#[derive(Clone, Debug)]
enum Pending {
    Review { review: Review, score: Share },
    Answer { call: CallId, answer: WrittenAnswer },
}

impl Pending {
    fn talk(&self) -> (CallId, AgentId) {
        match self {
            Self::Review { review, .. } => (review.call, review.agent),
            Self::Answer { call, answer } => (*call, answer.agent),
        }
    }

    /// Who waits for it.
    fn author(&self) -> AgentId {
        match self {
            Self::Review { review, .. } => review.reviewer,
            Self::Answer { answer, .. } => answer.agent,
        }
    }
}

#[derive(Debug)]
pub struct Quality {
    staff: Staff,
    forms: Forms,
    /// How long the call book keeps calls.
    keep: Duration,
    talks: Talks,
    pending: BTreeMap<u64, Pending>,
    next_number: u64,
    forget_at: WallTime,
    commands: VecDeque<Command>,
}

impl Quality {
    /// `told` is what the call book says already, oldest first.
    pub fn open(
        staff: Staff,
        forms: Forms,
        keep: Duration,
        told: impl IntoIterator<Item = Told>,
        now: WallTime,
    ) -> Self {
        let mut talks = Talks::default();
        for Told { call, at, what } in told {
            talks.happened(call, what, at);
        }
        let mut quality = Self {
            staff,
            forms,
            keep,
            talks,
            pending: BTreeMap::new(),
            next_number: 1,
            forget_at: now,
            commands: VecDeque::new(),
        };
        quality.forget(now);
        quality
    }

    pub fn handle(&mut self, event: Event, now: WallTime) {
        self.forget(now);
        match event {
            // Where nobody judges, nothing is kept to be judged.
            Event::Happened(_) if self.forms.current().is_none() => {}
            Event::Happened(Told { call, at, what }) => self.talks.happened(call, what, at),
            Event::Asked {
                agent,
                asked,
                monitored,
            } => self.asked(agent, asked, monitored, now),
            Event::Written { number, durable } => self.written(number, durable, now),
        }
    }

    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    fn asked(
        &mut self,
        agent: AgentId,
        asked: QualityRequest,
        monitored: Option<TalkName>,
        now: WallTime,
    ) {
        let about = about(&asked);
        if self.forms.current().is_none() {
            return self.refuse(agent, about, QualityRefusal::NoForm);
        }
        let done = match asked {
            QualityRequest::ListMerits { days } => self.list_merits(agent, days, now),
            QualityRequest::ListTalks { agent: of, days } => {
                self.list_talks(agent, AgentId(of), days, now)
            }
            QualityRequest::ListOwn => {
                self.tell_own(agent);
                Ok(())
            }
            QualityRequest::OpenTalk { talk } => self.open_talk(agent, talk, monitored, now),
            QualityRequest::OpenMonitored => self.open_monitored(agent, monitored, now),
            QualityRequest::Judge { judgment } => self.judge(agent, judgment, now),
            QualityRequest::Answer {
                talk,
                reviewer,
                reviewed_ms,
                text,
            } => {
                let answer = WrittenAnswer {
                    agent,
                    reviewer: AgentId(reviewer),
                    reviewed_at: WallTime(reviewed_ms),
                    text,
                };
                self.answer(talk, answer)
            }
        };
        if let Err(why) = done {
            self.refuse(agent, about, why);
        }
    }

    fn written(&mut self, number: u64, durable: bool, now: WallTime) {
        let Some(pending) = self.pending.remove(&number) else {
            return;
        };
        let ((call, agent), author) = (pending.talk(), pending.author());
        if !durable {
            let talk = Some(name(call, agent));
            return self.refuse(author, talk, QualityRefusal::NotWritten);
        }
        match pending {
            Pending::Review { review, score } => {
                let what = Happening::Reviewed { review, score };
                self.talks.happened(call, what, now);
                self.tell_judged(author, call, agent);
                self.tell_own(agent);
            }
            Pending::Answer { answer, .. } => {
                let reviewer = answer.reviewer;
                let what = Happening::ReviewAnswered(answer);
                self.talks.happened(call, what, now);
                self.tell_answered(agent, call, agent);
                self.tell_answered(reviewer, call, agent);
            }
        }
    }

    fn write_down(&mut self, pending: Pending, fact: Fact) {
        let (call, agent) = pending.talk();
        let Some(at) = self.talks.get(call, agent).map(|it| it.began) else {
            return;
        };
        let number = self.next_number;
        self.next_number += 1;
        self.pending.insert(number, pending);
        self.commands.push_back(Command::WriteDown {
            number,
            call,
            at,
            fact,
        });
    }

    fn refuse(&mut self, agent: AgentId, talk: Option<TalkName>, why: QualityRefusal) {
        self.tell(agent, QualityEvent::Refused { talk, why });
    }

    fn tell(&mut self, agent: AgentId, event: QualityEvent) {
        self.commands.push_back(Command::Tell { agent, event });
    }

    fn forget(&mut self, now: WallTime) {
        if now >= self.forget_at {
            self.forget_at = now.after(FORGET_EVERY);
            let keep = i64::try_from(self.keep.as_millis()).unwrap_or(i64::MAX);
            self.talks.forget(WallTime(now.0.saturating_sub(keep)), now);
        }
    }
}

/// The talk that is asked about, where it is one.
fn about(asked: &QualityRequest) -> Option<TalkName> {
    match asked {
        QualityRequest::OpenTalk { talk } | QualityRequest::Answer { talk, .. } => Some(*talk),
        QualityRequest::Judge { judgment } => Some(judgment.talk),
        QualityRequest::ListMerits { .. }
        | QualityRequest::ListTalks { .. }
        | QualityRequest::ListOwn
        | QualityRequest::OpenMonitored => None,
    }
}

fn name(call: CallId, agent: AgentId) -> TalkName {
    TalkName {
        agent: agent.0,
        call: call.0,
    }
}
