//! What every station's program does, whether a kiosk's, a desk's or a post office's:
//! two clocks, its settings and its journal, the key of its tickets, when it last
//! heard of the exchange, what the exchange and the journal say to each other, what
//! it has announced, editions of the catalogue, and the way to the switch.

mod attempts;
mod bulletin;
mod clock;
mod contacts;
pub mod correspondence;
mod correspondent;
mod editions;
mod forgetting;
mod opening;
mod settings;
mod signing;
mod switch_address;
mod switch_line;
mod ticket_key;

pub use attempts::attempts_seed;
pub use bulletin::Bulletin;
pub use clock::{Clock, Moment};
pub use contacts::{Contact, Contacts};
pub use correspondent::{Correspondent, Duty};
pub use editions::{EditionCommand, EditionEvent, EditionShelf, Editions};
pub use forgetting::Forgetting;
pub use opening::{OpenError, open_journal};
pub use settings::{SettingsError, read_settings};
pub use signing::Signing;
pub use switch_address::{SwitchAddress, SwitchUnreachable};
pub use switch_line::SwitchLine;
pub use ticket_key::{TicketKeyError, open as open_ticket_key};
