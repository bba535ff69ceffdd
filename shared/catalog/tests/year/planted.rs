//! Mistakes a clerk may make, and where they are found: by the catalogue when it is
//! read, and by the walk were they to come past it.

use calendar::date;
use catalog::{Day, Hours, Ordinance, TimeOfDay, Window};

use crate::{
    contradiction::{Contradiction, of_hours, of_ordinance},
    town::{Town, changed},
    walk,
};

const LAND: &str = include_str!("towns/saesol/fees/land-ledger.toml");

fn land(change: &str, to: &str) -> Ordinance {
    assert!(LAND.contains(change));
    toml::from_str(&LAND.replacen(change, to, 1)).expect("it can be read")
}

fn refused(file: &str, change: &str, to: &str) -> String {
    let error = changed(file, change, to).expect_err("it does not fit together");
    error.to_string()
}

#[test]
fn a_gap_between_two_rows_is_found() {
    let gap = land(
        "from = \"2026-07-01\", scope = \"inside\"",
        "from = \"2026-07-03\", scope = \"inside\"",
    );
    let rows = |day| of_ordinance("land-ledger", &gap, date(2026, 7, day));

    assert_eq!(rows(1).len() + rows(2).len(), 2);
    assert_eq!(
        rows(2),
        [Contradiction::Rows {
            ordinance: "land-ledger".to_owned(),
            day: date(2026, 7, 2),
            inside: true,
            rows: 0,
        }]
    );
    assert_eq!(rows(3), []);
    let told = refused(
        "fees/land-ledger.toml",
        "from = \"2015-01-01\", scope = \"inside\"",
        "from = \"2015-01-03\", scope = \"inside\"",
    );
    assert!(told.contains("no row for inside on 2015-01-01"), "{told}");
}

#[test]
fn two_rows_for_one_day_are_found() {
    let overlap = land(
        "until = \"2026-07-01\", scope = \"outside\"",
        "until = \"2026-07-15\", scope = \"outside\"",
    );
    let rows = |day| of_ordinance("land-ledger", &overlap, date(2026, 7, day));

    assert_eq!(
        rows(1),
        [Contradiction::Rows {
            ordinance: "land-ledger".to_owned(),
            day: date(2026, 7, 1),
            inside: false,
            rows: 2,
        }]
    );
    assert_eq!(rows(15), []);
    let told = refused(
        "fees/land-ledger.toml",
        "scope = \"outside\"",
        "scope = \"everywhere\"",
    );
    assert!(told.contains("two rows"), "{told}");
}

#[test]
fn hours_beyond_midnight_are_found() {
    let night = Hours {
        windows: vec![Window {
            days: vec![Day::Friday],
            from: TimeOfDay(22 * 60),
            to: TimeOfDay(2 * 60),
        }],
    };

    assert_eq!(of_hours("courts", &night).len(), 1);
    let told = refused(
        "networks/family-record.toml",
        "to = \"20:00\"",
        "to = \"02:00\"",
    );
    assert!(told.contains("family-record.toml"), "{told}");
    assert!(
        told.contains("09:00 to 02:00 ends before it begins"),
        "{told}"
    );
    assert!(told.contains("line"), "{told}");
}

#[test]
fn a_kiosk_that_never_meets_its_agencies_is_found() {
    let mut town = Town::named("garam");
    town.hours.windows.retain(|it| it.days == [Day::Saturday]);

    let walked = walk::through(&town, (date(2026, 11, 1), date(2026, 11, 30)));

    let never = |it: &Contradiction| {
        matches!(
            it,
            Contradiction::Explanation { .. } | Contradiction::ClosedTooLong { .. }
        )
    };
    assert!(!walked.contradictions.iter().any(never));
    let school = &walked.services["graduation"];
    assert_eq!(school.closed_longest, 0, "it never opened");
}
