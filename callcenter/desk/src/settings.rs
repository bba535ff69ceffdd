//! What provisioning has written down about a desk: the file `desk.toml`.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use catalog::Bilingual;
use request::StationId;
use serde::Deserialize;
use softphone::SoundSettings;
use station::SettingsError;
use station::SwitchAddress;

use crate::workplace::Site;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub station: StationId,
    /// The call centre.
    pub office: Bilingual,
    /// Legal-district code prefix of the office (5 digits): what is "inside" for fees.
    pub jurisdiction: String,
    /// The folder of the service catalogue.
    pub catalog: PathBuf,
    /// The journal's file; its folder must exist.
    pub journal: PathBuf,
    /// The file with the journal's key; none means `station.key` beside the
    /// journal. It is made on the first start.
    #[serde(default)]
    pub journal_key: Option<PathBuf>,
    /// The folder for files of petitions that an agent saves; they go when the agent
    /// goes. None means `saved-files` beside the journal.
    #[serde(default)]
    pub saved_files: Option<PathBuf>,
    pub exchange: ExchangeAddress,
    /// The call centre's switch; without it no call comes to this desk.
    #[serde(default)]
    pub switch: Option<SwitchAddress>,
    /// Where the agent hears and speaks; without it a telephone of its own stands
    /// beside the desk.
    #[serde(default)]
    pub sound: Option<SoundSettings>,
    /// Whether the exchange sends text messages to citizens (its `--text-messages`).
    #[serde(default)]
    pub text_messages: bool,
    /// What an agent has after a call before the next one.
    #[serde(default = "wrap_up")]
    pub wrap_up_seconds: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExchangeAddress {
    /// Such as `https://exchange:8443`, without a slash at the end.
    pub url: String,
    /// The folder of the station's certificate: `certificate.pem`, `key.pem` and
    /// the `authority.pem` it trusts.
    pub credentials: PathBuf,
    /// The same of an agent who may decide what waits for a person; none means
    /// that nobody may from here.
    #[serde(default)]
    pub agent: Option<PathBuf>,
}

fn wrap_up() -> u32 {
    60
}

impl Settings {
    /// # Errors
    /// When the file cannot be read, a key is unknown, missing or malformed.
    pub fn read(file: &Path) -> Result<Self, SettingsError> {
        station::read_settings(file)
    }

    /// Where the journal's key is, or will be.
    pub fn key_file(&self) -> PathBuf {
        self.journal_key
            .clone()
            .unwrap_or_else(|| self.journal.with_file_name("station.key"))
    }

    /// Where saved files are, or will be.
    pub(crate) fn saved_files(&self) -> PathBuf {
        let beside = || self.journal.with_file_name("saved-files");
        self.saved_files.clone().unwrap_or_else(beside)
    }

    /// `sound` is what a telephone of the desk's own hears and speaks with.
    pub(crate) fn site(&self, has_telephone: bool, sound: Option<SoundSettings>) -> Site {
        Site {
            office: self.office.clone(),
            jurisdiction: self.jurisdiction.clone(),
            text_messages: self.text_messages,
            wrap_up: Duration::from_secs(u64::from(self.wrap_up_seconds)),
            sound,
            has_telephone,
            has_switch: self.switch.is_some(),
            has_agent: self.exchange.agent.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_example_is_what_a_desk_reads() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("desk.example.toml");

        let settings = Settings::read(&file).unwrap();

        assert_eq!(settings.station.as_str(), "desk-1");
        assert_eq!(settings.wrap_up_seconds, 60);
        assert!(settings.site(false, None).has_agent);
    }
}
