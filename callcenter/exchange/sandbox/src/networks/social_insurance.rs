//! Health and pension insurance: what `social-insurance` answers.

mod health_insurance_history;
mod health_premium_paid;
mod pension_history;

use super::Served;

pub(super) const SERVICES: &[Served] = &[
    Served {
        code: "health-insurance-history",
        questions: health_insurance_history::questions,
        answer: health_insurance_history::answer,
    },
    Served {
        code: "health-premium-paid",
        questions: health_premium_paid::questions,
        answer: health_premium_paid::answer,
    },
    Served {
        code: "pension-history",
        questions: pension_history::questions,
        answer: pension_history::answer,
    },
];
