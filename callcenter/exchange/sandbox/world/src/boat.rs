//! Fishing boats.

use crate::{Bilingual, Date, Holding, Owner, World};

#[derive(Clone, Debug)]
pub struct Boat {
    /// Fourteen digits with a hyphen: `4199001-6481234`.
    pub number: String,
    pub name: Bilingual,
    /// Gross.
    pub tonnage: f64,
    pub length_m: f64,
    pub breadth_m: f64,
    pub depth_m: f64,
    pub hull: Bilingual,
    pub engine: Bilingual,
    pub engine_kw: u32,
    pub built: Date,
    pub builder: Bilingual,
    pub port: Bilingual,
    pub fisheries: Vec<Bilingual>,
    pub registered: Date,
    /// Oldest first.
    pub owners: Vec<Holding>,
}

const BOATS: usize = 48;

const NAMES: [(&str, &str); 8] = [
    ("한빛호", "Hanbit"),
    ("너울호", "Neoul"),
    ("물결호", "Mulgyeol"),
    ("새벽호", "Saebyeok"),
    ("해돋이호", "Haedoji"),
    ("갈매기호", "Galmaegi"),
    ("만선호", "Manseon"),
    ("윤슬호", "Yunseul"),
];

const PORTS: [(&str, &str); 3] = [
    ("너울항", "Neoul port"),
    ("물빛항", "Mulbit port"),
    ("여울항", "Yeoul port"),
];

const FISHERIES: [(&str, &str); 5] = [
    ("연안복합어업", "Coastal mixed fishery"),
    ("연안자망어업", "Coastal gill-net fishery"),
    ("연안통발어업", "Coastal trap fishery"),
    ("구획어업", "Fishery in a marked area"),
    ("나잠어업", "Diving fishery"),
];

pub(crate) fn boats(world: &World) -> Vec<Boat> {
    let mut draw = world.dice("boats", 0);
    let mut found = Vec::new();
    while found.len() < BOATS {
        let owner = draw.pick(world.persons());
        let today = world.today();
        let (first, last) = (
            owner.born.plus_years(24).max(Date::of(1992, 1, 1)),
            today.plus_days(-90),
        );
        if !owner.alive_on(today) || owner.is_foreign() || first >= last {
            continue;
        }
        let serial = found.len();
        let registered = draw.day(first, last);
        let tonnage = draw.tenths(0.8, 9.7);
        let (name, name_en) = *draw.pick(&NAMES);
        let reason = Bilingual::of("신규등록", "First registration");
        found.push(Boat {
            number: format!("4199{:03}-64{:05}", serial % 7 + 1, 10_007 + serial * 31),
            name: Bilingual::of(
                format!("제{}{name}", serial + 1),
                format!("{name_en} {}", serial + 1),
            ),
            tonnage,
            length_m: tenth(5.0 + tonnage),
            breadth_m: tenth(1.6 + tonnage * 0.22),
            depth_m: tenth(0.6 + tonnage * 0.06),
            hull: Bilingual::of("강화플라스틱(FRP)", "Fiber-reinforced plastic"),
            engine: Bilingual::of("디젤기관", "Diesel engine"),
            engine_kw: u32::try_from(draw.between(30, 480)).unwrap_or(30),
            built: registered.plus_days(-draw.between(30, 400)),
            builder: Bilingual::of("너울조선소", "Neoul boatyard"),
            port: Bilingual::from(draw.pick(&PORTS)),
            fisheries: vec![Bilingual::from(draw.pick(&FISHERIES))],
            registered,
            owners: vec![Holding {
                owner: Owner::Person(owner.id),
                on: registered,
                reason,
            }],
        });
    }
    found
}

fn tenth(meters: f64) -> f64 {
    (meters * 10.0).round() / 10.0
}
