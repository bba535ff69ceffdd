//! The post office as a program: reads a mailbox, gives letters to a mail server,
//! and is a station of the exchange.
//!
//! What becomes of a letter and which one is due is [`post`]'s; here are the
//! journal it is written down in, the lines to mailbox, mail server and exchange,
//! and the one loop in which they meet. A fact is durable before what follows it;
//! when the journal fails the program ends, and begins again from the disk.

mod correspondence;
mod event_loop;
mod happening;
mod letter;
mod mailbox;
mod outgoing;
mod running;
mod settings;
mod trust;
mod wording;

pub use outgoing::OutgoingError;
pub use running::{Post, StartError};
pub use settings::{Settings, SettingsError};
pub use trust::TrustError;
