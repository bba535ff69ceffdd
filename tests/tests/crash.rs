//! `kill -9` of the kiosk at every journal write and every device command of a
//! paid visit: one paper, one number, one charge, or an explicit unknown.
//!
//! The kiosk is a process of its own; the bench, the office and the citizen are
//! in this one and survive it. `make crash-test` runs all points.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot set itself up has failed; its table is its result"
)]

use std::{path::Path, time::Duration, time::Instant};

use kiosk::DeedKind;
use tests::{
    crash::{
        accounts::Account,
        citizen::End,
        line::{Said, Told, kind_of},
        point::Point,
        stand::CrashStand,
    },
    office::TUESDAY_10_00,
};

/// A point that is reached kills within this.
const DEATH: Duration = Duration::from_secs(3);

fn stand() -> CrashStand {
    let program = Path::new(env!("CARGO_BIN_EXE_minwon-crash-kiosk"));
    let mut stand = CrashStand::open(program, TUESDAY_10_00);
    assert!(stand.until_welcome(), "the kiosk does not even start");
    stand
}

/// Beside the household's certificate.
const FAMILY: &str = "family-relations";

/// A visit that nobody disturbs: its deeds, in order.
fn clean_visit(stand: &mut CrashStand, besides: &[&str]) -> Vec<(DeedKind, String)> {
    let before = stand.holdings();
    let begun = stand.kiosk.past.len();
    let experience = stand.visit(besides);
    assert_eq!(experience.end, End::Served);
    let papers = 1 + u32::try_from(besides.len()).unwrap();
    let account = stand.account(0, before, experience.given_won).unwrap();
    let issued = (account.issued, account.sheets, account.void);
    assert_eq!(issued, (papers, papers, 0));
    let fees_won = 200 + (papers - 1) * 500;
    assert_eq!((account.captured_won, account.owed_won), (fees_won, 0));
    let deed = |said: &Said| match said {
        Said::Deed { kind, name } => Some((kind_of(kind)?, name.clone())),
        Said::Screen { .. } => None,
    };
    stand.kiosk.past[begun..].iter().filter_map(deed).collect()
}

/// Kills at one point, starts again, and compares what is left with the world.
/// Answers whether the point was reached.
fn kill_at(
    stand: &mut CrashStand,
    point: Point,
    besides: &[&str],
) -> Result<(bool, Account), Vec<String>> {
    let (before, known) = (stand.holdings(), stand.requests().len());
    stand.kiosk.tell(&Told::Die(point));
    let mut experience = stand.visit(besides);
    let late = point.may_come_late() || experience.end == End::Died;
    let reached = stand
        .kiosk
        .dies_within(if late { DEATH } else { Duration::ZERO });
    stand.pull_card();
    if reached {
        stand.restart();
        assert!(stand.until_welcome(), "it does not start again");
    } else {
        experience.end = End::Served;
    }
    let account = stand.account(known, before, experience.given_won)?;
    Ok((reached, account))
}

fn try_all(
    points: impl IntoIterator<Item = (Point, String)>,
    stand: &mut CrashStand,
    besides: &[&str],
) {
    let (mut tried, mut reached, mut failures) = (0, 0, Vec::new());
    let mut sums = [0; 7];
    let began = Instant::now();
    println!(
        "{:<28} {:<18} {:>6} {:>8} {:>8} {:>5} {:>6} {:>4} {:>6}",
        "point", "deed", "given", "captured", "returned", "owed", "issued", "void", "sheets"
    );
    for (point, name) in points {
        tried += 1;
        match kill_at(stand, point, besides) {
            Ok((died, it)) => {
                reached += u32::from(died);
                let row = [
                    it.given_won,
                    it.captured_won,
                    it.returned_won,
                    it.owed_won,
                    it.issued,
                    it.void,
                    it.sheets,
                ];
                for (sum, value) in sums.iter_mut().zip(row) {
                    *sum += value;
                }
                let [given, captured, returned, owed, issued, void, sheets] = row;
                let note = if died { "" } else { "  (not reached)" };
                println!(
                    "{:<28} {name:<18} {given:>6} {captured:>8} {returned:>8} {owed:>5} {issued:>6} {void:>4} {sheets:>6}{note}",
                    point.to_string()
                );
            }
            Err(broken) => {
                println!(
                    "{:<28} {name:<18} BROKEN: {}",
                    point.to_string(),
                    broken.join("; ")
                );
                failures.push((point, broken));
            }
        }
    }
    let [given, captured, returned, owed, issued, void, sheets] = sums;
    println!(
        "{tried} points, {reached} kills, {} violations in {:.0} s",
        failures.len(),
        began.elapsed().as_secs_f32()
    );
    println!(
        "money: {given} given = {captured} captured + {returned} returned + {owed} owed; paper: {issued} issued <= {sheets} sheets, {void} numbers void"
    );
    assert!(failures.is_empty(), "{failures:#?}");
    assert!(
        reached * 10 >= tried * 8,
        "only {reached} of {tried} points were reached"
    );
}

#[test]
fn a_paid_visit_survives_a_kill_at_every_eighth_point() {
    let mut stand = stand();
    let deeds = clean_visit(&mut stand, &[]);

    // Leases are granted at the first start; later visits are not asked for them again.
    let points = Point::all(&deeds).into_iter();
    let points = points.filter(|(point, _)| point.kind != DeedKind::Lease);
    let points = points.skip(5).step_by(8);

    try_all(points, &mut stand, &[]);
}

#[test]
fn two_certificates_survive_a_kill_around_every_second_deed_between_their_papers() {
    let mut stand = stand();
    let deeds = clean_visit(&mut stand, &[FAMILY]);
    let issued = |(_, name): &(DeedKind, String)| name == "Issued";
    let first = deeds.iter().position(issued).unwrap();
    let last = deeds.iter().rposition(issued).unwrap();
    let between: Vec<_> = Point::all(&deeds[..=last]);
    let before = Point::all(&deeds[..first]).len();

    let points = between.into_iter().skip(before);
    let points = points.filter(|(point, _)| point.kind != DeedKind::Lease);
    try_all(points.step_by(2), &mut stand, &[FAMILY]);
}

/// Some minutes: `make crash-test`.
#[test]
#[ignore = "takes a quarter of an hour; `make crash-test` runs it"]
fn a_paid_visit_survives_a_kill_at_every_point() {
    let mut stand = stand();
    let deeds = clean_visit(&mut stand, &[]);
    let count = |kind| deeds.iter().filter(|(it, _)| *it == kind).count();
    println!(
        "a paid visit: {} entries, {} counters noted, {} publications, {} acknowledgements, {} leases, {} checkpoints, {} device orders",
        count(DeedKind::Entry),
        count(DeedKind::Counters),
        count(DeedKind::Publication),
        count(DeedKind::Acknowledgement),
        count(DeedKind::Lease),
        count(DeedKind::Checkpoint),
        count(DeedKind::Order),
    );

    try_all(Point::all(&deeds), &mut stand, &[]);
}
