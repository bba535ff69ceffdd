//! What stations and statisticians measure.

mod air;
mod statistics;
mod weather;

pub use air::{AIR_STATIONS, Air, AirGrade};
pub use statistics::{SERIES, Series};
pub use weather::{WEATHER_STATIONS, Weather};

/// Where something is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Station {
    pub code: &'static str,
    pub name: (&'static str, &'static str),
    pub address: (&'static str, &'static str),
    pub latitude: f64,
    pub longitude: f64,
    pub elevation_m: f64,
}
