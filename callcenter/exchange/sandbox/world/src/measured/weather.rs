//! The weather of a place and day.

use std::f64::consts::TAU;

use super::Station;
use crate::{Bilingual, Date, Draw, World};

pub static WEATHER_STATIONS: [Station; 3] = [
    Station {
        code: "901",
        name: ("한빛", "Hanbit"),
        address: (
            "한빛시 가온구 새빛로 30",
            "30 Saebit-ro, Gaon-gu, Hanbit-si",
        ),
        latitude: 37.412,
        longitude: 128.871,
        elevation_m: 26.4,
    },
    Station {
        code: "902",
        name: ("너울항", "Neoul port"),
        address: (
            "한빛시 가온구 너울로 201",
            "201 Neoul-ro, Gaon-gu, Hanbit-si",
        ),
        latitude: 37.398,
        longitude: 128.932,
        elevation_m: 4.1,
    },
    Station {
        code: "903",
        name: ("별내산", "Mount Byeollae"),
        address: (
            "한빛시 다솜구 별내동 산 401",
            "San 401 Byeollae-dong, Dasom-gu, Hanbit-si",
        ),
        latitude: 37.455,
        longitude: 128.791,
        elevation_m: 612.0,
    },
];

#[derive(Clone, Debug, PartialEq)]
pub struct Weather {
    /// Degrees Celsius.
    pub mean: f64,
    pub high: f64,
    pub low: f64,
    pub rain_mm: f64,
    /// New snow.
    pub snow_cm: f64,
    pub wind_mps: f64,
    pub gust_mps: f64,
    pub humidity_percent: f64,
    pub pressure_hpa: f64,
    pub sunshine_h: f64,
    pub sky: Bilingual,
    /// Hour (1 to 24), degrees, millimeters of rain, meters a second.
    pub hourly: Vec<(u8, f64, f64, f64)>,
}

/// Degrees that it grows colder with each meter.
const LAPSE: f64 = 0.0065;

impl World {
    /// What a station measured on a day that is over; the same air hangs over all of them.
    pub fn weather(&self, station: &Station, day: Date) -> Weather {
        let mut air = self.dice("weather", usize::try_from(day.0).unwrap_or(0));
        let season = (f64::from(day.day_of_year()) - 205.0) / 365.25 * TAU;
        let mean = 12.6 + 13.1 * season.cos() + air.tenths(-4.5, 4.5) - station.elevation_m * LAPSE;
        let span = air.tenths(3.0, 6.5);
        let wet = air.in_thousand(if (6..=9).contains(&day.month()) {
            380
        } else {
            220
        });
        let fallen = if wet { air.tenths(0.2, 38.0) } else { 0.0 };
        let snows = wet && mean < 0.5;
        let wind = air.tenths(0.8, 5.5);
        let hourly = hourly(mean, span, wind, if snows { 0.0 } else { fallen }, &mut air);
        let rain = hourly.iter().map(|(_, _, rain, _)| rain).sum();
        Weather {
            mean: tenth(mean),
            high: tenth(mean + span),
            low: tenth(mean - span),
            rain_mm: tenth(rain),
            snow_cm: if snows { tenth(fallen / 3.0) } else { 0.0 },
            wind_mps: wind,
            gust_mps: tenth(wind * 2.1),
            humidity_percent: if wet {
                air.tenths(72.0, 98.0)
            } else {
                air.tenths(31.0, 74.0)
            },
            pressure_hpa: tenth(air.tenths(1_002.0, 1_028.0) - station.elevation_m * 0.12),
            sunshine_h: if wet {
                air.tenths(0.0, 2.5)
            } else {
                air.tenths(3.0, 11.0)
            },
            sky: sky(wet, snows),
            hourly,
        }
    }
}

fn sky(wet: bool, snows: bool) -> Bilingual {
    match (wet, snows) {
        (_, true) => Bilingual::of("눈", "Snow"),
        (true, false) => Bilingual::of("비", "Rain"),
        (false, false) => Bilingual::of("맑음", "Clear"),
    }
}

fn hourly(mean: f64, span: f64, wind: f64, rain: f64, air: &mut Draw) -> Vec<(u8, f64, f64, f64)> {
    // It rains in one go of six hours.
    let begins = u8::try_from(air.between(1, 19)).unwrap_or(1);
    (1..=24)
        .map(|hour: u8| {
            let warmth = ((f64::from(hour) - 15.0) / 24.0 * TAU).cos();
            let raining = (begins..begins + 6).contains(&hour);
            let rain = if raining { rain / 6.0 } else { 0.0 };
            (
                hour,
                tenth(mean + span * warmth),
                tenth(rain),
                tenth(wind * (1.0 + warmth / 3.0)),
            )
        })
        .collect()
}

fn tenth(value: f64) -> f64 {
    // Nothing is minus nothing.
    (value * 10.0).round() / 10.0 + 0.0
}
