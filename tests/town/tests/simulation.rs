//! Thousands of afternoons in the town: no law is broken, and every mistake that
//! a shell could make is found.

#![allow(clippy::unwrap_used)]

use std::{
    ops::Range,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
};

use town::{Bug, Played, Story, afternoon, honest_afternoon, play, shrink};

const AFTERNOONS: u64 = 10_000;
const HONEST_AFTERNOONS: u64 = 200;
/// Afternoons within which a mistake must be found.
const FOUND_WITHIN: u64 = 800;
/// Longer stories are no short stories.
const SHORT: usize = 15;

/// `MINWON_SEED` plays one afternoon, `MINWON_AFTERNOONS` another number of them.
fn seeds(usual: u64) -> Range<u64> {
    let number = |name| std::env::var(name).ok().and_then(|it| it.parse().ok());
    match number("MINWON_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("MINWON_AFTERNOONS").unwrap_or(usual),
    }
}

/// The short story of the first afternoon that breaks a law, among all threads.
fn first_broken(seeds: Range<u64>, bug: Option<Bug>) -> Result<Played, Box<Story>> {
    let next = AtomicU64::new(seeds.start);
    let over = AtomicBool::new(false);
    let broken = Mutex::new(None);
    let sum = Mutex::new(Played::default());
    let work = || {
        while !over.load(Ordering::Relaxed) {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end {
                return;
            }
            match play(seed, &afternoon(seed), bug) {
                Ok(played) => *sum.lock().unwrap() += played,
                Err(violation) => {
                    over.store(true, Ordering::Relaxed);
                    broken.lock().unwrap().get_or_insert((seed, violation));
                }
            }
        }
    };
    let workers = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(work);
        }
    });
    match broken.into_inner().unwrap() {
        Some((seed, violation)) => Err(Box::new(shrink(seed, &afternoon(seed), bug, violation))),
        None => Ok(sum.into_inner().unwrap()),
    }
}

#[test]
fn ten_thousand_afternoons_break_no_law() {
    let seeds = seeds(AFTERNOONS);
    let many = seeds.end - seeds.start >= AFTERNOONS;

    let played = first_broken(seeds, None).unwrap_or_else(|story| panic!("\n{story}"));

    // Afternoons in which nothing happens would prove nothing.
    assert!(!many || played.sheets > 10_000, "{played:?}");
    assert!(!many || played.crashes > 5_000, "{played:?}");
    assert!(!many || played.recoveries > 2_000, "{played:?}");
    assert!(!many || played.copies > 300, "{played:?}");
    assert!(!many || played.leased_sheets > 300, "{played:?}");
    assert!(!many || played.void_numbers > 1_000, "{played:?}");
    assert!(!many || played.owed_won > 0, "{played:?}");
    assert!(!many || played.charged_won > 0, "{played:?}");
}

#[test]
fn afternoons_of_honest_citizens_end_with_everything_in_its_place() {
    let mut charged_won = 0;
    for seed in 0..HONEST_AFTERNOONS {
        let played = play(seed, &honest_afternoon(seed), None).unwrap();
        charged_won += played.charged_won;

        assert!(
            played.sheets >= played.requests && played.requests > 0,
            "seed {seed}: {played:?}"
        );
        assert_eq!(
            played.sheets, played.numbers,
            "seed {seed}: every paper was wanted"
        );
        let kept_won = played.kept_won + played.charged_won;
        assert_eq!(kept_won, played.captured_won, "seed {seed}");
        assert_eq!(
            (played.owed_won, played.void_numbers),
            (0, 0),
            "seed {seed}"
        );
    }
    assert!(charged_won > 0, "nobody paid by card");
}

#[test]
fn every_mistake_a_shell_could_make_is_found_and_makes_a_short_story() {
    for bug in Bug::ALL {
        let story = first_broken(0..FOUND_WITHIN, Some(bug))
            .err()
            .unwrap_or_else(|| panic!("{bug:?} is never found"));

        eprintln!("{bug:?}:\n{story}\n");
        assert!(story.actions.len() <= SHORT, "{bug:?}:\n{story}");
    }
}

#[test]
fn an_afternoon_is_the_same_whenever_it_is_played() {
    for seed in 0..8 {
        let once = play(seed, &afternoon(seed), None).unwrap();
        let again = play(seed, &afternoon(seed), None).unwrap();

        assert_eq!(once, again, "seed {seed}");
    }
}
