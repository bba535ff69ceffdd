//! Between a device's clock and the call's: other sampling rates, and drift.
//!
//! A sound card's second is not ours. What waits between the two is kept at the
//! same length by stretching the sound, by half a percent at the most.

use std::collections::VecDeque;

use media::codec::{FRAME, Pcm, SAMPLE_RATE};
use rubato::{
    Adjustable, Async, FixedAsync, Resampler, SincInterpolationParameters, SincInterpolationType,
    WindowFunction, audioadapter_buffers::direct::InterleavedSlice, calculate_cutoff,
};
use thiserror::Error;

/// Seconds of sound that shall wait: more than a device takes or brings at once.
const WAITING: f64 = 0.06;
/// Seconds beyond which the oldest sound is left out.
const WAITING_MAX: f64 = 0.25;
/// By how much sound is stretched for each second too little or too much waits.
const STIFFNESS: f64 = 0.5;
/// What waits comes and goes in periods: each piece of 20 ms counts so much in the mean.
const SMOOTHING: f64 = 0.05;
const STRETCH_MAX: f64 = 0.005;
/// Samples, at the lower of the two rates, that each one is made of: nothing folds
/// back that is heard.
const FILTER_LENGTH: usize = 96;
/// Places between two samples the filter is known at.
const FILTER_STEPS: usize = 128;
const WINDOW: WindowFunction = WindowFunction::BlackmanHarris2;

/// Rates a sound card may have.
const RATES: std::ops::RangeInclusive<u32> = 4_000..=384_000;

/// A device has a sampling rate nobody can follow.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("a sampling rate of {0} cannot be followed")]
pub(crate) struct NoSuchRate(pub(crate) u32);

/// From a device to the call.
pub(crate) struct Uptake {
    rate: f64,
    resampler: Async<f32>,
    steering: Steering,
    /// Waits until enough lies there, at first and after a gap.
    filling: bool,
    chunk: Vec<f32>,
}

/// From the call to a device.
pub(crate) struct Delivery {
    rate: f64,
    resampler: Async<f32>,
    steering: Steering,
    chunk: Vec<f32>,
}

impl Uptake {
    pub(crate) fn new(rate: u32) -> Result<Self, NoSuchRate> {
        let ratio = f64::from(SAMPLE_RATE) / f64::from(rate.max(1));
        Ok(Self {
            rate: f64::from(rate),
            resampler: resampler(ratio, FixedAsync::Output, rate)?,
            steering: Steering::default(),
            filling: true,
            chunk: Vec::new(),
        })
    }

    /// The next 20 ms of what waits; silence where there is not enough.
    pub(crate) fn take(&mut self, waiting: &mut VecDeque<f32>) -> Pcm {
        shorten(waiting, self.rate);
        let needed = self.resampler.input_frames_next();
        let enough = (WAITING * self.rate) as usize;
        self.filling = waiting.len() < if self.filling { enough } else { needed };
        if self.filling {
            return [0; FRAME];
        }
        self.steering
            .steer(&mut self.resampler, waiting.len() as f64 / self.rate);
        let needed = self.resampler.input_frames_next().min(waiting.len());
        self.chunk.clear();
        self.chunk.extend(waiting.drain(..needed));
        let mut heard = [0.0; FRAME];
        let count = process(&mut self.resampler, &self.chunk, &mut heard);
        let mut pcm = [0; FRAME];
        for (place, sample) in pcm.iter_mut().zip(heard.iter().take(count)) {
            *place = linear(*sample);
        }
        pcm
    }
}

impl Delivery {
    pub(crate) fn new(rate: u32) -> Result<Self, NoSuchRate> {
        let ratio = f64::from(rate) / f64::from(SAMPLE_RATE);
        let resampler = resampler(ratio, FixedAsync::Input, rate)?;
        Ok(Self {
            rate: f64::from(rate),
            chunk: vec![0.0; resampler.output_frames_max()],
            resampler,
            steering: Steering::default(),
        })
    }

    /// Puts 20 ms to what waits for the device.
    pub(crate) fn give(&mut self, pcm: &Pcm, waiting: &mut VecDeque<f32>) {
        if waiting.is_empty() {
            // The device has run dry, or begins: what it takes at once must lie there.
            let silence = (WAITING * self.rate) as usize;
            waiting.extend(std::iter::repeat_n(0.0, silence));
        }
        self.steering
            .steer(&mut self.resampler, waiting.len() as f64 / self.rate);
        let said = pcm.map(|sample| f32::from(sample) / 32_768.0);
        let count = process(&mut self.resampler, &said, &mut self.chunk);
        waiting.extend(self.chunk.iter().take(count));
        shorten(waiting, self.rate);
    }
}

/// All of a sound at the call's rate, for what is played from a file.
pub(crate) fn whole(samples: &[f32], rate: u32) -> Result<Vec<i16>, NoSuchRate> {
    if rate == SAMPLE_RATE {
        return Ok(samples.iter().copied().map(linear).collect());
    }
    let mut uptake = Uptake::new(rate)?;
    let mut all = Vec::new();
    let mut rest = samples;
    while !rest.is_empty() {
        let (chunk, behind) = rest.split_at(uptake.resampler.input_frames_next().min(rest.len()));
        rest = behind;
        let mut padded = chunk.to_vec();
        padded.resize(uptake.resampler.input_frames_next(), 0.0);
        let mut heard = [0.0; FRAME];
        let count = process(&mut uptake.resampler, &padded, &mut heard);
        all.extend(heard.iter().take(count).copied().map(linear));
    }
    Ok(all)
}

fn resampler(ratio: f64, fixed: FixedAsync, rate: u32) -> Result<Async<f32>, NoSuchRate> {
    if !RATES.contains(&rate) {
        return Err(NoSuchRate(rate));
    }
    let longer = (1.0 / ratio).max(1.0);
    let filter = SincInterpolationParameters {
        sinc_len: (FILTER_LENGTH as f64 * longer).round() as usize,
        f_cutoff: Some(calculate_cutoff(FILTER_LENGTH, WINDOW)),
        oversampling_factor: FILTER_STEPS,
        interpolation: SincInterpolationType::Linear,
        window: WINDOW,
    };
    let bounds = 1.0 + 2.0 * STRETCH_MAX;
    Async::new_sinc(ratio, bounds, &filter, FRAME, 1, fixed).map_err(|_| NoSuchRate(rate))
}

/// Answers how many samples came out.
fn process(resampler: &mut Async<f32>, from: &[f32], to: &mut [f32]) -> usize {
    let (given, room) = (from.len(), to.len());
    let from = InterleavedSlice::new(from, 1, given);
    let to = InterleavedSlice::new_mut(to, 1, room);
    let (Ok(from), Ok(mut to)) = (from, to) else {
        return 0;
    };
    let done = resampler.process_into_buffer(&from, &mut to, None);
    done.map_or(0, |(_, written)| written)
}

/// How much waits in the mean, in seconds.
struct Steering(f64);

impl Default for Steering {
    fn default() -> Self {
        Self(WAITING)
    }
}

impl Steering {
    /// Too much waits: fewer samples come out of as many, and the other way round.
    fn steer(&mut self, resampler: &mut Async<f32>, waiting: f64) {
        self.0 += (waiting - self.0) * SMOOTHING;
        let excess = self.0 - WAITING;
        let stretch = (-excess * STIFFNESS).clamp(-STRETCH_MAX, STRETCH_MAX);
        // Within the bounds it was made with.
        let _ = resampler.set_resample_ratio_relative(1.0 + stretch, true);
    }
}

fn shorten(waiting: &mut VecDeque<f32>, rate: f64) {
    if waiting.len() > (WAITING_MAX * rate) as usize {
        let surplus = waiting.len() - (WAITING * rate) as usize;
        waiting.drain(..surplus);
    }
}

fn linear(sample: f32) -> i16 {
    (sample * 32_768.0)
        .round()
        .clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use media::mixing::{Level, tone_share};

    use super::*;

    fn tone(hertz: f64, rate: f64, from: usize, count: usize) -> Vec<f32> {
        let turn = std::f64::consts::TAU * hertz / rate;
        (from..from + count)
            .map(|place| (0.25 * (turn * place as f64).sin()) as f32)
            .collect()
    }

    /// Ten seconds of a device whose clock runs at `true_rate` and says `rate`;
    /// answers the last two, and the most that waited in them, in seconds.
    fn taken(hertz: f64, rate: u32, true_rate: f64) -> (Vec<i16>, f64) {
        let mut uptake = Uptake::new(rate).unwrap();
        let (mut waiting, mut brought, mut heard) = (VecDeque::new(), 0, Vec::new());
        let mut most = 0.0_f64;
        for tick in 1..=500 {
            let due = (f64::from(tick) * true_rate / 50.0) as usize;
            waiting.extend(tone(hertz, true_rate, brought, due - brought));
            brought = due;
            let pcm = uptake.take(&mut waiting);
            if tick > 400 {
                heard.extend(pcm);
                most = most.max(waiting.len() as f64 / f64::from(rate));
            }
        }
        (heard, most)
    }

    #[test]
    fn a_tone_comes_through_from_every_usual_rate_as_loud_as_it_was() {
        for rate in [8_000, 16_000, 44_100, 48_000, 96_000] {
            let (heard, _) = taken(1_000.0, rate, f64::from(rate));

            assert!(tone_share(&heard, 1_000.0) > 0.99, "{rate}");
            let quarter = 20.0 * (0.25 / 2.0_f64.sqrt()).log10();
            assert!(
                (Level::of(&heard).dbov() - quarter).abs() < 0.2,
                "{rate}: {}",
                Level::of(&heard).dbov()
            );
        }
    }

    #[test]
    fn what_a_telephone_cannot_carry_does_not_fold_back() {
        for hertz in [4_600.0, 7_000.0, 15_000.0] {
            let (heard, _) = taken(hertz, 48_000, 48_000.0);

            assert!(Level::of(&heard).is_silent(), "{hertz}");
        }
    }

    #[test]
    fn a_clock_that_is_wrong_is_followed_without_a_gap() {
        for wrong in [0.998, 1.002] {
            let (heard, most) = taken(1_000.0, 48_000, 48_000.0 * wrong);

            // A gap or a jump in every second would spread the tone.
            assert!(tone_share(&heard[..800], 1_000.0) > 0.98, "{wrong}");
            let loudness = heard.chunks(160).map(|it| Level::of(it).dbov());
            assert!(loudness.fold(0.0, f64::min) > -16.0, "{wrong}");
            assert!(most < 0.2, "{wrong}: {most}");
        }
    }

    #[test]
    fn a_device_is_given_what_it_takes_at_its_own_rate() {
        for (rate, wrong) in [
            (48_000, 1.0),
            (44_100, 1.002),
            (48_000, 0.998),
            (8_000, 1.0),
        ] {
            let mut delivery = Delivery::new(rate).unwrap();
            let (mut waiting, mut played, mut gaps) = (VecDeque::new(), Vec::new(), 0);
            let mut taken = 0;
            for tick in 1..=500_usize {
                let said = tone(1_000.0, 8_000.0, (tick - 1) * FRAME, FRAME);
                let mut pcm = [0; FRAME];
                for (place, sample) in pcm.iter_mut().zip(said) {
                    *place = linear(sample);
                }
                delivery.give(&pcm, &mut waiting);
                let due = (tick as f64 * f64::from(rate) * wrong / 50.0) as usize;
                for _ in taken..due {
                    match waiting.pop_front() {
                        Some(sample) if tick > 400 => played.push(sample),
                        Some(_) => {}
                        None => gaps += usize::from(tick > 400),
                    }
                }
                taken = due;
            }

            assert_eq!(gaps, 0, "{rate} {wrong}");
            let back = whole(&played, rate).unwrap();
            // The device is quicker than its samples say.
            let hertz = 1_000.0 / wrong;
            assert!(tone_share(&back[800..1_600], hertz) > 0.98, "{rate}");
        }
    }

    #[test]
    fn a_device_that_brings_nothing_is_silent() {
        let mut uptake = Uptake::new(48_000).unwrap();

        assert_eq!(uptake.take(&mut VecDeque::new()), [0; FRAME]);
        assert!(matches!(Uptake::new(0), Err(NoSuchRate(0))));
    }
}
