//! Cars, construction machines and motorcycles with their keepers.

use serde::Serialize;

use crate::{Bilingual, Date, Owner, PersonId};

#[derive(Clone, Debug)]
pub struct Vehicle {
    /// `12가3456` or `123가4567`.
    pub plate: String,
    /// Seventeen letters and digits (ISO 3779).
    pub vin: String,
    pub kind: VehicleKind,
    pub model: Bilingual,
    pub model_year: i32,
    pub fuel: Bilingual,
    /// 0 for an electric one.
    pub displacement_cc: u32,
    pub color: Bilingual,
    pub used_as: Bilingual,
    pub first_registered: Date,
    pub inspected_until: Date,
    pub odometer_km: u32,
    /// Oldest first.
    pub owners: Vec<Holding>,
    pub liens: Vec<Lien>,
    pub scrapped: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VehicleKind {
    Car,
    Van,
    Truck,
}

/// Who has had something since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    pub owner: Owner,
    pub on: Date,
    pub reason: Bilingual,
}

/// What somebody else has a right to (압류·저당).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lien {
    pub on: Date,
    pub kind: Bilingual,
    pub creditor: Bilingual,
    pub won: u64,
    pub cancelled: Option<Date>,
}

/// A construction machine.
#[derive(Clone, Debug)]
pub struct Machine {
    /// `한빛02가1234`.
    pub plate: String,
    pub kind: Bilingual,
    pub model: String,
    pub serial: String,
    pub specification: Bilingual,
    pub first_registered: Date,
    pub inspected_until: Date,
    pub owners: Vec<Holding>,
    pub liens: Vec<Lien>,
}

#[derive(Clone, Debug)]
pub struct Motorcycle {
    /// `한빛가온가1234`.
    pub plate: String,
    pub model: Bilingual,
    pub vin: String,
    pub displacement_cc: u32,
    pub reported: Date,
    pub owner: PersonId,
    pub insured_until: Date,
}

impl VehicleKind {
    pub fn name(self) -> Bilingual {
        match self {
            Self::Car => Bilingual::of("승용", "Passenger car"),
            Self::Van => Bilingual::of("승합", "Van"),
            Self::Truck => Bilingual::of("화물", "Truck"),
        }
    }
}

impl Vehicle {
    pub fn owned_by(&self, owner: &Owner, day: Date) -> bool {
        let holder = self.owners.iter().rev().find(|it| it.on <= day);
        holder.is_some_and(|it| it.owner == *owner) && self.scrapped.is_none_or(|it| day < it)
    }
}
