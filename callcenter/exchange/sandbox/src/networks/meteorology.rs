//! Weather: what the weather service answers.

mod weather_certificate;

use super::Served;

pub(super) const SERVICES: &[Served] = &[Served {
    code: "weather-certificate",
    questions: weather_certificate::questions,
    answer: weather_certificate::answer,
}];
