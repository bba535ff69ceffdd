//! Statistical series; some are counted in the world itself.

use crate::{Bilingual, Date, World};

/// A series, with so many values a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series {
    pub code: &'static str,
    pub name: (&'static str, &'static str),
    pub unit: (&'static str, &'static str),
    pub source: (&'static str, &'static str),
    pub per_year: u8,
}

const CITY: (&str, &str) = ("한빛시 통계연보", "Statistical yearbook of Hanbit-si");
const OFFICE: (&str, &str) = ("경제통계망", "Economic statistics network");
const PERSONS: (&str, &str) = ("명", "persons");
const INDEX: (&str, &str) = ("2020=100", "2020=100");

const fn series(
    code: &'static str,
    name: (&'static str, &'static str),
    unit: (&'static str, &'static str),
    source: (&'static str, &'static str),
    per_year: u8,
) -> Series {
    Series {
        code,
        name,
        unit,
        source,
        per_year,
    }
}

pub static SERIES: [Series; 6] = [
    series(
        "POP",
        ("등록 인구", "Registered population"),
        PERSONS,
        CITY,
        1,
    ),
    series("BIRTH", ("출생", "Births"), PERSONS, CITY, 1),
    series("DEATH", ("사망", "Deaths"), PERSONS, CITY, 1),
    series(
        "CPI",
        ("소비자물가지수", "Consumer price index"),
        INDEX,
        OFFICE,
        12,
    ),
    series(
        "PROD",
        ("제조업 생산지수", "Manufacturing production index"),
        INDEX,
        OFFICE,
        4,
    ),
    series(
        "UNEMP",
        ("실업률", "Unemployment rate"),
        ("%", "%"),
        OFFICE,
        12,
    ),
];

/// The years a series is told of.
const YEARS: i32 = 10;

impl World {
    /// Year, period of the year from 1, value; oldest first, of periods that are over.
    pub fn statistics(&self, series: &Series) -> Vec<(i32, u8, f64)> {
        let last = self.today().year();
        let months = 12 / u32::from(series.per_year.max(1));
        let mut dice = self.dice(series.code, 0);
        let mut value = 100.0;
        let mut found = Vec::new();
        for year in last - YEARS..=last {
            for period in 1..=series.per_year {
                let ends = Date::of(year, u32::from(period) * months, 28).plus_days(4);
                if ends > self.today() {
                    return found;
                }
                value += dice.tenths(-0.6, 0.9);
                let told = match series.code {
                    "POP" => {
                        self.count(|born, died| born <= ends && died.is_none_or(|died| died > ends))
                    }
                    "BIRTH" => self.count(|born, _| born.year() == year),
                    "DEATH" => self.count(|_, died| died.is_some_and(|it| it.year() == year)),
                    "UNEMP" => f64::from(dice.between(21, 46)) / 10.0,
                    _ => (value * 10.0).round() / 10.0,
                };
                found.push((year, period, told));
            }
        }
        found
    }

    fn count(&self, counts: impl Fn(Date, Option<Date>) -> bool) -> f64 {
        let counted = self
            .persons()
            .iter()
            .filter(|it| counts(it.born, it.died))
            .count();
        u32::try_from(counted).map_or(0.0, f64::from)
    }
}

impl Series {
    pub fn named(code: &str) -> Option<&'static Self> {
        SERIES.iter().find(|it| it.code == code)
    }

    pub fn name(&self) -> Bilingual {
        self.name.into()
    }
}
