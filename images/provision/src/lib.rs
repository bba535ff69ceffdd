//! A machine is brought into service: from a stick and a label to a kiosk that serves.
//!
//! [`machine`] is the road, without a clock, a disk or a device; [`book`] is how far it has
//! come, [`site`] what the place it stands in says, [`testing`] whether everything it should
//! have is there. `minwon-provision` is the shell around them, alone on the panel before the
//! kiosk.

pub mod book;
mod labelling;
pub mod machine;
pub mod settings;
pub mod site;
pub mod testing;
pub mod view;
