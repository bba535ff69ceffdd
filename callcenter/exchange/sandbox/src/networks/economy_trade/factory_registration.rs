//! A factory that is registered.

use serde_json::{Value, json};
use world::{Company, Factory, World};

use crate::networks::{
    Parameters, asked_by,
    entries::{business_number, corporate_number},
};

/// By the factory's number.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let factories = world
        .companies()
        .iter()
        .filter_map(|it| standing(world, it));
    factories
        .map(|it| asked_by([("factory_number", it.number.as_str())]))
        .collect()
}

fn standing<'a>(world: &World, company: &'a Company) -> Option<&'a Factory> {
    let factory = company.factory.as_ref()?;
    company.exists_on(world.today()).then_some(factory)
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let number = asked.get("factory_number")?;
    let mut companies = world.companies().iter();
    companies.find_map(|company| {
        let factory = standing(world, company).filter(|it| it.number == *number)?;
        Some(record(world, company, factory))
    })
}

fn record(world: &World, company: &Company, factory: &Factory) -> Value {
    let head = world.person(company.representative);
    let parcel = world.parcel(factory.parcel);
    let mut dice = world.dice("factory", company.id.0);
    let used = dice.tenths(0.6, 0.9);
    let women = factory.workers * u32::try_from(dice.between(20, 60)).unwrap_or(0) / 100;
    let zone = parcel.zones.first().map(|it| &it.name);
    let corporate = company.registration_number.as_deref();
    let products = |of: fn(&world::Bilingual) -> &str| {
        factory
            .products
            .iter()
            .map(of)
            .collect::<Vec<_>>()
            .join(", ")
    };
    json!({
        "number": factory.number,
        "company": company.name,
        "representative": head.name,
        "representative_latin": head.name_latin,
        "business_number": business_number(&company.business_number),
        "corporate_number": corporate.map(corporate_number),
        "address": company.address,
        "land_category": parcel.category.name(),
        "zone": zone,
        "registered_on": factory.registered,
        "kind": "registered",
        "site_square_meters": to_tenths(factory.site_m2),
        "manufacturing_square_meters": to_tenths(factory.building_m2 * used),
        "ancillary_square_meters": to_tenths(factory.building_m2 * (1.0 - used)),
        "employees": { "male": factory.workers - women, "female": women },
        "industries": [{
            "code": company.industry.code,
            "name": company.industry.item,
            "products": { "ko": products(|it| &it.ko), "en": products(|it| &it.en) },
        }],
        "conditions": [],
    })
}

fn to_tenths(square_meters: f64) -> f64 {
    (square_meters * 10.0).round() / 10.0
}
