//! Backups: whole copies of the store from time to time, and between them every
//! committed change, so that the store can be had as it was after any of them.
//!
//! ```text
//! DIR/bases/2026-11-27T13-00-00Z-000000000042/   a whole copy, after change 42
//! DIR/changes/000000000043-<stream>.changes      what was committed since
//! DIR/head.toml                                  how far the changes go
//! ```
//!
//! Changes are pages read from SQLite's write-ahead log, which nothing that is
//! written can go around. A *stream* is an unbroken series of them; where a log
//! may have been missed a new stream begins, with a whole copy. Everything that
//! holds people is encrypted (age, X25519) to a key whose private half belongs
//! anywhere but here.

mod archivist;
mod base;
mod changes;
mod checked_file;
mod drill;
mod duty;
mod error;
mod folder;
mod head;
mod inspect;
mod keeper;
mod keys;
mod manifest;
mod plan;
mod rebuild;
mod report;
mod restore;
mod retention;
mod segment;
mod standing;
mod stream;
mod walk;

pub use archivist::Archivist;
pub use base::Cut;
pub use drill::{Drill, Report, drill};
pub use error::{BackupError, Damage};
pub use keeper::{Keeper, KeeperSettings, newest_copy, request_copy};
pub use keys::{Identity, Recipient};
pub use manifest::{Manifest, SealedFile};
pub use plan::Until;
pub use restore::{Restore, Restored, restore};
pub use retention::Retention;
pub use standing::{DrillNote, Standing, standing, want_copy};
