//! Hanbit-si, a city that does not exist: several thousand inhabitants, their
//! households, land, companies and lives, which fit together.
//!
//! One seed draws the whole of it, the same on every machine. What is on record of many
//! things at once (persons, parcels, vehicles) is drawn when the world is made; what one
//! person lived through (work, school, taxes) is derived when it is asked for.

mod address;
mod bilingual;
mod boat;
mod building;
mod company;
mod date;
mod district;
mod draw;
mod economy;
mod farm;
mod fleet;
mod household;
mod ids;
mod known;
mod land;
mod lives;
mod mailing;
mod measured;
mod mortgage;
mod names;
mod nation;
mod numbers;
mod parcel;
mod person;
mod plat;
mod population;
mod rights;
mod supply;
#[cfg(test)]
mod tests;
mod titles;
mod trade;
mod vehicle;
mod world;

pub use address::{Address, Unit};
pub use bilingual::Bilingual;
pub use boat::Boat;
pub use building::{Building, BuildingKind, Floor};
pub use company::{
    Company, CompanyKind, DischargeKind, DischargePermit, Factory, Industry, Officer, OfficerRole,
};
pub use date::Date;
pub use district::{DISTRICTS, District};
pub use draw::Draw;
pub use farm::{Farm, Field};
pub use household::{Household, Member, Relation};
pub use ids::{BuildingId, CompanyId, HouseholdId, ParcelId, PersonId};
pub use known::Known;
pub use lives::{
    Accident, BenefitKind, BenefitPayment, ClosedFamily, ClosedMember, Course, Crossing,
    Disability, DisabilityKind, Disposition, HealthCover, HealthCoverKind, Job, Livelihood,
    LivelihoodBenefit, LocalTax, LocalTaxItem, Military, NationalTax, NationalTaxKind, NearPoor,
    PensionKind, PensionPeriod, Premium, School, SchoolLevel, Schooling, SingleParent, Term,
    YearIncome,
};
pub use mailing::Mailing;
pub use measured::{
    AIR_STATIONS, Air, AirGrade, SERIES, Series, Station, WEATHER_STATIONS, Weather,
};
pub use mortgage::Mortgage;
pub use nation::Nation;
pub use numbers::{business_check_digit, company_check_digit, resident_check_digit};
pub use parcel::{Category, Owner, Parcel, Point, Share, Title, TitleReason, Zone};
pub use person::{
    Adoption, Alien, EndOfMarriage, Ended, Marriage, MoveReason, Naturalized, Person, Renamed,
    Residence, Sex,
};
pub use plat::{Plat, Plotted};
pub use rights::{Right, RightKind};
pub use supply::{Supplier, SupplyItem};
pub use trade::{ClearanceStep, Declaration, Goods};
pub use vehicle::{Holding, Lien, Machine, Motorcycle, Vehicle, VehicleKind};
pub use world::World;
