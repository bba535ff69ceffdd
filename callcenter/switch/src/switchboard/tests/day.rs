//! A day in the town: agents come and go, networks break, the switch is killed at
//! any order and begins again from its journal. No call is lost track of, no
//! request is lost, and the order is fair.

mod book;
mod dice;
mod mutant;
mod plan;
mod shrink;
mod stories;
mod town;
mod witness;

use std::path::{Path, PathBuf};

use book::Book;
use plan::{Scale, Thing, draw};
use town::Town;

pub(in super::super) use mutant::Mutant;

const DAYS: u64 = 400;
/// A planted mistake must be found within so many days.
const DAYS_TO_FIND: u64 = 400;

/// What a day came to.
struct Played {
    judged: u64,
    returned: u64,
    restarts: u32,
    all: figures::Ledger,
}

fn play(
    scale: Scale,
    things: Vec<Thing>,
    empty: &Path,
    mutant: Option<Mutant>,
) -> Result<Played, String> {
    let mut town = Town::open(scale, empty, mutant);
    town.play(things)?;
    Ok(Played {
        judged: town.witness.judged,
        returned: town.witness.returned,
        restarts: town.begun,
        all: town.witness.counter.ledger().clone(),
    })
}

/// A journal in which nothing stands; every day begins with a copy of it.
fn empty_journal(folder: &tempfile::TempDir) -> PathBuf {
    drop(Book::journal(folder.path()));
    folder.path().join("switch.db")
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|it| it.parse().unwrap())
}

/// `MINWON_DAYS` says how many days, if not [`DAYS`].
#[test]
fn whatever_a_day_brings_nobody_is_lost_and_the_order_is_fair() {
    let folder = tempfile::tempdir().unwrap();
    let empty = empty_journal(&folder);
    let (mut judged, mut returned, mut restarts) = (0, 0, 0);
    let mut all = figures::Ledger::default();
    let days = number("MINWON_DAYS").unwrap_or(DAYS);
    for seed in 0..days {
        let things = draw(seed, Scale::SHORT);
        match play(Scale::SHORT, things.clone(), &empty, None) {
            Ok(played) => {
                judged += played.judged;
                returned += played.returned;
                restarts += u64::from(played.restarts);
                all.add(&played.all);
            }
            Err(_) => {
                let (story, broken) = shrink::shrink(Scale::SHORT, things, &empty, None);
                panic!("seed {seed}: {broken}\n{story:#?}");
            }
        }
    }

    let sum = total(&all);
    eprintln!(
        "{judged} offers judged, {returned} places taken up again, {restarts} restarts: {sum:?}"
    );
    // Days on which nothing happens prove nothing.
    assert!(judged > days * 10, "{judged} offers");
    assert!(returned > days, "{returned} callers came again");
    assert!(restarts > days, "{restarts} restarts");
    assert!(
        sum.promised > days / 4 && sum.callbacks_kept > 10,
        "{sum:?}"
    );
    assert!(
        sum.moved_out > days / 4 && sum.turned_away > days / 4,
        "{sum:?}"
    );
}

fn total(ledger: &figures::Ledger) -> figures::Counts {
    let mut sum = figures::Counts::default();
    if let Some((first, last)) = ledger.span() {
        for interval in first.0..=last.0 {
            sum += &ledger.of_all(figures::Interval(interval));
        }
    }
    sum
}

#[test]
fn every_planted_mistake_costs_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let empty = empty_journal(&folder);
    for mutant in Mutant::ALL {
        let found = (0..DAYS_TO_FIND).find_map(|seed| {
            let things = draw(seed, Scale::SHORT);
            let broken = play(Scale::SHORT, things.clone(), &empty, Some(mutant)).err();
            broken.map(|_| (seed, things))
        });
        let (seed, things) = found.unwrap_or_else(|| panic!("{mutant:?} is not found"));
        let before = things.len();

        let (story, broken) = shrink::shrink(Scale::SHORT, things, &empty, Some(mutant));

        let short: String = broken.chars().take(120).collect();
        eprintln!(
            "{mutant:?}, day {seed}, {before} things, {} needed: {short}",
            story.len()
        );
        assert!(story.len() <= before / 4, "{mutant:?}: {story:#?}");
    }
}

/// `MINWON_DAY_SEED` and `MINWON_DAY_CALLS` choose another day.
#[test]
#[ignore = "a day of 20,000 calls takes long; `make day-test`"]
fn a_whole_day_of_twenty_thousand_calls() {
    let seed = number("MINWON_DAY_SEED").unwrap_or(1);
    let calls = number("MINWON_DAY_CALLS").unwrap_or(Scale::FULL.calls);
    let scale = Scale {
        calls,
        ..Scale::FULL
    };
    let folder = tempfile::tempdir().unwrap();
    let empty = empty_journal(&folder);

    let played = play(scale, draw(seed, scale), &empty, None);

    let played = played.unwrap_or_else(|broken| panic!("seed {seed}: {broken}"));
    let sum = total(&played.all);
    eprintln!(
        "seed {seed}: {} offers judged, {} restarts: {sum:?}",
        played.judged, played.restarts
    );
    assert!(sum.offered >= calls / 2 && played.judged > calls / 2);
}
