//! A kiosk in a process of its own that is killed where it hurts, and the bench,
//! the office and the citizen that survive it.

pub mod accounts;
pub mod citizen;
pub mod line;
pub mod memory;
pub mod point;
pub mod process;
pub mod stand;
