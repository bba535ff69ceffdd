//! Years of updates in a moment: a machine whose power goes at any write, whose versions are
//! good or broken, and at which somebody stands now and then.

use std::collections::BTreeMap;

use dice::Dice;
use fleet::Version;
use steward::{
    book::{Book, StagedState, Start},
    updates::{Command, Event, Here, Updates, accepts},
};

use crate::{
    NOON,
    updates::{release, version},
};

const TRIES: u32 = 2;

/// What firmware and disk do: the newest version with tries left starts, else the one before.
struct Machine {
    dice: Dice,
    /// As it is on the disk.
    kept: Book,
    slots: [u32; 2],
    /// How often each may still be tried; without end once it was good.
    tries: [u32; 2],
    broken: Vec<u32>,
    /// Starts of broken versions.
    wasted: BTreeMap<u32, u32>,
    /// Nothing breaks off any more.
    calm: bool,
    visit: bool,
    restarts_in_visits: u32,
}

impl Machine {
    /// The newest slot that may be tried.
    fn first(&self) -> usize {
        let may = (0..2).filter(|slot| self.tries[*slot] > 0);
        may.max_by_key(|slot| self.slots[*slot]).unwrap()
    }

    /// Starts until something stays up; a broken version uses its tries up.
    fn start(&mut self) -> Version {
        loop {
            let slot = self.first();
            let running = self.slots[slot];
            let name = version(&running.to_string());
            let mut book = self.kept.clone();
            book.judge_start(&name, NOON);
            self.kept = book.clone();
            let good = !self.broken.contains(&running);
            book.note_start(Start {
                version: name.clone(),
                boot: String::new(),
                at: NOON,
                good,
                checks: Vec::new(),
                log: Vec::new(),
            });
            self.kept = book;
            if good {
                self.tries[slot] = u32::MAX;
                return name;
            }
            self.tries[slot] -= 1;
            *self.wasted.entry(running).or_default() += 1;
        }
    }

    fn power_goes(&mut self) -> bool {
        !self.calm && self.dice.below(6) == 0
    }
}

#[test]
fn whatever_happens_a_good_version_runs_and_a_broken_one_is_not_tried_again() {
    for seed in 0..400 {
        let mut machine = Machine {
            dice: Dice::new(seed),
            kept: Book::default(),
            slots: [1, 0],
            tries: [u32::MAX, 0],
            broken: Vec::new(),
            wasted: BTreeMap::new(),
            calm: false,
            visit: false,
            restarts_in_visits: 0,
        };
        let mut failed_before: Vec<Version> = Vec::new();
        for newest in 2..12 {
            if machine.dice.below(3) == 0 {
                machine.broken.push(newest);
            }
            for _ in 0..3 {
                let running = machine.start();
                evening(&mut machine, &running, newest);
            }
            let running = machine.start();
            let number: u32 = running.to_string().parse().unwrap();
            assert!(
                !machine.broken.contains(&number),
                "seed {seed}: {running} is broken"
            );
            for it in &machine.kept.rollbacks {
                failed_before.push(it.failed.clone());
            }
            failed_before.dedup();
        }
        // A broken one had its tries, and then it was known.
        for (version, starts) in &machine.wasted {
            assert_eq!(*starts, TRIES, "seed {seed}: version {version}");
            let known = failed_before
                .iter()
                .any(|it| it.to_string() == version.to_string());
            assert!(
                known,
                "seed {seed}: why version {version} failed is not told"
            );
        }
        // And whatever was broken off: the next good one arrives.
        machine.calm = true;
        for _ in 0..3 {
            let running = machine.start();
            evening(&mut machine, &running, 12);
        }
        assert_eq!(machine.start(), version("12"), "seed {seed}");
        let mut once = failed_before.clone();
        once.sort();
        once.dedup();
        assert_eq!(machine.restarts_in_visits, 0, "seed {seed}");
        let broken: Vec<Version> = machine
            .broken
            .iter()
            .map(|it| version(&it.to_string()))
            .collect();
        assert!(
            once.iter().all(|it| broken.contains(it)),
            "seed {seed}: {once:?}"
        );
    }
}

/// The daemon's loop, with the power going at any point; what it laid down is on the disk.
fn evening(machine: &mut Machine, running: &Version, newest: u32) {
    let mut updates = Updates::new(running.clone(), machine.kept.staged.clone());
    let wanted = release(&newest.to_string());
    for _ in 0..12 {
        machine.visit = machine.dice.below(3) == 0;
        let here = Here {
            model: "lobby",
            running,
            book: &machine.kept,
            again: false,
        };
        if updates.is_looking() && accepts(&wanted, &here).is_ok() {
            let ready = Event::Ready {
                version: wanted.version.clone(),
                not_before: NOON,
            };
            updates.handle(ready, NOON);
        }
        updates.handle(Event::Busy(Some(machine.visit)), NOON);
        updates.handle(
            Event::Hours {
                open: machine.dice.below(2) == 0,
            },
            NOON,
        );
        while let Some(command) = updates.poll_command() {
            if machine.power_goes() {
                return;
            }
            match command {
                Command::Keep => machine.kept.staged = updates.staged().cloned(),
                Command::Install(laid) => {
                    let number: u32 = laid.to_string().parse().unwrap();
                    let current: u32 = running.to_string().parse().unwrap();
                    let other = usize::from(machine.slots[0] == current);
                    machine.slots[other] = number;
                    machine.tries[other] = TRIES;
                    updates.handle(Event::Installed(laid), NOON);
                }
                Command::Restart => {
                    machine.restarts_in_visits += u32::from(machine.visit);
                    assert_eq!(
                        machine.kept.staged.as_ref().map(|it| it.state),
                        Some(StagedState::Activated),
                        "it is written down before it is done"
                    );
                    return;
                }
            }
        }
    }
}
