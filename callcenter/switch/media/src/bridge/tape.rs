//! What goes into a recording: both sides, or a mark where they are left out.

use std::f64::consts::TAU;

use crate::{
    codec::{FRAME, Pcm, SAMPLE_RATE, g711::to_mu_law},
    plane::Tracks,
};

/// The mark: this tone for a fifth of a second when a pause begins, and every ten
/// seconds of it; between them silence.
pub(super) const MARK_HERTZ: f64 = 1_000.0;
const MARK_FRAMES: u32 = 10;
const MARK_EVERY_FRAMES: u32 = 500;
/// Octets of half a second.
const HANDED_OVER: usize = 8_000;
const MARK_LOUDNESS: f64 = 3_000.0;

pub(super) struct Taping {
    pub(super) tracks: Tracks,
    pub(super) phase: usize,
    /// Frames since the pause began.
    paused: Option<u32>,
    /// Until it is worth handing over.
    gathered: Vec<u8>,
}

impl Taping {
    pub(super) fn new(tracks: Tracks, phase: usize) -> Self {
        Self {
            tracks,
            phase,
            paused: None,
            gathered: Vec::new(),
        }
    }

    /// Whether it was not paused before.
    pub(super) fn pause(&mut self) -> bool {
        let begins = self.paused.is_none();
        self.paused.get_or_insert(0);
        begins
    }

    /// Whether it was paused.
    pub(super) fn resume(&mut self) -> bool {
        self.paused.take().is_some()
    }

    /// Takes 20 ms; answers what has gathered once it is half a second.
    pub(super) fn record(&mut self, left: &Pcm, right: &Pcm) -> Option<Vec<u8>> {
        match &mut self.paused {
            None => interleave(left, right, &mut self.gathered),
            Some(frames) => {
                let mark = mark(*frames);
                *frames += 1;
                interleave(&mark, &mark, &mut self.gathered);
            }
        }
        (self.gathered.len() >= HANDED_OVER).then(|| self.take())
    }

    /// What has gathered: µ-law, left and right by turns.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.gathered)
    }
}

fn mark(frame: u32) -> Pcm {
    if frame % MARK_EVERY_FRAMES >= MARK_FRAMES {
        return [0; FRAME];
    }
    std::array::from_fn(|index| {
        let time = (frame as usize * FRAME + index) as f64 / f64::from(SAMPLE_RATE);
        ((time * MARK_HERTZ * TAU).sin() * MARK_LOUDNESS) as i16
    })
}

fn interleave(left: &Pcm, right: &Pcm, out: &mut Vec<u8>) {
    let both = left.iter().zip(right);
    out.extend(both.flat_map(|(left, right)| [to_mu_law(*left), to_mu_law(*right)]));
}
