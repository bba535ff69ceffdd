//! Foreign countries, and names from there.

use serde::{Serialize, Serializer};

use crate::{Bilingual, Draw, Sex};

/// A country by its code of three letters (ISO 3166-1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nation {
    pub code: &'static str,
    pub name: Bilingual,
}

impl Serialize for Nation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.name.serialize(serializer)
    }
}

const NATIONS: [(&str, (&str, &str)); 14] = [
    ("VNM", ("베트남", "Viet Nam")),
    ("CHN", ("중국", "China")),
    ("PHL", ("필리핀", "Philippines")),
    ("KHM", ("캄보디아", "Cambodia")),
    ("UZB", ("우즈베키스탄", "Uzbekistan")),
    ("THA", ("태국", "Thailand")),
    ("NPL", ("네팔", "Nepal")),
    ("USA", ("미국", "United States of America")),
    ("JPN", ("일본", "Japan")),
    ("MNG", ("몽골", "Mongolia")),
    ("DEU", ("독일", "Germany")),
    ("IDN", ("인도네시아", "Indonesia")),
    ("AUS", ("호주", "Australia")),
    ("SGP", ("싱가포르", "Singapore")),
];

/// Those people come from to stay; the rest are travelled and traded with.
const COME_FROM: usize = 8;

const FAMILIES: [&str; 10] = [
    "ONDO",
    "SAMBAL",
    "TERUNA",
    "KOVAI",
    "LIMBANO",
    "NARUN",
    "PETKOVA",
    "ALDERMOOR",
    "TSENDAY",
    "VANH",
];
const MALE: [&str; 8] = [
    "JOREN", "BATAR", "MINHO", "RASHID", "TOMASO", "ELDIN", "SOKHAN", "PRABIR",
];
const FEMALE: [&str; 8] = [
    "LINHA", "MARISEL", "SOPHEA", "DILNOZA", "ANCHALI", "KAMALA", "EMMELIN", "OYUNA",
];

/// As long as a record has room for.
const LONGEST: &str = "MARIA ESPERANZA ALEJANDRINA DE LA CONCEPCION TERUNA-LIMBANO";

impl Nation {
    /// By its code of three letters.
    ///
    /// # Panics
    /// When the world does not know it.
    pub fn of(code: &str) -> Self {
        let known = NATIONS.iter().find(|(it, _)| *it == code);
        Self::from(known.expect("a country of the list"))
    }

    pub(crate) fn people_come_from(draw: &mut Draw) -> Self {
        Self::from(draw.pick(&NATIONS[..COME_FROM]))
    }

    pub(crate) fn any(draw: &mut Draw) -> Self {
        Self::from(draw.pick(&NATIONS))
    }
}

impl From<&(&'static str, (&'static str, &'static str))> for Nation {
    fn from((code, name): &(&'static str, (&'static str, &'static str))) -> Self {
        Self {
            code: *code,
            name: Bilingual::from(name),
        }
    }
}

/// A name in Latin letters; one in forty is as long as a record can hold.
pub(crate) fn foreign_name(draw: &mut Draw, sex: Sex) -> String {
    if sex == Sex::Female && draw.in_thousand(25) {
        return LONGEST.to_owned();
    }
    let given: &[&str] = match sex {
        Sex::Male => &MALE,
        Sex::Female => &FEMALE,
    };
    format!("{} {}", draw.pick(&FAMILIES), draw.pick(given))
}
