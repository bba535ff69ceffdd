//! A year of the calendar: every service in three towns, at every moment at which
//! anything changes. What it costs and when it is to be had must be explained for each,
//! and nothing may contradict anything else.

#[path = "year/contradiction.rs"]
mod contradiction;
#[path = "year/moments.rs"]
mod moments;
#[path = "year/planted.rs"]
mod planted;
#[path = "year/table.rs"]
mod table;
#[path = "year/town.rs"]
mod town;
#[path = "year/walk.rs"]
mod walk;

use calendar::{Date, date};
use town::Town;

/// Days of 2026 on which the most changes: the Lunar New Year, a day made up for, the
/// ordinances of March and July, an election, Chuseok, a network that moves.
const STRETCHES: [(Date, Date); 6] = [
    (date(2026, 2, 9), date(2026, 3, 4)),
    (date(2026, 5, 30), date(2026, 6, 9)),
    (date(2026, 6, 29), date(2026, 7, 3)),
    (date(2026, 8, 13), date(2026, 8, 19)),
    (date(2026, 9, 21), date(2026, 10, 13)),
    (date(2026, 12, 10), date(2026, 12, 15)),
];

#[test]
fn weeks_in_which_much_changes_hold_no_contradiction() {
    for town in Town::all() {
        for stretch in STRETCHES {
            let year = walk::through(&town, stretch);

            assert_eq!(year.contradictions, [], "{}", town.name.ko);
            assert!(year.accounts > 0);
        }
    }
}

/// `make year` prints what it comes to; `MINWON_YEAR` chooses another year.
#[test]
#[ignore = "walks a whole year; make year"]
fn a_whole_year_holds_no_contradiction() {
    let year = std::env::var("MINWON_YEAR").map_or(2026, |it| it.parse().expect("a year"));
    let stretch = (date(year, 1, 1), date(year, 12, 31));

    for town in Town::all() {
        let walked = walk::through(&town, stretch);
        table::print(&town, year, &walked);

        assert_eq!(walked.contradictions, [], "{}", town.name.ko);
    }
}
