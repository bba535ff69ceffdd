//! Land, companies and what belongs to whom.

use std::collections::BTreeSet;

use super::{WORLD, nothing_of};
use crate::{CompanyKind, Date, Holding, Owner, Parcel, business_check_digit, company_check_digit};

/// Whether an owner was there on a day, and grown up if they bought it.
fn could_own(owner: &Owner, day: Date) -> bool {
    match owner {
        Owner::Person(id) => WORLD.person(*id).alive_on(day),
        Owner::Company(id) => WORLD.company(*id).exists_on(day),
        Owner::City | Owner::State | Owner::Stranger { .. } => true,
    }
}

fn in_order(days: impl Iterator<Item = Date>) -> bool {
    let mut last = Date(i32::MIN);
    days.into_iter().all(|day| {
        let later = day >= last;
        last = day;
        later && day <= WORLD.today()
    })
}

#[test]
fn land_is_always_somebody_s_who_was_there() {
    let mut found = Vec::new();
    for parcel in WORLD.parcels() {
        let owners = parcel
            .titles
            .iter()
            .flat_map(|title| title.owners.iter().map(move |it| (title.on, it)));
        for (on, share) in owners {
            if !could_own(&share.owner, on) {
                found.push(format!("{:?} of {:?} on {on}", share.owner, parcel.id));
            }
        }
        for title in &parcel.titles {
            let whole: u32 = title.owners.iter().map(|it| it.of).sum();
            if title.owners.iter().any(|it| it.whole != whole) {
                found.push(format!("{:?} is not whole: {:?}", parcel.id, title));
            }
        }
        if parcel.titles.is_empty() || !in_order(parcel.titles.iter().map(|it| it.on)) {
            found.push(format!("{:?}: {:?}", parcel.id, parcel.titles));
        }
    }
    nothing_of(found);
}

#[test]
fn vehicles_boats_and_rights_are_somebody_s_who_was_there() {
    let things = (WORLD.vehicles().iter().map(|it| (&it.plate, &it.owners)))
        .chain(WORLD.machines().iter().map(|it| (&it.plate, &it.owners)))
        .chain(WORLD.boats().iter().map(|it| (&it.number, &it.owners)))
        .chain(WORLD.rights().iter().map(|it| (&it.number, &it.holders)));
    let (mut found, mut names) = (Vec::new(), BTreeSet::new());
    for (name, owners) in things {
        let there = |it: &Holding| could_own(&it.owner, it.on);
        let right = !owners.is_empty() && owners.iter().all(there);
        if !right || !in_order(owners.iter().map(|it| it.on)) || !names.insert(name) {
            found.push(format!("{name}: {owners:?}"));
        }
    }
    nothing_of(found);
}

/// By the shoelace formula.
fn drawn_area(parcel: &Parcel) -> f64 {
    let corners = &parcel.corners;
    let next = corners.iter().cycle().skip(1);
    let twice: f64 = corners
        .iter()
        .zip(next)
        .map(|(one, other)| one.east * other.north - other.east * one.north)
        .sum();
    twice / 2.0
}

#[test]
fn a_parcel_is_drawn_as_large_as_its_ledger_says_and_has_neighbors() {
    let mut found = Vec::new();
    for parcel in WORLD.parcels() {
        let (drawn, told) = (drawn_area(parcel), parcel.area_square_meters);
        // Corners are in whole centimeters.
        if (drawn - told).abs() > 1.0 + told / 500.0 {
            found.push(format!("{:?}: {drawn} instead of {told}", parcel.id));
        }
        let plat = WORLD.plat(parcel);
        let itself = plat.parcels.iter().any(|it| it.parcel == parcel.id);
        if plat.parcels.len() < 2 || plat.parcels.len() > 60 || !itself {
            found.push(format!(
                "{:?} with {} others",
                parcel.id,
                plat.parcels.len()
            ));
        }
    }
    nothing_of(found);
}

#[test]
fn parcels_are_found_by_their_numbers() {
    let mut seen = BTreeSet::new();
    for parcel in WORLD.parcels() {
        let district = parcel.district.code;
        let found = if parcel.mountain {
            WORLD.forest_at(district, &parcel.number)
        } else {
            WORLD.parcel_at(district, &parcel.number)
        };

        assert_eq!(found.map(|it| it.id), Some(parcel.id));
        assert!(
            seen.insert(&parcel.unique_number),
            "{}",
            parcel.unique_number
        );
        assert_eq!(parcel.unique_number.len(), 19);
    }
}

#[test]
fn companies_have_right_numbers_and_people_who_run_them() {
    let (mut found, mut numbers) = (Vec::new(), BTreeSet::new());
    for company in WORLD.companies() {
        let business = &company.business_number;
        let check = business_check_digit(&business[..9]).to_string();
        if business[9..] != check || !numbers.insert(business.clone()) {
            found.push(format!("{} {business}", company.name.ko));
        }
        let incorporated = company.kind != CompanyKind::SoleTrader;
        if incorporated != company.registration_number.is_some() {
            found.push(format!("{} is {:?}", company.name.ko, company.kind));
        }
        if let Some(number) = &company.registration_number {
            let right = number[12..] == company_check_digit(&number[..12]).to_string();
            if !right || !numbers.insert(number.clone()) {
                found.push(format!("{} {number}", company.name.ko));
            }
        }
        for officer in &company.officers {
            let person = WORLD.person(officer.person);
            let until = officer.until.unwrap_or(WORLD.today());
            let could =
                person.age_on(officer.from) >= 20 && person.died.is_none_or(|it| it > until);
            if !could || officer.from < company.founded || until < officer.from {
                found.push(format!(
                    "{} in {}: {officer:?}",
                    person.name, company.name.ko
                ));
            }
        }
        let standing = company
            .address
            .parcel
            .and_then(|it| WORLD.parcel(it).building);
        let standing = standing.map(|it| WORLD.building(it).completed);
        if standing.is_none_or(|it| it > company.founded) {
            found.push(format!("{} before its house", company.name.ko));
        }
        if !in_order(company.changes.iter().map(|it| it.0)) {
            found.push(format!("{}: {:?}", company.name.ko, company.changes));
        }
    }
    nothing_of(found);
}

#[test]
fn buildings_stand_on_parcels_that_know_them() {
    for building in WORLD.buildings() {
        assert_eq!(WORLD.parcel(building.parcel).building, Some(building.id));
        assert!(building.permitted < building.begun && building.begun < building.completed);
        assert!(building.footprint_m2 < building.site_m2);
        assert!(building.coverage_percent() < 100.0);
    }
}

#[test]
fn fields_are_worked_once_and_by_who_lives() {
    let mut worked = BTreeSet::new();
    for farm in WORLD.farms() {
        let farmer = WORLD.person(farm.farmer);

        assert!(farmer.alive_on(WORLD.today()));
        assert!(farm.registered <= farm.renewed && farm.renewed <= WORLD.today());
        for field in &farm.fields {
            assert!(worked.insert(field.parcel), "{:?} twice", field.parcel);
            assert!(WORLD.parcel(field.parcel).category.is_farmland());
        }
    }
    assert!(worked.len() > 100, "{} fields", worked.len());
}

#[test]
fn goods_pass_customs_in_order() {
    for declaration in WORLD.declarations() {
        assert!(in_order(declaration.steps.iter().map(|it| it.0)));
        let company = WORLD.company(declaration.company);
        assert!(company.exists_on(declaration.on));
        assert_eq!(
            WORLD.declaration(&declaration.number).map(|it| it.on),
            Some(declaration.on)
        );
    }
    assert!(WORLD.declarations().len() > 30);
}
