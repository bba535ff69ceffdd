//! Fingerprint readers.

mod libfprint;
mod reader_process;

pub use libfprint::LibfprintReader;
pub use reader_process::{LibfprintSettings, start};
