//! An edition of the catalogue as it travels: all of its files, numbered, dated and
//! signed as one.
//!
//! The payload is CBOR in its deterministic form (RFC 8949, 4.2): the number, the
//! moment from which it counts, and the files in the order of their names. One
//! catalogue gives one payload, whoever packs it. It is signed as COSE_Sign1 (RFC
//! 9052) with ES256, and says in its protected header what it is for, so that nothing
//! else the same key may sign is taken for an edition.
//!
//! Here is no word on whether a catalogue is right: that is its reader's.

mod files;
mod keys;
mod shelf;
mod signed;
mod state;

pub use files::{FOLDERS, Files, FilesError};
pub use keys::{EditionKey, EditionSigner, KeyUnreadable};
pub use shelf::{Found, NotTaken, Shelf};
pub use signed::{Edition, NotSigned, Refused, digest};
pub use state::{EditionAnswer, EditionState, OfferedEdition, REASON_MAX, RefusedEdition};
