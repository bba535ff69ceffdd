//! What the exchange is told, when, and how often.

use std::{collections::BTreeSet, time::Instant};

use dice::Dice;
use request::Timestamp;
use training::{Kind, Score, TrainingRecord};

use super::*;

fn record(number: i64) -> TrainingRecord {
    TrainingRecord {
        agent: "kim.2".to_owned(),
        kind: Kind::Exercise,
        scenario: "land-ledger".to_owned(),
        version: 1,
        seed: 7,
        ended_at: Timestamp::from_millis(number),
        score: Score {
            points: 80,
            passed: true,
            findings: Vec::new(),
        },
    }
}

fn commands(reporting: &mut Reporting) -> Vec<ReportCommand> {
    std::iter::from_fn(|| reporting.poll_command()).collect()
}

fn read(records: Vec<TrainingRecord>, lines: usize) -> ReportEvent {
    ReportEvent::Read { records, lines }
}

#[test]
fn what_was_not_told_before_is_told_and_marked_only_when_the_exchange_has_it() {
    let now = Instant::now();
    let mut reporting = Reporting::new(3);
    assert_eq!(commands(&mut reporting), [ReportCommand::Read { after: 3 }]);

    reporting.handle(read(vec![record(4)], 4), now);
    assert_eq!(
        commands(&mut reporting),
        [ReportCommand::Tell(vec![record(4)])]
    );
    reporting.handle(ReportEvent::Added, now);
    assert_eq!(commands(&mut reporting), []);
    reporting.handle(ReportEvent::Taken, now);

    let then = commands(&mut reporting);
    assert_eq!(
        then,
        [ReportCommand::Mark(4), ReportCommand::Read { after: 4 }]
    );
    reporting.handle(read(Vec::new(), 4), now);
    assert_eq!(commands(&mut reporting), []);
    assert_eq!(reporting.poll_timeout(), None);
}

#[test]
fn an_exchange_that_is_away_is_asked_again_ever_more_rarely_and_forever() {
    let mut now = Instant::now();
    let mut reporting = Reporting::new(0);
    let mut pauses = Vec::new();

    for _ in 0..9 {
        commands(&mut reporting);
        reporting.handle(read(vec![record(1)], 1), now);
        reporting.handle(ReportEvent::Failed, now);
        let due = reporting.poll_timeout().unwrap();
        pauses.push(due.duration_since(now).as_secs());
        now = due;
        reporting.handle_timeout(now);
    }

    assert_eq!(pauses, [15, 30, 60, 120, 240, 480, 900, 900, 900]);
}

#[test]
fn lines_that_are_no_records_are_passed_over() {
    let now = Instant::now();
    let mut reporting = Reporting::new(0);
    commands(&mut reporting);

    reporting.handle(read(Vec::new(), 2), now);

    let then = commands(&mut reporting);
    assert_eq!(
        then,
        [ReportCommand::Mark(2), ReportCommand::Read { after: 2 }]
    );
}

/// A file, an exchange that answers by chance, and a machine that goes off by chance:
/// whatever is lost on the way, every record is there in the end, and none was marked
/// that was not.
#[test]
fn in_the_end_everything_is_told_whatever_is_lost_between() {
    for seed in 0..300 {
        let mut dice = Dice::new(seed);
        let (mut now, mut file, mut marked) = (Instant::now(), Vec::new(), 0);
        let mut exchange = BTreeSet::new();
        let mut reporting = Reporting::new(0);

        for step in 0..400 {
            now += Duration::from_secs(dice.below(40) as u64);
            if step < 200 && dice.below(8) == 0 {
                file.push(record(file.len() as i64));
                reporting.handle(ReportEvent::Added, now);
            }
            if step < 200 && dice.below(20) == 0 {
                reporting = Reporting::new(marked);
            }
            let good = step >= 200 || dice.below(3) > 0;
            match reporting.poll_command() {
                Some(ReportCommand::Read { after }) => {
                    let records: Vec<_> = file.iter().skip(after).take(BATCH).cloned().collect();
                    let lines = after + records.len();
                    reporting.handle(read(records, lines), now);
                }
                Some(ReportCommand::Tell(records)) => {
                    // An answer may be lost, and what it answers have come.
                    if good || dice.below(2) == 0 {
                        exchange.extend(records.iter().map(|it| it.ended_at));
                    }
                    let answer = if good {
                        ReportEvent::Taken
                    } else {
                        ReportEvent::Failed
                    };
                    reporting.handle(answer, now);
                }
                Some(ReportCommand::Mark(lines)) => {
                    let told = file.iter().take(lines);
                    assert!(
                        told.clone().all(|it| exchange.contains(&it.ended_at)),
                        "seed {seed}"
                    );
                    marked = lines;
                }
                None => now += Duration::from_secs(900),
            }
            reporting.handle_timeout(now);
        }

        assert_eq!(
            (exchange.len(), marked),
            (file.len(), file.len()),
            "seed {seed}"
        );
    }
}
