//! The machine's book: who looked after it, what they tried, and what came of it.
//!
//! It names no citizen. What stands in it is on the disk before anything leans on it.

use request::Timestamp;
use serde::{Deserialize, Serialize};

use super::{cash::Tally, test::Test};
use crate::technicians::TechnicianName;

/// Longer ago nobody asks.
const ENTRIES_MAX: usize = 1_000;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub at: Timestamp,
    pub technician: TechnicianName,
    #[serde(flatten)]
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    Entered,
    WrongPin,
    /// By word, or because nobody touched anything any more.
    Left {
        by_silence: bool,
    },
    Tested {
        test: Test,
        passed: bool,
        /// Of what failed; empty where nothing did.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        code: String,
    },
    /// A technician's own coin in a test: it fell in, or as much was given back.
    TestMoney {
        won: u32,
        returned: bool,
    },
    /// The boxes were emptied; what was in them by the journal.
    CashedUp(Tally),
    /// A hopper was filled, and holds so many coins.
    Filled {
        address: u8,
        value_won: u32,
        coins: u32,
    },
    Reported,
    Restarted,
    /// By its own count that hopper had paid so many coins then.
    FillCounted {
        address: u8,
        coins_paid: u32,
    },
}

impl Book {
    pub fn add(&mut self, entry: Entry) {
        self.entries.push(entry);
        let beyond = self.entries.len().saturating_sub(ENTRIES_MAX);
        // The last of each kind that something leans on is never that old in practice;
        // what is dropped is the oldest.
        self.entries.drain(..beyond);
    }

    /// Oldest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How a test last ended: who says so, whether it was passed, and the code.
    pub fn last_test(&self, wanted: Test) -> Option<(&Entry, bool, &str)> {
        self.entries.iter().rev().find_map(|it| match &it.what {
            What::Tested { test, passed, code } if *test == wanted => {
                Some((it, *passed, code.as_str()))
            }
            _ => None,
        })
    }

    /// Wrong PINs since the last right one of the same technician.
    pub fn wrong_pins(&self) -> impl Iterator<Item = &Entry> {
        let entered = |wrong: &Entry| {
            let right = |it: &&Entry| it.what == What::Entered;
            let last = self.entries.iter().rev().filter(right);
            let mut last = last.filter(|it| it.technician == wrong.technician);
            last.next().is_some_and(|it| it.at >= wrong.at)
        };
        let wrong = self.entries.iter().filter(|it| it.what == What::WrongPin);
        wrong.filter(move |it| !entered(it))
    }
}
