//! Fishing boats: what their register answers.

mod fishing_boat_register;

use super::Served;

pub(super) const SERVICES: &[Served] = &[Served {
    code: "fishing-boat-register",
    questions: fishing_boat_register::questions,
    answer: fishing_boat_register::answer,
}];
