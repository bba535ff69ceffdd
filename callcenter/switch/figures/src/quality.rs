//! Quality: talks that were judged by who has listened to them, and what that comes to.

mod form;
mod merit;
mod review;

pub use form::{Criterion, Form, FormError, Wording};
pub use merit::{CriterionMerit, Mean, Merit, Tally};
pub use review::{Review, ReviewError};
