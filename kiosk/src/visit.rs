//! A citizen's visit, from the first touch to the last sheet of paper.

pub mod touch;
pub mod view;

pub use touch::{Key, Language, Touch};
