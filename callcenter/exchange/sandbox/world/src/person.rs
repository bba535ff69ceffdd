//! One inhabitant and what is on record about them.

use serde::Serialize;

use crate::{Address, Bilingual, Date, HouseholdId, Nation, PersonId};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    Male,
    Female,
}

#[derive(Clone, Debug)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub name_latin: String,
    /// `None` for a native Korean or a foreign name.
    pub hanja: Option<String>,
    /// Thirteen digits; a foreigner's alien registration number.
    pub resident_number: String,
    pub sex: Sex,
    pub born: Date,
    pub died: Option<Date>,
    pub registration_base: Bilingual,
    /// Where the family is from (본): `김해`.
    pub clan: Bilingual,
    pub birthplace: Bilingual,
    /// `None`: of the Republic of Korea.
    pub nationality: Option<Nation>,
    pub alien: Option<Alien>,
    pub naturalized: Option<Naturalized>,
    /// Before the law; whoever adopted, after a full adoption.
    pub father: Option<PersonId>,
    pub mother: Option<PersonId>,
    pub children: Vec<PersonId>,
    pub adopted: Option<Adoption>,
    /// Oldest first.
    pub marriages: Vec<Marriage>,
    pub renamed: Option<Renamed>,
    /// Oldest first.
    pub residences: Vec<Residence>,
    pub household: Option<HouseholdId>,
    /// Was there before the world was drawn.
    pub known: bool,
}

/// Registration of a foreigner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alien {
    /// Status of stay: `F-5`.
    pub status: &'static str,
    pub status_name: Bilingual,
    pub entered: Date,
    pub registered: Date,
    pub until: Date,
    pub passport: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naturalized {
    pub on: Date,
    pub from: Nation,
    pub earlier_name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adoption {
    pub on: Date,
    /// As if born to the adopters (친양자).
    pub full: bool,
    pub by: Vec<PersonId>,
    pub birth_parents: Vec<PersonId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marriage {
    pub spouse: PersonId,
    pub on: Date,
    pub ended: Option<Ended>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    pub on: Date,
    pub how: EndOfMarriage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EndOfMarriage {
    Divorce,
    Death,
}

/// A change of name by the court's leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    pub on: Date,
    pub from: String,
    pub from_latin: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Residence {
    #[serde(rename = "moved_in")]
    pub from: Date,
    pub address: Address,
    #[serde(skip)]
    pub reason: MoveReason,
}

/// Why somebody stands in a household's register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MoveReason {
    MovedIn,
    Birth,
    Marriage,
    Registered,
}

impl Person {
    pub fn alive_on(&self, day: Date) -> bool {
        self.born <= day && self.died.is_none_or(|died| day < died)
    }

    /// In whole years; of the dead, as if they still lived.
    pub fn age_on(&self, day: Date) -> i32 {
        self.born.years_until(day)
    }

    pub fn marriage_on(&self, day: Date) -> Option<&Marriage> {
        self.marriages
            .iter()
            .find(|it| it.on <= day && it.ended.is_none_or(|ended| day < ended.on))
    }

    pub fn spouse_on(&self, day: Date) -> Option<PersonId> {
        self.marriage_on(day).map(|it| it.spouse)
    }

    pub fn is_foreign(&self) -> bool {
        self.nationality.is_some()
    }

    /// What lay at `day` where they were registered, if anywhere.
    pub fn residence_on(&self, day: Date) -> Option<&Residence> {
        self.residences.iter().rev().find(|it| it.from <= day)
    }
}
