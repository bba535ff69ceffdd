//! Plans for walks and stories.

use super::LANGUAGES;
use crate::{
    CallbackPlan, Language, Overflow, Plan, QueueId, QueuePlan, Skill, SkillNeed, Strategy,
};

pub(in super::super) fn queue(id: &str, strategy: Strategy) -> QueuePlan {
    QueuePlan {
        id: QueueId(id.into()),
        skill: None,
        languages: LANGUAGES.map(|it| Language(it.into())).into(),
        strategy,
        ring_seconds: 5,
        wrap_up_seconds: 3,
        wrap_up_longest_seconds: 10,
        service_level_seconds: 20,
        longest_wait_seconds: 60,
        overflow: Overflow::Callback,
        announce_every_seconds: 10,
        priority_step_seconds: 10,
        misses_before_break: 3,
    }
}

/// Three queues that differ in everything; the seed chooses how.
pub(in super::super) fn plan(seed: u64) -> Plan {
    let strategies = [
        Strategy::LongestIdle,
        Strategy::FewestCalls,
        Strategy::RoundRobin,
        Strategy::Linear,
        Strategy::RingAll,
    ];
    let strategy = |at: u64| strategies[((seed + at) % 5) as usize];
    let residents = QueuePlan {
        overflow: Overflow::Queue(QueueId("night".into())),
        ..queue("residents", strategy(0))
    };
    let tax = QueuePlan {
        skill: Some(SkillNeed {
            name: Skill("tax".into()),
            least_level: 2,
        }),
        wrap_up_seconds: 7,
        ..queue("tax", strategy(1))
    };
    let night = QueuePlan {
        overflow: Overflow::Refuse,
        wrap_up_seconds: 0,
        ..queue("night", strategy(2))
    };
    Plan {
        queues: vec![residents, tax, night],
        rest_after_miss_seconds: 2,
        place_kept_seconds: 30,
        callback: CallbackPlan {
            attempts: 2,
            rest_seconds: 8,
            ring_seconds: 6,
        },
    }
}
