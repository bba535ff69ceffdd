//! Schools: what `education` answers.

mod graduation;
mod transcript;

use serde_json::json;
use world::{Bilingual, Person, SchoolLevel, Schooling, World};

use super::{Parameters, Served};

pub(super) const SERVICES: &[Served] = &[
    Served {
        code: "graduation",
        questions: graduation::questions,
        answer: graduation::answer,
    },
    Served {
        code: "transcript",
        questions: transcript::questions,
        answer: transcript::answer,
    },
];

/// What somebody did at the school of the level that is asked for.
fn schooling(world: &World, person: &Person, asked: &Parameters) -> Option<Schooling> {
    let level = json!(asked.get("level")?);
    let schools = world.schooling(person);
    schools
        .into_iter()
        .find(|it| json!(it.school.level) == level)
}

/// The course of study; schools below have none.
fn course(schooling: &Schooling) -> Option<Bilingual> {
    match schooling.school.level {
        SchoolLevel::Elementary | SchoolLevel::Middle => None,
        SchoolLevel::High => Some(Bilingual::of("보통과", "General course")),
        SchoolLevel::University => schooling.major.clone(),
    }
}
