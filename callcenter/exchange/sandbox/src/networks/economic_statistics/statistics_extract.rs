//! Published values of a statistical series.

use serde_json::{Value, json};
use world::{Bilingual, SERIES, Series, World};

use crate::networks::{Parameters, asked_by};

/// Of a yearly series the years before are told as well.
const YEARS: i32 = 10;

/// By series and year.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let asked = |series: &Series, year: i32| {
        asked_by([("series", series.code), ("year", &year.to_string())])
    };
    SERIES
        .iter()
        .flat_map(|series| {
            let mut years: Vec<i32> = world.statistics(series).iter().map(|it| it.0).collect();
            years.dedup();
            years.into_iter().map(move |year| asked(series, year))
        })
        .collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let series = Series::named(asked.get("series")?)?;
    let year: i32 = asked.get("year")?.parse().ok()?;
    let all = world.statistics(series);
    let first = if series.per_year == 1 {
        year - YEARS + 1
    } else {
        year
    };
    let told = |it: &&(i32, u8, f64)| (first..=year).contains(&it.0);
    let values: Vec<Value> = all
        .iter()
        .filter(told)
        .map(|it| value(series, &all, *it))
        .collect();
    let (_, _, latest) = all.iter().rfind(told)?;
    let (frequency, decimals) = match series.per_year {
        1 => ("yearly", 0),
        4 => ("quarterly", 1),
        _ => ("monthly", 1),
    };
    Some(json!({
        "series": {
            "code": series.code, "name": Bilingual::from(series.name), "unit": Bilingual::from(series.unit),
            "source": Bilingual::from(series.source), "decimals": decimals, "frequency": frequency,
        },
        "year": year, "latest": latest, "values": values,
    }))
}

fn value(series: &Series, all: &[(i32, u8, f64)], (year, period, value): (i32, u8, f64)) -> Value {
    let before = all
        .iter()
        .find(|it| (it.0, it.1) == (year - 1, period))
        .filter(|it| it.2 != 0.0);
    let change = before.map(|it| ((value - it.2) / it.2 * 1_000.0).round() / 10.0);
    let period = match series.per_year {
        1 => year.to_string(),
        4 => format!("{year}-Q{period}"),
        _ => format!("{year}-{period:02}"),
    };
    json!({ "period": period, "value": value, "change_percent": change, "provisional": false })
}
