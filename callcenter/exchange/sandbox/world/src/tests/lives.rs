//! What people lived through.

use super::{WORLD, nothing_of};
use crate::{Date, Person, SchoolLevel};

/// A few hundred of all kinds.
fn some() -> impl Iterator<Item = &'static Person> {
    WORLD.persons().iter().step_by(7)
}

fn within_life(person: &Person, days: impl IntoIterator<Item = Date>) -> bool {
    days.into_iter().all(|day| {
        day >= person.born && day <= WORLD.today() && person.died.is_none_or(|died| day < died)
    })
}

#[test]
fn people_work_when_they_are_grown_up_for_companies_that_exist() {
    let mut found = Vec::new();
    for person in some() {
        let jobs = WORLD.career(person);
        for job in &jobs {
            let company = WORLD.company(job.company);
            let last = job.until.unwrap_or(WORLD.today());
            let could = company.exists_on(job.from) && company.exists_on(last);
            if !could || person.age_on(job.from) < 16 || last < job.from {
                found.push(format!("{} at {}: {job:?}", person.name, company.name.ko));
            }
            if !within_life(person, [job.from, last]) {
                found.push(format!(
                    "{} ({}, {:?}): {job:?}",
                    person.name, person.born, person.died
                ));
            }
        }
        let overlap = jobs
            .windows(2)
            .any(|pair| pair[0].until.is_none_or(|it| it >= pair[1].from));
        if overlap {
            found.push(format!("{} has two jobs at once: {jobs:?}", person.name));
        }
    }
    nothing_of(found);
}

#[test]
fn insurance_has_no_gaps_and_ends_with_life() {
    let mut found = Vec::new();
    for person in some() {
        let covers = WORLD.health_cover(person);
        for pair in covers.windows(2) {
            if pair[0].until.map(|it| it.plus_days(1)) != Some(pair[1].from) {
                found.push(format!("{}: {pair:?}", person.name));
            }
        }
        let days = covers
            .iter()
            .flat_map(|it| [Some(it.from), it.until])
            .flatten();
        if !within_life(person, days) {
            found.push(format!("{} ({:?}): {covers:?}", person.name, person.died));
        }
        let periods = WORLD.pension(person);
        let days = periods
            .iter()
            .flat_map(|it| [Some(it.from), it.until])
            .flatten();
        if !within_life(person, days) {
            found.push(format!("{} ({:?}): {periods:?}", person.name, person.died));
        }
    }
    nothing_of(found);
}

#[test]
fn schools_follow_each_other_and_give_marks_while_they_last() {
    let mut found = Vec::new();
    for person in some() {
        let schools = WORLD.schooling(person);
        for pair in schools.windows(2) {
            if pair[0].left.is_none_or(|it| it > pair[1].entered) || !pair[0].graduated {
                found.push(format!("{}: {pair:?}", person.name));
            }
        }
        for school in &schools {
            let terms = WORLD.transcript(person, school);
            let last = school.left.unwrap_or(WORLD.today()).year();
            let years = terms
                .iter()
                .all(|it| (school.entered.year()..=last).contains(&it.year));
            let none = school.school.level == SchoolLevel::Elementary;
            if !years || (none && !terms.is_empty()) || terms.len() > 8 {
                found.push(format!("{}: {school:?} {}", person.name, terms.len()));
            }
        }
    }
    nothing_of(found);
}

#[test]
fn taxes_crossings_and_service_are_within_a_life() {
    let mut found = Vec::new();
    for person in some() {
        let crossings = WORLD.crossings(person);
        let alternate = crossings
            .windows(2)
            .all(|pair| pair[0].leaving != pair[1].leaving && pair[0].on < pair[1].on);
        if !alternate || !within_life(person, crossings.iter().map(|it| it.on)) {
            found.push(format!("{}: {crossings:?}", person.name));
        }
        if let Some(military) = WORLD.military(person) {
            let days = [
                Some(military.examined),
                military.enlisted,
                military.discharged,
            ];
            if !within_life(person, days.into_iter().flatten()) {
                found.push(format!("{}: {military:?}", person.name));
            }
        }
        if WORLD
            .local_taxes(person)
            .iter()
            .any(|it| !person.alive_on(it.due))
        {
            found.push(format!("{} is taxed", person.name));
        }
    }
    nothing_of(found);
}

#[test]
fn there_are_those_who_owe_and_those_in_need() {
    let persons = || WORLD.persons().iter();
    let households = || WORLD.households().iter();

    assert!(persons().any(|it| !WORLD.national_arrears(it).is_empty()));
    assert!(persons().any(|it| !WORLD.local_arrears(it).is_empty()));
    assert!(
        persons()
            .filter(|it| WORLD.disability(it).is_some())
            .count()
            > 50
    );
    assert!(persons().any(|it| WORLD.accident(it).is_some()));
    assert!(households().any(|it| WORLD.livelihood(it).is_some()));
    assert!(households().any(|it| WORLD.near_poor(it).is_some()));
    assert!(households().any(|it| WORLD.single_parent(it).is_some()));
}
