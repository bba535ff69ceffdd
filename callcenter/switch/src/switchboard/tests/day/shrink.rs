//! A day that broke a law, made short: what does not matter is left out.

use std::path::Path;

use super::{
    Mutant,
    plan::{Scale, Thing},
    play,
};

/// Days that are played again at most.
const TRIES: usize = 250;

/// The fewest things found that still break a law, and which.
pub(super) fn shrink(
    scale: Scale,
    mut things: Vec<Thing>,
    empty: &Path,
    mutant: Option<Mutant>,
) -> (Vec<Thing>, String) {
    let broken = |things: &[Thing]| play(scale, things.to_vec(), empty, mutant).err();
    let mut told = broken(&things).unwrap_or_default();
    let (mut piece, mut tries) = (things.len() / 2, 0);
    while piece > 0 {
        let (mut at, before) = (0, things.len());
        while at < things.len() && tries < TRIES {
            let mut fewer = things.clone();
            fewer.drain(at..(at + piece).min(things.len()));
            tries += 1;
            match broken(&fewer) {
                Some(still) => (things, told) = (fewer, still),
                None => at += piece,
            }
        }
        if things.len() == before || tries >= TRIES {
            piece /= 2;
        }
    }
    (things, told)
}
