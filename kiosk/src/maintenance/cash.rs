//! The money in the boxes by the journal, since they were last emptied.
//!
//! Nobody counts twice: what stands on the sheet is what the journal says, and what a
//! technician finds is compared with it.

use fitting::Hopper;
use request::RequestEvent;
use serde::{Deserialize, Serialize};

use super::book::{Book, Entry, What};

/// What went in and out by the journal's entries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Up to this entry; the next tally begins behind it.
    pub through: u64,
    pub coins: Vec<Pile>,
    pub notes: Vec<Pile>,
    /// Change and refunds that hoppers have paid.
    pub paid_out_won: u64,
    /// Payouts of which no hopper could tell how much fell.
    pub doubtful_won: u64,
    /// Fees that have become the office's, by cash or card.
    pub fees_won: u64,
}

/// Pieces of one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pile {
    pub value_won: u32,
    pub count: u32,
}

/// Coins of technicians' own, put in to try the slot and given back from hoppers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TestMoney {
    pub in_won: u64,
    pub out_won: u64,
}

impl Pile {
    pub fn won(&self) -> u64 {
        u64::from(self.value_won) * u64::from(self.count)
    }
}

impl Tally {
    /// One entry more.
    pub fn count(&mut self, number: u64, event: Option<&RequestEvent>) {
        self.through = number;
        match event {
            Some(RequestEvent::CoinTaken { value_won }) => add(&mut self.coins, *value_won),
            Some(RequestEvent::NoteStacked { value_won }) => add(&mut self.notes, *value_won),
            Some(RequestEvent::PaidOut { amount_won }) => {
                self.paid_out_won += u64::from(*amount_won);
            }
            Some(RequestEvent::PayoutUnknown { asked_won }) => {
                self.doubtful_won += u64::from(*asked_won);
            }
            Some(RequestEvent::FeeCaptured { amount_won }) => {
                self.fees_won += u64::from(*amount_won);
            }
            _ => {}
        }
    }

    pub fn coins_won(&self) -> u64 {
        self.coins.iter().map(Pile::won).sum()
    }

    pub fn notes_won(&self) -> u64 {
        self.notes.iter().map(Pile::won).sum()
    }

    pub fn taken_won(&self) -> u64 {
        self.coins_won() + self.notes_won()
    }
}

/// The dearest first.
fn add(piles: &mut Vec<Pile>, value_won: u32) {
    match piles.iter_mut().find(|it| it.value_won == value_won) {
        Some(pile) => pile.count += 1,
        None => {
            piles.push(Pile {
                value_won,
                count: 1,
            });
            piles.sort_by_key(|it| std::cmp::Reverse(it.value_won));
        }
    }
}

impl Book {
    /// When the boxes were emptied, newest first, and what was in them by the journal.
    pub fn cash_ups(&self) -> impl Iterator<Item = (&Entry, &Tally)> {
        self.entries().iter().rev().filter_map(|it| match &it.what {
            What::CashedUp(tally) => Some((it, tally)),
            _ => None,
        })
    }

    /// How a hopper was last filled.
    pub fn last_fill(&self, wanted: u8) -> Option<(&Entry, u32)> {
        self.entries().iter().rev().find_map(|it| match it.what {
            What::Filled { address, coins, .. } if address == wanted => Some((it, coins)),
            _ => None,
        })
    }

    /// Fills that no hopper has answered: the power went in between.
    pub fn unanswered_fills(&self) -> Vec<(u8, u32)> {
        let mut waiting: Vec<(u8, u32)> = Vec::new();
        for entry in self.entries() {
            match entry.what {
                What::Filled { address, coins, .. } => {
                    waiting.retain(|it| it.0 != address);
                    waiting.push((address, coins));
                }
                What::FillCounted { address, .. } => waiting.retain(|it| it.0 != address),
                _ => {}
            }
        }
        waiting
    }

    /// The hoppers of the settings, as they were last filled.
    pub fn hoppers(&self, fitted: &[Hopper]) -> Vec<Hopper> {
        let as_filled = |hopper: &Hopper| {
            let mut filled = *hopper;
            let mut coins_in = None;
            for entry in self.entries() {
                match entry.what {
                    What::Filled { address, coins, .. } if address == hopper.address => {
                        coins_in = Some(coins);
                    }
                    What::FillCounted {
                        address,
                        coins_paid,
                    } if address == hopper.address => {
                        if let Some(coins) = coins_in.take() {
                            filled.coins = coins;
                            filled.coins_paid_before = coins_paid;
                        }
                    }
                    _ => {}
                }
            }
            filled
        };
        fitted.iter().map(as_filled).collect()
    }

    /// Between two times at which the boxes were emptied; `back` says how many of them
    /// have been since.
    pub fn test_money(&self, back: usize) -> TestMoney {
        let mut money = TestMoney::default();
        let is_end = |it: &Entry| matches!(it.what, What::CashedUp(_));
        let mut ends = 0;
        for entry in self.entries().iter().rev() {
            ends += usize::from(is_end(entry));
            if ends > back {
                break;
            }
            if let What::TestMoney { won, returned } = entry.what
                && ends == back
            {
                let side = if returned {
                    &mut money.out_won
                } else {
                    &mut money.in_won
                };
                *side += u64::from(won);
            }
        }
        money
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_counted_by_what_it_is_and_the_rest_of_the_journal_is_not_money() {
        let mut tally = Tally::default();
        let coin = |value_won| RequestEvent::CoinTaken { value_won };
        for (number, event) in (7..).zip([
            coin(100),
            coin(500),
            coin(100),
            RequestEvent::NoteEscrowed { value_won: 1_000 },
            RequestEvent::NoteStacked { value_won: 1_000 },
            RequestEvent::Submitted,
            RequestEvent::PaidOut { amount_won: 700 },
            RequestEvent::FeeCaptured { amount_won: 1_000 },
        ]) {
            tally.count(number, Some(&event));
        }
        tally.count(15, None);

        let piles: Vec<_> = tally
            .coins
            .iter()
            .map(|it| (it.value_won, it.count))
            .collect();
        assert_eq!(piles, [(500, 1), (100, 2)]);
        assert_eq!((tally.coins_won(), tally.notes_won()), (700, 1_000));
        assert_eq!((tally.paid_out_won, tally.through), (700, 15));
    }
}
