//! The center's plan: its queues and their rules.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use serde::{Deserialize, Serialize};

use crate::{Language, QueueId, Skill};

/// No time of a plan is longer.
const LONGEST_SECONDS: u32 = 24 * 60 * 60;

/// How a free agent is chosen for a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// Who has been idle longest.
    LongestIdle,
    /// Who has talked to the fewest callers since signing in.
    FewestCalls,
    /// Who comes after the agent chosen last.
    RoundRobin,
    /// Best level of the skill first, then lowest account number.
    Linear,
    /// All at once; the first who answers.
    RingAll,
}

/// What becomes of a caller after the longest wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Overflow {
    /// Moved with his arrival time; he stays where he is if that queue is
    /// closed or not served in his language.
    Queue(QueueId),
    /// Asked whether he wants to be called back.
    Callback,
    Refuse,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SkillNeed {
    pub name: Skill,
    pub least_level: u8,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QueuePlan {
    pub id: QueueId,
    /// None: everybody who serves the queue may take its calls.
    pub skill: Option<SkillNeed>,
    pub languages: BTreeSet<Language>,
    pub strategy: Strategy,
    pub ring_seconds: u32,
    pub wrap_up_seconds: u32,
    /// Agents may extend their wrap-up to this much in all.
    pub wrap_up_longest_seconds: u32,
    /// An answer within this time keeps the service level.
    pub service_level_seconds: u32,
    pub longest_wait_seconds: u32,
    pub overflow: Overflow,
    pub announce_every_seconds: u32,
    /// So much waiting is worth one step of priority.
    pub priority_step_seconds: u32,
    /// After so many missed offers in a row an agent is sent on a break.
    pub misses_before_break: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallbackPlan {
    /// After so many attempts in vain a callback is given up.
    pub attempts: u32,
    /// Between two attempts.
    pub rest_seconds: u32,
    /// How long one attempt rings.
    pub ring_seconds: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub queues: Vec<QueuePlan>,
    /// A missed offer gives the agent this long before the next one.
    pub rest_after_miss_seconds: u32,
    /// How long the place of a caller who is gone is kept.
    pub place_kept_seconds: u32,
    pub callback: CallbackPlan,
}

/// What is wrong with a plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    #[error("the plan has no queue")]
    NoQueue,
    #[error("two queues are called {0:?}")]
    SameName(QueueId),
    #[error("queue {0:?} is served in no language")]
    NoLanguage(QueueId),
    #[error("{field} of queue {queue:?} must be between 1 and 86400 seconds")]
    QueueTime { queue: QueueId, field: &'static str },
    #[error("{0} must be between 1 and 86400 seconds")]
    Time(&'static str),
    #[error("queue {0:?} sends agents on a break after no missed offer")]
    NoMisses(QueueId),
    #[error("the longest wrap-up of queue {0:?} is shorter than its wrap-up")]
    WrapUp(QueueId),
    #[error("queue {0:?} overflows into a queue that is not in the plan")]
    OverflowUnknown(QueueId),
    #[error("queue {0:?} overflows back into itself")]
    OverflowCircle(QueueId),
    #[error("a callback needs at least one attempt")]
    NoAttempts,
}

impl Plan {
    /// Looks for what cannot be carried out.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), PlanError> {
        let mut names = BTreeMap::new();
        for queue in &self.queues {
            if names.insert(&queue.id, &queue.overflow).is_some() {
                return Err(PlanError::SameName(queue.id.clone()));
            }
            queue.check()?;
        }
        if names.is_empty() {
            return Err(PlanError::NoQueue);
        }
        for queue in &self.queues {
            ends(&queue.id, &names)?;
        }
        if self.callback.attempts == 0 {
            return Err(PlanError::NoAttempts);
        }
        for (field, seconds) in [
            ("rest_after_miss_seconds", self.rest_after_miss_seconds),
            ("place_kept_seconds", self.place_kept_seconds),
            ("callback.rest_seconds", self.callback.rest_seconds),
            ("callback.ring_seconds", self.callback.ring_seconds),
        ] {
            if !(1..=LONGEST_SECONDS).contains(&seconds) {
                return Err(PlanError::Time(field));
            }
        }
        Ok(())
    }
}

/// Follows a queue's overflow to its end.
fn ends(start: &QueueId, overflows: &BTreeMap<&QueueId, &Overflow>) -> Result<(), PlanError> {
    let mut at = start;
    for _ in 0..=overflows.len() {
        match overflows.get(at) {
            None => return Err(PlanError::OverflowUnknown(start.clone())),
            Some(Overflow::Queue(next)) => at = next,
            Some(Overflow::Callback | Overflow::Refuse) => return Ok(()),
        }
    }
    Err(PlanError::OverflowCircle(start.clone()))
}

impl QueuePlan {
    fn check(&self) -> Result<(), PlanError> {
        if self.languages.is_empty() {
            return Err(PlanError::NoLanguage(self.id.clone()));
        }
        if self.misses_before_break == 0 {
            return Err(PlanError::NoMisses(self.id.clone()));
        }
        for (field, seconds, least) in [
            ("ring_seconds", self.ring_seconds, 1),
            ("wrap_up_seconds", self.wrap_up_seconds, 0),
            ("wrap_up_longest_seconds", self.wrap_up_longest_seconds, 0),
            ("service_level_seconds", self.service_level_seconds, 1),
            ("longest_wait_seconds", self.longest_wait_seconds, 1),
            ("announce_every_seconds", self.announce_every_seconds, 1),
            ("priority_step_seconds", self.priority_step_seconds, 0),
        ] {
            if !(least..=LONGEST_SECONDS).contains(&seconds) {
                return Err(PlanError::QueueTime {
                    queue: self.id.clone(),
                    field,
                });
            }
        }
        if self.wrap_up_longest_seconds < self.wrap_up_seconds {
            return Err(PlanError::WrapUp(self.id.clone()));
        }
        Ok(())
    }

    pub(crate) fn ring(&self) -> Duration {
        Duration::from_secs(self.ring_seconds.into())
    }

    pub(crate) fn wrap_up(&self) -> Duration {
        Duration::from_secs(self.wrap_up_seconds.into())
    }

    pub(crate) fn wrap_up_longest(&self) -> Duration {
        Duration::from_secs(self.wrap_up_longest_seconds.into())
    }

    pub(crate) fn service_level(&self) -> Duration {
        Duration::from_secs(self.service_level_seconds.into())
    }

    pub(crate) fn longest_wait(&self) -> Duration {
        Duration::from_secs(self.longest_wait_seconds.into())
    }

    pub(crate) fn announce_every(&self) -> Duration {
        Duration::from_secs(self.announce_every_seconds.into())
    }

    pub(crate) fn priority_step(&self) -> Duration {
        Duration::from_secs(self.priority_step_seconds.into())
    }
}
