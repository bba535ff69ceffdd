//! The machine's book: who looked after it, what they tried, and what came of it.
//!
//! It names no citizen. What stands in it is on the disk before anything leans on it.

use request::Timestamp;
use serde::{Deserialize, Serialize};

use super::{adjusting::Set, cash::Tally, test::Test};
use crate::technicians::TechnicianName;

/// Of what is longer ago only that is kept from which something is counted.
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
    /// How the kiosk greets, sounds or shines from now on.
    Set(Set),
    /// By its own count that hopper had paid so many coins then.
    FillCounted {
        address: u8,
        coins_paid: u32,
    },
}

impl Book {
    pub fn add(&mut self, entry: Entry) {
        self.entries.push(entry);
        while self.entries.len() > ENTRIES_MAX {
            let places = 0..self.entries.len();
            let idle = places.into_iter().find(|it| !self.is_leaned_on(*it));
            self.entries.remove(idle.unwrap_or(0));
        }
    }

    /// Whether something is counted from here: the money, a hopper, how a test ended.
    fn is_leaned_on(&self, place: usize) -> bool {
        let after = || self.entries.iter().skip(place + 1).map(|it| &it.what);
        match &self.entries[place].what {
            What::Entered | What::WrongPin | What::Left { .. } => false,
            What::Reported | What::Restarted => false,
            What::Set(set) => {
                let same =
                    |it: &What| matches!(it, What::Set(other) if other.setting() == set.setting());
                !after().any(same)
            }
            What::Tested { test, .. } => {
                !after().any(|it| matches!(it, What::Tested { test: other, .. } if other == test))
            }
            What::TestMoney { .. } | What::CashedUp(_) => {
                !after().any(|it| matches!(it, What::CashedUp(_)))
            }
            What::Filled { address, .. } | What::FillCounted { address, .. } => {
                let filled = |it: &What| matches!(it, What::Filled { address: other, .. } if other == address);
                !after().any(filled)
            }
        }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_full_book_forgets_comings_and_goings_and_nothing_that_is_counted_from() {
        let technician = TechnicianName::try_from("tech-1".to_owned()).unwrap();
        let mut book = Book::default();
        let mut add = |what| {
            book.add(Entry {
                at: Timestamp::from_millis(0),
                technician: technician.clone(),
                what,
            });
        };
        let closed = Tally {
            through: 7,
            ..Tally::default()
        };
        add(What::CashedUp(closed.clone()));
        add(What::Filled {
            address: 3,
            value_won: 500,
            coins: 55,
        });
        add(What::Tested {
            test: Test::Sound,
            passed: true,
            code: String::new(),
        });
        for _ in 0..2 * ENTRIES_MAX {
            add(What::Entered);
        }

        assert_eq!(book.entries().len(), ENTRIES_MAX);
        assert_eq!(book.cash_ups().next().unwrap().1, &closed);
        assert_eq!(book.last_fill(3).unwrap().1, 55);
        assert!(book.last_test(Test::Sound).unwrap().1);
        let written = serde_json::to_string(&book).unwrap();
        assert_eq!(serde_json::from_str::<Book>(&written).unwrap(), book);
    }
}
