//! What companies of the city live on.

use crate::{Bilingual, CompanyKind, Industry};

/// A line of business, with what a factory of it makes and lets out.
pub(super) struct Trade {
    code: &'static str,
    name: (&'static str, &'static str),
    item: (&'static str, &'static str),
    /// Ends the names of its companies.
    suffix: (&'static str, &'static str),
    pub(super) products: &'static [(&'static str, &'static str)],
    pub(super) lets_out: &'static [LetsOut],
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LetsOut {
    Air,
    Water,
    Noise,
}

const fn trade(
    code: &'static str,
    name: (&'static str, &'static str),
    item: (&'static str, &'static str),
    suffix: (&'static str, &'static str),
    products: &'static [(&'static str, &'static str)],
    lets_out: &'static [LetsOut],
) -> Trade {
    Trade {
        code,
        name,
        item,
        suffix,
        products,
        lets_out,
    }
}

const MAKES: (&str, &str) = ("제조업", "Manufacturing");
const SELLS: (&str, &str) = ("소매업", "Retail trade");
const SERVES: (&str, &str) = ("서비스업", "Services");

pub(super) static FACTORIES: [Trade; 8] = [
    trade(
        "10742",
        MAKES,
        ("장류", "Fermented pastes"),
        ("식품", "Foods"),
        &[("된장", "Soybean paste"), ("고추장", "Red pepper paste")],
        &[LetsOut::Water],
    ),
    trade(
        "25924",
        MAKES,
        ("절삭가공품", "Machined parts"),
        ("정밀", "Precision"),
        &[("감속기 부품", "Gearbox parts"), ("축", "Shafts")],
        &[LetsOut::Noise],
    ),
    trade(
        "25922",
        MAKES,
        ("도금", "Plating"),
        ("표면기술", "Surface Technology"),
        &[("아연도금 강판", "Zinc-plated sheets")],
        &[LetsOut::Air, LetsOut::Water],
    ),
    trade(
        "22241",
        MAKES,
        ("플라스틱 용기", "Plastic containers"),
        ("수지", "Plastics"),
        &[("식품 용기", "Food containers"), ("뚜껑", "Lids")],
        &[LetsOut::Air],
    ),
    trade(
        "16102",
        MAKES,
        ("목재", "Timber"),
        ("목재", "Timber"),
        &[("판재", "Boards"), ("팔레트", "Pallets")],
        &[LetsOut::Air, LetsOut::Noise],
    ),
    trade(
        "28422",
        MAKES,
        ("조명기구", "Lighting"),
        ("조명", "Lighting"),
        &[("가로등", "Street lamps"), ("실내등", "Indoor lamps")],
        &[],
    ),
    trade(
        "10220",
        MAKES,
        ("수산가공품", "Processed fish"),
        ("수산", "Marine Products"),
        &[("건어물", "Dried fish"), ("젓갈", "Salted fish")],
        &[LetsOut::Water],
    ),
    trade(
        "31120",
        MAKES,
        ("소형 선박", "Small vessels"),
        ("조선", "Boat Works"),
        &[("소형 어선", "Small fishing boats")],
        &[LetsOut::Air, LetsOut::Noise],
    ),
];

pub(super) static SHOPS: [Trade; 8] = [
    trade(
        "47122",
        SELLS,
        ("편의점", "Convenience store"),
        ("마트", "Mart"),
        &[],
        &[],
    ),
    trade(
        "56111",
        ("음식점업", "Restaurants"),
        ("한식", "Korean food"),
        ("식당", "Restaurant"),
        &[],
        &[],
    ),
    trade(
        "56221",
        ("음식점업", "Restaurants"),
        ("커피", "Coffee"),
        ("커피", "Coffee"),
        &[],
        &[],
    ),
    trade(
        "47811",
        SELLS,
        ("의약품", "Medicines"),
        ("약국", "Pharmacy"),
        &[],
        &[],
    ),
    trade(
        "96112",
        SERVES,
        ("미용", "Hairdressing"),
        ("미용실", "Hair Salon"),
        &[],
        &[],
    ),
    trade(
        "47610",
        SELLS,
        ("서적", "Books"),
        ("서점", "Books"),
        &[],
        &[],
    ),
    trade(
        "95211",
        SERVES,
        ("자동차 정비", "Car repair"),
        ("카서비스", "Car Service"),
        &[],
        &[],
    ),
    trade(
        "62010",
        ("정보통신업", "Information and communication"),
        ("소프트웨어 개발", "Software development"),
        ("소프트", "Software"),
        &[],
        &[],
    ),
];

const FIRST: [(&str, &str); 16] = [
    ("한빛", "Hanbit"),
    ("새벽", "Saebyeok"),
    ("다온", "Daon"),
    ("누리", "Nuri"),
    ("가람", "Garam"),
    ("미르", "Mir"),
    ("온누리", "Onnuri"),
    ("푸른들", "Pureundeul"),
    ("해오름", "Haeoreum"),
    ("참", "Cham"),
    ("두레", "Dure"),
    ("너울", "Neoul"),
    ("솔바람", "Solbaram"),
    ("별내", "Byeollae"),
    ("하늘", "Haneul"),
    ("초롱", "Chorong"),
];

const SECOND: [(&str, &str); 8] = [
    ("", ""),
    ("제일", " First"),
    ("동방", " Dongbang"),
    ("미래", " Mirae"),
    ("우리", " Uri"),
    ("중앙", " Jungang"),
    ("대한", " Daehan"),
    ("신", " Shin"),
];

impl Trade {
    pub(super) fn industry(&self) -> Industry {
        Industry {
            code: self.code,
            name: self.name.into(),
            item: self.item.into(),
        }
    }

    /// No two are alike among the first 128.
    pub(super) fn company_name(&self, kind: CompanyKind, serial: usize) -> Bilingual {
        let (first, first_en) = FIRST[serial % FIRST.len()];
        let (second, second_en) = SECOND[serial / FIRST.len() % SECOND.len()];
        let (suffix, suffix_en) = self.suffix;
        let name = format!("{first}{second}{suffix}");
        let english = format!("{first_en}{second_en} {suffix_en}");
        match kind {
            CompanyKind::Stock => {
                Bilingual::of(format!("주식회사 {name}"), format!("{english} Co., Ltd."))
            }
            CompanyKind::Limited => {
                Bilingual::of(format!("유한회사 {name}"), format!("{english} Ltd."))
            }
            CompanyKind::SoleTrader => Bilingual::of(name, english),
        }
    }

    pub(super) fn purposes(&self) -> Vec<Bilingual> {
        let (item, item_en) = self.item;
        let (name, name_en) = self.name;
        vec![
            Bilingual::of(format!("{item} {name}"), format!("{name_en}: {item_en}")),
            Bilingual::of("부동산 임대업", "Letting of real estate"),
            Bilingual::of(
                "위 각 호에 부대되는 사업 일체",
                "All business incidental to the above",
            ),
        ]
    }
}
