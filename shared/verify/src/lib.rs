//! Tells a genuine certificate from one that is not, without a network.
//!
//! A PDF is judged by its signature and its seal, a picture of a paper by the
//! seal alone: a seal cannot see what was changed on the paper around it, so
//! its claims are shown to be compared.

mod examine;
mod finding;
mod kind;
mod picture;
mod report;
mod trust;

pub use examine::{Doubt, Verdict, examine};
pub use finding::{Finding, SealedPaper};
pub use kind::Kind;
pub use picture::codes;
pub use report::Report;
pub use trust::{Trust, TrustError};
