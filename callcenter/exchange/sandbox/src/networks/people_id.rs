//! Persons: what the resident and the immigration registers answer.

mod alien_registration;
mod entry_exit;
mod household;
mod moved_in_households;
mod resident_register_person;

use super::Served;

pub(super) const SERVICES: &[Served] = &[
    Served {
        code: "household",
        questions: household::questions,
        answer: household::answer,
    },
    Served {
        code: "person",
        questions: resident_register_person::questions,
        answer: resident_register_person::answer,
    },
    Served {
        code: "moved-in-households",
        questions: moved_in_households::questions,
        answer: moved_in_households::answer,
    },
    Served {
        code: "alien-registration",
        questions: alien_registration::questions,
        answer: alien_registration::answer,
    },
    Served {
        code: "entry-exit",
        questions: entry_exit::questions,
        answer: entry_exit::answer,
    },
];
