//! The ground of the city and what is built on it, before anybody owns it.

mod construction;
mod known_parcels;
mod lot;

use std::collections::BTreeSet;

use crate::{
    Address, Building, BuildingId, BuildingKind, Category, DISTRICTS, Date, District, Draw, Known,
    Parcel, ParcelId, Unit, known, plat,
};
use lot::Lot;

/// Official prices are known from this year on.
const PRICES_SINCE: i32 = 2017;

/// Parcels of the ground floor of the world, with the buildings on them.
pub(crate) struct Land {
    pub(crate) parcels: Vec<Parcel>,
    pub(crate) buildings: Vec<Building>,
}

/// What is drawn for every district beside what is known.
struct Wanted {
    kind: Option<BuildingKind>,
    category: Category,
    mountain: bool,
    count: usize,
    area: (f64, f64),
}

const fn wanted(
    kind: Option<BuildingKind>,
    category: Category,
    count: usize,
    area: (f64, f64),
) -> Wanted {
    let mountain = matches!(category, Category::Forest);
    Wanted {
        kind,
        category,
        mountain,
        count,
        area,
    }
}

const WANTED: [Wanted; 9] = [
    wanted(
        Some(BuildingKind::Detached),
        Category::BuildingSite,
        10,
        (120.0, 420.0),
    ),
    wanted(
        Some(BuildingKind::Multiplex),
        Category::BuildingSite,
        2,
        (300.0, 620.0),
    ),
    wanted(
        Some(BuildingKind::Shop),
        Category::BuildingSite,
        4,
        (180.0, 900.0),
    ),
    wanted(
        Some(BuildingKind::Factory),
        Category::FactorySite,
        2,
        (1_800.0, 9_500.0),
    ),
    wanted(None, Category::PaddyField, 4, (900.0, 3_800.0)),
    wanted(None, Category::DryField, 3, (500.0, 2_400.0)),
    wanted(None, Category::Orchard, 1, (900.0, 3_000.0)),
    wanted(None, Category::Forest, 4, (3_200.0, 28_000.0)),
    wanted(None, Category::Park, 1, (900.0, 4_000.0)),
];

impl Land {
    pub(crate) fn draw(seed: u64, today: Date, known: &Known) -> Self {
        let mut land = Self {
            parcels: Vec::new(),
            buildings: Vec::new(),
        };
        for (index, district) in DISTRICTS.iter().enumerate() {
            let mut draw = Draw::new(seed, "land", index);
            let first = land.parcels.len();
            land.take_over(district, known);
            let mut lots = Lot::of_known_addresses(district, known);
            let mut houses: BTreeSet<u16> = lots.iter().map(|it| it.house).collect();
            for wanted in &WANTED {
                for _ in 0..wanted.count {
                    lots.push(Lot::drawn(wanted, &mut houses, &mut draw));
                }
            }
            let mut number = 400;
            for lot in lots {
                let text = lot::number(&mut number, &mut draw);
                land.build_on(district, lot, text, today, &mut draw);
            }
            let mut of_district: Vec<&mut Parcel> = land.parcels[first..].iter_mut().collect();
            plat::lay_out(&mut of_district, &mut draw);
        }
        land
    }

    fn build_on(
        &mut self,
        district: &'static District,
        lot: Lot,
        number: String,
        today: Date,
        draw: &mut Draw,
    ) {
        let id = ParcelId(self.parcels.len());
        let building = lot.kind.map(|kind| {
            let building = BuildingId(self.buildings.len());
            let address = Address::on_road(district, lot.house, None, id);
            let site = construction::Site {
                parcel: id,
                kind,
                address,
                area: lot.area,
            };
            self.buildings
                .push(construction::build(building, site, &lot, draw));
            building
        });
        self.parcels.push(Parcel {
            id,
            district,
            unique_number: Parcel::unique_number_of(district, lot.mountain, &number),
            number,
            mountain: lot.mountain,
            category: lot.category,
            area_square_meters: lot.area,
            titles: Vec::new(),
            prices: lot::prices(lot.category, today.year(), draw),
            zones: lot::zones(lot.category, draw),
            building,
            corners: Vec::new(),
            known: false,
        });
    }
}
