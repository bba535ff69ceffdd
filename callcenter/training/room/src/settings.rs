//! What provisioning writes down about a training room: the file `training.toml`.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use request::StationId;
use serde::Deserialize;
use station::SettingsError;

use crate::watching::Offices;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The settings of the trainee's desk. It must lead to a switch and an exchange
    /// for practice: what is prepared here is a request like any other.
    pub desk: PathBuf,
    /// The folder of scenarios.
    pub scenarios: PathBuf,
    /// A record is added for each exercise and examination, a line of JSON.
    pub records: PathBuf,
    pub caller: CallerSettings,
    /// Where visits are practised; none means that they are not.
    #[serde(default)]
    pub kiosk: Option<KioskSettings>,
    /// Where records become facts of the staff roster; without it they stay in their
    /// file until it is there.
    #[serde(default)]
    pub roster: Option<RosterSettings>,
    #[serde(default)]
    pub examination: ExaminationSettings,
    /// What the desk's directory calls the offices scenarios know by their ids.
    #[serde(default)]
    pub offices: Offices,
}

/// How the callers reach the center.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallerSettings {
    /// The switch's SIP over UDP.
    pub switch: SocketAddr,
    /// What is dialed.
    pub number: String,
}

/// A kiosk that stands nowhere: it is enrolled as one at the exchange that the desk's
/// settings name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KioskSettings {
    pub station: StationId,
    /// The folder of its certificate.
    pub credentials: PathBuf,
}

/// The center's own exchange, and not the one for practice: there this station is
/// enrolled as a training room.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RosterSettings {
    /// Such as `https://exchange:8443`, without a slash at the end.
    pub url: String,
    pub station: StationId,
    /// The folder of its certificate.
    pub credentials: PathBuf,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ExaminationSettings {
    pub questions: usize,
    pub pass_percent: u32,
}

impl Default for ExaminationSettings {
    fn default() -> Self {
        Self {
            questions: 10,
            pass_percent: 80,
        }
    }
}

impl Settings {
    /// Reads the file; what it names is beside it.
    ///
    /// # Errors
    /// When the file cannot be read, a key is unknown, missing or malformed.
    pub fn read(file: &Path) -> Result<Self, SettingsError> {
        let mut settings: Self = station::read_settings(file)?;
        let beside = file.parent().unwrap_or(Path::new("."));
        let Self {
            desk,
            scenarios,
            records,
            ..
        } = &mut settings;
        for path in [desk, scenarios, records] {
            *path = beside.join(&path);
        }
        if let Some(kiosk) = &mut settings.kiosk {
            kiosk.credentials = beside.join(&kiosk.credentials);
        }
        if let Some(roster) = &mut settings.roster {
            roster.credentials = beside.join(&roster.credentials);
        }
        Ok(settings)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_example_is_what_a_training_room_reads() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("training.example.toml");

        let settings = Settings::read(&file).unwrap();

        assert_eq!(settings.caller.number, "110");
        assert_eq!(settings.examination.questions, 10);
        assert_eq!(settings.offices["gaon-tax"].ko, "가온구청 세무과");
        assert_eq!(settings.roster.unwrap().station.as_str(), "training-1");
        assert_eq!(settings.kiosk.unwrap().station.as_str(), "practice-kiosk");
    }
}
