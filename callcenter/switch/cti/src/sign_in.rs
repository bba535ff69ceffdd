//! Signing in: how an agent proves who it is, and what it is given.

use badge::SignedBadge;
use privacy::Personal;
use serde::{Deserialize, Serialize};

/// Who wants to be signed in, and why the switch should believe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Of the agent, as the center's plan names it.
    pub account: String,
    pub proof: Proof,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    Passphrase(Personal<String>),
    /// The token of a session whose line broke.
    Resumption(Personal<String>),
}

/// An agent who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedIn {
    /// The agent's number in the center.
    pub agent: u32,
    pub account: String,
    /// May listen, whisper and barge, and sees figures.
    pub supervisor: bool,
    /// With it the desk goes on after its line broke.
    pub resumption: Personal<String>,
    /// What the desk shows the exchange of whoever works there; see [`crate::Event::Badge`].
    pub badge: SignedBadge,
    /// None where the agent's telephone has a password of its own.
    pub telephone: Option<TelephoneAccount>,
}

/// What a telephone registers with (RFC 3261 §10), as long as the agent is
/// signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TelephoneAccount {
    /// The address of record, at the registrar: `sip:ACCOUNT@HOST:PORT`.
    pub uri: String,
    pub account: String,
    pub password: Personal<String>,
}
