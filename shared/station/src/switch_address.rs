//! The way to the call centre's switch, which a desk and a kiosk with a handset have in
//! common: TLS with the station's own certificate.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use identity::{Clock, Credentials, CredentialsFault};
use serde::Deserialize;
use thiserror::Error;
use tokio::{
    net::{TcpStream, lookup_host},
    time::timeout,
};
use tokio_rustls::{TlsConnector, client::TlsStream, rustls::pki_types::ServerName};

const CONNECT_WITHIN: Duration = Duration::from_secs(3);

/// The `[switch]` section of a station's settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SwitchAddress {
    /// Host and port, such as `switch:5061`.
    pub address: String,
    /// The name in the switch's certificate; none means the host.
    #[serde(default)]
    pub name: Option<String>,
    /// The folder of the station's certificate: `certificate.pem`, `key.pem` and the
    /// `authority.pem` it trusts.
    pub credentials: PathBuf,
}

/// Why the switch is not reached.
#[derive(Debug, Error)]
pub enum SwitchUnreachable {
    #[error("the certificate cannot be used")]
    Credentials(#[from] CredentialsFault),
    #[error("the switch's name cannot be in a certificate")]
    Name,
    #[error("the switch does not answer")]
    Line(#[from] std::io::Error),
    #[error("the switch takes too long to answer")]
    Slow,
}

impl SwitchAddress {
    /// Connects; the certificate is read each time, so that a renewed one is taken up.
    ///
    /// # Errors
    /// When the switch is not reached within three seconds, or is not the one it should be.
    pub async fn connect(&self, clock: Clock) -> Result<TlsStream<TcpStream>, SwitchUnreachable> {
        match timeout(CONNECT_WITHIN, self.connected(clock)).await {
            Ok(connected) => connected,
            Err(_) => Err(SwitchUnreachable::Slow),
        }
    }

    async fn connected(&self, clock: Clock) -> Result<TlsStream<TcpStream>, SwitchUnreachable> {
        let own = Credentials::read(&self.credentials)?;
        let config = identity::client(own, clock)?;
        let address = self.address.as_str();
        let found: Vec<SocketAddr> = lookup_host(address).await?.collect();
        let tcp = TcpStream::connect(found.as_slice()).await?;
        tcp.set_nodelay(true)?;
        let host = address.rsplit_once(':').map_or(address, |it| it.0);
        let name = self.name.as_deref().unwrap_or(host).to_owned();
        let name = ServerName::try_from(name).map_err(|_| SwitchUnreachable::Name)?;
        let connector = TlsConnector::from(Arc::new(config));
        Ok(connector.connect(name, tcp).await?)
    }
}
