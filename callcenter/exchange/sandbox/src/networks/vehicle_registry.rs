//! Vehicles: what the vehicle registry answers.

mod entries;
mod machinery_register;
mod motorcycle_report;
mod vehicle_register;

use super::Served;

pub(super) const SERVICES: &[Served] = &[
    Served {
        code: "vehicle-register",
        questions: vehicle_register::questions,
        answer: vehicle_register::answer,
    },
    Served {
        code: "machinery-register",
        questions: machinery_register::questions,
        answer: machinery_register::answer,
    },
    Served {
        code: "motorcycle-report",
        questions: motorcycle_report::questions,
        answer: motorcycle_report::answer,
    },
];
