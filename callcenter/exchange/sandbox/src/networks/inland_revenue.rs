//! Taxes of the state and of the city: what `inland-revenue` answers.

mod business_registration;
mod income;
mod local_tax_by_item;
mod local_tax_clearance;
mod tax_clearance;

use super::Served;

pub(super) const SERVICES: &[Served] = &[
    Served {
        code: "income",
        questions: income::questions,
        answer: income::answer,
    },
    Served {
        code: "tax-clearance",
        questions: tax_clearance::questions,
        answer: tax_clearance::answer,
    },
    Served {
        code: "business-registration",
        questions: business_registration::questions,
        answer: business_registration::answer,
    },
    Served {
        code: "local-tax-clearance",
        questions: local_tax_clearance::questions,
        answer: local_tax_clearance::answer,
    },
    Served {
        code: "local-tax-by-item",
        questions: local_tax_by_item::questions,
        answer: local_tax_by_item::answer,
    },
];
