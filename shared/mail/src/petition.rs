//! What somebody asks for in a letter.

use privacy::Personal;
use request::{Enclosure, Sender};

use crate::Key;

/// Longer letters are cut, and the petition says so; the message itself is kept
/// by the mail server.
pub const TEXT_CHARS_MAX: usize = 20_000;

/// A letter as far as it can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Petition {
    /// By which the same letter is known again.
    pub key: Key,
    /// As the `From` field has it. `Reply-To` is not heeded: an answer would go to
    /// whomever a stranger names.
    pub sender: Sender,
    pub subject: Personal<String>,
    pub text: Personal<String>,
    /// The text goes on in the message.
    pub cut: bool,
    pub enclosures: Vec<Enclosure>,
    /// Enclosures that are in the message and not in the list.
    pub enclosures_left_out: usize,
}
