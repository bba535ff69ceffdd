//! Land and buildings: what the land registry answers.

mod building_ledger;
mod cadastral_map;
mod drawing;
mod forest_land_ledger;
mod land_ledger;
mod land_price;
mod land_use_plan;
mod parcel;
mod real_estate_register;

use super::Served;

pub(super) const SERVICES: &[Served] = &[
    Served {
        code: "land-ledger",
        questions: land_ledger::questions,
        answer: land_ledger::answer,
    },
    Served {
        code: "forest-land-ledger",
        questions: forest_land_ledger::questions,
        answer: forest_land_ledger::answer,
    },
    Served {
        code: "cadastral-map",
        questions: cadastral_map::questions,
        answer: cadastral_map::answer,
    },
    Served {
        code: "land-price",
        questions: land_price::questions,
        answer: land_price::answer,
    },
    Served {
        code: "land-use-plan",
        questions: land_use_plan::questions,
        answer: land_use_plan::answer,
    },
    Served {
        code: "building-ledger",
        questions: building_ledger::questions,
        answer: building_ledger::answer,
    },
    Served {
        code: "real-estate-register",
        questions: real_estate_register::questions,
        answer: real_estate_register::answer,
    },
];
