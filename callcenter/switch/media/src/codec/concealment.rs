//! What is heard in place of a packet of G.711 that did not come.
//!
//! The last pitch period is repeated and fades out within 60 ms, and what comes
//! after is faded in: the idea of G.711 appendix I in its simplest form.

use crate::codec::{FRAME, Pcm};

/// Samples of the past that are kept; the pitch is looked for in them.
const HISTORY: usize = 2 * FRAME;
/// 200 Hz to 66 Hz.
const PERIODS: std::ops::RangeInclusive<usize> = 40..=120;
/// Samples that are compared at two places to find the period.
const COMPARED: usize = 120;
/// Frames until nothing is left to be heard.
const FADES_IN_FRAMES: i32 = 3;
/// Samples over which sound that comes again takes over.
const OVERLAP: usize = 40;

/// Knows what was heard last.
#[derive(Clone, Debug)]
pub struct Concealment {
    history: [i16; HISTORY],
    /// Frames concealed in a row.
    concealed: i32,
    period: usize,
    /// Where in the period the next concealed sample lies.
    position: usize,
}

impl Default for Concealment {
    fn default() -> Self {
        Self {
            history: [0; HISTORY],
            concealed: 0,
            period: *PERIODS.end(),
            position: 0,
        }
    }
}

impl Concealment {
    /// Takes note of sound that came, and joins it to what was made up before it.
    pub fn heard(&mut self, frame: &mut Pcm) {
        if self.concealed > 0 {
            let made_up = self.conceal();
            for (index, (sample, old)) in frame.iter_mut().zip(made_up).take(OVERLAP).enumerate() {
                let share = index as i32;
                let whole = OVERLAP as i32;
                *sample = ((i32::from(*sample) * share + i32::from(old) * (whole - share)) / whole)
                    as i16;
            }
            self.concealed = 0;
        }
        self.remember(frame);
    }

    /// Makes up 20 ms.
    pub fn conceal(&mut self) -> Pcm {
        if self.concealed == 0 {
            self.period = self.pitch();
            self.position = 0;
        }
        let whole = FADES_IN_FRAMES * FRAME as i32;
        let passed = self.concealed * FRAME as i32;
        self.concealed = (self.concealed + 1).min(FADES_IN_FRAMES);
        let begin = HISTORY - self.period;
        let mut frame = [0; FRAME];
        for (index, sample) in frame.iter_mut().enumerate() {
            let left = (whole - passed - index as i32).max(0);
            let old = self
                .history
                .get(begin + self.position)
                .copied()
                .unwrap_or_default();
            *sample = (i32::from(old) * left / whole) as i16;
            self.position = (self.position + 1) % self.period;
        }
        frame
    }

    fn remember(&mut self, frame: &Pcm) {
        self.history.copy_within(FRAME.., 0);
        for (place, sample) in self.history.iter_mut().skip(HISTORY - FRAME).zip(frame) {
            *place = *sample;
        }
    }

    /// The distance at which the end of the past is most like itself.
    fn pitch(&self) -> usize {
        let (_, recent) = self.history.split_at(HISTORY - COMPARED);
        let likeness = |period: usize| {
            let (head, _) = self.history.split_at(HISTORY - period);
            let (_, before) = head.split_at(head.len().saturating_sub(COMPARED));
            let (product, energy) =
                recent
                    .iter()
                    .zip(before)
                    .fold((0i64, 1i64), |(product, energy), (now, then)| {
                        let (now, then) = (i64::from(*now), i64::from(*then));
                        (product + now * then, energy + then * then)
                    });
            product.max(0) as f64 / (energy as f64).sqrt()
        };
        PERIODS
            .map(|period| (likeness(period), period))
            .max_by(|one, other| one.0.total_cmp(&other.0))
            .map_or(*PERIODS.end(), |(_, period)| period)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hertz: f64, from: usize) -> Pcm {
        std::array::from_fn(|index| {
            let phase = (from + index) as f64 * hertz * std::f64::consts::TAU / 8_000.0;
            (phase.sin() * 8_000.0) as i16
        })
    }

    #[test]
    fn a_lost_packet_of_a_tone_sounds_like_the_tone_and_a_long_loss_fades() {
        let mut concealment = Concealment::default();
        for frame in 0..4 {
            concealment.heard(&mut tone(100.0, frame * FRAME));
        }

        let first = concealment.conceal();
        let wanted = tone(100.0, 4 * FRAME);
        let fault: i64 = first
            .iter()
            .zip(wanted)
            .take(40)
            .map(|(it, wanted)| i64::from(it - wanted).abs())
            .sum();
        assert!(fault / 40 < 400, "{fault}");
        assert!(
            concealment
                .conceal()
                .iter()
                .any(|sample| sample.abs() > 2_000)
        );
        concealment.conceal();
        assert_eq!(concealment.conceal(), [0; FRAME]);
    }

    #[test]
    fn what_comes_again_begins_where_the_made_up_sound_ends() {
        let mut concealment = Concealment::default();
        for frame in 0..3 {
            concealment.heard(&mut tone(100.0, frame * FRAME));
        }
        let made_up = concealment.conceal();
        let mut next = [0; FRAME];
        concealment.heard(&mut next);

        let jump = i32::from(made_up[FRAME - 1]) - i32::from(next[0]);
        assert!(jump.abs() < 1_000, "{jump}");
        assert_eq!(next[OVERLAP..], [0; FRAME - OVERLAP]);
    }
}
