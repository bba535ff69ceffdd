//! The ridges of a finger that nobody has: a wave along an orientation field, with a turn of
//! its phase wherever a ridge begins or forks.
//!
//! Such a wave with spiral phases is how fingerprints are described as holograms (Larkin and
//! Fletcher, 2007): where a phase turns once, exactly one ridge is too many on one side.

use std::f64::consts::TAU;

use crate::model::Dice;

/// From one ridge to the next at 500 dpi.
const PERIOD: f64 = 9.0;
/// No two minutiae are nearer.
const APART: f64 = 20.0;
const MINUTIAE: usize = 44;
/// Their field, around the middle.
const FIELD: (f64, f64) = (115.0, 150.0);

/// How the ridges run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pattern {
    Arch,
    Loop,
    Whorl,
}

pub(super) struct Ridges {
    pattern: Pattern,
    period: f64,
    /// Where the pattern is narrowest, and how it leans.
    core: (f64, f64),
    lean: f64,
    /// Slow bends: amplitude, wave vector, phase.
    bends: Vec<(f64, f64, f64, f64)>,
    /// Place, and which way the phase turns.
    minutiae: Vec<(f64, f64, f64)>,
}

impl Ridges {
    pub(super) fn of(seed: u64) -> Self {
        let mut dice = Dice::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0xf1a6e2);
        let pattern = dice.pick(&[Pattern::Arch, Pattern::Loop, Pattern::Whorl, Pattern::Loop]);
        let mut between = |low: f64, high: f64| within(&mut dice, low, high);
        let period = PERIOD * between(0.94, 1.08);
        let core = (between(-14.0, 14.0), between(-30.0, 10.0));
        let lean = between(-0.35, 0.35);
        let bends = (0..5)
            .map(|_| {
                let wave = TAU / between(110.0, 240.0);
                let direction = between(0.0, TAU);
                let (x, y) = (wave * direction.cos(), wave * direction.sin());
                (between(2.0, 7.0), x, y, between(0.0, TAU))
            })
            .collect();
        let mut minutiae: Vec<(f64, f64, f64)> = Vec::new();
        while minutiae.len() < MINUTIAE {
            let (x, y) = (between(-FIELD.0, FIELD.0), between(-FIELD.1, FIELD.1));
            let turn = if between(0.0, 1.0) < 0.5 { -1.0 } else { 1.0 };
            let apart = |(a, b, _): &(f64, f64, f64)| (a - x).hypot(b - y) > APART;
            if minutiae.iter().all(apart) {
                minutiae.push((x, y, turn));
            }
        }
        Self {
            pattern,
            period,
            core,
            lean,
            bends,
            minutiae,
        }
    }

    /// From -1, a furrow, to 1, the top of a ridge, at a place seen from the middle.
    pub(super) fn height(&self, x: f64, y: f64) -> f64 {
        let turned = |(a, b, turn): &(f64, f64, f64)| turn * (y - b).atan2(x - a);
        let turns: f64 = self.minutiae.iter().map(turned).sum();
        (TAU * self.across(x, y) / self.period + turns).cos()
    }

    /// How far across the ridges a place is.
    fn across(&self, x: f64, y: f64) -> f64 {
        let bend =
            |(size, a, b, phase): &(f64, f64, f64, f64)| size * (a * x + b * y + phase).sin();
        let bent: f64 = self.bends.iter().map(bend).sum();
        let (x, y) = (x - self.core.0, y - self.core.1);
        let (x, y) = (
            x * self.lean.cos() - y * self.lean.sin(),
            x * self.lean.sin() + y * self.lean.cos(),
        );
        bent + match self.pattern {
            Pattern::Arch => y + 34.0 * (-(x / 62.0).powi(2)).exp() * (1.0 - y / 400.0),
            // Round the end of a line, and along it.
            Pattern::Loop => x.hypot(y.min(0.0)),
            Pattern::Whorl => (1.25 * x).hypot(y),
        }
    }
}

pub(super) fn within(dice: &mut Dice, low: f64, high: f64) -> f64 {
    let steps = 1_u32 << 20;
    let step = u32::try_from(dice.below(u64::from(steps))).unwrap_or(0);
    low + (high - low) * f64::from(step) / f64::from(steps)
}
