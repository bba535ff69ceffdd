//! Full-text search in Korean and English, in memory.
//!
//! Korean writes particles onto words (도서관이, 도서관을) and compounds together or
//! apart (공영주차장, 공영 주차장), so that words between spaces find little. Here a text
//! is taken apart into pairs of syllables that also reach over spaces, and what is typed
//! is looked for as a row of such pairs, without its particle; what finds too little that
//! way is looked for by any of its pairs, which bears a slip of the finger. First
//! consonants are looked for in titles and keywords.
//!
//! Underneath is SQLite's FTS5 with its Okapi BM25. What somebody types never becomes a
//! part of its query language: only letters and digits are left of it, between quotes.

mod analysis;
mod index;
mod question;

pub use index::{Index, SearchError, Text};
pub use question::TYPED_MAX;
