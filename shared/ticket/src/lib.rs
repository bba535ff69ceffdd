//! Tickets: what a station gives a citizen who has to come back.
//!
//! A *claim ticket* stands for a request that was accepted and is not done yet, a
//! *refund ticket* for money that a machine owes. Either carries a [`Code`] that
//! people type and telephone, and a QR code with the same code, signed by the
//! station ([`Issuer::sign`]), so that a forged paper is known without a ledger.
//! Neither names a person.
//!
//! Whether a ticket was used is known to the exchange's ledger alone.

mod code;
mod issuer;
mod signed;

pub use code::{Code, Kind, NotACode, in_groups};
pub use issuer::{Issuer, KeyError};
pub use signed::{NotGenuine, NotSigned, Ticket, is_key, read, verify};
