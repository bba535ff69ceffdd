//! A sound card or sound server, through `cpal`.
//!
//! Its callbacks run on a thread of the device's own and do nothing but move
//! samples; resampling is the sound thread's.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use cpal::{
    BufferSize, ErrorKind, FromSample, SampleFormat, SizedSample, Stream, StreamConfig,
    SupportedStreamConfig,
    traits::{DeviceTrait, HostTrait, StreamTrait},
};
use media::codec::Pcm;
use parking_lot::Mutex;

use super::{NoDevice, Sink, Source};
use crate::{
    Side,
    resampling::{Delivery, Uptake},
};

/// A device that calls no more has vanished, whether it says so or not.
const SILENT_AFTER: Duration = Duration::from_secs(2);
/// How long opening may take.
const OPENS_WITHIN: Duration = Duration::from_secs(3);
/// Wanted: so many times a second the device brings or takes something.
const PERIODS_A_SECOND: u32 = 50;

/// What a device's thread and the sound thread share.
#[derive(Default)]
struct Shared {
    /// Samples at the device's rate, one channel.
    waiting: Mutex<VecDeque<f32>>,
    calls: AtomicU64,
    failed: AtomicBool,
}

/// Whether the device still calls.
struct Pulse {
    shared: Arc<Shared>,
    seen: Mutex<(u64, Instant)>,
}

pub(super) struct Microphone {
    shared: Arc<Shared>,
    pulse: Pulse,
    uptake: Uptake,
    _stream: Stream,
}

pub(super) struct Loudspeaker {
    shared: Arc<Shared>,
    pulse: Pulse,
    delivery: Delivery,
    _stream: Stream,
}

impl Microphone {
    /// `name` is the system's; `None` its default.
    ///
    /// # Errors
    /// When there is no such device, or it cannot be used.
    pub(super) fn open(name: Option<&str>) -> Result<Self, NoDevice> {
        let device = device(name, Side::Microphone)?;
        let config = device.default_input_config()?;
        let shared = Arc::new(Shared::default());
        let format = config.sample_format();
        let stream = if format == SampleFormat::I16 {
            capture::<i16>(&device, config, &shared)?
        } else if format == SampleFormat::I32 {
            capture::<i32>(&device, config, &shared)?
        } else if format == SampleFormat::F32 {
            capture::<f32>(&device, config, &shared)?
        } else {
            return Err(NoDevice::Samples);
        };
        stream.play()?;
        Ok(Self {
            uptake: Uptake::new(config.sample_rate())?,
            pulse: Pulse::new(&shared),
            shared,
            _stream: stream,
        })
    }
}

impl Loudspeaker {
    /// `name` is the system's; `None` its default.
    ///
    /// # Errors
    /// When there is no such device, or it cannot be used.
    pub(super) fn open(name: Option<&str>) -> Result<Self, NoDevice> {
        let device = device(name, Side::Loudspeaker)?;
        let config = device.default_output_config()?;
        let shared = Arc::new(Shared::default());
        let format = config.sample_format();
        let stream = if format == SampleFormat::I16 {
            play::<i16>(&device, config, &shared)?
        } else if format == SampleFormat::I32 {
            play::<i32>(&device, config, &shared)?
        } else if format == SampleFormat::F32 {
            play::<f32>(&device, config, &shared)?
        } else {
            return Err(NoDevice::Samples);
        };
        stream.play()?;
        Ok(Self {
            delivery: Delivery::new(config.sample_rate())?,
            pulse: Pulse::new(&shared),
            shared,
            _stream: stream,
        })
    }
}

impl Source for Microphone {
    fn take(&mut self) -> Pcm {
        self.uptake.take(&mut self.shared.waiting.lock())
    }

    fn is_gone(&self) -> bool {
        self.pulse.is_gone()
    }
}

impl Sink for Loudspeaker {
    fn give(&mut self, pcm: &Pcm) {
        self.delivery.give(pcm, &mut self.shared.waiting.lock());
    }

    fn is_gone(&self) -> bool {
        self.pulse.is_gone()
    }
}

impl Pulse {
    fn new(shared: &Arc<Shared>) -> Self {
        Self {
            shared: Arc::clone(shared),
            seen: Mutex::new((0, Instant::now())),
        }
    }

    fn is_gone(&self) -> bool {
        let calls = self.shared.calls.load(Ordering::Relaxed);
        let mut seen = self.seen.lock();
        if seen.0 != calls {
            *seen = (calls, Instant::now());
        }
        self.shared.failed.load(Ordering::Relaxed) || seen.1.elapsed() > SILENT_AFTER
    }
}

fn device(name: Option<&str>, side: Side) -> Result<cpal::Device, NoDevice> {
    let host = cpal::default_host();
    let Some(name) = name else {
        let default = match side {
            Side::Microphone => host.default_input_device(),
            Side::Loudspeaker => host.default_output_device(),
        };
        return default.ok_or(NoDevice::Unknown);
    };
    let is_it = |device: &cpal::Device| device.id().is_ok_and(|id| id.id() == name);
    host.devices()?.find(is_it).ok_or(NoDevice::Unknown)
}

/// The device's own form, in short periods where it has them.
fn forms(config: SupportedStreamConfig) -> [StreamConfig; 2] {
    let own = config.config();
    let period = own.sample_rate / PERIODS_A_SECOND;
    let short = StreamConfig {
        buffer_size: BufferSize::Fixed(period),
        ..own
    };
    [short, own]
}

fn capture<T>(
    device: &cpal::Device,
    config: SupportedStreamConfig,
    shared: &Arc<Shared>,
) -> Result<Stream, NoDevice>
where
    T: SizedSample,
    f32: FromSample<T>,
{
    let channels = usize::from(config.channels().max(1));
    let mut last = NoDevice::Unknown;
    for form in forms(config) {
        let (taking, failing) = (Arc::clone(shared), Arc::clone(shared));
        let built = device.build_input_stream(
            form,
            move |samples: &[T], _: &_| {
                taking.calls.fetch_add(1, Ordering::Relaxed);
                let frames = samples.chunks(channels).map(|frame| {
                    let sum: f32 = frame.iter().map(|it| f32::from_sample_(*it)).sum();
                    sum / channels as f32
                });
                taking.waiting.lock().extend(frames);
            },
            move |error| note(&failing, &error),
            Some(OPENS_WITHIN),
        );
        match built {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error.into(),
        }
    }
    Err(last)
}

fn play<T>(
    device: &cpal::Device,
    config: SupportedStreamConfig,
    shared: &Arc<Shared>,
) -> Result<Stream, NoDevice>
where
    T: SizedSample + FromSample<f32>,
{
    let channels = usize::from(config.channels().max(1));
    let mut last = NoDevice::Unknown;
    for form in forms(config) {
        let (giving, failing) = (Arc::clone(shared), Arc::clone(shared));
        let built = device.build_output_stream(
            form,
            move |samples: &mut [T], _: &_| {
                giving.calls.fetch_add(1, Ordering::Relaxed);
                let mut waiting = giving.waiting.lock();
                for frame in samples.chunks_mut(channels) {
                    frame.fill(T::from_sample_(waiting.pop_front().unwrap_or(0.0)));
                }
            },
            move |error| note(&failing, &error),
            Some(OPENS_WITHIN),
        );
        match built {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error.into(),
        }
    }
    Err(last)
}

fn note(shared: &Shared, error: &cpal::Error) {
    let goes_on = matches!(
        error.kind(),
        ErrorKind::DeviceChanged | ErrorKind::Xrun | ErrorKind::RealtimeDenied
    );
    if !goes_on {
        shared.failed.store(true, Ordering::Relaxed);
    }
}
