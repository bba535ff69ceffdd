//! What an exchange is told when it starts.

use std::{net::SocketAddr, path::PathBuf};

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
    /// The X-Road security server.
    pub networks: String,
    /// The roster: stations and agents with their certificates.
    pub stations: PathBuf,
    pub key_store: KeyStore,
    /// For demonstrations out of hours: what the clock says at the start.
    pub clock_starts_at: Option<Timestamp>,
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
