//! What an operator has written down about a post office: the file `post.toml`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use privacy::Personal;
use request::{ServiceId, StationId};
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub station: StationId,
    /// What letters are requests for, such as `petition`.
    pub service: ServiceId,
    /// The office's own address: letters come to it and go out from it.
    pub address: String,
    /// In which requests are kept (ISO 639-1).
    pub language: String,
    /// The folder of the service catalogue.
    pub catalog: PathBuf,
    /// The journal's file; its folder must exist. Its keys lie beside it.
    pub journal: PathBuf,
    pub exchange: ExchangeAddress,
    pub incoming: Incoming,
    pub outgoing: Outgoing,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExchangeAddress {
    /// Such as `https://exchange:8443`, without a slash at the end.
    pub url: String,
    /// The folder of the station's certificate.
    pub credentials: PathBuf,
}

/// How a line to a mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// TLS after a plain greeting, and nothing without it (RFC 3207).
    Starttls,
    /// None; only where the server is this machine.
    Plain,
}

/// The mailbox letters come to, by IMAP (RFC 3501, 2177, 6851) over TLS.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incoming {
    pub host: String,
    pub port: u16,
    /// Certificates of the authorities that may vouch for the server, in PEM.
    pub authority: PathBuf,
    pub account: String,
    /// Its first line is the password.
    pub password_file: PathBuf,
    #[serde(default)]
    pub folders: MailboxFolders,
}

/// Where messages go from the inbox.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailboxFolders {
    pub processed: String,
    pub refused: String,
}

impl Default for MailboxFolders {
    fn default() -> Self {
        Self {
            processed: "Processed".to_owned(),
            refused: "Refused".to_owned(),
        }
    }
}

/// The server letters go out by (RFC 6409).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outgoing {
    pub host: String,
    pub port: u16,
    pub protection: Protection,
    /// As [`Incoming::authority`]; not needed on a plain line.
    #[serde(default)]
    pub authority: Option<PathBuf>,
    /// None where the server asks for no account.
    #[serde(default)]
    pub account: Option<String>,
    #[serde(default)]
    pub password_file: Option<PathBuf>,
}

/// Why the settings are of no use.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error(transparent)]
    File(#[from] station::SettingsError),
    #[error("cannot read the password in {file}")]
    Password {
        file: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("the catalogue accepts no service `{0}`")]
    Service(ServiceId),
    #[error("a plain line to {0} would show passwords and letters to everybody on the way")]
    Plain(String),
}

impl Settings {
    /// Reads the file; what it names is beside it.
    ///
    /// # Errors
    /// When the file cannot be read, a key is unknown, missing or malformed, or a
    /// line would be plain to another machine.
    pub fn read(file: &Path) -> Result<Self, SettingsError> {
        let mut settings: Self = station::read_settings(file)?;
        let outgoing = &settings.outgoing;
        let here = ["localhost", "127.0.0.1", "::1"].contains(&outgoing.host.as_str());
        if outgoing.protection == Protection::Plain && !here {
            return Err(SettingsError::Plain(outgoing.host.clone()));
        }
        let beside = file.parent().unwrap_or(Path::new("."));
        let mut paths = vec![
            &mut settings.catalog,
            &mut settings.journal,
            &mut settings.exchange.credentials,
            &mut settings.incoming.authority,
            &mut settings.incoming.password_file,
        ];
        paths.extend(settings.outgoing.authority.as_mut());
        paths.extend(settings.outgoing.password_file.as_mut());
        for path in paths {
            *path = beside.join(&path);
        }
        Ok(settings)
    }
}

/// The first line of a password's file.
pub(crate) fn password(file: &Path) -> Result<Personal<String>, SettingsError> {
    let text = fs::read_to_string(file).map_err(|source| SettingsError::Password {
        file: file.to_owned(),
        source,
    })?;
    Ok(Personal::new(
        text.lines().next().unwrap_or_default().to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn example() -> String {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("post.example.toml");
        fs::read_to_string(file).unwrap()
    }

    fn written(name: &str, text: &str) -> Result<Settings, SettingsError> {
        let file = std::env::temp_dir().join(format!("minwon-{name}-{}.toml", std::process::id()));
        fs::write(&file, text).unwrap();
        let settings = Settings::read(&file);
        fs::remove_file(&file).unwrap();
        settings
    }

    #[test]
    fn the_example_is_what_a_post_office_reads() {
        let settings = written("post", &example()).unwrap();

        assert_eq!(settings.service, ServiceId::new("petition"));
        assert_eq!(settings.outgoing.protection, Protection::Starttls);
        assert!(settings.journal.starts_with(std::env::temp_dir()));
    }

    #[test]
    fn letters_do_not_go_over_a_plain_line_to_another_machine() {
        let plain = example().replace("\"starttls\"", "\"plain\"");

        let refused = written("plain", &plain).unwrap_err();

        assert!(matches!(refused, SettingsError::Plain(host) if host == "smtp.hanbit.example"));
    }
}
