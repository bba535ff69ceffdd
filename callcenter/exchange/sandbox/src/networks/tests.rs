//! Every record that is made of the world is what its service has agreed on.

#![allow(clippy::unwrap_used)]

use std::{collections::BTreeSet, path::Path};

use catalog::{Catalog, Service};
use serde_json::Value;
use world::World;

use super::{NETWORKS, Parameters, Served, served};

/// Questions that are asked of each service.
const DRAWN: usize = 40;

fn catalog() -> Catalog {
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/catalog");
    Catalog::read(&house).unwrap()
}

/// What is wrong with the records of a service.
fn complaints(service: &Service, served: &Served, world: &World) -> Vec<String> {
    let schema: Value = serde_json::from_str(&service.record_schema).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let questions = (served.questions)(world);
    let mut found = Vec::new();
    if questions.is_empty() {
        found.push(format!("{} can be asked nothing", service.id));
    }
    for asked in drawn(world, questions) {
        let complaint = |what: &str| format!("{} {asked:?}: {what}", service.id);
        if !asked.keys().eq(service.parameters.keys()) {
            found.push(complaint("the parameters are others"));
        }
        let Some(record) = (served.answer)(world, &asked) else {
            found.push(complaint("there is no record"));
            continue;
        };
        let misfits = schema.iter_errors(&record);
        found.extend(misfits.map(|it| complaint(&format!("{} ({})", it, it.instance_path()))));
        let number = asked.get("resident_number");
        if let (Some(subject), Some(number)) = (&service.subject, number)
            && !subject.is(number, &record)
        {
            found.push(complaint("the record is about somebody else"));
        }
    }
    found
}

/// The first, the last and others in between.
fn drawn(world: &World, mut questions: Vec<Parameters>) -> Vec<Parameters> {
    let last = questions.last().cloned();
    let first = questions.first().cloned();
    world.dice("gate", 0).shuffle(&mut questions);
    let others = questions.into_iter().take(DRAWN);
    first.into_iter().chain(last).chain(others).collect()
}

#[test]
fn every_record_of_every_service_fits_its_schema_and_is_about_whom_was_asked_about() {
    let (catalog, world) = (catalog(), World::hanbit());

    let found: Vec<String> = catalog
        .services()
        .filter_map(|service| {
            let served = served(service.network.as_str(), &service.query)?;
            Some(complaints(service, served, &world))
        })
        .flatten()
        .collect();

    let shown: Vec<&str> = found.iter().take(60).map(String::as_str).collect();
    assert!(
        found.is_empty(),
        "{} in all\n{}",
        found.len(),
        shown.join("\n")
    );
}

#[test]
fn every_service_that_ships_has_records_of_its_own() {
    let without: Vec<String> = catalog()
        .services()
        .filter(|it| served(it.network.as_str(), &it.query).is_none())
        .map(|it| it.id.to_string())
        .collect();

    assert!(without.is_empty(), "answered with samples: {without:?}");
}

#[test]
fn what_is_served_is_in_the_catalogue_and_nothing_twice() {
    let catalog = catalog();
    let of_catalog: BTreeSet<(&str, &str)> = catalog
        .services()
        .map(|it| (it.network.as_str(), it.query.as_str()))
        .collect();
    let served: Vec<(&str, &str)> = NETWORKS
        .iter()
        .flat_map(|(network, services)| services.iter().map(move |it| (*network, it.code)))
        .collect();

    let once: BTreeSet<(&str, &str)> = served.iter().copied().collect();

    assert_eq!(once.len(), served.len(), "{served:?}");
    let strangers: Vec<_> = once.difference(&of_catalog).collect();
    assert!(strangers.is_empty(), "not in the catalogue: {strangers:?}");
}
