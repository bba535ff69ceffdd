//! What may happen to everybody in a year, day by day.

use super::City;
use crate::{Date, PersonId, Sex};

/// What is tried on a day; it comes about if it still can.
#[derive(Clone, Copy)]
enum Attempt {
    Arrive(Arrival),
    Marry(PersonId),
    Bear(PersonId),
    Adopt(PersonId),
    Divorce(PersonId),
    LeaveParents(PersonId),
    JoinChildren(PersonId),
    Move(PersonId),
    Rename(PersonId),
    Naturalize(PersonId),
    Die(PersonId),
}

#[derive(Clone, Copy)]
pub(super) enum Arrival {
    Couple,
    Single,
    Foreigner,
}

/// Until this year couples come, afterwards singles and foreigners.
const COUPLES_UNTIL: i32 = 1992;
const COUPLES_A_YEAR: usize = 11;
const SINGLES_A_YEAR: usize = 6;
const FOREIGNERS_SINCE: i32 = 2003;
const FOREIGNERS_A_YEAR: usize = 7;

impl City {
    pub(super) fn live_through(&mut self, year: i32) {
        let first = Date::of(year, 1, 1);
        let last = Date::of(year, 12, 31).min(self.today);
        let mut attempts: Vec<(Date, Attempt)> = self
            .chances(year)
            .into_iter()
            .map(|attempt| (self.draw.day(first, last), attempt))
            .collect();
        attempts.sort_by_key(|(day, _)| *day);
        for (day, attempt) in attempts {
            match attempt {
                Attempt::Arrive(Arrival::Couple) => self.couple_arrives(day),
                Attempt::Arrive(Arrival::Single) => self.single_arrives(day),
                Attempt::Arrive(Arrival::Foreigner) => self.foreigner_arrives(day),
                Attempt::Marry(who) => self.marry_somebody(who, day),
                Attempt::Bear(mother) => self.bear(mother, day),
                Attempt::Adopt(mother) => self.adopt(mother, day),
                Attempt::Divorce(who) => self.divorce(who, day),
                Attempt::LeaveParents(who) => self.leave_parents(who, day),
                Attempt::JoinChildren(who) => self.join_children(who, day),
                Attempt::Move(head) => self.move_with(head, day),
                Attempt::Rename(who) => self.rename(who, day),
                Attempt::Naturalize(who) => self.naturalize(who, day),
                Attempt::Die(who) => self.die(who, day),
            }
        }
    }

    fn chances(&mut self, year: i32) -> Vec<Attempt> {
        let mut found = Vec::new();
        let mut arrive = |arrival, count| {
            found.extend(std::iter::repeat_n(Attempt::Arrive(arrival), count));
        };
        if year <= COUPLES_UNTIL {
            arrive(Arrival::Couple, COUPLES_A_YEAR);
        } else {
            arrive(Arrival::Single, SINGLES_A_YEAR);
        }
        if year >= FOREIGNERS_SINCE {
            arrive(Arrival::Foreigner, FOREIGNERS_A_YEAR);
        }
        let day = Date::of(year, 1, 1);
        for index in 0..self.persons.len() {
            let person = &self.persons[index];
            if !person.known && person.died.is_none() {
                self.chances_of(PersonId(index), day, &mut found);
            }
        }
        found
    }

    fn chances_of(&mut self, id: PersonId, day: Date, found: &mut Vec<Attempt>) {
        let person = &self.persons[id.0];
        let (age, sex, children) = (person.age_on(day), person.sex, person.children.len());
        let single = person.marriage_on(day).is_none();
        let (foreign, before) = (person.is_foreign(), person.marriages.len());
        let alone = self.home_of[id.0].is_none_or(|home| self.homes[home].members.len() == 1);
        let heads = self.home_of[id.0].is_some_and(|home| self.homes[home].head == id);
        let outside = self.address_of(id).is_none();
        let modern = day.year() >= 2000;
        let mut chance = |times: usize, attempt: Attempt| {
            if times > 0 && self.draw.in_thousand(times) {
                found.push(attempt);
            }
        };
        chance(dying(age), Attempt::Die(id));
        if heads {
            chance(if outside { 1_000 } else { 45 }, Attempt::Move(id));
        }
        if age < 19 {
            return;
        }
        if single && sex == Sex::Male {
            chance(marrying(age, before, modern), Attempt::Marry(id));
        }
        if sex == Sex::Female && age <= 44 {
            let times = if single { 2 } else { bearing(children, modern) };
            chance(times, Attempt::Bear(id));
        }
        if !single {
            chance(7, Attempt::Divorce(id));
        }
        if !single && sex == Sex::Female && (30..48).contains(&age) {
            let times = if children == 0 { 14 } else { 4 };
            chance(times, Attempt::Adopt(id));
        }
        if single && !heads && (20..38).contains(&age) {
            chance(80, Attempt::LeaveParents(id));
        }
        if single && alone && age >= 74 {
            chance(110, Attempt::JoinChildren(id));
        }
        chance(1, Attempt::Rename(id));
        if foreign {
            chance(40, Attempt::Naturalize(id));
        }
    }
}

/// Of a thousand of an age, those who die within the year.
fn dying(age: i32) -> usize {
    match age {
        0 => 4,
        1..50 => 1,
        50..65 => 5,
        65..75 => 17,
        75..85 => 52,
        85..95 => 150,
        _ => 330,
    }
}

fn marrying(age: i32, before: usize, modern: bool) -> usize {
    match (before, age, modern) {
        (0, 24..38, false) => 240,
        (0, 26..44, true) => 130,
        (0, 38..60, _) => 30,
        (1, 28..66, _) => 55,
        _ => 0,
    }
}

fn bearing(children: usize, modern: bool) -> usize {
    match (children, modern) {
        (0, false) => 420,
        (1, false) => 290,
        (2, false) => 110,
        (3, false) => 50,
        (0, true) => 200,
        (1, true) => 120,
        (2, true) => 25,
        _ => 4,
    }
}
