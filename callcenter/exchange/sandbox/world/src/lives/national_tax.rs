//! Taxes of the state.

use serde::Serialize;

use crate::{Bilingual, Date, Person, World};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NationalTax {
    pub year: i32,
    pub kind: NationalTaxKind,
    pub assessed_won: u64,
    pub due: Date,
    /// `None`: not yet.
    pub paid: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NationalTaxKind {
    /// Global income tax (종합소득세).
    Income,
    ValueAdded,
}

impl NationalTaxKind {
    pub fn name(self) -> Bilingual {
        match self {
            Self::Income => Bilingual::of("종합소득세", "Global income tax"),
            Self::ValueAdded => Bilingual::of("부가가치세", "Value-added tax"),
        }
    }
}

/// Of a thousand who pay such taxes, those who owe the last one.
const OWE: usize = 60;

impl World {
    /// Taxes that somebody with a business is assessed for; wages are taxed at the
    /// source. Oldest first.
    pub fn national_taxes(&self, person: &Person) -> Vec<NationalTax> {
        let mut draw = self.dice("national tax", person.id.0);
        let mut found = Vec::new();
        for income in self.incomes(person).iter().filter(|it| it.business_won > 0) {
            let next = income.year + 1;
            found.push((
                income.year,
                NationalTaxKind::ValueAdded,
                income.business_won / 30,
                Date::of(next, 1, 25),
            ));
            found.push((
                income.year,
                NationalTaxKind::Income,
                income.tax_won,
                Date::of(next, 5, 31),
            ));
        }
        let owes = draw.in_thousand(OWE);
        let count = found.len();
        let tax = |(index, (year, kind, won, due)): (usize, (i32, NationalTaxKind, u64, Date))| {
            let open = owes && index + 1 == count;
            NationalTax {
                year,
                kind,
                assessed_won: won / 10 * 10,
                due,
                paid: (!open).then(|| due.plus_days(-draw.between(0, 14))),
            }
        };
        found.into_iter().enumerate().map(tax).collect()
    }

    /// Those that are due and not paid.
    pub fn national_arrears(&self, person: &Person) -> Vec<NationalTax> {
        let taxes = self.national_taxes(person).into_iter();
        taxes
            .filter(|it| it.paid.is_none() && it.due < self.today())
            .collect()
    }
}
