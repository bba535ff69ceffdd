//! How the lines are opened.

use std::{fmt, net::SocketAddr, sync::Arc, time::Duration};

use lockout::Patience;
use rustls::{ClientConfig, ServerConfig};
use sip::{admission::Limits, digest::Algorithm, registrar::Terms, session_timer};

use crate::{Accounts, Callers, Credentials};

/// What the lines listen on, whom they let in, and how patient they are.
#[derive(Clone, Debug)]
pub struct Settings {
    /// SIP over UDP; port 0 takes any.
    pub udp: Option<SocketAddr>,
    /// SIP over TCP.
    pub tcp: Option<SocketAddr>,
    /// SIP over TLS.
    pub tls: Option<TlsListener>,
    /// The realm passwords belong to (RFC 7616 §3.3).
    pub realm: String,
    /// In the order they are offered (RFC 8760 §2.4).
    pub algorithms: Vec<Algorithm>,
    pub accounts: Accounts,
    pub callers: Callers,
    /// What calls of ours prove themselves with where they are asked to.
    pub credentials: Option<Credentials>,
    /// The number dialled for emergencies: its calls are let in before all others.
    pub emergency: Option<String>,
    pub limits: Limits,
    pub patience_with_sources: Patience,
    pub patience_with_accounts: Patience,
    pub registrations: Terms,
    /// Legs at a time; further calls are refused with 503.
    pub legs_max: usize,
    /// Connections of TCP and TLS at a time.
    pub connections_max: usize,
    /// Events the switch may be behind.
    pub events_max: usize,
    pub refreshing: session_timer::Policy,
    /// T1 of RFC 3261 §17.1.1.1; every other timer of the transactions follows from it.
    pub round_trip: Duration,
}

/// Where SIP over TLS is listened for, and with which certificates.
#[derive(Clone)]
pub struct TlsListener {
    pub address: SocketAddr,
    pub server: Arc<ServerConfig>,
    /// For calls of ours to `sips:` targets that have no connection.
    pub client: Option<Arc<ClientConfig>>,
}

impl fmt::Debug for TlsListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TlsListener({})", self.address)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            udp: None,
            tcp: None,
            tls: None,
            realm: "minwon".to_owned(),
            algorithms: vec![Algorithm::Sha256, Algorithm::Md5],
            accounts: Accounts::default(),
            callers: Callers::Trunks(Vec::new()),
            credentials: None,
            emergency: None,
            limits: Limits::default(),
            patience_with_sources: Patience {
                tries: 5,
                first_wait: Duration::from_secs(5),
                longest_wait: Duration::from_secs(900),
                forgotten_after: Duration::from_secs(3_600),
            },
            patience_with_accounts: Patience {
                tries: 10,
                first_wait: Duration::from_secs(5),
                longest_wait: Duration::from_secs(60),
                forgotten_after: Duration::from_secs(3_600),
            },
            registrations: Terms::default(),
            legs_max: 2_000,
            connections_max: 1_000,
            events_max: 4_096,
            refreshing: session_timer::Policy::default(),
            round_trip: Duration::from_millis(500),
        }
    }
}
