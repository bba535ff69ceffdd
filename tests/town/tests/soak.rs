//! A shift of two hours in the town's time, and the three books of every kiosk at its end.

#![allow(clippy::unwrap_used)]

use std::time::Duration;

use town::soak;

const MINUTE: Duration = Duration::from_secs(60);

/// `MINWON_SEED` chooses the dice of one shift, `MINWON_SOAKS` how many there are,
/// `MINWON_SOAK_MINUTES` how long each is.
#[test]
#[ignore = "many shifts: make soak"]
fn two_hours_of_everything_going_wrong_end_with_exact_books() {
    let number = |name| std::env::var(name).ok().and_then(|it| it.parse().ok());
    let minutes = number("MINWON_SOAK_MINUTES").unwrap_or(120);
    let soaks = number("MINWON_SOAKS").unwrap_or(20);
    let seeds = number("MINWON_SEED").map_or(1..=soaks, |it| it..=it);
    for seed in seeds {
        let shift = soak(seed, MINUTE * u32::try_from(minutes).unwrap())
            .unwrap_or_else(|broken| panic!("seed {seed}: {}: {}", broken.law, broken.what));
        eprintln!(
            "seed {seed}: {} min, {} visits, {} mishaps, {} crashes",
            shift.lasted.as_secs() / 60,
            shift.visits,
            shift.mishaps,
            shift.crashes
        );
        shift.books.iter().for_each(|book| eprintln!("{book}"));
    }
}

#[test]
fn a_short_shift_ends_with_exact_books() {
    let (mut sheets, mut crashes) = (0, 0);
    for seed in 100..104 {
        let shift = soak(seed, 20 * MINUTE)
            .unwrap_or_else(|broken| panic!("seed {seed}: {}: {}", broken.law, broken.what));
        sheets += shift.books.iter().map(|it| it.sheets).sum::<usize>();
        crashes += shift.crashes;
    }
    // Shifts in which nothing happens would prove nothing.
    assert!(
        sheets > 40 && crashes > 4,
        "{sheets} sheets, {crashes} crashes"
    );
}
