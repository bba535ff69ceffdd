//! The districts of Hanbit-si, an invented city.

use crate::Bilingual;

/// A legal district (법정동).
#[derive(Debug, PartialEq, Eq)]
pub struct District {
    /// Ten digits, as the administrative standard code has them.
    pub code: &'static str,
    pub gu: (&'static str, &'static str),
    pub dong: (&'static str, &'static str),
    /// The street that runs through it.
    pub road: (&'static str, &'static str),
}

const DASOM: (&str, &str) = ("다솜구", "Dasom-gu");
const NARAE: (&str, &str) = ("나래구", "Narae-gu");
const GAON: (&str, &str) = ("가온구", "Gaon-gu");

/// As the catalogue's list of codes has them.
pub static DISTRICTS: [District; 24] = [
    in_city(
        "4199710100",
        DASOM,
        ("별내동", "Byeollae-dong"),
        ("별내로", "Byeollae-ro"),
    ),
    in_city(
        "4199710200",
        DASOM,
        ("달빛동", "Dalbit-dong"),
        ("달빛로", "Dalbit-ro"),
    ),
    in_city(
        "4199710300",
        DASOM,
        ("아라동", "Ara-dong"),
        ("아라로", "Ara-ro"),
    ),
    in_city(
        "4199710400",
        DASOM,
        ("윤슬동", "Yunseul-dong"),
        ("윤슬로", "Yunseul-ro"),
    ),
    in_city(
        "4199710500",
        DASOM,
        ("해든동", "Haedeun-dong"),
        ("해든로", "Haedeun-ro"),
    ),
    in_city(
        "4199710600",
        DASOM,
        ("물빛동", "Mulbit-dong"),
        ("물빛로", "Mulbit-ro"),
    ),
    in_city(
        "4199710700",
        DASOM,
        ("소담동", "Sodam-dong"),
        ("소담로", "Sodam-ro"),
    ),
    in_city(
        "4199710800",
        DASOM,
        ("여울동", "Yeoul-dong"),
        ("여울로", "Yeoul-ro"),
    ),
    in_city(
        "4199810100",
        NARAE,
        ("하늘동", "Haneul-dong"),
        ("하늘로", "Haneul-ro"),
    ),
    in_city(
        "4199810200",
        NARAE,
        ("솔바람동", "Solbaram-dong"),
        ("솔바람로", "Solbaram-ro"),
    ),
    in_city(
        "4199810300",
        NARAE,
        ("초롱동", "Chorong-dong"),
        ("초롱로", "Chorong-ro"),
    ),
    in_city(
        "4199810400",
        NARAE,
        ("푸름동", "Pureum-dong"),
        ("푸름로", "Pureum-ro"),
    ),
    in_city(
        "4199810500",
        NARAE,
        ("이든동", "Ideun-dong"),
        ("이든로", "Ideun-ro"),
    ),
    in_city(
        "4199810600",
        NARAE,
        ("보람동", "Boram-dong"),
        ("보람로", "Boram-ro"),
    ),
    in_city(
        "4199810700",
        NARAE,
        ("온새미동", "Onsaemi-dong"),
        ("온새미로", "Onsaemi-ro"),
    ),
    in_city(
        "4199810800",
        NARAE,
        ("별하동", "Byeolha-dong"),
        ("별하로", "Byeolha-ro"),
    ),
    in_city(
        "4199910100",
        GAON,
        ("새빛동", "Saebit-dong"),
        ("새빛로", "Saebit-ro"),
    ),
    in_city(
        "4199910200",
        GAON,
        ("한별동", "Hanbyeol-dong"),
        ("한별로", "Hanbyeol-ro"),
    ),
    in_city(
        "4199910300",
        GAON,
        ("너울동", "Neoul-dong"),
        ("너울로", "Neoul-ro"),
    ),
    in_city(
        "4199910400",
        GAON,
        ("미리내동", "Mirinae-dong"),
        ("미리내로", "Mirinae-ro"),
    ),
    in_city(
        "4199910500",
        GAON,
        ("가람동", "Garam-dong"),
        ("가람로", "Garam-ro"),
    ),
    in_city(
        "4199910600",
        GAON,
        ("다온동", "Daon-dong"),
        ("다온로", "Daon-ro"),
    ),
    in_city(
        "4199910700",
        GAON,
        ("늘봄동", "Neulbom-dong"),
        ("늘봄로", "Neulbom-ro"),
    ),
    in_city(
        "4199910800",
        GAON,
        ("도담동", "Dodam-dong"),
        ("도담로", "Dodam-ro"),
    ),
];

const fn in_city(
    code: &'static str,
    gu: (&'static str, &'static str),
    dong: (&'static str, &'static str),
    road: (&'static str, &'static str),
) -> District {
    District {
        code,
        gu,
        dong,
        road,
    }
}

impl District {
    /// With the city and the ward: `한빛시 가온구 새빛동`.
    pub fn name(&self) -> Bilingual {
        Bilingual::of(
            format!("한빛시 {} {}", self.gu.0, self.dong.0),
            format!("{}, {}, Hanbit-si", self.dong.1, self.gu.1),
        )
    }

    /// Who certifies what the ward keeps.
    pub fn office(&self) -> Bilingual {
        Bilingual::of(
            format!("한빛시 {}청장", self.gu.0),
            format!("Mayor of {}, Hanbit-si", self.gu.1),
        )
    }

    /// The district a text speaks of, by its neighborhood or its street.
    pub(crate) fn named_in(text: &str) -> Option<&'static Self> {
        let named =
            |name: &str| text.contains(&format!(" {name}")) || text.contains(&format!("({name}"));
        DISTRICTS
            .iter()
            .find(|it| named(it.dong.0) || named(it.road.0))
    }
}
