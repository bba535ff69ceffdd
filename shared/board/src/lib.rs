//! The bulletin board of the local government, and its information bank.
//!
//! Notices are written by citizens and published by a moderator for a while; figures come
//! from offices, each with its source and day. Both stand below the same topics and are
//! about a district or the whole city. Topics and figures lie in a folder of the catalogue;
//! the board itself is the exchange's, and stations show the copy they have ([`Edition`]).

mod bank;
mod draft;
mod error;
mod notice;
mod read;
mod topic;

pub use bank::{Figures, Value};
pub use draft::{Draft, DraftRefusal, TEXT_MAX, TITLE_MAX, Words};
pub use error::Error;
pub use notice::{Edition, Notice};
pub use read::Local;
pub use topic::Topic;
