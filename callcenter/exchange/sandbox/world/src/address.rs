//! Where somebody lives or something stands.

use serde::Serialize;

use crate::{Bilingual, District, ParcelId};

/// An address by the road (도로명주소).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Address {
    pub ko: String,
    pub en: String,
    #[serde(skip)]
    pub district: &'static District,
    /// Where the building stands, if it is one of this world.
    #[serde(skip)]
    pub parcel: Option<ParcelId>,
    #[serde(skip)]
    pub unit: Option<Unit>,
}

/// A dwelling of a house with many: `103동 201호`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Unit {
    pub building: u16,
    pub number: u16,
}

impl Address {
    pub(crate) fn on_road(
        district: &'static District,
        number: u16,
        unit: Option<Unit>,
        parcel: ParcelId,
    ) -> Self {
        let (gu, gu_en) = district.gu;
        let (road, road_en) = district.road;
        let dong = district.dong.0;
        let (inside, inside_en) = unit.map_or_else(Default::default, |unit| {
            let Unit { building, number } = unit;
            (
                format!(", {building}동 {number}호"),
                format!("{building}-{number}, "),
            )
        });
        Self {
            ko: format!("한빛시 {gu} {road} {number}{inside} ({dong})"),
            en: format!("{inside_en}{number} {road_en}, {gu_en}, Hanbit-si"),
            district,
            parcel: Some(parcel),
            unit,
        }
    }

    /// As text in both languages.
    pub fn text(&self) -> Bilingual {
        Bilingual::of(self.ko.as_str(), self.en.as_str())
    }

    /// The number of the house in its road, and the dwelling, of a text such as
    /// `한빛시 가온구 다온로 133, 103동 201호 (다온동)`.
    pub(crate) fn house_of(text: &str, district: &District) -> Option<(u16, Option<Unit>)> {
        let (_, rest) = text.split_once(district.road.0)?;
        let rest = rest.split(" (").next()?.trim();
        let (house, unit) = match rest.split_once(", ") {
            Some((house, unit)) => (house, Unit::parse(unit)),
            None => (rest, None),
        };
        Some((house.parse().ok()?, unit))
    }
}

impl Unit {
    fn parse(text: &str) -> Option<Self> {
        let (building, number) = text.split_once("동 ")?;
        Some(Self {
            building: building.parse().ok()?,
            number: number.strip_suffix('호')?.parse().ok()?,
        })
    }
}
