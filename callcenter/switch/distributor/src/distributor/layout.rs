//! The plan, numbered: queues, and the needs callers can have.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use crate::{CallbackPlan, Language, Overflow, Plan, PlanError, Profile, QueueId, QueuePlan};

/// A queue's place in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct QueueNumber(u32);

/// One queue in one of its languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NeedId {
    pub(super) queue: QueueNumber,
    language: u32,
}

#[derive(Debug)]
pub(super) struct Queue {
    pub(super) number: QueueNumber,
    pub(super) plan: QueuePlan,
}

impl Queue {
    pub(super) fn need(&self, language: &Language) -> Option<NeedId> {
        let at = self.plan.languages.iter().position(|it| it == language)?;
        Some(NeedId {
            queue: self.number,
            language: u32::try_from(at).ok()?,
        })
    }

    /// The needs an agent can serve here, and the level of the queue's skill.
    pub(super) fn served_by(&self, profile: &Profile) -> Vec<NeedId> {
        if !profile.queues.contains(&self.plan.id) || self.level_of(profile).is_none() {
            return Vec::new();
        }
        let languages = profile.languages.iter();
        languages.filter_map(|it| self.need(it)).collect()
    }

    /// The agent's level of the skill the queue needs; none if it is not enough.
    pub(super) fn level_of(&self, profile: &Profile) -> Option<u8> {
        match &self.plan.skill {
            None => Some(0),
            Some(need) => {
                let level = profile.skills.get(&need.name).copied()?;
                (level >= need.least_level).then_some(level)
            }
        }
    }
}

#[derive(Debug)]
pub(super) struct Layout {
    queues: BTreeMap<QueueId, Arc<Queue>>,
    pub(super) rest_after_miss: Duration,
    pub(super) place_kept: Duration,
    pub(super) callback: CallbackPlan,
}

impl Layout {
    pub(super) fn new(plan: Plan) -> Result<Self, PlanError> {
        plan.check()?;
        let numbered = (0u32..).zip(plan.queues).map(|(number, plan)| {
            let queue = Queue {
                number: QueueNumber(number),
                plan,
            };
            (queue.plan.id.clone(), Arc::new(queue))
        });
        Ok(Self {
            queues: numbered.collect(),
            rest_after_miss: Duration::from_secs(plan.rest_after_miss_seconds.into()),
            place_kept: Duration::from_secs(plan.place_kept_seconds.into()),
            callback: plan.callback,
        })
    }

    pub(super) fn queue(&self, id: &QueueId) -> Option<&Arc<Queue>> {
        self.queues.get(id)
    }

    pub(super) fn queues(&self) -> impl Iterator<Item = &Arc<Queue>> {
        self.queues.values()
    }

    pub(super) fn number(&self, id: &QueueId) -> Option<QueueNumber> {
        self.queues.get(id).map(|queue| queue.number)
    }

    /// All an agent can serve.
    pub(super) fn served_by(&self, profile: &Profile) -> BTreeSet<NeedId> {
        let queues = self.queues.values();
        queues.flat_map(|queue| queue.served_by(profile)).collect()
    }

    /// Where a caller goes after the longest wait, if his plan names a queue
    /// that serves his language.
    pub(super) fn overflow_of(
        &self,
        queue: &Queue,
        language: &Language,
    ) -> Option<(Arc<Queue>, NeedId)> {
        match &queue.plan.overflow {
            Overflow::Queue(next) => {
                let next = self.queues.get(next)?;
                Some((Arc::clone(next), next.need(language)?))
            }
            Overflow::Callback | Overflow::Refuse => None,
        }
    }
}
