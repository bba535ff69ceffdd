//! What every station's program does, whether a kiosk's or a desk's: two clocks, the
//! key of its tickets, when it last heard of the exchange, and what the exchange and
//! the journal say to each other.

mod clock;
mod contacts;
pub mod correspondence;
mod ticket_key;

pub use clock::{Clock, Moment};
pub use contacts::{Contact, Contacts};
pub use ticket_key::{TicketKeyError, open as open_ticket_key};
