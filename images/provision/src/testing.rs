//! The self-test: everything that the model has is tried, by itself or by the technician.

use std::time::Duration;

use fleet::{Check, CheckResult};
use request::Timestamp;
use serde::Deserialize;

use crate::view::{Asked, SelfTest, TestRow};

/// How long a device may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(90);
const TARGETS: u8 = 4;
/// Nobody could use a machine without these.
const ESSENTIAL: [&str; 3] = ["display", "touch-screen", "clock"];

/// One row of the model's `self-test.toml`; what is said besides is for other readers.
#[derive(Clone, Debug, Deserialize)]
pub struct Wanted {
    pub what: String,
}

/// `self-test.toml`, as it follows from a hardware model.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Plan {
    #[serde(default, rename = "check")]
    pub checks: Vec<Wanted>,
}

/// What comes from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A device, or the machine, about one row.
    Found {
        what: String,
        well: bool,
        detail: String,
    },
    /// It cannot be tried here, and why.
    Untried {
        what: String,
        detail: String,
    },
    /// A card was in the reader.
    Card,
    Yes,
    No,
    Target(u8),
    Again,
}

#[derive(Clone, Debug)]
pub struct Testing {
    rows: Vec<Check>,
    /// What is not known yet, by its place among the rows.
    open: Vec<bool>,
    targets_hit: u8,
    given_up_at: Timestamp,
}

impl Testing {
    /// The rows of the plan, and what every machine has besides: a clock and an exchange.
    pub fn new(plan: &Plan, now: Timestamp) -> Self {
        let wanted = plan.checks.iter().map(|it| it.what.clone());
        let wanted = wanted.chain(["exchange", "clock"].map(str::to_owned));
        let rows: Vec<Check> = wanted
            .map(|what| Check {
                what,
                result: CheckResult::Skipped,
                detail: String::new(),
            })
            .collect();
        Self {
            open: vec![true; rows.len()],
            rows,
            targets_hit: 0,
            given_up_at: now + PATIENCE,
        }
    }

    pub fn handle(&mut self, event: Event, now: Timestamp) {
        match event {
            Event::Found { what, well, detail } => {
                // A device that was away and is there now is there.
                if well || self.is_open(&what) {
                    self.note(&what, well, detail, !well);
                }
            }
            Event::Card => self.note("card-reader", true, String::new(), false),
            Event::Yes if self.asks("display") => {
                self.note("display", true, String::new(), false);
            }
            Event::No if self.asks("display") => {
                let detail = "the picture is not whole, or turned".to_owned();
                self.note("display", false, detail, false);
            }
            Event::No if self.asks("touch-screen") => {
                let detail = "a target does not answer".to_owned();
                self.note("touch-screen", false, detail, false);
            }
            Event::No if self.asks("card-reader") => {
                let detail = "a card is not read".to_owned();
                self.note("card-reader", false, detail, false);
            }
            Event::Yes | Event::No => {}
            Event::Untried { what, detail } => {
                let rows = self.rows.iter_mut().zip(&mut self.open);
                for (row, open) in rows.filter(|(row, _)| row.what == what) {
                    row.result = CheckResult::Skipped;
                    row.detail.clone_from(&detail);
                    *open = false;
                }
            }
            Event::Target(target) => {
                if target == self.targets_hit && self.asks("touch-screen") {
                    self.targets_hit += 1;
                    if self.targets_hit == TARGETS {
                        self.note("touch-screen", true, String::new(), false);
                    }
                }
            }
            Event::Again => {
                self.targets_hit = 0;
                self.given_up_at = now + PATIENCE;
                for (row, open) in self.rows.iter_mut().zip(&mut self.open) {
                    if row.result == CheckResult::Failed {
                        row.result = CheckResult::Skipped;
                        row.detail = String::new();
                        *open = true;
                    }
                }
            }
        }
        self.handle_timeout(now);
    }

    pub fn handle_timeout(&mut self, now: Timestamp) {
        if now < self.given_up_at {
            return;
        }
        for (row, open) in self.rows.iter_mut().zip(&mut self.open) {
            if *open && !by_hand(&row.what) {
                *open = false;
                row.result = CheckResult::Failed;
                if row.detail.is_empty() {
                    row.detail = "it was not heard of".to_owned();
                }
            }
        }
    }

    pub fn poll_timeout(&self) -> Option<Timestamp> {
        let waits = self.rows.iter().zip(&self.open);
        let waits = waits
            .clone()
            .any(|(row, open)| *open && !by_hand(&row.what));
        waits.then_some(self.given_up_at)
    }

    /// Everything was tried and is well.
    pub fn is_passed(&self) -> bool {
        self.is_over() && self.rows.iter().all(|it| it.result != CheckResult::Failed)
    }

    /// Whether the machine may go into service as it is.
    pub fn is_allowed(&self) -> bool {
        let failed = self
            .rows
            .iter()
            .filter(|it| it.result == CheckResult::Failed);
        self.is_over()
            && failed
                .clone()
                .all(|it| !ESSENTIAL.contains(&it.what.as_str()))
    }

    pub fn checks(&self) -> &[Check] {
        &self.rows
    }

    pub fn view(&self) -> SelfTest {
        let rows = self.rows.iter().zip(&self.open).map(|(row, open)| TestRow {
            what: row.what.clone(),
            result: (!open).then_some(row.result),
        });
        SelfTest {
            rows: rows.collect(),
            asked: self.asked(),
        }
    }

    fn asked(&self) -> Option<Asked> {
        if self.asks("display") {
            return Some(Asked::LookAtThePicture);
        }
        if self.asks("touch-screen") {
            return Some(Asked::TouchTarget(self.targets_hit));
        }
        if self.asks("card-reader") {
            return Some(Asked::ShowACard);
        }
        (self.is_over() && !self.is_passed()).then(|| Asked::Decide {
            allowed: self.is_allowed(),
        })
    }

    fn is_over(&self) -> bool {
        !self.open.contains(&true)
    }

    /// Whether it is not known yet how it stands with this.
    pub fn is_open(&self, what: &str) -> bool {
        let mut rows = self.rows.iter().zip(&self.open);
        rows.any(|(row, open)| *open && row.what == what)
    }

    /// What is asked of the technician comes one after the other.
    fn asks(&self, what: &str) -> bool {
        let mut rows = self.rows.iter().zip(&self.open);
        let first = rows.find(|(row, open)| **open && by_hand(&row.what));
        first.is_some_and(|(row, _)| row.what == what)
    }

    /// A row that stays open is looked at again until the patience is over.
    fn note(&mut self, what: &str, well: bool, detail: String, stays_open: bool) {
        let rows = self.rows.iter_mut().zip(&mut self.open);
        for (row, open) in rows.filter(|(row, _)| row.what == what) {
            row.result = if well {
                CheckResult::Passed
            } else {
                CheckResult::Failed
            };
            row.detail.clone_from(&detail);
            *open = stays_open;
        }
    }
}

/// Only a technician can tell.
fn by_hand(what: &str) -> bool {
    ["display", "touch-screen", "card-reader"].contains(&what)
}
