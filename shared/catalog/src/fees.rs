//! Fees as effective-dated rows of an ordinance.

use request::{Fee, FeeReason};
use serde::Deserialize;

use crate::{Bilingual, Error};

/// An ordinance and its rows; a change of fee is a new row, never an edit.
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
    pub from: String,
    /// First day it is no longer; none yet if left out.
    pub until: Option<String>,
    pub scope: Scope,
    /// For one copy at a kiosk.
    pub amount_won: u32,
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
    /// The fee on a day (`YYYY-MM-DD`), or `None` when no row is in force.
    pub fn quote(&self, day: &str, inside: bool, language: &str) -> Option<Fee> {
        let row = self.rows.iter().find(|row| {
            let meant = match row.scope {
                Scope::Everywhere => true,
                Scope::Inside => inside,
                Scope::Outside => !inside,
            };
            meant && row.in_force(day)
        })?;
        Some(Fee {
            unit_won: row.amount_won,
            legal_basis: self.legal_basis.in_language(language).to_owned(),
            reason: match row.scope {
                Scope::Everywhere => FeeReason::Everywhere,
                Scope::Inside => FeeReason::Inside,
                Scope::Outside => FeeReason::Outside,
            },
        })
    }

    pub(crate) fn check(&self, name: &str) -> Result<(), Error> {
        for (index, one) in self.rows.iter().enumerate() {
            let clash = |other: &FeeRow| {
                let alike = one.scope == other.scope
                    || one.scope == Scope::Everywhere
                    || other.scope == Scope::Everywhere;
                alike && (one.in_force(&other.from) || other.in_force(&one.from))
            };
            if self.rows[index + 1..].iter().any(clash) {
                return Err(Error::Overlap(name.to_owned()));
            }
        }
        Ok(())
    }
}

impl FeeRow {
    /// ISO 8601 dates of four-digit years sort as text.
    fn in_force(&self, day: &str) -> bool {
        self.from.as_str() <= day && self.until.as_deref().is_none_or(|until| day < until)
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

    #[test]
    fn the_fee_is_the_one_of_the_day_and_the_place() {
        let ordinance: Ordinance = toml::from_str(LAND).unwrap();

        ordinance.check("land").unwrap();
        let won = |day, inside| ordinance.quote(day, inside, "ko").map(|fee| fee.unit_won);
        assert_eq!(won("2025-12-31", true), Some(500));
        assert_eq!(won("2026-01-01", true), Some(300));
        assert_eq!(won("2026-11-24", false), Some(500));
        assert_eq!(won("2009-12-31", true), None);
    }

    #[test]
    fn two_rows_for_one_day_are_refused() {
        let doubled = LAND.replace(
            "2026-01-01\", scope = \"inside",
            "2025-01-01\", scope = \"inside",
        );
        let ordinance: Ordinance = toml::from_str(&doubled).unwrap();

        assert!(matches!(ordinance.check("land"), Err(Error::Overlap(_))));
    }
}
