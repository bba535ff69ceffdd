//! What a plan may say.

#![allow(clippy::unwrap_used)]

use crate::{Overflow, Plan, PlanError, QueueId};

const WRITTEN: &str = r#"
rest_after_miss_seconds = 3
place_kept_seconds = 600

[callback]
attempts = 3
rest_seconds = 900
ring_seconds = 30

[[queues]]
id = "residents"
skill = { name = "resident-register", least_level = 2 }
languages = ["en", "ko"]
strategy = "longest-idle"
ring_seconds = 15
wrap_up_seconds = 30
wrap_up_longest_seconds = 180
service_level_seconds = 20
longest_wait_seconds = 600
overflow = { queue = "night" }
announce_every_seconds = 45
priority_step_seconds = 120
misses_before_break = 2

[[queues]]
id = "night"
languages = ["en", "ko"]
strategy = "ring-all"
ring_seconds = 20
wrap_up_seconds = 0
wrap_up_longest_seconds = 60
service_level_seconds = 60
longest_wait_seconds = 900
overflow = "callback"
announce_every_seconds = 60
priority_step_seconds = 120
misses_before_break = 3
"#;

fn plan() -> Plan {
    toml::from_str(WRITTEN).unwrap()
}

#[test]
fn the_written_form_of_a_plan_stays_as_it_is() {
    assert_eq!(plan().check(), Ok(()));
    assert_eq!(plan().queues[1].overflow, Overflow::Callback);
    let again: Plan = toml::from_str(&toml::to_string(&plan()).unwrap()).unwrap();
    assert_eq!(again, plan());
}

#[test]
fn a_word_the_plan_does_not_know_is_an_error() {
    let misspelt = WRITTEN.replacen("ring_seconds", "ring_second", 1);

    assert!(toml::from_str::<Plan>(&misspelt).is_err());
}

#[test]
fn what_cannot_be_carried_out_is_named() {
    type Change = fn(&mut Plan);
    let residents = || QueueId("residents".into());
    let changes: [(Change, PlanError); 9] = [
        (|it| it.queues.clear(), PlanError::NoQueue),
        (
            |it| it.queues[1].id = it.queues[0].id.clone(),
            PlanError::SameName(residents()),
        ),
        (
            |it| it.queues[0].languages.clear(),
            PlanError::NoLanguage(residents()),
        ),
        (
            |it| it.queues[0].ring_seconds = 0,
            PlanError::QueueTime {
                queue: residents(),
                field: "ring_seconds",
            },
        ),
        (
            |it| it.place_kept_seconds = 86_401,
            PlanError::Time("place_kept_seconds"),
        ),
        (
            |it| it.queues[0].wrap_up_longest_seconds = 29,
            PlanError::WrapUp(residents()),
        ),
        (
            |it| it.queues[0].overflow = Overflow::Queue(QueueId("elsewhere".into())),
            PlanError::OverflowUnknown(residents()),
        ),
        (
            |it| it.queues[1].overflow = Overflow::Queue(QueueId("residents".into())),
            PlanError::OverflowCircle(residents()),
        ),
        (|it| it.callback.attempts = 0, PlanError::NoAttempts),
    ];
    for (change, error) in changes {
        let mut plan = plan();
        change(&mut plan);

        assert_eq!(plan.check(), Err(error));
    }
}
