//! The sound of a telephone: a thread that keeps time between a call and two devices.

mod card;
mod file;
mod offered;
mod opening;
mod slot;
mod thread;

use std::net::UdpSocket;

use media::{bridge::Terminal, codec::Pcm, plane::Remote};
use privacy::Personal;
use thiserror::Error;

use crate::{SoundSettings, Volume};

pub use offered::{OfferedDevice, OfferedDevices, offered_devices};
pub(crate) use thread::{SoundThread, Tell};

/// Where a call's sound comes from.
pub(crate) trait Source: Send {
    /// The next 20 ms; silence where nothing is there.
    fn take(&mut self) -> Pcm;

    /// Whether nothing will come any more.
    fn is_gone(&self) -> bool;
}

/// Where it goes to.
pub(crate) trait Sink: Send {
    /// The next 20 ms.
    fn give(&mut self, pcm: &Pcm);

    /// Whether nobody hears it any more.
    fn is_gone(&self) -> bool;
}

/// What the sound is told.
pub(crate) enum SoundOrder {
    Open {
        terminal: Box<Terminal>,
        /// For sound and for reports.
        sockets: [UdpSocket; 2],
    },
    Connect(Box<Remote>),
    Close,
    Mute(bool),
    Press(Personal<String>),
    SetVolume(Volume),
    Choose(SoundSettings),
    Test(bool),
}

/// Why a device cannot be used.
#[derive(Debug, Error)]
pub(crate) enum NoDevice {
    #[error("the system has no such device")]
    Unknown,
    #[error("the device cannot be opened")]
    Card(#[from] cpal::Error),
    #[error("the device has samples of a kind that is not understood")]
    Samples,
    #[error(transparent)]
    Rate(#[from] crate::resampling::NoSuchRate),
    #[error("the sound file cannot be read or written")]
    File(#[from] hound::Error),
    #[error("the sound file has no sound")]
    Empty,
}
