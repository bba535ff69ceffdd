//! What an exchange is told when it starts.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use request::Timestamp;

#[derive(Clone, Debug)]
pub struct Settings {
    pub catalog: PathBuf,
    /// Where the store, the keys and the public trust lie.
    pub data: PathBuf,
    /// Where stations and agents come, with their certificates.
    pub listen: SocketAddr,
    /// Names and addresses by which they know the exchange.
    pub names: Vec<String>,
    /// Where everybody may ask whether a paper counts.
    pub public: SocketAddr,
    pub page: PageSettings,
    /// Where metrics and readiness are told; nobody but operators may reach it.
    pub operators: Option<SocketAddr>,
    /// Where operators sign in; none without it.
    pub console: Option<ConsoleSettings>,
    /// Where machines that are expected have their keys certified; none without it.
    pub enrolment: Option<SocketAddr>,
    /// The X-Road security server.
    pub networks: String,
    /// Security servers, subsystems and credentials of single networks, and of all.
    pub network_access: Option<PathBuf>,
    /// Agencies that documents may be sent to; without the file to none.
    pub recipients: Option<PathBuf>,
    /// The roster: stations and agents with their certificates.
    pub stations: PathBuf,
    /// Whether a desk may help at kiosks that shows no badge of its agent, on its own
    /// word alone. None means: only while the roster lists no switch that could give one.
    pub unproven_agents: Option<bool>,
    pub key_store: KeyStore,
    /// For demonstrations out of hours: what the clock says at the start.
    pub clock_starts_at: Option<Timestamp>,
    pub backup: Option<BackupSettings>,
    /// Where text messages to citizens are left for a gateway: `outgoing` of SMS Server
    /// Tools. Without it none is sent.
    pub text_messages: Option<PathBuf>,
    /// How long the roster keeps what an agent has practised.
    pub training_kept: Duration,
}

/// Three years, as long as an employer keeps what concerns a contract of employment
/// (Labor Standards Act, article 42).
pub const TRAINING_KEPT: Duration = Duration::from_hours(24 * 365 * 3);

/// How the page is served where anybody asks whether a paper counts.
#[derive(Clone, Debug, Default)]
pub struct PageSettings {
    /// Whose word is believed on whom they forward for (`X-Forwarded-For`).
    pub proxies: Vec<IpAddr>,
    /// `minwon-examiner`, which reads pictures and PDFs. Without it none are taken.
    pub examiner: Option<PathBuf>,
}

/// How the operators' console is served.
#[derive(Clone, Debug)]
pub struct ConsoleSettings {
    pub listen: SocketAddr,
    /// `certificate.pem`, `key.pem` and `authority.pem` that browsers know; without them
    /// the exchange shows the certificate that stations know.
    pub credentials: Option<PathBuf>,
}

/// How backups are kept while the exchange serves.
#[derive(Clone, Debug)]
pub struct BackupSettings {
    pub folder: PathBuf,
    /// The public key they are encrypted to (`age1…`), or the file that holds it.
    pub recipient: String,
    /// From one whole copy to the next; what is committed between is kept at once.
    pub every: Duration,
    /// A station is told that something is safe when the backup holds it, too.
    /// Otherwise the last second before a fire may be lost.
    pub confirm: bool,
}

/// Where the key lies that signs certificates.
#[derive(Clone, Debug, Default)]
pub enum KeyStore {
    /// In a file that only this user may read.
    #[default]
    File,
    Pkcs11 {
        module: PathBuf,
        token: String,
        key: String,
        /// Holds the PIN.
        pin_file: PathBuf,
        /// Certificates in PEM, the signer's first.
        chain: PathBuf,
    },
}
