//! What provisioning has written down about the edge: the file `edge.toml`.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use fitting::DeviceSettings;
use serde::Deserialize;
use station::SettingsError;

use crate::Dialect;

/// The first of the ports that the standard sets aside for its services.
const PORT: u16 = 5846;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where clients are listened for; this machine alone unless `tls` is set.
    #[serde(default = "loopback")]
    pub listen: SocketAddr,
    /// What clients call this machine; none means by the address they came to.
    #[serde(default)]
    pub host: Option<String>,
    #[serde(default)]
    pub tls: Option<TlsSettings>,
    #[serde(default)]
    pub dialect: Dialect,
    pub devices: DeviceSettings,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsSettings {
    /// A folder with `certificate.pem`, `key.pem` and `authority.pem`: only clients with a
    /// certificate of that authority are let in.
    pub credentials: PathBuf,
}

fn loopback() -> SocketAddr {
    SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), PORT)
}

/// Whoever reaches the edge can take money and read cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0} can be reached from other machines, and nobody would have to say who they are: \
     listen on 127.0.0.1 or set [tls] credentials"
)]
pub struct Exposed(pub SocketAddr);

impl Settings {
    /// # Errors
    /// When the file cannot be read, a key is unknown, missing or malformed.
    pub fn read(file: &Path) -> Result<Self, SettingsError> {
        station::read_settings(file)
    }

    /// # Errors
    /// When others than this machine could come without a certificate.
    pub fn check(&self) -> Result<(), Exposed> {
        if self.listen.ip().is_loopback() || self.tls.is_some() {
            Ok(())
        } else {
            Err(Exposed(self.listen))
        }
    }
}
