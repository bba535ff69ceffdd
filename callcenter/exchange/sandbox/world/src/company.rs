//! A company or a trader, as the registers of companies and of businesses have it.

use serde::Serialize;

use crate::{Address, Bilingual, CompanyId, Date, ParcelId, PersonId};

#[derive(Clone, Debug)]
pub struct Company {
    pub id: CompanyId,
    pub name: Bilingual,
    pub kind: CompanyKind,
    /// Thirteen digits; a sole trader has none.
    pub registration_number: Option<String>,
    /// Ten digits.
    pub business_number: String,
    pub founded: Date,
    pub closed: Option<Date>,
    pub industry: Industry,
    pub address: Address,
    /// Of today, or at the end.
    pub representative: PersonId,
    /// Oldest first; none of a sole trader.
    pub officers: Vec<Officer>,
    pub capital_won: u64,
    pub share_won: u64,
    pub purposes: Vec<Bilingual>,
    /// What else was registered, oldest first.
    pub changes: Vec<(Date, Bilingual)>,
    pub factory: Option<Factory>,
    pub permits: Vec<DischargePermit>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CompanyKind {
    Stock,
    Limited,
    SoleTrader,
}

/// By the Korean standard industrial classification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Industry {
    pub code: &'static str,
    /// Kind of business (업태).
    pub name: Bilingual,
    /// What is made or sold (종목).
    pub item: Bilingual,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Officer {
    pub person: PersonId,
    pub role: OfficerRole,
    pub from: Date,
    pub until: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficerRole {
    Representative,
    Director,
    Auditor,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Factory {
    pub number: String,
    pub parcel: ParcelId,
    pub registered: Date,
    pub site_m2: f64,
    pub building_m2: f64,
    pub products: Vec<Bilingual>,
    pub workers: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DischargePermit {
    pub number: String,
    pub kind: DischargeKind,
    /// 1 (most) to 5.
    pub class: u8,
    pub permitted: Date,
    /// What it is, what it holds, how many.
    pub facilities: Vec<(Bilingual, String, u32)>,
    pub pollutants: Vec<Bilingual>,
    pub changes: Vec<(Date, Bilingual)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DischargeKind {
    Air,
    Water,
    Noise,
}

impl CompanyKind {
    pub fn name(self) -> Bilingual {
        match self {
            Self::Stock => Bilingual::of("주식회사", "Stock company"),
            Self::Limited => Bilingual::of("유한회사", "Limited company"),
            Self::SoleTrader => Bilingual::of("개인사업자", "Sole trader"),
        }
    }
}

impl OfficerRole {
    pub fn name(self) -> Bilingual {
        match self {
            Self::Representative => Bilingual::of("대표이사", "Representative director"),
            Self::Director => Bilingual::of("사내이사", "Director"),
            Self::Auditor => Bilingual::of("감사", "Auditor"),
        }
    }
}

impl DischargeKind {
    pub fn name(self) -> Bilingual {
        match self {
            Self::Air => Bilingual::of("대기배출시설", "Air discharge facility"),
            Self::Water => Bilingual::of("폐수배출시설", "Wastewater discharge facility"),
            Self::Noise => Bilingual::of("소음·진동배출시설", "Noise and vibration facility"),
        }
    }
}

impl Company {
    pub fn exists_on(&self, day: Date) -> bool {
        self.founded <= day && self.closed.is_none_or(|closed| day < closed)
    }

    pub fn shares(&self) -> u64 {
        self.capital_won / self.share_won.max(1)
    }
}
