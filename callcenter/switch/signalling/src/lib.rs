//! The telephone lines: calls in and out over SIP.
//!
//! [`Signalling`] is what a switch sees: commands go in, events come out, each
//! about a leg. [`RsipSignalling`] does it over UDP, TCP and TLS. In front of
//! the stack stand the screen and the admission of the pure crate `sip`: what
//! they do not let through the stack never sees.
//!
//! Lines can be a telephone at other lines, too: [`UserAgent`] registers there,
//! [`Credentials`] prove who calls, and [`Callers::Only`] keeps everybody else out.
//!
//! The stack writes whole messages, telephone numbers included, to its log. The
//! house's own log (`telemetry`) leaves its lines out; a program with another
//! one must give [`LOG_DIRECTIVE`] to its filter.

mod accounts;
mod command;
mod credentials;
mod dialog;
mod directory;
mod door;
mod escapes;
mod event;
mod front;
mod headers;
mod leg;
mod line;
mod lines;
mod placing;
mod reception;
mod registering;
mod registration;
mod rsip_signalling;
mod settings;
mod transactions;

pub use accounts::{Accounts, Malformed};
pub use command::{Call, Command, Target};
pub use credentials::Credentials;
pub use door::Callers;
pub use event::{Cause, Event};
pub use leg::LegId;
pub use registering::{Binding, NotRegistered, UserAgent};
pub use rsip_signalling::{Fault, RsipSignalling};
pub use settings::{Settings, TlsListener};
use sip::digest::AccountKey;

/// What keeps people out of the log: the stack's own lines are not written.
pub const LOG_DIRECTIVE: &str = "rsipstack=off";

/// The lines, whatever stack is behind them.
pub trait Signalling: Send {
    /// A leg for [`Command::Call`]; its number was never used before.
    fn new_leg(&mut self) -> LegId;

    /// Lets a telephone register, and call, under this account from now on.
    fn admit_account(&mut self, account: &str, key: AccountKey);

    /// The same no more; telephones that are registered are so no longer. Calls
    /// that are up stay up.
    fn dismiss_account(&mut self, account: &str);

    /// Calls an account's telephones no more, until they register again.
    fn forget_telephones(&mut self, account: &str);

    /// Orders something; what comes of it arrives as events.
    fn carry_out(&mut self, command: Command);
}
