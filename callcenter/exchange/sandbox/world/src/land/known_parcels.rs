//! Parcels whose records are known.

use serde_json::Value;

use super::{Category, Date, District, Draw, Known, Land, Parcel, ParcelId, known, lot};
use crate::{Owner, Share, Title, TitleReason};

impl Land {
    pub(super) fn take_over(&mut self, district: &'static District, known: &Known) {
        let first = format!("{}/", district.code);
        for (place, record) in &known.land {
            if let Some(number) = place.strip_prefix(&first) {
                let id = ParcelId(self.parcels.len());
                self.parcels.push(parcel(id, district, number, record));
            }
        }
    }
}

fn parcel(id: ParcelId, district: &'static District, number: &str, record: &Value) -> Parcel {
    let category = known::text(record, "/parcel/category/ko");
    let category = Category::named(category).unwrap_or(Category::BuildingSite);
    let area = record.pointer("/parcel/area_square_meters");
    let prices = known::list(record, "/prices").iter().filter_map(|price| {
        let on = Date::parse(known::text(price, "/on"))?;
        Some((on.year(), price.pointer("/won_per_square_meter")?.as_u64()?))
    });
    Parcel {
        id,
        district,
        number: number.to_owned(),
        mountain: false,
        unique_number: known::text(record, "/parcel/unique_number").to_owned(),
        category,
        area_square_meters: area.and_then(Value::as_f64).unwrap_or(1.0),
        titles: known::list(record, "/changes")
            .iter()
            .filter_map(title)
            .collect(),
        prices: prices.collect(),
        zones: lot::zones(category, &mut Draw::new(0, number, id.0)),
        building: None,
        corners: Vec::new(),
        known: true,
    }
}

fn title(change: &Value) -> Option<Title> {
    let first = known::text(change, "/reason/ko") == "소유권 보존";
    let owner = Owner::Stranger {
        name: known::text(change, "/owner").to_owned(),
        address: known::text(change, "/owner_address").to_owned(),
    };
    Some(Title {
        on: Date::parse(known::text(change, "/on"))?,
        reason: if first {
            TitleReason::FirstRegistration
        } else {
            TitleReason::Sale
        },
        owners: vec![Share {
            owner,
            of: 1,
            whole: 1,
        }],
    })
}
