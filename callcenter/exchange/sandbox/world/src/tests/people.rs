//! Persons and families.

use std::collections::{BTreeMap, BTreeSet};

use super::{WORLD, nothing_of};
use crate::{DISTRICTS, Date, Ended, Person, PersonId, Relation, Sex, resident_check_digit};

#[test]
fn nobody_is_older_than_a_parent_or_born_to_the_dead() {
    let mut found = Vec::new();
    for child in WORLD.persons() {
        for parent in [child.father, child.mother].into_iter().flatten() {
            let parent = WORLD.person(parent);
            let young = parent.born.years_until(child.born) < 16;
            let full = child.adopted.as_ref().is_some_and(|it| it.full);
            // A father may be dead by then, but not for long.
            let could = match parent.sex {
                Sex::Female => child.born,
                Sex::Male => child.born.plus_months(-10),
            };
            let dead = parent.died.is_some_and(|died| died < could) && !full;
            if young || dead {
                found.push(format!(
                    "{} ({}) of {} ({}, {:?})",
                    child.name, child.born, parent.name, parent.born, parent.died
                ));
            }
            if !parent.children.contains(&child.id) {
                found.push(format!("{} does not know {}", parent.name, child.name));
            }
        }
    }
    nothing_of(found);
}

#[test]
fn nobody_has_two_marriages_at_once_and_both_say_the_same() {
    let mut found = Vec::new();
    for person in WORLD.persons() {
        for pair in person.marriages.windows(2) {
            if pair[0].ended.is_none_or(|it| it.on > pair[1].on) {
                found.push(format!("{} is married twice: {pair:?}", person.name));
            }
        }
        for marriage in &person.marriages {
            let spouse = WORLD.person(marriage.spouse);
            let theirs = spouse
                .marriages
                .iter()
                .find(|it| it.spouse == person.id && it.on == marriage.on);
            if theirs.map(|it| it.ended) != Some(marriage.ended) {
                found.push(format!("{} and {} do not agree", person.name, spouse.name));
            }
            if (person.age_on(marriage.on) < 17 && !person.known) || !person.alive_on(marriage.on) {
                found.push(format!("{} married on {}", person.name, marriage.on));
            }
        }
    }
    nothing_of(found);
}

#[test]
fn nothing_happens_to_the_dead() {
    let mut found = Vec::new();
    for person in WORLD.persons() {
        let Some(died) = person.died else {
            continue;
        };
        let ended = |it: &Option<Ended>| it.map(|it| it.on);
        let events = person
            .residences
            .iter()
            .map(|it| it.from)
            .chain(person.marriages.iter().filter_map(|it| ended(&it.ended)))
            .chain(person.marriages.iter().map(|it| it.on))
            .chain(person.adopted.iter().map(|it| it.on))
            .chain(person.renamed.iter().map(|it| it.on))
            .chain(person.naturalized.iter().map(|it| it.on));
        if events.max().is_some_and(|it| it > died) || died < person.born {
            found.push(format!("{} died on {died}", person.name));
        }
        if person.household.is_some() {
            found.push(format!("{} is dead and in a household", person.name));
        }
    }
    nothing_of(found);
}

#[test]
fn every_number_is_of_one_person_and_tells_their_birthday_and_sex() {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for person in WORLD.persons() {
        let number = &person.resident_number;
        let check = resident_check_digit(&number[..12], person.alien.is_some());
        let (born, sex) = crate::numbers::born_and_sex(number).unwrap();
        let right = number[12..] == check.to_string() && (born, sex) == (person.born, person.sex);
        if !right || !seen.insert(number) {
            found.push(format!("{} {number}", person.name));
        }
    }
    nothing_of(found);
}

#[test]
fn everybody_who_lives_is_in_one_household_and_at_its_address() {
    let mut found = Vec::new();
    let mut homes: BTreeMap<PersonId, usize> = BTreeMap::new();
    for household in WORLD.households() {
        let heads = household
            .members
            .iter()
            .filter(|it| it.relation == Relation::Householder);
        let head = WORLD.person(household.householder());
        if heads.count() != 1 || head.age_on(WORLD.today()) < 19 {
            found.push(format!("{:?} of {}", household.id, head.name));
        }
        for member in &household.members {
            *homes.entry(member.person).or_default() += 1;
            let person = WORLD.person(member.person);
            let lives = person.residences.last().map(|it| &it.address.ko);
            if lives != Some(&household.address.ko) || member.moved_in < person.born {
                found.push(format!(
                    "{} lives at {lives:?}, not {}",
                    person.name, household.address.ko
                ));
            }
        }
    }
    for person in WORLD.persons().iter().filter(|it| it.died.is_none()) {
        if homes.get(&person.id) != Some(&1) {
            found.push(format!(
                "{} ({}) is in {:?} households",
                person.name,
                person.born,
                homes.get(&person.id)
            ));
        }
    }
    nothing_of(found);
}

#[test]
fn people_move_forward_in_time_and_into_houses_that_stand() {
    let mut found = Vec::new();
    for person in WORLD.persons() {
        if !person.residences.is_sorted_by_key(|it| it.from) {
            found.push(format!("{}: {:?}", person.name, person.residences));
        }
        for residence in person.residences.iter().filter(|_| !person.known) {
            let parcel = residence.address.parcel.map(|it| WORLD.parcel(it));
            let building = parcel
                .and_then(|it| it.building)
                .map(|it| WORLD.building(it));
            let stands = building.is_some_and(|it| it.completed <= residence.from);
            if !stands || residence.from > WORLD.today() {
                found.push(format!(
                    "{} at {} on {}",
                    person.name, residence.address.ko, residence.from
                ));
            }
        }
    }
    nothing_of(found);
}

#[test]
fn no_two_households_share_a_dwelling() {
    let mut seen = BTreeMap::new();
    let mut found = Vec::new();
    for household in WORLD.households() {
        if let Some(other) = seen.insert(&household.address.ko, household.id) {
            found.push(format!(
                "{other:?} and {:?} at {}",
                household.id, household.address.ko
            ));
        }
    }
    nothing_of(found);
}

#[test]
fn there_is_somebody_of_every_kind() {
    let today = WORLD.today();
    let of = |kind: fn(&Person) -> bool| WORLD.persons().iter().filter(|it| kind(it)).count();
    let twins = WORLD.persons().iter().filter(|it| {
        let siblings = WORLD.siblings(it);
        siblings
            .iter()
            .any(|other| other.born == it.born && other.mother == it.mother)
    });
    let counts = [
        (
            "divorced",
            of(|it| {
                it.marriages.iter().any(|it| {
                    it.ended
                        .is_some_and(|it| it.how == crate::EndOfMarriage::Divorce)
                })
            }),
        ),
        ("remarried", of(|it| it.marriages.len() > 1)),
        (
            "adopted fully",
            of(|it| it.adopted.as_ref().is_some_and(|it| it.full)),
        ),
        (
            "adopted",
            of(|it| it.adopted.as_ref().is_some_and(|it| !it.full)),
        ),
        ("naturalized", of(|it| it.naturalized.is_some())),
        ("foreign", of(Person::is_foreign)),
        ("dead", of(|it| it.died.is_some())),
        (
            "born on a leap day",
            of(|it| (it.born.month(), it.born.day()) == (2, 29)),
        ),
        ("with one syllable", of(|it| it.name.chars().count() == 2)),
        (
            "with a very long name",
            of(|it| it.name.chars().count() > 50),
        ),
        ("renamed", of(|it| it.renamed.is_some())),
        ("twins", twins.count()),
    ];

    let missing: Vec<_> = counts.iter().filter(|(_, count)| *count == 0).collect();

    assert!(missing.is_empty(), "{counts:?}");
    let generations = WORLD.households().iter().any(|it| {
        let has = |relation| it.members.iter().any(|it| it.relation == relation);
        has(Relation::Parent) && has(Relation::Child)
    });
    assert!(generations, "no three generations live together on {today}");
}

#[test]
fn the_known_inhabitants_are_who_they_were() {
    let bitna = WORLD.person_by_number("9001012990014").unwrap();
    let seou = WORLD.person_by_number("9101041100214").unwrap();

    assert_eq!((bitna.name.as_str(), bitna.sex), ("한빛나", Sex::Female));
    assert_eq!(bitna.spouse_on(WORLD.today()), Some(seou.id));
    assert_eq!(bitna.children.len(), 2);
    let household = WORLD.household_of(bitna).unwrap();
    assert_eq!(
        household.address.ko,
        "한빛시 가온구 다온로 133, 103동 201호 (다온동)"
    );
    assert!(WORLD.households_at(household.address.parcel.unwrap()).len() > 1);
    assert_eq!(bitna.residences[0].from, Date::of(2012, 12, 19));
}

#[test]
fn the_districts_are_those_of_the_catalogue() {
    let list = include_str!("../../../../../../shared/catalog/codes/districts.toml");

    let codes: Vec<&str> = list
        .lines()
        .filter_map(|it| it.strip_prefix("code = "))
        .collect();

    let ours: Vec<String> = DISTRICTS
        .iter()
        .map(|it| format!("{:?}", it.code))
        .collect();
    assert_eq!(codes, ours);
    for district in &DISTRICTS {
        let name = district.name();
        assert!(
            list.contains(&format!("{:?}", name.ko)) && list.contains(&format!("{:?}", name.en))
        );
    }
}
