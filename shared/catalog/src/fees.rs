//! Fees as effective-dated rows of an ordinance.

use calendar::{Date, deserialize_day, deserialize_optional_day};
use request::{Fee, FeeReason};
use serde::Deserialize;

use crate::{Bilingual, Error};

/// An ordinance and its rows; a change of fee is a new row, never an edit.
/// How many leading digits of a legal-district code name the city or district office.
pub(crate) const JURISDICTION_DIGITS: usize = 5;

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ordinance {
    pub legal_basis: Bilingual,
    #[serde(rename = "row")]
    pub rows: Vec<FeeRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeRow {
    /// First day the row is in force, `YYYY-MM-DD`.
    #[serde(deserialize_with = "deserialize_day")]
    pub from: Date,
    /// First day it is no longer; none yet if left out.
    #[serde(default, deserialize_with = "deserialize_optional_day")]
    pub until: Option<Date>,
    pub scope: Scope,
    /// For one copy at a kiosk.
    pub amount_won: u32,
    /// What the fee is waived by, such as an article of the ordinance of its own; the
    /// row costs nothing then.
    pub exemption: Option<Bilingual>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Everywhere,
    /// The thing asked about lies in the jurisdiction of the kiosk's office.
    Inside,
    Outside,
}

impl Ordinance {
    /// The fee on a day, or `None` when no row is in force.
    pub fn quote(&self, day: Date, inside: bool, language: &str) -> Option<Fee> {
        let row = self.in_force(day, inside).next()?;
        let legal_basis = row.exemption.as_ref().unwrap_or(&self.legal_basis);
        Some(Fee {
            unit_won: row.amount_won,
            legal_basis: legal_basis.in_language(language).to_owned(),
            reason: match row.scope {
                Scope::Everywhere => FeeReason::Everywhere,
                Scope::Inside => FeeReason::Inside,
                Scope::Outside => FeeReason::Outside,
            },
        })
    }

    /// The rows that hold on a day; one, where the ordinance fits together.
    pub fn in_force(&self, day: Date, inside: bool) -> impl Iterator<Item = &FeeRow> {
        self.rows
            .iter()
            .filter(move |row| row.is_meant(inside) && row.holds(day))
    }

    /// The rows follow one another day by day, for what lies inside and what lies
    /// outside, from the first day of any on.
    pub(crate) fn check(&self, name: &str) -> Result<(), Error> {
        let waived = |row: &FeeRow| row.exemption.is_some() && row.amount_won > 0;
        if self.rows.iter().any(waived) {
            return Err(Error::Waived(name.to_owned()));
        }
        self.check_scope(name, true, "inside")?;
        self.check_scope(name, false, "outside")
    }

    fn check_scope(&self, name: &str, inside: bool, scope: &'static str) -> Result<(), Error> {
        let gap = |when: String| {
            let ordinance = name.to_owned();
            Err(Error::Gap {
                ordinance,
                scope,
                when,
            })
        };
        let mut rows: Vec<&FeeRow> = self.rows.iter().filter(|it| it.is_meant(inside)).collect();
        rows.sort_by_key(|it| it.from);
        let Some(first) = self.rows.iter().map(|it| it.from).min() else {
            return gap("at all".to_owned());
        };
        // The first day of which no row has told yet; none when they tell of all to come.
        let mut next = Some(first);
        for row in rows {
            match next {
                Some(day) if row.from > day => return gap(format!("on {day}")),
                Some(day) if row.from == day => next = row.until,
                Some(_) | None => return Err(Error::Overlap(name.to_owned())),
            }
            if row.until.is_some_and(|it| it <= row.from) {
                return gap(format!("on {}", row.from));
            }
        }
        next.map_or(Ok(()), |day| gap(format!("from {day} on")))
    }
}

impl FeeRow {
    fn is_meant(&self, inside: bool) -> bool {
        match self.scope {
            Scope::Everywhere => true,
            Scope::Inside => inside,
            Scope::Outside => !inside,
        }
    }

    fn holds(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const LAND: &str = r#"
        legal_basis = { ko = "한빛시 조례 제10조", en = "Hanbit ordinance, art. 10" }
        row = [
            { from = "2010-01-01", until = "2026-01-01", scope = "everywhere", amount_won = 500 },
            { from = "2026-01-01", scope = "inside", amount_won = 300 },
            { from = "2026-01-01", scope = "outside", amount_won = 500 },
        ]
    "#;

    fn land(change: &str, to: &str) -> Ordinance {
        assert!(LAND.contains(change));
        toml::from_str(&LAND.replacen(change, to, 1)).unwrap()
    }

    fn wrong(change: &str, to: &str) -> String {
        land(change, to).check("land").unwrap_err().to_string()
    }

    #[test]
    fn the_fee_is_the_one_of_the_day_and_the_place() {
        let ordinance = land("2010-01-01", "2010-01-01");

        ordinance.check("land").unwrap();
        let won = |day: &str, inside| {
            let day = calendar::parse_day(day).unwrap();
            ordinance.quote(day, inside, "ko").map(|fee| fee.unit_won)
        };
        assert_eq!(won("2025-12-31", true), Some(500));
        assert_eq!(won("2026-01-01", true), Some(300));
        assert_eq!(won("2026-11-24", false), Some(500));
        assert_eq!(won("2009-12-31", true), None);
    }

    #[test]
    fn a_fee_that_is_waived_says_by_what() {
        let waived = "amount_won = 0, exemption = { ko = \"제12조\", en = \"art. 12\" }";
        let ordinance = land("amount_won = 300", waived);

        ordinance.check("land").unwrap();
        let day = calendar::date(2026, 11, 24);
        let fee = ordinance.quote(day, true, "en").unwrap();
        assert_eq!((fee.unit_won, fee.legal_basis.as_str()), (0, "art. 12"));
        let outside = ordinance.quote(day, false, "en").unwrap();
        assert_eq!(outside.legal_basis, "Hanbit ordinance, art. 10");
        let costs = waived.replace("= 0", "= 100");
        assert!(wrong("amount_won = 300", &costs).contains("waives"));
    }

    #[test]
    fn two_rows_for_one_day_are_refused() {
        let earlier = wrong(
            "2026-01-01\", scope = \"inside",
            "2025-01-01\", scope = \"inside",
        );
        assert!(earlier.contains("two rows"), "{earlier}");
        let endless = wrong(", until = \"2026-01-01\"", "");
        assert!(endless.contains("two rows"), "{endless}");
    }

    #[test]
    fn a_day_without_a_row_is_refused() {
        for (change, to, where_and_when) in [
            (
                "2026-01-01\", scope = \"inside",
                "2026-01-02\", scope = \"inside",
                "inside on 2026-01-01",
            ),
            ("scope = \"outside\"", "scope = \"inside\"", "two rows"),
            (
                "scope = \"inside\"",
                "until = \"2026-07-01\", scope = \"inside\"",
                "inside from 2026-07-01 on",
            ),
            (
                "until = \"2026-01-01\", scope = \"everywhere",
                "until = \"2009-01-01\", scope = \"everywhere",
                "inside on 2010-01-01",
            ),
            (
                "scope = \"everywhere",
                "scope = \"inside",
                "outside on 2010-01-01",
            ),
        ] {
            let told = wrong(change, to);
            assert!(told.contains(where_and_when), "{told}");
        }
    }

    #[test]
    fn a_day_that_does_not_exist_is_refused_where_it_stands() {
        let text = LAND.replacen("2010-01-01", "2010-02-30", 1);

        let refused = toml::from_str::<Ordinance>(&text).unwrap_err().to_string();

        assert!(refused.contains("line 4"), "{refused}");
        assert!(refused.contains("2026-12-25"), "{refused}");
    }
}
