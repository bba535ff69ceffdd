//! Typing without a system keyboard: Hangul composition, layouts, search.
//!
//! Pure. A kiosk has no input method, so the two-set keyboard (KS X 5002) is
//! composed here, jamo by jamo.

mod composer;
mod jamo;
mod layout;
mod search;
mod slips;
mod words;

pub use composer::Composer;
pub use layout::{CAPITALS, DIGITS, HANGUL, LATIN, latin_as_jamo, shifted};
pub use search::{is_initials, matches};
pub use slips::slips;
pub use words::keep_words_together;
