//! Statistics: what the statistical office answers.

mod statistics_extract;

use super::Served;

pub(super) const SERVICES: &[Served] = &[Served {
    code: "statistics-extract",
    questions: statistics_extract::questions,
    answer: statistics_extract::answer,
}];
