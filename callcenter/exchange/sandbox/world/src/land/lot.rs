//! What a parcel shall be before it has a number.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Address, BuildingKind, Category, Date, District, Draw, Known, PRICES_SINCE, Unit, Wanted, known,
};
use crate::{Bilingual, Zone};

type Texts = (&'static str, &'static str);

/// Numbers of houses in a road end here.
const HOUSES_MAX: i32 = 240;

pub(super) struct Lot {
    pub(super) kind: Option<BuildingKind>,
    pub(super) category: Category,
    pub(super) mountain: bool,
    pub(super) area: f64,
    /// In the road; 0 where nothing is built.
    pub(super) house: u16,
    /// Dwellings there must be.
    pub(super) units: Vec<Unit>,
    /// Somebody lived there on that day.
    pub(super) built_before: Option<Date>,
}

impl Lot {
    /// Where the known inhabitants live today.
    pub(super) fn of_known_addresses(district: &'static District, known: &Known) -> Vec<Self> {
        let mut houses: BTreeMap<u16, Self> = BTreeMap::new();
        for record in known.each_household() {
            let address = known::text(record, "/address/ko");
            if District::named_in(address) != Some(district) {
                continue;
            }
            let Some((house, unit)) = Address::house_of(address, district) else {
                continue;
            };
            let history = known::list(record, "/history").last();
            let since = history.and_then(|it| Date::parse(known::text(it, "/moved_in")));
            let lot = houses.entry(house).or_insert_with(|| Self::house(house));
            lot.built_before = [lot.built_before, since].into_iter().flatten().min();
            if let Some(unit) = unit {
                lot.kind = Some(BuildingKind::Apartments);
                lot.area = 4_200.0 + f64::from(house) * 11.5;
                lot.units.push(unit);
            }
        }
        houses.into_values().collect()
    }

    fn house(house: u16) -> Self {
        Self {
            kind: Some(BuildingKind::Detached),
            category: Category::BuildingSite,
            mountain: false,
            area: 180.0 + f64::from(house),
            house,
            units: Vec::new(),
            built_before: None,
        }
    }

    pub(super) fn drawn(wanted: &Wanted, houses: &mut BTreeSet<u16>, draw: &mut Draw) -> Self {
        let house = if wanted.kind.is_some() {
            free_house(houses, draw)
        } else {
            0
        };
        Self {
            kind: wanted.kind,
            category: wanted.category,
            mountain: wanted.mountain,
            area: draw.tenths(wanted.area.0, wanted.area.1),
            house,
            units: Vec::new(),
            built_before: None,
        }
    }
}

fn free_house(houses: &mut BTreeSet<u16>, draw: &mut Draw) -> u16 {
    let wish = draw.between(1, HOUSES_MAX);
    // The next free one; there are far fewer houses than numbers.
    let mut numbers = (wish..).filter_map(|it| u16::try_from(it).ok());
    let house = numbers.find(|it| !houses.contains(it));
    let house = house.unwrap_or_default();
    houses.insert(house);
    house
}

/// The next number of the district; one in four is a part of a divided parcel.
pub(super) fn number(last: &mut u32, draw: &mut Draw) -> String {
    *last += 1;
    if draw.in_thousand(250) {
        format!("{last}-{}", draw.between(1, 6))
    } else {
        last.to_string()
    }
}

/// Official prices (개별공시지가): they rise, but for 2023, when they fell.
pub(super) fn prices(category: Category, until: i32, draw: &mut Draw) -> Vec<(i32, u64)> {
    let (low, high) = match category {
        Category::BuildingSite => (620_000, 2_900_000),
        Category::FactorySite => (210_000, 640_000),
        Category::SchoolSite | Category::Park | Category::Road => (180_000, 520_000),
        Category::PaddyField | Category::DryField | Category::Orchard => (38_000, 160_000),
        Category::Forest => (2_400, 21_000),
    };
    let mut won = draw.amount(low, high, 100);
    (PRICES_SINCE..=until)
        .map(|year| {
            let thousandths = if year == 2023 {
                940
            } else {
                draw.amount(1_015, 1_085, 1)
            };
            won = won * thousandths / 1_000 / 100 * 100;
            (year, won.max(100))
        })
        .collect()
}

pub(super) fn zones(category: Category, draw: &mut Draw) -> Vec<Zone> {
    const PLANNING: (&str, &str) = (
        "국토의 계획 및 이용에 관한 법률",
        "National Land Planning and Utilization Act",
    );
    const CITY: &[(&str, &str)] = &[
        ("제1종전용주거지역", "Exclusive residential area, class 1"),
        ("제1종일반주거지역", "General residential area, class 1"),
        ("제2종일반주거지역", "General residential area, class 2"),
        ("준주거지역", "Semi-residential area"),
        ("일반상업지역", "General commercial area"),
    ];
    const FACTORY: &[(&str, &str)] = &[
        ("일반공업지역", "General industrial area"),
        ("준공업지역", "Semi-industrial area"),
    ];
    const GREEN: &[(&str, &str)] = &[
        ("자연녹지지역", "Natural green area"),
        ("생산녹지지역", "Productive green area"),
        ("보전녹지지역", "Conserved green area"),
    ];
    let choices = match category {
        Category::BuildingSite | Category::SchoolSite | Category::Road => CITY,
        Category::FactorySite => FACTORY,
        Category::Park
        | Category::Forest
        | Category::PaddyField
        | Category::DryField
        | Category::Orchard => GREEN,
    };
    let zone = |law: (&str, &str), name: (&str, &str)| Zone {
        law: law.into(),
        name: name.into(),
    };
    let mut zones = vec![zone(PLANNING, *draw.pick(choices))];
    let other: Option<(Texts, Texts)> = match category {
        Category::Forest => Some((
            ("산지관리법", "Mountainous Districts Management Act"),
            ("준보전산지", "Semi-conserved mountain land"),
        )),
        Category::PaddyField => Some((
            ("농지법", "Farmland Act"),
            ("농업진흥구역", "Agricultural promotion zone"),
        )),
        Category::BuildingSite => Some((
            (
                "가축분뇨의 관리 및 이용에 관한 법률",
                "Livestock Excreta Act",
            ),
            ("가축사육제한구역", "Zone where livestock is restricted"),
        )),
        Category::DryField
        | Category::Orchard
        | Category::FactorySite
        | Category::SchoolSite
        | Category::Road
        | Category::Park => None,
    };
    zones.extend(other.map(|(law, name)| zone(law, name)));
    if draw.in_thousand(120) {
        let road = (
            "소로2류(폭 8m~10m)(접합)",
            "Adjoins a small road, class 2 (8-10 m)",
        );
        zones.push(zone(PLANNING, road));
    }
    zones
}

/// A name such as `새빛 한마을아파트`.
pub(super) fn estate_name(
    district: &District,
    kind: BuildingKind,
    draw: &mut Draw,
) -> Option<Bilingual> {
    const ESTATES: &[(&str, &str)] = &[
        ("한마을", "Hanmaeul"),
        ("푸른숲", "Pureunsup"),
        ("햇살", "Haetsal"),
        ("은하수", "Eunhasu"),
        ("꽃마을", "Kkonmaeul"),
    ];
    let (ko, en) = draw.pick(ESTATES);
    let (dong, dong_en) = district.dong;
    let (dong, dong_en) = (
        dong.trim_end_matches('동'),
        dong_en.trim_end_matches("-dong"),
    );
    let (what, what_en) = match kind {
        BuildingKind::Apartments => ("아파트", "Apartments"),
        BuildingKind::Multiplex => ("빌라", "Villa"),
        BuildingKind::Detached
        | BuildingKind::Shop
        | BuildingKind::Factory
        | BuildingKind::School => return None,
    };
    Some(Bilingual::of(
        format!("{dong} {ko}{what}"),
        format!("{dong_en} {en} {what_en}"),
    ))
}
