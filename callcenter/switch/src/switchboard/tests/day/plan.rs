//! A day as it is drawn by lot: who calls, who works, what breaks.

use std::time::Duration;

use super::dice::Dice;
use crate::center::Center;

/// What happens on a day by itself; everything else follows.
#[derive(Clone, Debug)]
pub(super) enum Thing {
    Visit(Visit),
    /// An agent's wish at his desk.
    Wishes {
        at: u64,
        agent: u32,
        what: u64,
    },
    /// One of those who talk does something in his talk.
    Acts {
        at: u64,
        seed: u64,
    },
    /// A part of the town loses its network for a while.
    Cut {
        at: u64,
        region: u64,
        span: u64,
    },
    /// A queue closes for a while.
    Closes {
        at: u64,
        span: u64,
    },
    /// The switch is killed so many orders later ...
    Kill {
        at: u64,
        after: u64,
    },
    /// ... or as it promises the next callback.
    KillAtPromise {
        at: u64,
    },
}

/// Somebody who wants to talk to somebody.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    pub(super) at: u64,
    pub(super) person: u64,
    pub(super) dialed: &'static str,
    pub(super) key: Option<char>,
    /// The number is hidden.
    pub(super) hidden: bool,
    pub(super) request: Option<String>,
    pub(super) seed: u64,
}

/// How large a day is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub(super) minutes: u64,
    pub(super) calls: u64,
    pub(super) agents: u32,
    pub(super) cuts: u64,
    pub(super) kills: u64,
    pub(super) talk: Duration,
}

impl Scale {
    pub(super) const SHORT: Self = Self {
        minutes: 25,
        calls: 40,
        agents: 5,
        cuts: 2,
        kills: 2,
        talk: Duration::from_secs(100),
    };
    /// A day of ten hours.
    pub(super) const FULL: Self = Self {
        minutes: 600,
        calls: 20_000,
        agents: 105,
        cuts: 12,
        kills: 8,
        talk: Duration::from_secs(150),
    };
}

pub(super) fn draw(seed: u64, scale: Scale) -> Vec<Thing> {
    let mut dice = Dice::of(&[seed]);
    let end = scale.minutes * 60_000;
    let visit = |n: u64, dice: &mut Dice| Visit {
        at: dice.below(end),
        person: dice.below(scale.calls.div_ceil(2)),
        dialed: dice.one(&["110", "110", "110", "120", "120", "130", "140", "119"]),
        key: dice.one(&[None, Some('1'), Some('2'), Some('3'), Some('9')]),
        hidden: dice.percent(10),
        request: dice.percent(30).then(|| format!("request-{n}")),
        seed: dice.next(),
    };
    let mut things: Vec<Thing> = (0..scale.calls)
        .map(|n| Thing::Visit(visit(n, &mut dice)))
        .collect();
    let agent = |dice: &mut Dice| u32::try_from(dice.between(1, scale.agents.into())).unwrap();
    for _ in 0..scale.calls / 2 {
        things.push(Thing::Wishes {
            at: dice.below(end),
            agent: agent(&mut dice),
            what: dice.below(8),
        });
        things.push(Thing::Acts {
            at: dice.below(end),
            seed: dice.next(),
        });
    }
    for _ in 0..scale.cuts {
        things.push(Thing::Cut {
            at: dice.below(end),
            region: dice.below(4),
            span: dice.between(10_000, 240_000),
        });
    }
    things.push(Thing::Closes {
        at: dice.below(end),
        span: dice.between(10_000, 200_000),
    });
    for _ in 0..scale.kills {
        things.push(Thing::Kill {
            at: dice.below(end),
            after: dice.below(40),
        });
        things.push(Thing::KillAtPromise {
            at: dice.below(end),
        });
    }
    things
}

/// A center with so many agents, who serve what their number says.
pub(super) fn center(agents: u32) -> Center {
    let mut text = String::from(CENTER);
    for agent in 1..=agents {
        let queues = match agent % 4 {
            0 => r#"["general", "foreign"]"#,
            1 => r#"["general"]"#,
            2 => r#"["general", "taxes", "foreign"]"#,
            _ => r#"["taxes"]"#,
        };
        let languages = match agent % 2 {
            0 => r#"["ko", "en"]"#,
            _ => r#"["ko"]"#,
        };
        let registered = agent % 3 != 0;
        text.push_str(&format!(
            "[[agent]]\nid = {agent}\naccount = \"agent-{agent}\"\nqueues = {queues}\n\
             languages = {languages}\nready_when_registered = {registered}\n"
        ));
    }
    let center: Center = toml::from_str(&text).unwrap();
    center.check().unwrap();
    center
}

const CENTER: &str = include_str!("town.toml");
