//! What a backup promises, tried.

#![allow(clippy::unwrap_used)]

#[path = "backup/copies.rs"]
mod copies;
#[path = "backup/damage.rs"]
mod damage;
#[path = "backup/frozen.rs"]
mod frozen;
#[path = "backup/keeping.rs"]
mod keeping;
#[path = "backup/office.rs"]
mod office;
#[path = "backup/streams.rs"]
mod streams;
