//! The post office's decisions: letters by e-mail become petitions, and answers
//! become letters.
//!
//! Pure: no clock, disk or network. Whoever stands around it keeps a journal, reads
//! a mailbox and speaks to a mail server. A message leaves the inbox only when the
//! exchange has its petition; a letter is written down before the mail server is
//! given it, so that it goes out once or is known to be in doubt.

mod letters;
mod office;
mod petition;
#[cfg(test)]
mod tests;

pub use letters::{Order, Outcome};
pub use office::{Command, Event, Folder, Office, Place, Site};
