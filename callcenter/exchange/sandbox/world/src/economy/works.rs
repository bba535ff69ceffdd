//! Factories with what they make, and the permits of what they let out.

use super::industries::{LetsOut, Trade};
use crate::{
    Bilingual, Building, Company, Date, DischargeKind, DischargePermit, Draw, Factory, Parcel,
};

pub(super) fn equip(
    company: &mut Company,
    building: &Building,
    parcel: &Parcel,
    trade: &Trade,
    today: Date,
    draw: &mut Draw,
) {
    let registered = draw
        .day(company.founded, company.founded.plus_days(120))
        .min(today);
    let serial = company.id.0 + 1;
    company.factory = Some(Factory {
        number: format!(
            "{}-{:05}",
            parcel.unique_number.get(..5).unwrap_or(""),
            serial
        ),
        parcel: parcel.id,
        registered,
        site_m2: parcel.area_square_meters,
        building_m2: building.floor_area_m2,
        products: trade.products.iter().map(Bilingual::from).collect(),
        workers: u32::try_from(draw.between(6, 140)).unwrap_or(6),
    });
    for (index, what) in trade.lets_out.iter().enumerate() {
        let permitted = draw.day(registered, registered.plus_days(90)).min(today);
        let number = format!("제{}-{:04}호", permitted.year(), serial * 4 + index);
        let permit = permit(*what, number, permitted, today, draw);
        company.permits.push(permit);
    }
}

type Texts = &'static [(&'static str, &'static str)];

fn permit(
    what: LetsOut,
    number: String,
    permitted: Date,
    today: Date,
    draw: &mut Draw,
) -> DischargePermit {
    let (kind, facilities, pollutants): (DischargeKind, Texts, Texts) = match what {
        LetsOut::Air => (
            DischargeKind::Air,
            &[("도장시설", "Painting booth"), ("건조시설", "Drying oven")],
            &[
                ("먼지", "Dust"),
                ("총탄화수소", "Total hydrocarbons"),
                ("질소산화물", "Nitrogen oxides"),
            ],
        ),
        LetsOut::Water => (
            DischargeKind::Water,
            &[("세척시설", "Washing plant"), ("도금시설", "Plating bath")],
            &[
                ("총유기탄소량(TOC)", "Total organic carbon"),
                ("부유물질(SS)", "Suspended solids"),
                ("총질소(T-N)", "Total nitrogen"),
            ],
        ),
        LetsOut::Noise => (
            DischargeKind::Noise,
            &[("프레스", "Press"), ("송풍기", "Blower")],
            &[("소음", "Noise"), ("진동", "Vibration")],
        ),
    };
    let mut facility = |text: &(&str, &str)| {
        let capacity = match what {
            LetsOut::Air | LetsOut::Water => format!("{} ㎥", draw.between(5, 60)),
            LetsOut::Noise => format!("{} kW", draw.between(15, 90)),
        };
        let count = u32::try_from(draw.between(1, 4)).unwrap_or(1);
        (Bilingual::from(text), capacity, count)
    };
    let facilities = facilities.iter().map(&mut facility).collect();
    let changed = permitted.plus_days(700 + draw.between(0, 900));
    let change = (
        changed,
        Bilingual::of("방지시설 변경", "Abatement facility changed"),
    );
    DischargePermit {
        number,
        kind,
        class: u8::try_from(draw.between(3, 5)).unwrap_or(5),
        permitted,
        facilities,
        pollutants: pollutants.iter().map(Bilingual::from).collect(),
        changes: Some(change)
            .filter(|_| changed < today)
            .into_iter()
            .collect(),
    }
}
