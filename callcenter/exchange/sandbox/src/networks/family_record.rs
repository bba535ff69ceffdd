//! Families: what `family-record` answers.

mod adoption;
mod basic_certificate;
mod closed_register;
mod family_relations;
mod marriage;
mod register_entry;

use super::Served;

pub(super) const SERVICES: &[Served] = &[
    Served {
        code: "family-relations",
        questions: family_relations::questions,
        answer: family_relations::answer,
    },
    Served {
        code: "basic-certificate",
        questions: basic_certificate::questions,
        answer: basic_certificate::answer,
    },
    Served {
        code: "marriage",
        questions: marriage::questions,
        answer: marriage::answer,
    },
    Served {
        code: "adoption",
        questions: adoption::questions,
        answer: adoption::answer,
    },
    Served {
        code: "closed-register",
        questions: closed_register::questions,
        answer: closed_register::answer,
    },
];
