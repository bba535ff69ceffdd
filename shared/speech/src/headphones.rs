//! Where the words go.

use std::{num::NonZero, path::PathBuf};

use rodio::{
    DeviceSinkBuilder, DeviceSinkError, MixerDeviceSink, Player,
    buffer::SamplesBuffer,
    cpal::traits::{DeviceTrait, HostTrait},
};

use crate::Sound;

/// What words are played by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Whatever the system takes for its own.
    Default,
    /// By the name the system has for it: with ALSA that of a PCM.
    Named(String),
    /// Each sentence in a WAV file of this folder, numbered.
    Folder(PathBuf),
    Nowhere,
}

#[derive(Debug, thiserror::Error)]
pub enum NoHeadphones {
    #[error("there is no sound device of that name")]
    Unknown,
    #[error("the sound device cannot be opened")]
    Device(#[from] DeviceSinkError),
    #[error("the sound cannot be written")]
    File(#[from] hound::Error),
}

/// Headphones that are open, or the folder in their place.
pub enum Headphones {
    Device {
        player: Player,
        /// Keeps the device open.
        _device: MixerDeviceSink,
    },
    Folder {
        folder: PathBuf,
        written: u32,
    },
    Nowhere,
}

impl Headphones {
    /// # Errors
    /// When the device is not there or is somebody else's.
    pub fn open(output: &Output) -> Result<Self, NoHeadphones> {
        let builder = match output {
            Output::Nowhere => return Ok(Self::Nowhere),
            Output::Folder(folder) => {
                let folder = folder.clone();
                return Ok(Self::Folder { folder, written: 0 });
            }
            Output::Default => DeviceSinkBuilder::from_default_device()?,
            Output::Named(name) => DeviceSinkBuilder::from_device(find(name)?)?,
        };
        let mut device = builder.open_stream()?;
        device.log_on_drop(false);
        let player = Player::connect_new(device.mixer());
        Ok(Self::Device {
            player,
            _device: device,
        })
    }

    /// Plays behind what is being played, or in its place; `volume` in percent.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn play(&mut self, sound: Sound, volume: u8, cut: bool) -> Result<(), NoHeadphones> {
        match self {
            Self::Nowhere => {}
            Self::Folder { folder, written } => {
                *written += 1;
                sound.write(&folder.join(format!("{written:04}.wav")))?;
            }
            Self::Device { player, .. } => {
                if cut {
                    player.clear();
                }
                let samples = sound.samples.into_iter().map(|it| f32::from(it) / 32_768.0);
                let rate = NonZero::new(sound.rate).unwrap_or(NonZero::<u32>::MIN);
                player.set_volume(f32::from(volume) / 100.0);
                player.append(SamplesBuffer::new(
                    NonZero::<u16>::MIN,
                    rate,
                    samples.collect::<Vec<_>>(),
                ));
                player.play();
            }
        }
        Ok(())
    }

    pub fn silence(&mut self) {
        if let Self::Device { player, .. } = self {
            player.clear();
        }
    }

    /// In the middle of a word, and on from there.
    pub fn pause(&mut self, paused: bool) {
        if let Self::Device { player, .. } = self {
            if paused {
                player.pause()
            } else {
                player.play()
            }
        }
    }
}

fn find(name: &str) -> Result<rodio::cpal::Device, NoHeadphones> {
    let mut devices = rodio::cpal::default_host()
        .output_devices()
        .map_err(|_| NoHeadphones::Unknown)?;
    let is_it = |it: &rodio::cpal::Device| it.id().is_ok_and(|it| it.id() == name);
    devices.find(is_it).ok_or(NoHeadphones::Unknown)
}
