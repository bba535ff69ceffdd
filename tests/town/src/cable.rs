//! The cable between a station and the exchange, and what becomes of a frame in it.

use std::time::Duration;

use bench::model::Dice;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cable {
    #[default]
    Well,
    /// Loses, doubles and delays frames, so that they overtake each other.
    Poor,
    /// Nothing passes, and whoever sends is told so.
    Cut,
}

const QUICK_MILLIS: u64 = 20;
/// Longer than a station waits for an answer.
const LATE_MILLIS: u64 = 40_000;

impl Cable {
    /// After how long a frame arrives, once for each time it does.
    pub(crate) fn carry(self, dice: &mut Dice) -> Vec<Duration> {
        let quick = Duration::from_millis(QUICK_MILLIS + dice.below(QUICK_MILLIS));
        match self {
            Cable::Well => vec![quick],
            Cable::Cut => Vec::new(),
            Cable::Poor => {
                let late = Duration::from_millis(dice.below(LATE_MILLIS));
                match dice.below(5) {
                    0 => Vec::new(),
                    1 => vec![late],
                    2 => vec![quick, late],
                    _ => vec![quick],
                }
            }
        }
    }
}
