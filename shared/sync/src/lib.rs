//! Replication of journals between stations and the exchange, without I/O.

mod backoff;
mod chain;
mod frame;
mod station;

pub use backoff::Backoff;
pub use chain::{Hash, Head, Incarnation, NotHexadecimal, Salt, commitment};
pub use frame::{Acknowledgement, Entry, Offer, Publication, Publications};
pub use station::{Station, StationCommand, StationEvent};
