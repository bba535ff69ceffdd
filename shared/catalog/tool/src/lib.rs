//! What a clerk needs who writes services: is the catalogue right, a new service
//! from questions and answers, the catalogue in the words of other registers.
//!
//! [`check`] looks at everything there is and says all that is wrong, by file and
//! line. What it lets through the loader takes, the press prints and a seal fits.

mod check;
mod draft;
mod export;
mod extreme;
mod folder;
mod forgiving;
mod interview;
mod pack;
mod report;
mod source;
mod words;

pub use check::is_day;
pub use check::{Check, NotChecked, check};
pub use draft::Draft;
pub use export::{Export, NotExported, export};
pub use interview::{Answers, NotAnswered};
pub use pack::{NotPacked, pack};
pub use report::{Finding, Report};
pub use words::{Language, Words};
