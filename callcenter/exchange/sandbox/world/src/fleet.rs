//! Which vehicles the city's people and companies have.

use std::collections::BTreeSet;

use crate::{
    Bilingual, Company, Date, Draw, Holding, Lien, Machine, Motorcycle, Owner, Person, Vehicle,
    VehicleKind, World,
};

/// Out of a thousand grown-up inhabitants, those with a vehicle.
const WITH_A_VEHICLE: usize = 330;
const WITH_A_MOTORCYCLE: usize = 28;
const COMPANIES_WITH_MACHINES: usize = 620;

type Texts = (&'static str, &'static str);

const MODELS: [(VehicleKind, Texts, u32); 8] = [
    (VehicleKind::Car, ("미르 1.6", "Mir 1.6"), 1_598),
    (VehicleKind::Car, ("가람 2.0", "Garam 2.0"), 1_999),
    (VehicleKind::Car, ("새벽 1.0", "Saebyeok 1.0"), 998),
    (VehicleKind::Car, ("온새미 2.5", "Onsaemi 2.5"), 2_497),
    (VehicleKind::Car, ("윤슬 일렉트릭", "Yunseul Electric"), 0),
    (VehicleKind::Van, ("두레 11인승", "Dure 11-seater"), 2_199),
    (VehicleKind::Truck, ("일꾼 1톤", "Ilkkun 1 ton"), 2_497),
    (
        VehicleKind::Truck,
        ("큰일꾼 5톤", "Keun Ilkkun 5 tons"),
        5_899,
    ),
];

const COLORS: [Texts; 5] = [
    ("흰색", "White"),
    ("검정색", "Black"),
    ("은색", "Silver"),
    ("파란색", "Blue"),
    ("쥐색", "Gray"),
];

const LETTERS: [&str; 12] = [
    "가", "나", "다", "라", "마", "거", "너", "더", "고", "노", "구", "누",
];

const MACHINES: [(&str, Texts, &str, Texts); 4] = [
    (
        "02",
        ("굴착기", "Excavator"),
        "HX-140",
        ("버킷용량 0.6㎥", "Bucket 0.6 m³"),
    ),
    (
        "04",
        ("지게차", "Forklift"),
        "HF-30",
        ("들어올림 3톤", "Lifts 3 tons"),
    ),
    (
        "06",
        ("덤프트럭", "Dump truck"),
        "HD-15",
        ("적재 15톤", "Carries 15 tons"),
    ),
    (
        "07",
        ("기중기", "Crane"),
        "HC-25",
        ("들어올림 25톤", "Lifts 25 tons"),
    ),
];

pub(crate) fn vehicles(world: &World) -> Vec<Vehicle> {
    let mut draw = world.dice("vehicles", 0);
    let mut plates = BTreeSet::new();
    let mut found = Vec::new();
    for person in world.persons() {
        let driving = person.born.plus_years(20);
        if driving < world.today()
            && !person.residences.is_empty()
            && draw.in_thousand(WITH_A_VEHICLE)
        {
            let last = person
                .died
                .map_or(world.today(), |died| died.plus_days(-60));
            let first = driving.max(Date::of(2006, 1, 1));
            if first < last {
                let plate = free_plate(&mut plates, &mut draw);
                let owner = Owner::Person(person.id);
                found.push(vehicle(world, plate, (owner, first, last), &mut draw));
            }
        }
    }
    for company in world.companies() {
        if company.exists_on(world.today()) && draw.in_thousand(600) {
            let plate = free_plate(&mut plates, &mut draw);
            let first = company.founded.max(Date::of(2006, 1, 1));
            let owner = (Owner::Company(company.id), first, world.today());
            found.push(vehicle(world, plate, owner, &mut draw));
        }
    }
    found
}

fn free_plate(plates: &mut BTreeSet<String>, draw: &mut Draw) -> String {
    loop {
        let first = if draw.in_thousand(500) {
            draw.between(10, 69)
        } else {
            draw.between(100, 699)
        };
        let plate = format!(
            "{first}{}{}",
            draw.pick(&LETTERS),
            draw.between(1_000, 9_999)
        );
        if plates.insert(plate.clone()) {
            return plate;
        }
    }
}

fn vehicle(world: &World, plate: String, keeper: (Owner, Date, Date), draw: &mut Draw) -> Vehicle {
    let (owner, first, last) = keeper;
    let (kind, model, displacement_cc) = *draw.pick(&MODELS);
    let bought = draw.day(first, last);
    let new = Holding {
        owner,
        on: bought,
        reason: Bilingual::of("신규등록", "First registration"),
    };
    let mut owners = vec![new];
    if draw.in_thousand(300) {
        owners = handed_over(world, owners, draw);
    }
    let today = world.today();
    let first_registered = owners[0].on;
    let age = first_registered.years_until(today);
    let scrapped = (age >= 12 && draw.in_thousand(300)).then(|| {
        let last_owner = owners.last().map_or(first_registered, |it| it.on);
        draw.day(last_owner, last.max(last_owner))
    });
    let fuel = match displacement_cc {
        0 => ("전기", "Electricity"),
        2_000.. => ("경유", "Diesel"),
        _ => ("휘발유", "Petrol"),
    };
    let inspected_until = first_registered.plus_years((age / 2 + 1) * 2);
    let driven = draw.between(4_000, 21_000) * (age + 1);
    Vehicle {
        plate,
        vin: vin(draw),
        kind,
        model: model.into(),
        model_year: first_registered.year(),
        fuel: fuel.into(),
        displacement_cc,
        color: Bilingual::from(draw.pick(&COLORS)),
        used_as: Bilingual::of("자가용", "Private"),
        first_registered,
        inspected_until,
        odometer_km: u32::try_from(driven).unwrap_or(0),
        liens: liens(&owners, scrapped.unwrap_or(today), draw),
        owners,
        scrapped,
    }
}

/// Somebody grown up had it before.
fn handed_over(world: &World, owners: Vec<Holding>, draw: &mut Draw) -> Vec<Holding> {
    let before: &Person = draw.pick(world.persons());
    let bought = owners[0].on.plus_days(-draw.between(400, 2_500));
    let could = before.alive_on(owners[0].on)
        && before.age_on(bought) >= 20
        && Owner::Person(before.id) != owners[0].owner;
    if !could {
        return owners;
    }
    let first = Holding {
        owner: Owner::Person(before.id),
        on: bought,
        reason: Bilingual::of("신규등록", "First registration"),
    };
    let after = owners.into_iter().map(|it| Holding {
        reason: Bilingual::of("이전등록(매매)", "Transfer (sale)"),
        ..it
    });
    std::iter::once(first).chain(after).collect()
}

fn liens(owners: &[Holding], last: Date, draw: &mut Draw) -> Vec<Lien> {
    let Some(since) = owners.last().map(|it| it.on) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if draw.in_thousand(160) {
        let ended = since.plus_months(36);
        found.push(Lien {
            on: since,
            kind: Bilingual::of("저당권 설정", "Mortgage"),
            creditor: Bilingual::of("한빛캐피탈 주식회사", "Hanbit Capital Co., Ltd."),
            won: draw.amount(3_000_000, 28_000_000, 100_000),
            cancelled: (ended < last).then_some(ended),
        });
    }
    if draw.in_thousand(70) && since.plus_days(30) < last {
        let on = draw.day(since.plus_days(30), last);
        let ended = on.plus_days(120);
        found.push(Lien {
            on,
            kind: Bilingual::of("압류(과태료)", "Seizure (fine)"),
            creditor: Bilingual::of("한빛시", "Hanbit-si"),
            won: draw.amount(32_000, 480_000, 8_000),
            cancelled: (ended < last).then_some(ended),
        });
    }
    found
}

fn vin(draw: &mut Draw) -> String {
    // A maker that does not exist; I, O and Q are not used.
    const SIGNS: [char; 8] = ['A', 'B', 'C', 'H', 'K', 'M', 'T', 'X'];
    let signs: String = (0..5).map(|_| *draw.pick(&SIGNS)).collect();
    format!("KZ9{signs}{}", draw.digits(9))
}

pub(crate) fn machines(world: &World) -> Vec<Machine> {
    let mut draw = world.dice("machines", 0);
    let here = |it: &&Company| it.exists_on(world.today()) && it.factory.is_some();
    let mut found = Vec::new();
    for company in world.companies().iter().filter(here) {
        if !draw.in_thousand(COMPANIES_WITH_MACHINES) {
            continue;
        }
        let (group, kind, model, specification) = *draw.pick(&MACHINES);
        let on = draw.day(company.founded, world.today());
        let owners = vec![Holding {
            owner: Owner::Company(company.id),
            on,
            reason: Bilingual::of("신규등록", "First registration"),
        }];
        let serial = found.len() + 1_001;
        found.push(Machine {
            plate: format!("한빛{group}가{serial}"),
            kind: kind.into(),
            model: model.to_owned(),
            serial: format!("{model}-{}", draw.digits(6)),
            specification: specification.into(),
            first_registered: on,
            inspected_until: on.plus_years((on.years_until(world.today()) / 2 + 1) * 2),
            liens: liens(&owners, world.today(), &mut draw),
            owners,
        });
    }
    found
}

pub(crate) fn motorcycles(world: &World) -> Vec<Motorcycle> {
    let mut draw = world.dice("motorcycles", 0);
    let mut found = Vec::new();
    for person in world.persons() {
        let Some(household) = world.household_of(person) else {
            continue;
        };
        let riding = person.born.plus_years(19);
        if riding >= world.today() || !draw.in_thousand(WITH_A_MOTORCYCLE) {
            continue;
        }
        let ward = household.address.district.gu.0.trim_end_matches('구');
        let serial = found.len() + 1_001;
        let reported = draw.day(riding.max(Date::of(2008, 1, 1)), world.today());
        found.push(Motorcycle {
            plate: format!("한빛{ward}가{serial}"),
            model: Bilingual::of("바람돌이 125", "Baramdori 125"),
            vin: vin(&mut draw),
            displacement_cc: *draw.pick(&[49, 110, 124, 278]),
            reported,
            owner: person.id,
            insured_until: reported.plus_years(reported.years_until(world.today()) + 1),
        });
    }
    found
}
