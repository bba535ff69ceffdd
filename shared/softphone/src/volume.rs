//! How loud the other end is heard.

use media::codec::Pcm;

/// The range of a handset: EN 301 549 §8.2.1 wants 18 dB, and a step 12 dB above the
/// lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Volume {
    /// 6 dB less than it comes.
    Low,
    /// As it comes.
    #[default]
    Medium,
    /// 6 dB more.
    High,
    /// 12 dB more, for who is hard of hearing.
    Highest,
}

impl Volume {
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Highest];

    /// The next louder one; the loudest is its own.
    pub fn louder(self) -> Self {
        match self {
            Self::Low => Self::Medium,
            Self::Medium => Self::High,
            Self::High | Self::Highest => Self::Highest,
        }
    }

    /// The next softer one; the softest is its own.
    pub fn softer(self) -> Self {
        match self {
            Self::Low | Self::Medium => Self::Low,
            Self::High => Self::Medium,
            Self::Highest => Self::High,
        }
    }

    /// What is too loud then is cut, not folded over.
    pub(crate) fn apply(self, pcm: &mut Pcm) {
        for sample in pcm {
            *sample = match self {
                Self::Low => *sample / 2,
                Self::Medium => *sample,
                Self::High => sample.saturating_mul(2),
                Self::Highest => sample.saturating_mul(4),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use media::{codec::FRAME, mixing::Level};

    use super::*;

    #[test]
    fn the_steps_are_six_decibels_and_eighteen_from_end_to_end() {
        let levels = Volume::ALL.map(|volume| {
            let mut pcm = [2_000; FRAME];
            volume.apply(&mut pcm);
            Level::of(&pcm).dbov()
        });

        for (softer, louder) in levels.iter().zip(&levels[1..]) {
            assert!((louder - softer - 6.02).abs() < 0.1, "{levels:?}");
        }
    }

    #[test]
    fn what_is_too_loud_keeps_its_sign() {
        let mut pcm = [30_000; FRAME];
        pcm[1] = -30_000;

        Volume::Highest.apply(&mut pcm);

        assert_eq!(pcm[..2], [i16::MAX, i16::MIN]);
    }

    #[test]
    fn louder_and_softer_end_at_the_ends() {
        let all = Volume::ALL;
        let up: Vec<Volume> = all.iter().map(|it| it.louder()).collect();
        let down: Vec<Volume> = all.iter().map(|it| it.softer()).collect();

        assert_eq!(up, [all[1], all[2], all[3], all[3]]);
        assert_eq!(down, [all[0], all[0], all[1], all[2]]);
    }
}
