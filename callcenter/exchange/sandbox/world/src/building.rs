//! A building as the building ledger has it.

use serde::Serialize;

use crate::{Address, Bilingual, BuildingId, Date, ParcelId, Unit};

#[derive(Clone, Debug)]
pub struct Building {
    pub id: BuildingId,
    pub parcel: ParcelId,
    pub name: Option<Bilingual>,
    /// Without a dwelling.
    pub address: Address,
    pub kind: BuildingKind,
    pub structure: Bilingual,
    pub roof: Bilingual,
    pub floors_above: u8,
    pub floors_below: u8,
    pub site_m2: f64,
    pub footprint_m2: f64,
    pub floor_area_m2: f64,
    pub permitted: Date,
    pub begun: Date,
    /// Approved for use.
    pub completed: Date,
    pub floors: Vec<Floor>,
    /// Of the ledger.
    pub number: String,
    /// Dwellings of a house with many; empty otherwise.
    pub units: Vec<Unit>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Floor {
    pub name: Bilingual,
    pub used_as: Bilingual,
    pub area_m2: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BuildingKind {
    Detached,
    /// A small house with several dwellings (다세대주택).
    Multiplex,
    Apartments,
    Shop,
    Factory,
    School,
}

impl BuildingKind {
    /// What it is mainly used for (주용도).
    pub fn main_use(self) -> Bilingual {
        match self {
            Self::Detached => Bilingual::of("단독주택", "Detached house"),
            Self::Multiplex => Bilingual::of("공동주택(다세대주택)", "Multiplex housing"),
            Self::Apartments => Bilingual::of("공동주택(아파트)", "Apartments"),
            Self::Shop => Bilingual::of("제1종근린생활시설", "Neighborhood facility, class 1"),
            Self::Factory => Bilingual::of("공장", "Factory"),
            Self::School => Bilingual::of("교육연구시설", "School"),
        }
    }
}

impl Building {
    pub fn main_use(&self) -> Bilingual {
        self.kind.main_use()
    }

    /// Households there is room for.
    pub fn households(&self) -> usize {
        match self.kind {
            BuildingKind::Detached => 1,
            BuildingKind::Multiplex | BuildingKind::Apartments => self.units.len(),
            BuildingKind::Shop | BuildingKind::Factory | BuildingKind::School => 0,
        }
    }

    /// Footprint of the site, in percent (건폐율).
    pub fn coverage_percent(&self) -> f64 {
        percent(self.footprint_m2, self.site_m2)
    }

    /// Floor area above ground of the site, in percent (용적률).
    pub fn floor_area_percent(&self) -> f64 {
        let above: f64 = self
            .floors
            .iter()
            .filter(|it| !it.name.ko.starts_with("지하"))
            .map(|it| it.area_m2)
            .sum();
        percent(above, self.site_m2)
    }
}

fn percent(part: f64, whole: f64) -> f64 {
    (part / whole * 10_000.0).round() / 100.0
}
