//! The switch: calls in, queues, agents, sound.
//!
//! [`switchboard`] decides, purely; [`running`] carries it out by the lines
//! (`signalling`) and the media plane (`media`), and writes down what happened.
//! Agents' desks come by a door of their own (`desks`); [`attendance`] knows who
//! is signed in.

pub mod attendance;
mod badging;
pub mod call_book;
pub mod center;
mod desks;
mod keeping;
pub mod line_tls;
pub mod passphrases;
pub mod quality;
pub mod running;
mod session;
mod settings;
pub mod survey;
pub mod switchboard;
pub mod voice;
pub mod wrap_up;

pub use running::Switch;
pub use settings::Settings;
