//! The weather of a place and day that is over.

use serde_json::{Value, json};
use world::{Bilingual, Date, WEATHER_STATIONS, World};

use crate::networks::{Parameters, asked_by};

/// Days a station is leased at once, back from yesterday.
const DAYS: i32 = 30;

/// By weather station and day.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let days = (1..=DAYS).map(|back| world.today().plus_days(-back).to_string());
    days.flat_map(|day| {
        let asked = move |code: &str| asked_by([("station", code), ("day", day.as_str())]);
        WEATHER_STATIONS.iter().map(move |it| asked(it.code))
    })
    .collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let code = asked.get("station")?;
    let station = WEATHER_STATIONS.iter().find(|it| it.code == code)?;
    let day = Date::parse(asked.get("day")?).filter(|it| *it < world.today())?;
    let weather = world.weather(station, day);
    let hours: Vec<Value> = weather
        .hourly
        .iter()
        .map(|(hour, celsius, rain_mm, wind_mps)| {
            json!({ "hour": hour, "celsius": celsius, "rain_mm": rain_mm, "wind_mps": wind_mps })
        })
        .collect();
    Some(json!({
        "station": {
            "number": station.code, "name": Bilingual::from(station.name), "latitude": station.latitude,
            "longitude": station.longitude, "elevation_meters": station.elevation_m,
        },
        "day": day,
        "daily": {
            "mean_celsius": weather.mean, "high_celsius": weather.high, "low_celsius": weather.low,
            "rain_mm": weather.rain_mm, "new_snow_cm": weather.snow_cm, "wind_mps": weather.wind_mps,
            "gust_mps": weather.gust_mps, "humidity_percent": weather.humidity_percent,
            "pressure_hpa": weather.pressure_hpa, "sunshine_hours": weather.sunshine_h, "sky": weather.sky,
        },
        "hours": hours,
    }))
}
