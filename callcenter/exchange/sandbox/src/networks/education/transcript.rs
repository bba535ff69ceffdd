//! Marks, year by year.

use serde_json::{Value, json};
use world::{Bilingual, Course, Person, SchoolLevel, Schooling, Term, World};

use super::{course, schooling};
use crate::networks::{
    Parameters,
    entries::{asked_person, identity, of_residents},
};

/// Subjects in which nobody is ranked.
const UNRANKED: [&str; 3] = ["체육", "음악", "미술"];

/// Of high schools.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    of_residents(world, &[("level", "high")], |person| {
        let schools = world.schooling(person);
        let high = schools
            .iter()
            .find(|it| it.school.level == SchoolLevel::High);
        high.is_some_and(|it| !world.transcript(person, it).is_empty())
    })
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let person = asked_person(world, asked)?;
    let schooling = schooling(world, person, asked)?;
    let terms = world.transcript(person, &schooling);
    let units: u32 = terms
        .iter()
        .flat_map(|it| &it.courses)
        .map(|it| u32::from(it.credits))
        .sum();
    (!terms.is_empty()).then(|| {
        json!({
            "person": identity(person),
            "school": Bilingual::from(schooling.school.name),
            "level": schooling.school.level,
            "course": course(&schooling),
            "status": status(&schooling),
            "admitted_on": schooling.entered,
            "left_on": schooling.left,
            "units": units,
            "years": years(world, person, &schooling, &terms),
        })
    })
}

fn status(schooling: &Schooling) -> &'static str {
    match (schooling.graduated, schooling.left) {
        (true, _) => "graduated",
        (false, Some(_)) => "withdrawn",
        (false, None) => "enrolled",
    }
}

fn years(world: &World, person: &Person, schooling: &Schooling, terms: &[Term]) -> Vec<Value> {
    let first = schooling.entered.year();
    let last = terms.last().map_or(first, |it| it.year);
    (first..=last)
        .map(|year| {
            let of_year = terms.iter().filter(|it| it.year == year);
            let subject = |(term, it): (u8, &Course)| subject(world, person, term, it);
            let subjects =
                of_year.flat_map(|term| term.courses.iter().map(move |it| (term.term, it)));
            json!({
                "grade": year - first + 1,
                "year": year,
                "subjects": subjects.map(subject).collect::<Vec<_>>(),
            })
        })
        .collect()
}

/// How the others did is drawn beside it.
fn subject(world: &World, person: &Person, term: u8, course: &Course) -> Value {
    let mut dice = world.dice(&course.name.ko, person.id.0 * 2 + usize::from(term));
    let ranked = !UNRANKED.contains(&course.name.ko.as_str());
    let rank: Option<u8> = course.grade.parse().ok().filter(|_| ranked);
    json!({
        "semester": term,
        "kind": course.kind,
        "subject": course.name,
        "units": course.credits,
        "score": course.score,
        "mean": dice.tenths(58.0, 76.0),
        "deviation": dice.tenths(9.0, 19.0),
        "achievement": achievement(course.score),
        "students": dice.between(120, 260),
        "rank": rank,
    })
}

fn achievement(score: u8) -> &'static str {
    match score {
        90.. => "A",
        80.. => "B",
        70.. => "C",
        60.. => "D",
        _ => "E",
    }
}
