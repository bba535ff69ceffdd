//! Afternoons of three kiosks, two desks and an exchange in virtual time: lost
//! questions, lost answers, crashes of every one of them, people who walk away.

#![allow(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a test that cannot set itself up has failed, and picks what it looks at"
)]

#[path = "afternoons/dice.rs"]
mod dice;
#[path = "afternoons/exchange.rs"]
mod exchange;
#[path = "afternoons/hearing.rs"]
mod hearing;
#[path = "afternoons/people.rs"]
mod people;
#[path = "afternoons/witness.rs"]
mod witness;
#[path = "afternoons/world.rs"]
mod world;

use exchange::Mutant;
use world::{Afternoon, afternoon};

const SEEDS: std::ops::Range<u64> = 0..150;

fn broken(mutant: Mutant, law: &str) -> bool {
    SEEDS
        .map(|seed| afternoon(seed, Some(mutant)))
        .any(|it| it.broken.iter().any(|it| it.contains(law)))
}

#[test]
fn no_afternoon_breaks_a_law() {
    let mut all = Afternoon::default();
    for seed in SEEDS {
        let afternoon = afternoon(seed, None);
        assert_eq!(afternoon.broken, Vec::<String>::new(), "seed {seed}");
        all.add(&afternoon);
    }

    // What never happens proves nothing.
    assert!(all.helped > 500, "{all:?}");
    assert!(all.heard > 5_000, "{all:?}");
    assert!(all.confirmed > 500 && all.declined > 200, "{all:?}");
    assert!(all.lost > 5_000 && all.crashes > 100, "{all:?}");
    assert!(all.walked_away > 100, "{all:?}");
}

#[test]
fn an_exchange_that_gives_a_room_twice_is_found() {
    assert!(broken(Mutant::TakenTwice, "two desks"));
}

#[test]
fn an_exchange_that_takes_a_repeated_message_for_a_new_one_is_found() {
    assert!(broken(Mutant::NoDedupe, "was heard as"));
}

#[test]
fn an_exchange_that_keeps_a_room_whose_kiosk_is_gone_is_found() {
    assert!(broken(Mutant::KeepsRooms, "stays at the exchange"));
}
