//! Companies and factories: what `economy-trade` answers.

mod company_register;
mod factory_registration;

use super::Served;

pub(super) const SERVICES: &[Served] = &[
    Served {
        code: "factory-registration",
        questions: factory_registration::questions,
        answer: factory_registration::answer,
    },
    Served {
        code: "company-register",
        questions: company_register::questions,
        answer: company_register::answer,
    },
];
