//! What somebody lived through, derived from who they are when it is asked for.

mod accident;
mod career;
mod closed_family;
mod health;
mod income;
mod local_tax;
mod military;
mod national_tax;
mod pension;
mod school;
mod transcript;
mod travel;
mod welfare;

pub use accident::{Accident, BenefitKind, BenefitPayment};
pub use career::Job;
pub use closed_family::{ClosedFamily, ClosedMember};
pub use health::{HealthCover, HealthCoverKind, Premium};
pub use income::YearIncome;
pub use local_tax::{LocalTax, LocalTaxItem};
pub use military::{Disposition, Military};
pub use national_tax::{NationalTax, NationalTaxKind};
pub use pension::{PensionKind, PensionPeriod};
pub use school::{School, SchoolLevel, Schooling};
pub use transcript::{Course, Term};
pub use travel::Crossing;
pub use welfare::{
    Disability, DisabilityKind, Livelihood, LivelihoodBenefit, NearPoor, SingleParent,
};

use crate::{Date, Person};

/// The last day somebody could live through: today, or the one before their death.
fn last_day(person: &Person, today: Date) -> Date {
    person.died.map_or(today, |died| died.plus_days(-1))
}
