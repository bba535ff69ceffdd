//! Imports and exports: what `customs-clearance` answers.

mod clearance_certificate;
mod clearance_progress;

use super::Served;

pub(super) const SERVICES: &[Served] = &[
    Served {
        code: "clearance-certificate",
        questions: clearance_certificate::questions,
        answer: clearance_certificate::answer,
    },
    Served {
        code: "clearance-progress",
        questions: clearance_progress::questions,
        answer: clearance_progress::answer,
    },
];
