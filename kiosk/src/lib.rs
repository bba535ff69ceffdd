//! The kiosk: a citizen alone at a touchscreen.

pub mod visit;
