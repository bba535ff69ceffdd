//! Replication of journals between stations and the exchange, without I/O.

mod audit;
mod backoff;
mod chain;
mod checkpoint;
mod entry;
mod frame;
mod keys;
mod station;
mod ticket;

pub use audit::{Audit, Audited, Finding, Link, Wrong};
pub use backoff::Backoff;
pub use chain::{Hash, Head, Incarnation, NotHexadecimal, Salt, commitment};
pub use checkpoint::{CoSignedHead, Forged, SignedHead};
pub use entry::{Content, Entry, Unreadable};
pub use frame::{Acknowledgement, Offer, Publication, Publications};
pub use keys::{KeyPair, KeyUnreadable, PublicKey, Signature};
pub use station::{Station, StationCommand, StationEvent};
pub use ticket::{TicketAnswer, TicketQuestion};
