//! The desk: an agent of the call centre at a keyboard, a caller on the telephone.
//!
//! [`workplace`] decides, without input or output; [`Desk`] is the shell around
//! it, [`screens`] the only part that knows the window. A desk is a station like
//! a kiosk: its own journal, its own line, and it works while the line is down.
//! The telephone is somebody else's: [`telephone`] is the port it comes through.

mod asking;
pub mod attention;
mod attention_line;
mod carry_out;
pub mod checks;
mod chosen_sound;
mod content;
mod correspondence;
pub mod directory;
pub mod disposition;
mod editions;
mod event_loop;
mod forgetting;
mod happening;
pub mod helping;
mod journaled;
pub mod knowledge;
mod knowledge_line;
mod outbox;
mod petition_line;
pub mod petitions;
mod posting_line;
pub mod postings;
pub mod preparation;
mod reach;
pub mod reviews;
mod running;
mod saved_files;
pub mod screens;
pub mod sending;
mod sending_line;
mod settings;
pub mod shift;
mod shift_number;
pub mod sound;
mod switch_line;
pub mod telephone;
mod unfinished;
pub mod wallboard;
mod wording;
pub mod worklist;
pub mod workplace;

pub use content::ContentError;
pub use outbox::Outbox;
pub use reach::Reach;
pub use running::{Desk, StartError, TelephoneOrders};
pub use settings::{ExchangeAddress, Settings};
pub use station::SwitchAddress;
pub use station::{Clock, Contact, Moment, TicketKeyError};
pub use wording::Language;
