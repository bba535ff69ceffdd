//! A kiosk on the bench, for demonstrations and for tests: the panel with its
//! devices, and a finger. No part of this is in the program of a real kiosk.

pub mod finger;
pub mod held;
pub mod panel;
pub mod prints;
pub mod script;
pub mod story;
