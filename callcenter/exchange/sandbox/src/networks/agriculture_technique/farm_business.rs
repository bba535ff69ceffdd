//! The registration of a farm: the farmer, those who help, fields and animals.

use serde_json::{Value, json};
use world::{Bilingual, Farm, Person, World};

use crate::networks::{Parameters, asked_by};

/// A registration holds for three years.
const VALID_YEARS: i32 = 3;

/// By the farmer's resident number.
pub(super) fn questions(world: &World) -> Vec<Parameters> {
    let farmer = |it: &Farm| world.person(it.farmer).resident_number.as_str();
    let asked = |it: &Farm| asked_by([("resident_number", farmer(it))]);
    world.farms().iter().map(asked).collect()
}

pub(super) fn answer(world: &World, asked: &Parameters) -> Option<Value> {
    let farmer = world.person_by_number(asked.get("resident_number")?)?;
    let farm = world.farm_of(farmer)?;
    let digits = farm.number.as_str();
    let part = |from: usize, to: usize| digits.get(from..to);
    let number = format!("{}-{}-{}", part(0, 4)?, part(4, 7)?, part(7, 10)?);
    let members: Vec<Value> = farm
        .members
        .iter()
        .map(|id| {
            let member = world.person(*id);
            json!({ "name": member.name, "born": member.born, "relation": relation(world, farmer, member) })
        })
        .collect();
    let livestock: Vec<Value> = farm
        .livestock
        .iter()
        .map(|(animal, head)| json!({ "animal": animal, "head": head }))
        .collect();
    Some(json!({
        "number": number, "registered_on": farm.registered, "renewed_on": farm.renewed,
        "valid_until": farm.renewed.plus_years(VALID_YEARS).plus_days(-1),
        "farmer": {
            "name": farmer.name, "name_latin": farmer.name_latin, "resident_number": farmer.resident_number,
            "address": farmer.residences.last()?.address,
        },
        "members": members, "fields": fields(world, farm), "livestock": livestock,
    }))
}

fn fields(world: &World, farm: &Farm) -> Vec<Value> {
    let field = farm.fields.iter().map(|it| {
        let parcel = world.parcel(it.parcel);
        json!({
            "address": parcel.address(), "category": parcel.category,
            "area_square_meters": parcel.area_square_meters, "cultivated_square_meters": it.cultivated_m2,
            "crop": it.crop, "tenure": if it.leased_from.is_some() { "leased" } else { "own" },
        })
    });
    field.collect()
}

fn relation(world: &World, farmer: &Person, member: &Person) -> Bilingual {
    if farmer.spouse_on(world.today()) == Some(member.id) {
        Bilingual::of("배우자", "Spouse")
    } else if farmer.children.contains(&member.id) {
        Bilingual::of("자녀", "Child")
    } else if [farmer.father, farmer.mother].contains(&Some(member.id)) {
        Bilingual::of("부모", "Parent")
    } else {
        Bilingual::of("가족", "Family")
    }
}
