//! Everything in the world fits together.

#![allow(clippy::unwrap_used)]

mod lives;
mod people;
mod things;

use std::sync::LazyLock;

use crate::{Date, World};

static WORLD: LazyLock<World> = LazyLock::new(World::hanbit);

/// Fails with the first few of what was found.
fn nothing_of(found: Vec<String>) {
    let shown: Vec<&str> = found.iter().take(12).map(String::as_str).collect();
    assert!(
        found.is_empty(),
        "{} in all\n{}",
        found.len(),
        shown.join("\n")
    );
}

#[test]
fn the_same_seed_makes_the_same_world_and_another_one_another() {
    let today = Date::of(2026, 11, 24);
    let tell =
        |world: &World| format!("{:?}", (world.persons(), world.parcels(), world.vehicles()));
    let (one, same, other) = (
        World::new(7, today),
        World::new(7, today),
        World::new(8, today),
    );

    assert!(tell(&one) == tell(&same));
    assert!(tell(&one) != tell(&other));
}

#[test]
fn there_are_several_thousand_people_in_some_sixteen_hundred_households() {
    let living = WORLD
        .persons()
        .iter()
        .filter(|it| it.died.is_none())
        .count();

    assert!((3_200..5_200).contains(&living), "{living} persons");
    let households = WORLD.households().len();
    assert!(
        (1_300..2_200).contains(&households),
        "{households} households"
    );
}
