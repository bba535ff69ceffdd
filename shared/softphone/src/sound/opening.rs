//! Opening devices: a thread of its own, because a sound server may take its time.

use std::{
    io,
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use super::{
    NoDevice, Sink, Source, card,
    file::{Played, Silence, Written},
};
use crate::Device;

/// What came of opening a device, and the number of the question.
pub(super) enum Opened {
    Microphone(u64, Result<Box<dyn Source>, NoDevice>),
    Loudspeaker(u64, Result<Box<dyn Sink>, NoDevice>),
}

/// A device that is asked for.
pub(super) enum Wanted {
    Microphone(u64, Device),
    Loudspeaker(u64, Device),
}

/// Takes questions and brings devices.
pub(super) struct Opener {
    pub(super) wanted: Sender<Wanted>,
    pub(super) opened: Receiver<Opened>,
}

impl Opener {
    /// # Errors
    /// When the system has no thread left.
    pub(super) fn start() -> io::Result<Self> {
        let (wanted, questions) = channel::<Wanted>();
        let (bring, opened) = channel();
        thread::Builder::new()
            .name("softphone-devices".to_owned())
            .spawn(move || {
                for question in questions {
                    let answer = match question {
                        Wanted::Microphone(number, device) => {
                            Opened::Microphone(number, microphone(&device))
                        }
                        Wanted::Loudspeaker(number, device) => {
                            Opened::Loudspeaker(number, loudspeaker(&device))
                        }
                    };
                    if bring.send(answer).is_err() {
                        return;
                    }
                }
            })?;
        Ok(Self { wanted, opened })
    }
}

fn microphone(device: &Device) -> Result<Box<dyn Source>, NoDevice> {
    Ok(match device {
        Device::Default => Box::new(card::Microphone::open(None)?),
        Device::Named(name) => Box::new(card::Microphone::open(Some(name))?),
        Device::File(path) => Box::new(Played::open(path)?),
        Device::Null => Box::new(Silence),
    })
}

fn loudspeaker(device: &Device) -> Result<Box<dyn Sink>, NoDevice> {
    Ok(match device {
        Device::Default => Box::new(card::Loudspeaker::open(None)?),
        Device::Named(name) => Box::new(card::Loudspeaker::open(Some(name))?),
        Device::File(path) => Box::new(Written::open(path)?),
        Device::Null => Box::new(Silence),
    })
}
