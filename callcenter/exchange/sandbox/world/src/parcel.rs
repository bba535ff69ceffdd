//! A piece of land as the ledgers have it.

use serde::{Serialize, Serializer};

use crate::{Bilingual, BuildingId, CompanyId, Date, District, ParcelId, PersonId};

#[derive(Clone, Debug)]
pub struct Parcel {
    pub id: ParcelId,
    pub district: &'static District,
    /// `12` or `12-3`; see [`Self::number_text`] for a mountain's.
    pub number: String,
    /// In the forest-land ledger (임야대장) instead of the land ledger.
    pub mountain: bool,
    /// Nineteen digits: district, kind of ledger, number.
    pub unique_number: String,
    pub category: Category,
    pub area_square_meters: f64,
    /// Who owned it, oldest first.
    pub titles: Vec<Title>,
    /// Official price of a square meter on the first of January, oldest first.
    pub prices: Vec<(i32, u64)>,
    pub zones: Vec<Zone>,
    pub building: Option<BuildingId>,
    /// Counterclockwise, in meters from the district's corner.
    pub corners: Vec<Point>,
    /// Was there before the world was drawn.
    pub known: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    pub east: f64,
    pub north: f64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    pub on: Date,
    pub reason: TitleReason,
    pub owners: Vec<Share>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    pub owner: Owner,
    pub of: u32,
    pub whole: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    Person(PersonId),
    Company(CompanyId),
    City,
    State,
    /// Who stands in a ledger and nowhere else.
    Stranger {
        name: String,
        address: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TitleReason {
    FirstRegistration,
    Sale,
    Inheritance,
    Gift,
}

/// What land may be used for, by a law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Zone {
    pub law: Bilingual,
    pub name: Bilingual,
}

/// What land is used for (지목).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    DryField,
    PaddyField,
    Orchard,
    Forest,
    BuildingSite,
    FactorySite,
    SchoolSite,
    Road,
    Park,
}

impl Category {
    /// Korean name, English name, and the sign on the map.
    const fn texts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::DryField => ("전", "Dry field", "전"),
            Self::PaddyField => ("답", "Paddy field", "답"),
            Self::Orchard => ("과수원", "Orchard", "과"),
            Self::Forest => ("임야", "Forest", "임"),
            Self::BuildingSite => ("대", "Building site", "대"),
            Self::FactorySite => ("공장용지", "Factory site", "장"),
            Self::SchoolSite => ("학교용지", "School site", "학"),
            Self::Road => ("도로", "Road", "도"),
            Self::Park => ("공원", "Park", "공"),
        }
    }

    pub fn name(self) -> Bilingual {
        let (ko, en, _) = self.texts();
        Bilingual::of(ko, en)
    }

    /// As it stands on a cadastral map.
    pub fn short(self) -> &'static str {
        self.texts().2
    }

    pub(crate) fn named(ko: &str) -> Option<Self> {
        [
            Self::DryField,
            Self::PaddyField,
            Self::Orchard,
            Self::Forest,
            Self::BuildingSite,
            Self::FactorySite,
            Self::SchoolSite,
            Self::Road,
            Self::Park,
        ]
        .into_iter()
        .find(|it| it.texts().0 == ko)
    }

    pub fn is_farmland(self) -> bool {
        matches!(self, Self::DryField | Self::PaddyField | Self::Orchard)
    }
}

impl Serialize for Category {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.name().serialize(serializer)
    }
}

impl TitleReason {
    pub fn name(self) -> Bilingual {
        match self {
            Self::FirstRegistration => Bilingual::of("소유권 보존", "First registration"),
            Self::Sale | Self::Inheritance | Self::Gift => {
                Bilingual::of("소유권 이전", "Transfer of title")
            }
        }
    }

    /// Why title passed (등기원인).
    pub fn cause(self) -> Option<Bilingual> {
        match self {
            Self::FirstRegistration => None,
            Self::Sale => Some(Bilingual::of("매매", "Sale")),
            Self::Inheritance => Some(Bilingual::of("상속", "Inheritance")),
            Self::Gift => Some(Bilingual::of("증여", "Gift")),
        }
    }
}

impl Parcel {
    /// With the mountain's sign: `산 12-3`.
    pub fn number_text(&self) -> String {
        if self.mountain {
            format!("산 {}", self.number)
        } else {
            self.number.clone()
        }
    }

    /// Address by the parcel: `한빛시 가온구 새빛동 12-3`.
    pub fn address(&self) -> Bilingual {
        let name = self.district.name();
        let english = if self.mountain { "San " } else { "" };
        Bilingual::of(
            format!("{} {}", name.ko, self.number_text()),
            format!("{english}{} {}", self.number, name.en),
        )
    }

    pub(crate) fn unique_number_of(district: &District, mountain: bool, number: &str) -> String {
        let (main, sub) = number.split_once('-').unwrap_or((number, "0"));
        let ledger = if mountain { 2 } else { 1 };
        format!("{}{ledger}{main:0>4}{sub:0>4}", district.code)
    }

    /// Who owned it that day, and how.
    pub fn title_on(&self, day: Date) -> Option<&Title> {
        self.titles.iter().rev().find(|it| it.on <= day)
    }

    pub fn owned_by(&self, owner: &Owner, day: Date) -> bool {
        self.title_on(day)
            .is_some_and(|title| title.owners.iter().any(|it| it.owner == *owner))
    }

    /// The price of the year, or of the last one before.
    pub fn price_in(&self, year: i32) -> Option<u64> {
        let known = self.prices.iter().rev().find(|(of, _)| *of <= year);
        known.map(|(_, won)| *won)
    }
}
