//! The devices an agent has chosen, in a file beside the journal: they belong to the
//! machine, and go before those that provisioning wrote down.

use std::{fs, io, path::Path};

use softphone::SoundSettings;

/// What was chosen last; none when nothing was, or nobody can read it any more.
pub(crate) fn read(file: &Path) -> Option<SoundSettings> {
    let text = match fs::read(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => {
            tracing::warn!(%error, "The chosen sound devices cannot be read");
            return None;
        }
    };
    serde_json::from_slice(&text)
        .inspect_err(|error| tracing::warn!(%error, "The chosen sound devices are not understood"))
        .ok()
}

/// What cannot be kept is used all the same, until the desk is started again.
pub(crate) fn write(file: &Path, chosen: &SoundSettings) {
    let written = serde_json::to_vec(chosen)
        .map_err(io::Error::from)
        .and_then(|text| durable::replace(file, &text));
    if let Err(error) = written {
        tracing::warn!(%error, "The chosen sound devices cannot be kept");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use softphone::Device;

    use super::*;

    #[test]
    fn what_was_chosen_is_there_after_a_restart_and_rubbish_is_nothing() {
        let folder = std::env::temp_dir().join(format!("minwon-sound-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("sound.json");
        assert_eq!(read(&file), None);
        let chosen = SoundSettings {
            microphone: Device::Named("plughw:CARD=H".to_owned()),
            loudspeaker: Device::Default,
        };

        write(&file, &chosen);

        assert_eq!(read(&file), Some(chosen));
        let frozen = r#"{"microphone":{"named":"plughw:CARD=H"},"loudspeaker":"default"}"#;
        assert_eq!(fs::read_to_string(&file).unwrap(), frozen);
        fs::write(&file, "{\"microphone\": 7}").unwrap();
        assert_eq!(read(&file), None);
        fs::remove_dir_all(&folder).unwrap();
    }
}
