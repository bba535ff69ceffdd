//! The voice of the spoken guidance, as the settings have it.

use std::{io, path::PathBuf};

use serde::Deserialize;
use softphone::Device;
use speech::{Espeak, Output, Recorded, RecordingsError, Speaker};

use crate::settings::Settings;

/// The `[headphones]` section of the settings.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HeadphoneSettings {
    /// Where the words go; a file is a folder here, with one sentence in each of its files.
    pub device: Device,
    /// Sentences that somebody has read aloud, see [`Recorded`]; the machine speaks all
    /// others.
    pub recordings: Option<PathBuf>,
}

#[derive(Debug, thiserror::Error)]
pub enum SpeakerError {
    #[error(transparent)]
    Recordings(#[from] RecordingsError),
    #[error("the machine has no threads left")]
    Thread(#[source] io::Error),
}

impl Settings {
    /// Whoever says what the guide wants said.
    ///
    /// # Errors
    /// When the recordings are of no use. Without headphones it says nothing, and tells
    /// the log.
    pub fn speaker(&self) -> Result<Speaker, SpeakerError> {
        let output = match &self.headphones.device {
            Device::Default => Output::Default,
            Device::Named(name) => Output::Named(name.clone()),
            Device::File(folder) => Output::Folder(folder.clone()),
            Device::Null => Output::Nowhere,
        };
        let started = match &self.headphones.recordings {
            Some(folder) => Speaker::start(Recorded::read(folder, Espeak)?, output),
            None => Speaker::start(Espeak, output),
        };
        started.map_err(SpeakerError::Thread)
    }
}
