//! The organisation directory: which office does what, and to which one a petition goes.
//!
//! Data beside the services: `directory/offices.toml` has agencies and offices, each with
//! its code, duties, telephone and hours; `directory/routes.toml` the rules by which the
//! words of a petition lead to a duty. An office that has the duty, and the district the
//! petition speaks of in its area, answers it. Every route says why it was taken.
//!
//! Pure, but for reading the two files once.

mod check;
mod directory;
mod error;
mod office;
mod place;
mod read;
mod route;
mod rule;

pub use directory::Directory;
pub use error::Error;
pub use office::{Duty, Office};
pub use route::Route;
pub use rule::Rule;
