//! Replication of journals between stations and the exchange, without I/O.

mod frame;

pub use frame::{Acknowledgement, Entry, Offer, Publication, Publications};
