//! The kiosk: a citizen alone at a touchscreen.

pub mod screens;
pub mod visit;
