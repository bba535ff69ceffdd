//! What a kiosk's memory still has of a citizen who has gone, while the next one is there.
//!
//! The kiosk is a process of its own that paints its screens, too; what is searched is
//! whatever memory it could write to.

#![allow(clippy::unwrap_used)]

use std::{
    path::Path,
    time::{Duration, Instant},
};

use bench::people::{PEOPLE, Person};
use tests::{
    crash::{citizen::End, memory::regions_with, stand::CrashStand},
    office::TUESDAY_10_00,
};

/// What is under way when the welcome comes, such as the last news to the exchange, has
/// ended within this.
const COMES_TO_REST: Duration = Duration::from_secs(60);

/// Nobody of whom a service's sample tells: the catalogue is in memory all the time.
const CITIZEN: Person = PEOPLE[1];

/// Who somebody is, whole and by the half of the number that is nobody else's.
fn secrets() -> [&'static str; 3] {
    let number = CITIZEN.resident_number;
    [CITIZEN.name, number, &number[6..]]
}

#[test]
fn nothing_of_a_citizen_who_has_gone_is_in_the_memory_of_the_kiosk() {
    let program = Path::new(env!("CARGO_BIN_EXE_minwon-crash-kiosk"));
    let mut stand = CrashStand::open_with_face(program, TUESDAY_10_00);
    stand.citizen = CITIZEN;
    assert!(stand.until_welcome(), "the kiosk does not even start");
    let process = stand.kiosk.id();
    let before = regions_with(process, &secrets());
    assert!(before.is_empty(), "nobody has been here: {before:#?}");

    let mut during = Vec::new();
    let experience = stand.visit_watched(&[], |process, screen| {
        if screen == "review" {
            during = regions_with(process, &secrets());
        }
    });

    assert_eq!(experience.end, End::Served);
    for at in 0..secrets().len() {
        let known = during.iter().any(|it| it.0 == at);
        assert!(known, "the search does not find what is there: {during:?}");
    }
    stand.until_synced();
    let given_up = Instant::now() + COMES_TO_REST;
    loop {
        let left = regions_with(process, &secrets());
        if left.is_empty() {
            return;
        }
        assert!(Instant::now() < given_up, "it still knows: {left:#?}");
        std::thread::yield_now();
    }
}
