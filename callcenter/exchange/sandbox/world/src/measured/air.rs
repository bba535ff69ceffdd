//! How clean the air of a place was on a day.

use serde::Serialize;

use super::Station;
use crate::{Bilingual, Date, World};

pub static AIR_STATIONS: [Station; 3] = [
    Station {
        code: "419901",
        name: ("새빛동", "Saebit-dong"),
        address: (
            "한빛시 가온구 새빛로 12",
            "12 Saebit-ro, Gaon-gu, Hanbit-si",
        ),
        latitude: 37.411,
        longitude: 128.869,
        elevation_m: 24.0,
    },
    Station {
        code: "419801",
        name: ("하늘동", "Haneul-dong"),
        address: (
            "한빛시 나래구 하늘로 60",
            "60 Haneul-ro, Narae-gu, Hanbit-si",
        ),
        latitude: 37.438,
        longitude: 128.905,
        elevation_m: 18.0,
    },
    Station {
        code: "419701",
        name: ("별내동", "Byeollae-dong"),
        address: (
            "한빛시 다솜구 별내로 22",
            "22 Byeollae-ro, Dasom-gu, Hanbit-si",
        ),
        latitude: 37.441,
        longitude: 128.812,
        elevation_m: 71.0,
    },
];

#[derive(Clone, Debug, PartialEq)]
pub struct Air {
    /// Micrograms in a cubic meter.
    pub pm10: u32,
    pub pm25: u32,
    /// Parts in a million.
    pub ozone: f64,
    pub nitrogen_dioxide: f64,
    pub carbon_monoxide: f64,
    pub sulfur_dioxide: f64,
    /// The comprehensive index (통합대기환경지수).
    pub index: u32,
    pub grade: AirGrade,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AirGrade {
    Good,
    Moderate,
    Bad,
    VeryBad,
}

impl AirGrade {
    pub fn name(self) -> Bilingual {
        match self {
            Self::Good => Bilingual::of("좋음", "Good"),
            Self::Moderate => Bilingual::of("보통", "Moderate"),
            Self::Bad => Bilingual::of("나쁨", "Bad"),
            Self::VeryBad => Bilingual::of("매우나쁨", "Very bad"),
        }
    }

    fn of(index: u32) -> Self {
        match index {
            0..=50 => Self::Good,
            51..=100 => Self::Moderate,
            101..=250 => Self::Bad,
            _ => Self::VeryBad,
        }
    }
}

impl World {
    /// The mean of a day that is over.
    pub fn air(&self, station: &Station, day: Date) -> Air {
        let mut dice = self.dice("air", usize::try_from(day.0).unwrap_or(0));
        let dusty = (3..=5).contains(&day.month()) && dice.in_thousand(90);
        let pm10 = if dusty {
            dice.between(110, 320)
        } else {
            dice.between(12, 70)
        };
        let mut here = self.dice(station.code, usize::try_from(day.0).unwrap_or(0));
        let pm10 = u32::try_from(pm10 + here.between(-6, 6)).unwrap_or(10);
        let pm25 = pm10 * u32::try_from(here.between(35, 60)).unwrap_or(45) / 100;
        let index = (pm10 * 100 / 80).max(pm25 * 100 / 35);
        let mut parts = |low: i32, high: i32, of: f64| f64::from(here.between(low, high)) / of;
        Air {
            pm10,
            pm25,
            ozone: parts(12, 62, 1_000.0),
            nitrogen_dioxide: parts(5, 31, 1_000.0),
            carbon_monoxide: parts(2, 7, 10.0),
            sulfur_dioxide: parts(1, 5, 1_000.0),
            index,
            grade: AirGrade::of(index),
        }
    }
}
