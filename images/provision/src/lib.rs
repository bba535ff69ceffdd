//! A machine is brought into service: from a stick and a label to a kiosk that serves.
//!
//! [`machine`] is the road, without a clock, a disk or a device; [`book`] is how far it has
//! come, [`fleet::site`] what the place it stands in says, [`testing`] whether everything it should
//! have is there, [`screens`] the only part that knows the window. `minwon-provision` is the
//! [`shell`] around them, alone on the panel before the kiosk.

pub mod book;
mod device_words;
pub mod est;
mod labelling;
mod line;
pub mod machine;
pub mod places;
mod probes;
pub mod screens;
pub mod settings;
mod sheets;
pub mod shell;
mod technicians;
pub mod testing;
pub mod view;
