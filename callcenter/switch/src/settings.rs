//! A switch's settings, as its operator writes them.

use std::{
    fs,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::Context;
use request::{StationId, Timestamp};
use serde::Deserialize;

use crate::{center::Center, line_tls::TlsSettings, voice::VoiceSettings};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub station: StationId,
    /// The switch's memory; its keys lie beside it.
    pub journal: PathBuf,
    pub lines: LineSettings,
    pub sound: SoundSettings,
    pub voice: VoiceSettings,
    pub center: Center,
    /// Agents' desks; without them agents work by telephone alone.
    pub desks: Option<DeskSettings>,
    /// What talks are judged by; without it nobody judges.
    pub quality: Option<QualitySettings>,
    /// Beside the settings; see [`crate::passphrases`].
    #[serde(skip)]
    pub passphrases: PathBuf,
    /// Facts about calls are kept so long.
    pub keep_calls_days: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineSettings {
    pub udp: Option<SocketAddr>,
    pub tcp: Option<SocketAddr>,
    pub tls: Option<TlsSettings>,
    pub realm: String,
    /// The telephones' accounts, see [`signalling::Accounts::parse`].
    pub accounts: PathBuf,
    /// Who may call without a password: nothing for everybody, else these.
    pub trunks: Option<Vec<IpAddr>>,
    /// Where calls to numbers outside go: host and port.
    pub trunk: Option<String>,
    /// Ask for passwords by MD5 alone: telephones that know nothing newer also do
    /// not look for it behind a better offer.
    #[serde(default)]
    pub old_telephones: bool,
    /// Let in before all others.
    pub emergency: Option<String>,
    /// Calls a second, from all and from one address.
    #[serde(default)]
    pub calls_per_second: Option<u32>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SoundSettings {
    pub address: IpAddr,
    pub first_port: u16,
    pub last_port: u16,
    /// Take sound from wherever it comes first: for telephones behind a router.
    #[serde(default)]
    pub behind_routers: bool,
    pub recordings: Option<RecordingSettings>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskSettings {
    pub listen: SocketAddr,
    /// The folder of the switch's certificate: `certificate.pem`, `key.pem` and
    /// the `authority.pem` that issues desks theirs.
    pub credentials: PathBuf,
    /// Stations that are desks of this center.
    pub stations: Vec<StationId>,
    /// For demonstrations out of hours: what desks and badges take for the time when
    /// the switch starts.
    #[serde(skip)]
    pub clock_starts_at: Option<Timestamp>,
    /// Stations that are kiosks with a handset: whose citizens speak with the agent who
    /// helps at their screen. None of them lets an agent sign in.
    #[serde(default)]
    pub kiosks: Vec<StationId>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QualitySettings {
    /// Files of quality forms. By the first talks are judged now; behind it stand the
    /// earlier versions, by which talks stay judged.
    pub forms: Vec<PathBuf>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordingSettings {
    pub folder: PathBuf,
    /// An age recipient: who has its identity may listen.
    pub recipient: String,
    /// How long each is kept; see [`media::recording::Shelf::erase`].
    #[serde(default = "three_months")]
    pub keep_days: u32,
}

fn three_months() -> u32 {
    90
}

impl Settings {
    /// Reads the file; what it names is beside it.
    ///
    /// # Errors
    /// When it cannot be read or something in it is wrong.
    pub fn read(file: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(file)
            .with_context(|| format!("cannot read the settings {}", file.display()))?;
        let mut settings: Self =
            toml::from_str(&text).context("the settings are not what they should be")?;
        let beside = file.parent().unwrap_or(Path::new("."));
        for path in [
            &mut settings.journal,
            &mut settings.lines.accounts,
            &mut settings.voice.cache,
        ] {
            *path = beside.join(&path);
        }
        if let Some(tls) = &mut settings.lines.tls {
            tls.certificate = beside.join(&tls.certificate);
            tls.key = beside.join(&tls.key);
        }
        if let Some(recordings) = &mut settings.voice.recordings {
            *recordings = beside.join(&recordings);
        }
        if let Some(recordings) = &mut settings.sound.recordings {
            recordings.folder = beside.join(&recordings.folder);
        }
        if let Some(desks) = &mut settings.desks {
            desks.credentials = beside.join(&desks.credentials);
        }
        for form in settings.quality.iter_mut().flat_map(|it| &mut it.forms) {
            *form = beside.join(&form);
        }
        settings.passphrases = file.with_file_name("agent-passphrases");
        settings.center.check()?;
        Ok(settings)
    }
}
