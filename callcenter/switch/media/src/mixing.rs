//! Who hears whom, and how loud it is.

mod level;
mod sum;

pub use level::{Level, tone_share};
pub use sum::{Hearing, mix};
