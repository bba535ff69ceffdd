//! What an air-quality station measured on a day.

use serde_json::{Value, json};
use world::{AIR_STATIONS, Air, Bilingual, Date, World};

use crate::networks::{Parameters, asked_by};

/// Days a station is leased at once, back from yesterday.
const DAYS: i32 = 30;

/// By station and day.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let days = (1..=DAYS).map(|back| world.today().plus_days(-back).to_string());
    days.flat_map(|day| {
        let asked = move |code: &str| asked_by([("station", code), ("day", day.as_str())]);
        AIR_STATIONS.iter().map(move |it| asked(it.code))
    })
    .collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let code = asked.get("station")?;
    let station = AIR_STATIONS.iter().find(|it| it.code == code)?;
    let day = Date::parse(asked.get("day")?).filter(|it| *it < world.today())?;
    let air = world.air(station, day);
    Some(json!({
        "station": {
            "name": Bilingual::from(station.name), "address": Bilingual::from(station.address),
            "network": Bilingual::of("도시대기측정망", "Urban air network"),
        },
        "day": day, "index": air.index, "grade": air.grade,
        "mean": measured(&air, 1.0, 1.0),
        "hours": (1..=24).map(|hour| hourly(&air, hour)).collect::<Vec<_>>(),
    }))
}

/// Ozone is made by the sun, the rest by the traffic of morning and evening.
fn hourly(air: &Air, hour: u8) -> Value {
    let turn = f64::from(hour) / 24.0 * std::f64::consts::TAU;
    let sun = 1.0 - 0.6 * (turn - 0.5).cos();
    let traffic = 1.0 + 0.25 * (2.0 * turn - 4.4).cos();
    let mut row = measured(air, sun, traffic);
    if let Value::Object(fields) = &mut row {
        fields.insert("hour".to_owned(), json!(hour));
    }
    row
}

fn measured(air: &Air, sun: f64, traffic: f64) -> Value {
    let thousandths = |ppm: f64| (ppm * 1_000.0).round() / 1_000.0;
    // A mass is a small number of micrograms, never below zero.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let mass = |micrograms: u32| (f64::from(micrograms) * traffic).round() as u32;
    json!({
        "pm10": mass(air.pm10), "pm25": mass(air.pm25), "ozone": thousandths(air.ozone * sun),
        "nitrogen_dioxide": thousandths(air.nitrogen_dioxide * traffic),
        "carbon_monoxide": (air.carbon_monoxide * traffic * 10.0).round() / 10.0,
        "sulfur_dioxide": thousandths(air.sulfur_dioxide * traffic),
    })
}
