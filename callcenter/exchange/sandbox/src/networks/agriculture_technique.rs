//! Fields and farms: what their registers answer.

mod farm_business;
mod farmland_ledger;

use super::Served;

pub(super) const SERVICES: &[Served] = &[
    Served {
        code: "farmland-ledger",
        questions: farmland_ledger::questions,
        answer: farmland_ledger::answer,
    },
    Served {
        code: "farm-business",
        questions: farm_business::questions,
        answer: farm_business::answer,
    },
];
