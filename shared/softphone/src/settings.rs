//! What a telephone is told once.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};

use privacy::Personal;
use rustls::ClientConfig;
use serde::{Deserialize, Serialize};

use crate::Account;

/// Where an address says no other (RFC 3261 §19.1.2).
const SIP_PORT: u16 = 5060;

/// Account, registrar and devices of one telephone.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The registrar's name or address, without a port. Calls from elsewhere are
    /// refused; a name is looked up once, at the start.
    pub registrar: String,
    pub port: u16,
    pub transport: Transport,
    /// The user part of its address, and the name it proves itself with.
    pub account: Personal<String>,
    pub password: Personal<String>,
    /// The address of this machine calls and sound come to. `None`: the one that
    /// leads to the registrar.
    pub local: Option<IpAddr>,
    pub encryption: Encryption,
    pub sound: SoundSettings,
}

impl Settings {
    /// The telephone of an account; `None` when its address names no registrar.
    pub(crate) fn of(account: &Account, sound: SoundSettings) -> Option<Self> {
        let address = account.address_of_record.strip_prefix("sip:")?;
        let (_, registrar) = address.rsplit_once('@')?;
        let (host, port) = match registrar.rsplit_once(':') {
            Some((host, port)) => (host, port.parse().ok()?),
            None => (registrar, SIP_PORT),
        };
        Some(Self {
            registrar: host.to_owned(),
            port,
            transport: Transport::Udp,
            account: Personal::new(account.name.clone()),
            password: account.password.clone(),
            local: None,
            encryption: Encryption::Possible,
            sound,
        })
    }

    /// A telephone that only calls: it has a number and no account.
    pub fn of_a_caller(switch: SocketAddr, number: &str, sound: SoundSettings) -> Self {
        Self {
            registrar: switch.ip().to_string(),
            port: switch.port(),
            transport: Transport::Udp,
            account: Personal::new(number.to_owned()),
            password: Personal::default(),
            local: None,
            encryption: Encryption::Never,
            sound,
        }
    }
}

/// How SIP travels.
#[derive(Clone)]
pub enum Transport {
    Udp,
    Tcp,
    /// With the authorities that may vouch for the registrar's name.
    Tls(Arc<ClientConfig>),
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Udp => "Udp",
            Self::Tcp => "Tcp",
            Self::Tls(_) => "Tls",
        })
    }
}

/// Whether sound is encrypted: SRTP with keys in SDP (RFC 4568), which only TLS
/// keeps secret.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encryption {
    Never,
    /// When the other end offers it.
    #[default]
    Possible,
    /// Or there is no call.
    Required,
}

/// The `[sound]` section of a program's settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SoundSettings {
    pub microphone: Device,
    pub loudspeaker: Device,
}

/// Where sound comes from or goes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Device {
    /// Whatever the system takes for its own.
    #[default]
    Default,
    /// By the name the system has for it: with ALSA that of a PCM, such as `hw:CARD=H`.
    Named(String),
    /// A WAV file: as a microphone played over and over, as a loudspeaker written anew.
    File(PathBuf),
    /// Silence.
    Null,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_registrar_is_whom_the_address_of_record_names() {
        let registrar = |uri: &str| {
            let account = Account {
                address_of_record: uri.to_owned(),
                name: "agent-1".to_owned(),
                password: Personal::new("p".to_owned()),
            };
            let settings = Settings::of(&account, SoundSettings::default());
            settings.map(|it| (it.registrar, it.port))
        };
        let at = |host: &str, port| Some((host.to_owned(), port));

        assert_eq!(registrar("sip:agent-1@10.0.0.7:5070"), at("10.0.0.7", 5070));
        assert_eq!(registrar("sip:agent-1@switch"), at("switch", 5060));
        assert_eq!(registrar("agent-1@switch"), None);
        assert_eq!(registrar("sip:agent-1@switch:many"), None);
    }

    #[test]
    fn the_sound_section_is_written_as_it_always_was() {
        let text = "microphone = \"default\"\n\n[loudspeaker]\nnamed = \"hw:CARD=H\"\n";

        let settings: SoundSettings = toml::from_str(text).unwrap();

        assert_eq!(settings.microphone, Device::Default);
        assert_eq!(settings.loudspeaker, Device::Named("hw:CARD=H".to_owned()));
        assert_eq!(toml::to_string(&settings).unwrap(), text);
        assert!(toml::from_str::<SoundSettings>("microfone = \"null\"").is_err());
        assert_eq!(
            toml::from_str::<SoundSettings>("").unwrap(),
            SoundSettings::default()
        );
    }
}
