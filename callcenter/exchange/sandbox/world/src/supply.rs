//! Who may supply public offices, and with what.

use crate::{Bilingual, Company, CompanyId, Date, World};

#[derive(Clone, Debug)]
pub struct Supplier {
    pub company: CompanyId,
    /// Of the registration.
    pub number: String,
    pub registered: Date,
    pub until: Date,
    pub items: Vec<SupplyItem>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplyItem {
    /// Eight digits of the classification of goods (물품분류번호).
    pub class_number: &'static str,
    /// Eight digits of the item (물품식별번호).
    pub item_number: String,
    pub name: Bilingual,
    pub specification: String,
    pub price_won: u64,
    pub unit: Bilingual,
}

const SUPPLIERS_OF_THOUSAND: usize = 350;

const ITEMS: [(&str, (&str, &str), &str, u64); 6] = [
    (
        "56101703",
        ("사무용책상", "Office desk"),
        "1400×700×720mm",
        182_000,
    ),
    (
        "56101504",
        ("사무용의자", "Office chair"),
        "610×600×960mm",
        96_000,
    ),
    (
        "39111603",
        ("가로등기구", "Street lamp"),
        "LED 100W",
        341_000,
    ),
    (
        "14111507",
        ("복사용지", "Copying paper"),
        "A4, 75g/㎡",
        21_000,
    ),
    (
        "43211508",
        ("개인용컴퓨터", "Personal computer"),
        "16GB, 512GB",
        1_020_000,
    ),
    ("44121701", ("볼펜", "Ball-point pen"), "0.5mm", 400),
];

pub(crate) fn suppliers(world: &World) -> Vec<Supplier> {
    let mut draw = world.dice("suppliers", 0);
    let today = world.today();
    let may = |it: &&Company| it.exists_on(today) && it.founded.plus_years(2) < today;
    let mut found: Vec<Supplier> = Vec::new();
    for company in world.companies().iter().filter(may) {
        if !draw.in_thousand(SUPPLIERS_OF_THOUSAND) {
            continue;
        }
        let registered = draw.day(company.founded.max(today.plus_years(-3)), today);
        let count = draw.between(1, 4);
        let mut item = || {
            let (class_number, name, specification, won) = *draw.pick(&ITEMS);
            SupplyItem {
                class_number,
                item_number: format!("2{}", draw.digits(7)),
                name: name.into(),
                specification: specification.to_owned(),
                price_won: won * draw.amount(90, 120, 1) / 100 / 10 * 10,
                unit: Bilingual::of("개", "Piece"),
            }
        };
        let items = (0..count).map(|_| item()).collect();
        found.push(Supplier {
            company: company.id,
            number: format!("4199-{:06}", 20_117 + found.len() * 13),
            registered,
            until: registered.plus_years(3).max(today.plus_days(30)),
            items,
        });
    }
    found
}
