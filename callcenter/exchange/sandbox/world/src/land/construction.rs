//! How a building of a kind comes out on its lot.

use super::{
    Address, Building, BuildingId, BuildingKind, Date, Draw, ParcelId, Unit,
    lot::{self, Lot},
};
use crate::{Bilingual, Floor};

/// Where something is built.
pub(super) struct Site {
    pub(super) parcel: ParcelId,
    pub(super) kind: BuildingKind,
    pub(super) address: Address,
    pub(super) area: f64,
}

/// Of a kind: the years it is built in, floors, and how much of the site it covers, in
/// percent.
struct Manner {
    years: (i32, i32),
    floors: (i32, i32),
    covers: (i32, i32),
    structure: (&'static str, &'static str),
    roof: (&'static str, &'static str),
}

const CONCRETE: (&str, &str) = ("철근콘크리트구조", "Reinforced concrete");
const SLAB: (&str, &str) = ("(철근)콘크리트", "Concrete slab");

fn manner(kind: BuildingKind) -> Manner {
    let (years, floors, covers, structure, roof) = match kind {
        BuildingKind::Detached => (
            (1952, 2012),
            (1, 2),
            (30, 55),
            ("벽돌구조", "Brick"),
            ("기와", "Tiles"),
        ),
        BuildingKind::Multiplex => ((1988, 2018), (3, 4), (45, 58), CONCRETE, SLAB),
        BuildingKind::Apartments => ((1984, 2018), (8, 18), (14, 22), CONCRETE, SLAB),
        BuildingKind::Shop => ((1975, 2021), (1, 5), (40, 58), CONCRETE, SLAB),
        BuildingKind::Factory => (
            (1979, 2020),
            (1, 2),
            (30, 60),
            ("일반철골구조", "Steel frame"),
            ("샌드위치패널", "Sandwich panel"),
        ),
        BuildingKind::School => ((1965, 2010), (3, 5), (15, 30), CONCRETE, SLAB),
    };
    Manner {
        years,
        floors,
        covers,
        structure,
        roof,
    }
}

/// The last day a building somebody moved into in between may be completed on.
fn deadline(lot: &Lot, last_year: i32) -> i32 {
    let before = lot.built_before.map(|day| day.year() - 1);
    before.map_or(last_year, |year| year.min(last_year))
}

pub(super) fn build(id: BuildingId, site: Site, lot: &Lot, draw: &mut Draw) -> Building {
    let manner = manner(site.kind);
    let last = deadline(lot, manner.years.1);
    let year = draw.between(manner.years.0.min(last), last);
    let completed = draw.day(Date::of(year, 1, 2), Date::of(year, 12, 30));
    let permitted = completed.plus_days(-draw.between(240, 900));
    let begun = permitted.plus_days(draw.between(15, 90));
    let highest = lot.units.iter().map(|it| it.number / 100).max();
    let mut above = draw.between(manner.floors.0, manner.floors.1);
    above = above.max(i32::from(highest.unwrap_or(0)));
    let above = u8::try_from(above).unwrap_or(1);
    let below = u8::from(matches!(
        site.kind,
        BuildingKind::Apartments | BuildingKind::Shop
    ));
    let covers = f64::from(draw.between(manner.covers.0, manner.covers.1));
    let footprint = hundredths(site.area * covers / 100.0);
    let floors = floors(site.kind, above, below, footprint);
    let floor_area = hundredths(floors.iter().map(|it| it.area_m2).sum());
    Building {
        id,
        parcel: site.parcel,
        name: lot::estate_name(site.address.district, site.kind, draw),
        kind: site.kind,
        structure: manner.structure.into(),
        roof: manner.roof.into(),
        floors_above: above,
        floors_below: below,
        site_m2: site.area,
        footprint_m2: footprint,
        floor_area_m2: floor_area,
        permitted,
        begun,
        completed,
        floors,
        number: format!(
            "{}-{:04}-{:05}",
            &site.address.district.code[..5],
            year,
            id.0
        ),
        units: units(site.kind, above, lot),
        address: site.address,
    }
}

fn floors(kind: BuildingKind, above: u8, below: u8, footprint: f64) -> Vec<Floor> {
    let cellar = (1..=below).map(|floor| Floor {
        name: Bilingual::of(format!("지하{floor}층"), format!("Basement {floor}")),
        used_as: Bilingual::of("주차장", "Car park"),
        area_m2: footprint,
    });
    let upper = (1..=above).map(|floor| Floor {
        name: Bilingual::of(format!("{floor}층"), format!("Floor {floor}")),
        used_as: kind.main_use(),
        area_m2: hundredths(if floor == 1 {
            footprint
        } else {
            footprint * 0.92
        }),
    });
    cellar.chain(upper).collect()
}

/// Two dwellings a floor, in the houses that somebody known lives in, or in one.
fn units(kind: BuildingKind, above: u8, lot: &Lot) -> Vec<Unit> {
    if !matches!(kind, BuildingKind::Apartments | BuildingKind::Multiplex) {
        return Vec::new();
    }
    let mut buildings: Vec<u16> = lot.units.iter().map(|it| it.building).collect();
    if buildings.is_empty() {
        buildings.push(101);
    }
    let each = |building: &u16| {
        let building = *building;
        (1..=u16::from(above)).flat_map(move |floor| {
            let on_floor = move |door: u16| Unit {
                building,
                number: floor * 100 + door,
            };
            [1, 2].map(on_floor)
        })
    };
    let mut units: Vec<Unit> = buildings.iter().flat_map(each).collect();
    units.extend(&lot.units);
    units.sort_unstable();
    units.dedup();
    units
}

fn hundredths(square_meters: f64) -> f64 {
    (square_meters * 100.0).round() / 100.0
}
