//! Seventy years of the city's families, year by year: who comes, marries, is born,
//! moves and dies, so that everything on record about them happened in an order that
//! could be.

mod arrivals;
mod families;
mod homes;
mod known_people;
mod registers;
mod year;

use std::collections::BTreeSet;

use crate::{
    Address, Bilingual, Building, Date, Draw, Household, Known, Person, PersonId, Sex, names,
    numbers,
};
use homes::{Dwelling, Home};

/// The first families are founded in this year.
const SINCE: i32 = 1950;

/// Everybody, and who lives together today.
pub(crate) struct Population {
    pub(crate) persons: Vec<Person>,
    pub(crate) households: Vec<Household>,
}

impl Population {
    pub(crate) fn draw(seed: u64, today: Date, known: &Known, buildings: &[Building]) -> Self {
        let mut city = City {
            draw: Draw::new(seed, "population", 0),
            today,
            persons: Vec::new(),
            surnames: Vec::new(),
            numbers: BTreeSet::new(),
            homes: Vec::new(),
            home_of: Vec::new(),
            dwellings: homes::dwellings(buildings),
        };
        let households = city.take_over(known);
        for year in SINCE..=today.year() {
            city.live_through(year);
        }
        let households = city.registers(households);
        Self {
            persons: city.persons,
            households,
        }
    }
}

/// The city while its years pass.
struct City {
    draw: Draw,
    today: Date,
    persons: Vec<Person>,
    /// Of each person.
    surnames: Vec<usize>,
    numbers: BTreeSet<String>,
    homes: Vec<Home>,
    /// Of each person.
    home_of: Vec<Option<usize>>,
    dwellings: Vec<Dwelling>,
}

impl City {
    /// Somebody of a family, not related to anybody yet.
    fn add(&mut self, surname: usize, sex: Sex, born: Date) -> PersonId {
        let name = names::name(&mut self.draw, surname, sex);
        let number = loop {
            let number = numbers::resident_number(&mut self.draw, born, sex, false);
            if self.numbers.insert(number.clone()) {
                break number;
            }
        };
        let id = PersonId(self.persons.len());
        self.surnames.push(name.surname);
        self.home_of.push(None);
        self.persons.push(Person {
            id,
            name: name.hangul,
            name_latin: name.latin,
            hanja: name.hanja,
            resident_number: number,
            sex,
            born,
            died: None,
            registration_base: Bilingual::of("", ""),
            clan: names::clan(surname),
            birthplace: Bilingual::of("", ""),
            nationality: None,
            alien: None,
            naturalized: None,
            father: None,
            mother: None,
            children: Vec::new(),
            adopted: None,
            marriages: Vec::new(),
            renamed: None,
            residences: Vec::new(),
            household: None,
            known: false,
        });
        id
    }

    fn person(&self, id: PersonId) -> &Person {
        &self.persons[id.0]
    }

    fn person_mut(&mut self, id: PersonId) -> &mut Person {
        &mut self.persons[id.0]
    }

    fn surname_of(&self, id: PersonId) -> usize {
        self.surnames[id.0]
    }

    fn age_on(&self, id: PersonId, day: Date) -> i32 {
        self.person(id).age_on(day)
    }

    fn is_single(&self, id: PersonId, day: Date) -> bool {
        self.person(id).marriage_on(day).is_none()
    }

    fn address_of(&self, id: PersonId) -> Option<&Address> {
        let home = self.home_of[id.0]?;
        let dwelling = self.homes[home].dwelling?;
        Some(&self.dwellings[dwelling].address)
    }
}
