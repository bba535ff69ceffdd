//! Who lives where, and moves.

use super::City;
use crate::{Address, Building, BuildingKind, Date, MoveReason, PersonId, Residence};

/// Who is younger cannot be a householder.
const OF_AGE: i32 = 19;
/// Free dwellings are looked for at so many doors before the list is read through.
const DOORS: usize = 30;

/// Where one household has room.
pub(super) struct Dwelling {
    pub(super) address: Address,
    pub(super) completed: Date,
    pub(super) taken: bool,
}

/// People who live together.
pub(super) struct Home {
    pub(super) head: PersonId,
    /// `None` while they live outside the city.
    pub(super) dwelling: Option<usize>,
    pub(super) members: Vec<Inmate>,
}

#[derive(Clone, Copy)]
pub(super) struct Inmate {
    pub(super) person: PersonId,
    pub(super) since: Date,
    pub(super) reason: MoveReason,
}

pub(super) fn dwellings(buildings: &[Building]) -> Vec<Dwelling> {
    let mut found = Vec::new();
    for building in buildings {
        let dwelling = |address| Dwelling {
            address,
            completed: building.completed,
            taken: false,
        };
        match building.kind {
            BuildingKind::Detached => found.push(dwelling(building.address.clone())),
            BuildingKind::Multiplex | BuildingKind::Apartments => {
                found.extend(building.units.iter().map(|unit| {
                    let Address {
                        district, parcel, ..
                    } = building.address;
                    let house = Address::house_of(&building.address.ko, district);
                    let house = house.map_or(0, |(house, _)| house);
                    let parcel = parcel.unwrap_or(building.parcel);
                    dwelling(Address::on_road(district, house, Some(*unit), parcel))
                }));
            }
            BuildingKind::Shop | BuildingKind::Factory | BuildingKind::School => {}
        }
    }
    found
}

impl City {
    /// A home of their own for the first of them, with the others.
    pub(super) fn settle(&mut self, persons: &[PersonId], day: Date, reason: MoveReason) {
        let Some(&head) = persons.first() else {
            return;
        };
        for person in persons {
            self.leave(*person, day);
        }
        let dwelling = self.free_dwelling(day);
        let home = self.homes.len();
        self.homes.push(Home {
            head,
            dwelling,
            members: Vec::new(),
        });
        for person in persons {
            self.join(*person, home, day, reason);
        }
    }

    /// Takes somebody into a home.
    pub(super) fn join(&mut self, person: PersonId, home: usize, day: Date, reason: MoveReason) {
        self.home_of[person.0] = Some(home);
        self.homes[home].members.push(Inmate {
            person,
            since: day,
            reason,
        });
        self.note_residence(person, home, day, reason);
    }

    fn note_residence(&mut self, person: PersonId, home: usize, day: Date, reason: MoveReason) {
        if let Some(dwelling) = self.homes[home].dwelling {
            let address = self.dwellings[dwelling].address.clone();
            self.person_mut(person).residences.push(Residence {
                from: day,
                address,
                reason,
            });
        }
    }

    /// Takes somebody out of their home; who stays has a householder.
    pub(super) fn leave(&mut self, person: PersonId, day: Date) {
        let Some(home) = self.home_of[person.0].take() else {
            return;
        };
        self.homes[home].members.retain(|it| it.person != person);
        if self.homes[home].head != person {
            return;
        }
        match self.successor(home, person, day) {
            Some(next) => self.homes[home].head = next,
            None => self.dissolve(home, day),
        }
    }

    /// The widow or widower, or the eldest of age.
    fn successor(&self, home: usize, of: PersonId, day: Date) -> Option<PersonId> {
        let members = || self.homes[home].members.iter().map(|it| it.person);
        let widowed = |it: &PersonId| self.person(*it).marriages.iter().any(|it| it.spouse == of);
        let of_age = |it: &PersonId| self.age_on(*it, day) >= OF_AGE;
        let eldest = members()
            .filter(of_age)
            .min_by_key(|it| self.person(*it).born);
        members().filter(of_age).find(widowed).or(eldest)
    }

    /// Children alone go to a relative, or to whoever takes them in.
    fn dissolve(&mut self, home: usize, day: Date) {
        if let Some(dwelling) = self.homes[home].dwelling.take() {
            self.dwellings[dwelling].taken = false;
        }
        let left = std::mem::take(&mut self.homes[home].members);
        for child in left {
            self.home_of[child.person.0] = None;
            if let Some(with) = self.who_takes_in(child.person, day) {
                self.join(child.person, with, day, MoveReason::MovedIn);
            }
        }
    }

    fn who_takes_in(&mut self, child: PersonId, day: Date) -> Option<usize> {
        let child = self.person(child);
        let parents = [child.father, child.mother].into_iter().flatten();
        let parents: Vec<PersonId> = parents.collect();
        let grandparents = parents
            .iter()
            .flat_map(|it| [self.person(*it).father, self.person(*it).mother])
            .flatten();
        let kin = parents.iter().copied().chain(grandparents);
        let aunts = kin.clone().flat_map(|it| self.person(it).children.clone());
        let lives =
            |it: &PersonId| self.person(*it).alive_on(day) && self.age_on(*it, day) >= OF_AGE;
        let related = kin.chain(aunts).filter(lives);
        let home = related.filter_map(|it| self.home_of[it.0]).next();
        home.or_else(|| {
            let inhabited = |home: &usize| !self.homes[*home].members.is_empty();
            (0..self.homes.len()).rev().find(inhabited)
        })
    }

    /// All of a home go somewhere else.
    pub(super) fn move_home(&mut self, home: usize, day: Date) {
        let Some(dwelling) = self.free_dwelling(day) else {
            return;
        };
        if let Some(old) = self.homes[home].dwelling.replace(dwelling) {
            self.dwellings[old].taken = false;
        }
        for index in 0..self.homes[home].members.len() {
            let member = &mut self.homes[home].members[index];
            (member.since, member.reason) = (day, MoveReason::MovedIn);
            let person = member.person;
            self.note_residence(person, home, day, MoveReason::MovedIn);
        }
    }

    fn free_dwelling(&mut self, day: Date) -> Option<usize> {
        let count = self.dwellings.len();
        let free = |it: &Dwelling| !it.taken && it.completed < day;
        let tried = (0..DOORS).find_map(|_| {
            let door = self.draw.below(count);
            self.dwellings.get(door).is_some_and(free).then_some(door)
        });
        let found = tried.or_else(|| self.dwellings.iter().position(free))?;
        self.dwellings[found].taken = true;
        Some(found)
    }
}
