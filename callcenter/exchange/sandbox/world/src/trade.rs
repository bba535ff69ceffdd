//! Import and export declarations, and how far customs are with them.

use serde::Serialize;

use crate::{Bilingual, Company, CompanyId, Date, Draw, Nation, World};

#[derive(Clone, Debug)]
pub struct Declaration {
    /// Customs broker, year, serial: `41990-26-100017M` (import) or `…X` (export).
    pub number: String,
    pub import: bool,
    pub company: CompanyId,
    pub on: Date,
    /// Not while customs still look at it.
    pub accepted: Option<Date>,
    pub partner: String,
    pub nation: Nation,
    pub port: Bilingual,
    pub carrier: String,
    /// Bill of lading.
    pub bill: String,
    pub incoterm: &'static str,
    pub lines: Vec<Goods>,
    pub rate_won_per_usd_tenths: u32,
    pub duty_won: u64,
    pub vat_won: u64,
    /// Day, minute of the day, what was done.
    pub steps: Vec<(Date, u16, ClearanceStep)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goods {
    /// Ten digits of the Korean tariff (HSK).
    pub hs: &'static str,
    pub name: Bilingual,
    pub quantity: u32,
    pub unit: &'static str,
    pub net_kg: u32,
    pub value_usd: u64,
    pub duty_percent_tenths: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClearanceStep {
    ArrivedAtPort,
    Unloaded,
    Stored,
    Declared,
    Inspected,
    DutyPaid,
    Accepted,
    Released,
    Loaded,
}

const TRADERS_OF_THOUSAND: usize = 420;

/// HS number, name, unit, dollars a unit, grams a unit, duty in tenths of a percent.
type Ware = (
    &'static str,
    (&'static str, &'static str),
    &'static str,
    u64,
    u32,
    u32,
);

const WARES: [Ware; 6] = [
    (
        "2103901030",
        ("고추장", "Red pepper paste"),
        "KG",
        3,
        1_000,
        80,
    ),
    (
        "8483409090",
        ("감속기 부품", "Gearbox parts"),
        "EA",
        41,
        2_300,
        80,
    ),
    (
        "3923300000",
        ("플라스틱 용기", "Plastic containers"),
        "EA",
        1,
        90,
        65,
    ),
    (
        "4407119000",
        ("소나무 판재", "Pine boards"),
        "M3",
        310,
        520_000,
        50,
    ),
    (
        "9405410000",
        ("LED 조명기구", "LED lighting"),
        "EA",
        18,
        900,
        80,
    ),
    ("0305590000", ("건어물", "Dried fish"), "KG", 12, 1_000, 200),
];

const PORTS: [(&str, &str); 3] = [
    ("부산항", "Busan port"),
    ("인천공항", "Incheon airport"),
    ("평택항", "Pyeongtaek port"),
];

const NATIONS: [&str; 6] = ["CHN", "JPN", "USA", "VNM", "DEU", "AUS"];

pub(crate) fn declarations(world: &World) -> Vec<Declaration> {
    let mut draw = world.dice("declarations", 0);
    let mut found = Vec::new();
    let today = world.today();
    let makes = |it: &&Company| it.factory.is_some() && it.exists_on(today);
    for company in world.companies().iter().filter(makes) {
        if !draw.in_thousand(TRADERS_OF_THOUSAND) {
            continue;
        }
        for _ in 0..draw.between(2, 7) {
            let first = company.founded.max(today.plus_years(-3));
            let on = draw.day(first, today);
            let declaration = declaration(company, on, found.len(), today, &mut draw);
            found.push(declaration);
        }
    }
    found
}

fn declaration(
    company: &Company,
    on: Date,
    serial: usize,
    today: Date,
    draw: &mut Draw,
) -> Declaration {
    let import = draw.in_thousand(450);
    let lines: Vec<Goods> = (0..draw.between(1, 3)).map(|_| goods(draw)).collect();
    let steps: Vec<(Date, u16, ClearanceStep)> = steps(import, on, draw)
        .into_iter()
        .filter(|(day, ..)| *day <= today)
        .collect();
    let accepted = steps.iter().find(|(.., it)| *it == ClearanceStep::Accepted);
    let rate = u32::try_from(draw.between(12_800, 14_600)).unwrap_or(13_000);
    let won = |line: &Goods| line.value_usd * u64::from(rate) / 10;
    let duty = |line: &Goods| won(line) * u64::from(line.duty_percent_tenths) / 1_000 / 10 * 10;
    let value: u64 = lines.iter().map(won).sum();
    let duty_won: u64 = if import {
        lines.iter().map(duty).sum()
    } else {
        0
    };
    let kind = if import { 'M' } else { 'X' };
    let nation = Nation::of(draw.pick::<&str>(&NATIONS));
    Declaration {
        number: format!("41990-{:02}-{:06}{kind}", on.year() % 100, 100_017 + serial),
        import,
        company: company.id,
        on,
        accepted: accepted.map(|(day, ..)| *day),
        partner: format!("{} TRADING {}", nation.code, serial % 23 + 1),
        nation,
        port: Bilingual::from(draw.pick(&PORTS)),
        carrier: format!("HANBIT STAR {:03}E", draw.between(1, 240)),
        bill: format!("HBSL{}", draw.digits(9)),
        incoterm: if import { "CIF" } else { "FOB" },
        lines,
        rate_won_per_usd_tenths: rate,
        duty_won,
        vat_won: if import {
            (value + duty_won) / 10 / 10 * 10
        } else {
            0
        },
        steps,
    }
}

fn goods(draw: &mut Draw) -> Goods {
    let (hs, name, unit, dollars, grams, duty_percent_tenths) = *draw.pick(&WARES);
    let quantity = u32::try_from(draw.between(20, 900)).unwrap_or(20);
    Goods {
        hs,
        name: name.into(),
        quantity,
        unit,
        net_kg: (u64::from(quantity) * u64::from(grams) / 1_000)
            .try_into()
            .unwrap_or(u32::MAX),
        value_usd: u64::from(quantity) * dollars,
        duty_percent_tenths,
    }
}

fn steps(import: bool, on: Date, draw: &mut Draw) -> Vec<(Date, u16, ClearanceStep)> {
    let before: &[(i32, ClearanceStep)] = if import {
        &[
            (-4, ClearanceStep::ArrivedAtPort),
            (-3, ClearanceStep::Unloaded),
            (-2, ClearanceStep::Stored),
            (0, ClearanceStep::Declared),
            (1, ClearanceStep::Inspected),
            (2, ClearanceStep::DutyPaid),
            (2, ClearanceStep::Accepted),
            (3, ClearanceStep::Released),
        ]
    } else {
        &[
            (0, ClearanceStep::Declared),
            (1, ClearanceStep::Accepted),
            (6, ClearanceStep::Loaded),
        ]
    };
    let mut minute = 540;
    before
        .iter()
        .map(|(days, step)| {
            // Later on the same day, too.
            minute += u16::try_from(draw.between(5, 40)).unwrap_or(5);
            (on.plus_days(*days), minute, *step)
        })
        .collect()
}

impl ClearanceStep {
    pub fn name(self) -> Bilingual {
        match self {
            Self::ArrivedAtPort => Bilingual::of("입항", "Arrived at port"),
            Self::Unloaded => Bilingual::of("하역", "Unloaded"),
            Self::Stored => Bilingual::of("보세구역 반입", "Stored in the bonded area"),
            Self::Declared => Bilingual::of("신고", "Declared"),
            Self::Inspected => Bilingual::of("심사·검사", "Inspected"),
            Self::DutyPaid => Bilingual::of("세금 납부", "Duty paid"),
            Self::Accepted => Bilingual::of("수리", "Accepted"),
            Self::Released => Bilingual::of("반출", "Released"),
            Self::Loaded => Bilingual::of("선적", "Loaded"),
        }
    }
}
