//! Fingerprints in a process of their own: what the kiosk and `minwon-fingerprint` say to
//! each other, and the two forms of a template.
//!
//! libfprint keeps images and minutiae in memory that nobody overwrites. In a process of
//! their own they are gone when it ends, whatever else runs; and a C library that hangs or
//! crashes over what a device sends takes no kiosk with it.

mod fp3;
mod frame;
mod minutiae_record;
mod words;

pub use fp3::{Maker, NotFp3};
pub use frame::{Collector, Oversized};
pub use minutiae_record::{Minutia, RecordFault, View, Views};
pub use words::{Answer, Errand, Failure, Hint, Question};
