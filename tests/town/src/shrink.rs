//! Finds the short story in a long afternoon (delta debugging, Zeller and
//! Hildebrandt 2002): takes away what is not needed to break a law.

use std::fmt;

use crate::{
    action::Action,
    bug::Bug,
    play::{Violation, play},
};

/// Afternoons that are played to shorten one.
const PLAYS: u32 = 3_000;

/// What it takes to break a law.
pub struct Story {
    pub seed: u64,
    pub actions: Vec<Action>,
    pub violation: Violation,
}

/// Shortens an afternoon that breaks a law.
pub fn shrink(seed: u64, actions: &[Action], bug: Option<Bug>, violation: Violation) -> Story {
    let mut shrinking = Shrinking {
        story: Story {
            seed,
            actions: actions.to_vec(),
            violation,
        },
        bug,
        plays: 0,
    };
    while shrinking.takes_away() | shrinking.puts_together() {}
    shrinking.story
}

struct Shrinking {
    story: Story,
    bug: Option<Bug>,
    plays: u32,
}

impl Shrinking {
    /// Takes away ever smaller pieces; answers whether anything went.
    fn takes_away(&mut self) -> bool {
        let before = self.story.actions.len();
        let mut piece = before.div_ceil(2);
        while piece > 0 && self.plays < PLAYS {
            let mut from = 0;
            let mut shorter = false;
            while from < self.story.actions.len() {
                let mut fewer = self.story.actions.clone();
                fewer.drain(from..(from + piece).min(fewer.len()));
                if self.still_breaks(fewer) {
                    shorter = true;
                } else {
                    from += piece;
                }
            }
            piece = match piece {
                1 if shorter => 1,
                piece => piece / 2,
            };
        }
        self.story.actions.len() < before
    }

    /// Makes one action of two that pass the time; answers whether any were.
    fn puts_together(&mut self) -> bool {
        let before = self.story.actions.len();
        let mut from = 0;
        while let [one, other, ..] = &self.story.actions[from..] {
            let instead = one.together(other).into_iter().any(|together| {
                let mut fewer = self.story.actions.clone();
                fewer.splice(from..from + 2, [together]);
                self.still_breaks(fewer)
            });
            from += usize::from(!instead);
        }
        self.story.actions.len() < before
    }

    /// Takes such an afternoon for the story if it breaks a law, too.
    fn still_breaks(&mut self, fewer: Vec<Action>) -> bool {
        if self.plays == PLAYS {
            return false;
        }
        self.plays += 1;
        let Err(violation) = play(self.story.seed, &fewer, self.bug) else {
            return false;
        };
        self.story.actions = fewer;
        self.story.violation = violation;
        true
    }
}

impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, action) in (1..).zip(&self.actions) {
            writeln!(f, "{number:4}. {action}")?;
        }
        writeln!(f, "Then it is evening.")?;
        writeln!(f, "Broken: {}. {}", self.violation.law, self.violation.what)?;
        write!(f, "Play it again with MINWON_SEED={}", self.seed)
    }
}
