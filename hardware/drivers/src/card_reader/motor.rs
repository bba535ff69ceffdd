//! A motor card reader of the CRT-591 kind: it draws the card in, holds it, reads its stripe
//! and gives it back.
//!
//! Frames, handshake, commands and faults are those of Creator's CRT-591-M001 communication
//! protocol (version 1.0, 2013). That paper is of a reader without a head for stripes; how the
//! stripe is asked for, and which parameters open and shut the slot, is what an
//! CRT-591-(R02)HB-HDN was seen to say. **It was never run on a physical device.**
//!
//! A card that nobody takes is told and stays in the mouth: an identity card is not the
//! office's to keep, so that the bin for cards (32 33) is never used.

mod answer;
mod command;
pub mod frame;
mod link;
mod reader;

pub use reader::MotorCardReader;
