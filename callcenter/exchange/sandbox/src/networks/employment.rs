//! Work: what `employment` answers.

mod accident_insurance_benefit;
mod employment_insurance_history;
mod job_seeking;

use super::Served;

pub(super) const SERVICES: &[Served] = &[
    Served {
        code: "job-seeking",
        questions: job_seeking::questions,
        answer: job_seeking::answer,
    },
    Served {
        code: "employment-insurance-history",
        questions: employment_insurance_history::questions,
        answer: employment_insurance_history::answer,
    },
    Served {
        code: "accident-insurance-benefit",
        questions: accident_insurance_benefit::questions,
        answer: accident_insurance_benefit::answer,
    },
];
