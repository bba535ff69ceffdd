//! A letter by e-mail, read as a petition (RFC 5322, MIME).
//!
//! Mail comes from anybody: size, parts and nesting are bounded before anything
//! is parsed, and what no person has written is refused, so that two machines
//! never answer each other (RFC 3834). What a petition says is personal from
//! here on; what is wrong with a message names nobody.
//!
//! Pure: no clock, no disk, no network.

mod automatic;
mod bounds;
mod charset;
mod enclosure;
mod encoded_word;
mod header_block;
mod iso_2022_kr;
mod key;
mod petition;
mod read;
mod refusal;
mod tidy;

pub use automatic::{Automatic, LOOP_HEADER};
pub use bounds::{CONTENT_TYPES_MAX, MESSAGE_BYTES_MAX};
pub use key::Key;
pub use petition::{Petition, TEXT_CHARS_MAX};
pub use read::read;
pub use refusal::NotAPetition;
