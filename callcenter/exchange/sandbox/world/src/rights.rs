//! Patents and trademarks of the city's companies.

use serde::Serialize;

use crate::{Bilingual, Company, CompanyKind, Date, Draw, Holding, Owner, PersonId, World};

#[derive(Clone, Debug)]
pub struct Right {
    /// `10-1234567` (a patent) or `40-1234567` (a trademark).
    pub number: String,
    pub kind: RightKind,
    pub title: Bilingual,
    pub application_number: String,
    pub applied: Date,
    pub registered: Date,
    pub expires: Date,
    /// Oldest first.
    pub holders: Vec<Holding>,
    pub inventors: Vec<PersonId>,
    /// Of a patent.
    pub claims: u32,
    /// Class of the International Patent Classification.
    pub ipc: &'static str,
    /// Classes of goods (Nice) of a trademark.
    pub classes: Vec<(u8, Bilingual)>,
    /// Year of the right, day, won.
    pub fees_paid: Vec<(i32, Date, u64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RightKind {
    Patent,
    Trademark,
}

const INVENTIONS: [((&str, &str), &str); 6] = [
    (
        (
            "저염 된장의 제조방법",
            "Method of making soybean paste with little salt",
        ),
        "A23L 11/50",
    ),
    (
        ("소음이 적은 감속기", "Gearbox with little noise"),
        "F16H 1/28",
    ),
    (
        (
            "재활용이 쉬운 식품 용기",
            "Food container that is easily recycled",
        ),
        "B65D 1/34",
    ),
    (
        (
            "해풍에 견디는 가로등",
            "Street lamp that withstands sea wind",
        ),
        "F21S 8/08",
    ),
    (
        ("소형 어선의 선체 구조", "Hull of a small fishing boat"),
        "B63B 5/24",
    ),
    (("판재 건조 장치", "Device for drying boards"), "F26B 5/04"),
];

const GOODS: [(u8, (&str, &str)); 5] = [
    (30, ("된장, 고추장", "Soybean paste, red pepper paste")),
    (29, ("건어물, 젓갈", "Dried fish, salted fish")),
    (11, ("조명기구", "Lighting apparatus")),
    (35, ("편의점업", "Convenience stores")),
    (43, ("음식점업, 카페업", "Restaurants, cafés")),
];

pub(crate) fn rights(world: &World) -> Vec<Right> {
    let mut draw = world.dice("rights", 0);
    let (mut found, today) = (Vec::new(), world.today());
    let may = |it: &&Company| {
        it.kind != CompanyKind::SoleTrader
            && it.exists_on(today)
            && it.founded.plus_years(4) < today
    };
    for company in world.companies().iter().filter(may) {
        if company.factory.is_some() && draw.in_thousand(600) {
            found.push(patent(world, company, found.len(), &mut draw));
        }
        if draw.in_thousand(500) {
            found.push(trademark(world, company, found.len(), &mut draw));
        }
    }
    found
}

/// Day of application and of registration.
fn days(world: &World, company: &Company, years: i32, draw: &mut Draw) -> (Date, Date) {
    let today = world.today();
    let first = company.founded.max(today.plus_years(1 - years));
    let applied = draw.day(first, today.plus_years(-3));
    (applied, applied.plus_days(draw.between(330, 900)))
}

fn holders(
    world: &World,
    company: &Company,
    applied: Date,
    registered: Date,
    draw: &mut Draw,
) -> Vec<Holding> {
    let holder = |owner, on, ko, en| Holding {
        owner,
        on,
        reason: Bilingual::of(ko, en),
    };
    let company_owner = Owner::Company(company.id);
    let founder = world.person(company.representative);
    let later = registered.plus_days(400);
    if founder.alive_on(applied) && later < world.today() && draw.in_thousand(250) {
        return vec![
            holder(Owner::Person(founder.id), registered, "등록", "Registered"),
            holder(
                company_owner,
                later,
                "권리의 전부이전등록",
                "Transfer of the whole right",
            ),
        ];
    }
    vec![holder(company_owner, registered, "등록", "Registered")]
}

/// Three years at once, then each year before it begins.
fn fees(registered: Date, until: Date, first: u64, yearly: u64) -> Vec<(i32, Date, u64)> {
    let mut found = vec![(1, registered, first)];
    let mut year = 4;
    while registered.plus_years(year - 1).plus_days(-30) <= until && year <= 20 {
        let paid = registered.plus_years(year - 1).plus_days(-30);
        let step = u64::try_from((year - 1) / 3).unwrap_or(1);
        found.push((year, paid, yearly * step));
        year += 1;
    }
    found
}

fn patent(world: &World, company: &Company, serial: usize, draw: &mut Draw) -> Right {
    let (title, ipc) = *draw.pick(&INVENTIONS);
    let (applied, registered) = days(world, company, 19, draw);
    let mut inventors = vec![company.representative];
    inventors.extend(company.officers.iter().map(|it| it.person));
    inventors.sort_unstable();
    inventors.dedup();
    inventors.retain(|it| world.person(*it).age_on(applied) >= 18);
    Right {
        number: format!("10-{:07}", 1_204_411 + serial * 37),
        kind: RightKind::Patent,
        title: title.into(),
        application_number: format!("10-{}-{:07}", applied.year(), 12_345 + serial * 113),
        applied,
        registered,
        expires: applied.plus_years(20),
        holders: holders(world, company, applied, registered, draw),
        inventors,
        claims: u32::try_from(draw.between(2, 18)).unwrap_or(2),
        ipc,
        classes: Vec::new(),
        fees_paid: fees(registered, world.today(), 84_000, 40_000),
    }
}

fn trademark(world: &World, company: &Company, serial: usize, draw: &mut Draw) -> Right {
    let (class, goods) = *draw.pick(&GOODS);
    let (applied, registered) = days(world, company, 9, draw);
    let mark = company.name.ko.rsplit(' ').next().unwrap_or_default();
    let mark_en = company.name.en.split(' ').next().unwrap_or_default();
    Right {
        number: format!("40-{:07}", 1_804_213 + serial * 41),
        kind: RightKind::Trademark,
        title: Bilingual::of(mark, mark_en.to_uppercase()),
        application_number: format!("40-{}-{:07}", applied.year(), 54_321 + serial * 97),
        applied,
        registered,
        expires: registered.plus_years(10),
        holders: holders(world, company, applied, registered, draw),
        inventors: Vec::new(),
        claims: 0,
        ipc: "",
        classes: vec![(class, goods.into())],
        fees_paid: vec![(1, registered, 211_000)],
    }
}
