//! Power cuts: a station's real journal on a disk that forgets.
//!
//! An afternoon of paid visits is played once, on a disk in memory that
//! records every operation of SQLite. Then the power is cut after each
//! operation, in many ways: everything unsynced is gone, or there, or in part.
//! Each disk that may be left is opened by the real [`journal::Journal`], and
//! [`request::recovery`] ends what was open. What comes out is held against
//! what the world knows, which no power cut undoes: what the journal had
//! acknowledged, what the devices' own counters say, which sheets exist.
//!
//! Other towns plug their stations into such a disk, too: [`RamDisk`].
//!
//! Faults of the station's own making can be planted, to see that they are
//! found: [`Planted`], [`Order::DeedFirst`].

mod afternoon;
mod again;
mod campaign;
mod contents;
mod cut;
mod dice;
mod disk;
mod drive;
mod exchange;
mod image;
mod laws;
mod platter;
mod ram;
mod restart;
mod shortage;
mod station;
#[allow(unsafe_code, reason = "SQLite calls its file system in C")]
mod vfs;
mod visit;
mod world;

pub use campaign::{Campaign, Remains, Report};
pub use cut::{Cut, NotACut};
pub use disk::{Failure, Planted};
pub use drive::reread;
pub use exchange::{Served, serve_in_trouble};
pub use laws::{Law, Violation};
pub use platter::{Medium, Survival};
pub use ram::{RamDisk, Snapshot};
pub use shortage::{Endured, Shortage};
pub use station::Order;
pub use vfs::{plant_normal, slow_syncs};
