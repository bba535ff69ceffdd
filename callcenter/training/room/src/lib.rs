//! The training room: a trainee works at the real desk, and callers who do not exist
//! telephone.
//!
//! [`Room`] decides: which exercise, when the caller calls, what he says, and what it
//! was worth. [`Watching`] reads from the desk's views what the trainee does,
//! [`Listening`] hears when he has spoken: no speech is recognised. Whoever speaks
//! while a field of the form is open asks for that field. A citizen at a kiosk reads
//! and writes, and is in a real room of the exchange. [`running`] is the shell: a
//! telephone for the caller, the machine's voice, the kiosk's line and the file of
//! records.

mod listening;
mod records;
mod reporting;
mod room;
pub mod running;
pub mod screens;
mod settings;
mod voice;
mod watching;

pub use listening::{Heard, Listening};
pub use records::Records;
pub use room::{Command, ExaminationRules, Input, Key, Lessons, Room, view};
pub use settings::{CallerSettings, KioskSettings, RosterSettings, Settings};
pub use voice::{Utterance, Voice};
pub use watching::{Offices, Sight, Watching};
