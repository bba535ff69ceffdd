//! Finds the short story in a long afternoon (delta debugging, Zeller and
//! Hildebrandt 2002): takes away what is not needed to break the same law.

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
    let mut story = Story {
        seed,
        actions: actions.to_vec(),
        violation,
    };
    let mut plays = 0;
    let mut piece = actions.len().div_ceil(2);
    while piece > 0 && plays < PLAYS {
        let mut from = 0;
        let mut shorter = false;
        while from < story.actions.len() && plays < PLAYS {
            let mut fewer = story.actions.clone();
            fewer.drain(from..(from + piece).min(fewer.len()));
            plays += 1;
            match play(seed, &fewer, bug) {
                Err(violation) if violation.law == story.violation.law => {
                    story.actions = fewer;
                    story.violation = violation;
                    shorter = true;
                }
                _ => from += piece,
            }
        }
        piece = match piece {
            1 if shorter => 1,
            piece => piece / 2,
        };
    }
    story
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
