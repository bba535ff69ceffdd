//! Taxes of the city: on what somebody owns and that they live there.

use serde::Serialize;

use crate::{Bilingual, Date, Owner, Person, World};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalTax {
    pub year: i32,
    pub item: LocalTaxItem,
    /// What is taxed.
    pub about: Bilingual,
    pub base_won: u64,
    pub won: u64,
    pub due: Date,
    /// `None`: not yet.
    pub paid: Option<Date>,
    /// Electronic payment number.
    pub number: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LocalTaxItem {
    /// On land and houses (재산세).
    Property,
    Vehicle,
    /// On who lives there (주민세).
    Resident,
    LocalIncome,
}

impl LocalTaxItem {
    pub fn name(self) -> Bilingual {
        match self {
            Self::Property => Bilingual::of("재산세", "Property tax"),
            Self::Vehicle => Bilingual::of("자동차세", "Vehicle tax"),
            Self::Resident => Bilingual::of("주민세", "Resident tax"),
            Self::LocalIncome => Bilingual::of("지방소득세", "Local income tax"),
        }
    }
}

const YEARS: i32 = 5;
/// Of a thousand inhabitants, those who owe the last one.
const OWE: usize = 40;

/// Item, what is taxed, base, tax, day it is due.
type Assessment = (LocalTaxItem, Bilingual, u64, u64, Date);

impl World {
    /// Of the last years, oldest first; those that are assessed already.
    pub fn local_taxes(&self, person: &Person) -> Vec<LocalTax> {
        let mut draw = self.dice("local tax", person.id.0);
        let mut found: Vec<Assessment> = Vec::new();
        for year in self.today().year() - YEARS + 1..=self.today().year() {
            self.assess(person, year, &mut found);
        }
        found.retain(|(.., due)| *due <= self.today() && person.alive_on(*due));
        found.sort_by_key(|(.., due)| *due);
        let owes = draw.in_thousand(OWE);
        let count = found.len();
        let tax = |(index, (item, about, base_won, won, due)): (usize, Assessment)| {
            let open = owes && index + 1 == count;
            LocalTax {
                year: due.year(),
                item,
                about,
                base_won,
                won,
                due,
                paid: (!open).then(|| due.plus_days(-draw.between(0, 13))),
                number: format!("41990{:02}{:06}{:03}", due.year() % 100, person.id.0, index),
            }
        };
        found.into_iter().enumerate().map(tax).collect()
    }

    fn assess(&self, person: &Person, year: i32, found: &mut Vec<Assessment>) {
        let owner = Owner::Person(person.id);
        let counted = Date::of(year, 6, 1);
        for parcel in self
            .parcels()
            .iter()
            .filter(|it| it.owned_by(&owner, counted))
        {
            let value = parcel.area_square_meters * parcel.price_in(year).unwrap_or(0) as f64;
            // An area times a price is far below what a number of 64 bits holds.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let base = (value * 0.7) as u64 / 1_000 * 1_000;
            let won = base / 500 / 10 * 10;
            found.push((
                LocalTaxItem::Property,
                parcel.address(),
                base,
                won,
                Date::of(year, 9, 30),
            ));
        }
        for vehicle in self
            .vehicles()
            .iter()
            .filter(|it| it.owned_by(&owner, counted))
        {
            let base = u64::from(vehicle.displacement_cc);
            let won = if base == 0 { 50_000 } else { base * 100 };
            let about = Bilingual::of(vehicle.plate.as_str(), vehicle.plate.as_str());
            found.push((
                LocalTaxItem::Vehicle,
                about,
                base,
                won,
                Date::of(year, 6, 30),
            ));
        }
        let resident = person.residence_on(counted).is_some() && person.age_on(counted) >= 20;
        let heads = self
            .household_of(person)
            .is_some_and(|it| it.householder() == person.id);
        if resident && heads {
            let about = Bilingual::of("개인분", "Of a person");
            found.push((
                LocalTaxItem::Resident,
                about,
                0,
                11_000,
                Date::of(year, 8, 31),
            ));
        }
        let income = self
            .incomes(person)
            .into_iter()
            .find(|it| it.year == year - 1);
        if let Some(income) = income.filter(|it| it.business_won > 0) {
            let about = Bilingual::of("종합소득분", "On global income");
            let won = income.tax_won / 10 / 10 * 10;
            found.push((
                LocalTaxItem::LocalIncome,
                about,
                income.taxable_won,
                won,
                Date::of(year, 5, 31),
            ));
        }
    }

    /// Those that are due and not paid.
    pub fn local_arrears(&self, person: &Person) -> Vec<LocalTax> {
        let taxes = self.local_taxes(person).into_iter();
        taxes
            .filter(|it| it.paid.is_none() && it.due < self.today())
            .collect()
    }
}
