//! One payment out of several hoppers, planned anew after each of them.

use std::collections::BTreeSet;

use devices::cash::CashEvent;

use super::{
    cctalk_hopper::Hopper,
    change::{Stock, plan},
};

pub(super) struct Payment {
    asked_won: u32,
    paid_won: u32,
    /// Hoppers that paid less than they should have; by their place.
    given_up: BTreeSet<usize>,
    /// The hopper that pays at present, and how many coins.
    paying: Option<(usize, u8)>,
}

/// What a payment does next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    Pay { hopper: usize, coins: u8 },
    End(CashEvent),
}

impl Payment {
    pub(super) fn new(asked_won: u32) -> Self {
        Self {
            asked_won,
            paid_won: 0,
            given_up: BTreeSet::new(),
            paying: None,
        }
    }

    pub(super) fn is_paying(&self) -> bool {
        self.paying.is_some()
    }

    pub(super) fn next(&mut self, hoppers: &[Hopper]) -> Next {
        let stocks: Vec<Stock> = (hoppers.iter().enumerate())
            .map(|(place, hopper)| match hopper.stock() {
                stock if self.given_up.contains(&place) => Stock { coins: 0, ..stock },
                stock => stock,
            })
            .collect();
        let owed_won = self.asked_won - self.paid_won;
        let counts = plan(owed_won, &stocks);
        let largest = (0..counts.len())
            .filter(|place| counts[*place] > 0)
            .max_by_key(|place| stocks[*place].value_won);
        match largest {
            Some(hopper) => {
                let coins = u8::try_from(counts[hopper]).unwrap_or(u8::MAX);
                self.paying = Some((hopper, coins));
                Next::Pay { hopper, coins }
            }
            None if owed_won == 0 => Next::End(CashEvent::Paid {
                amount_won: self.asked_won,
            }),
            None => Next::End(CashEvent::PaidShort {
                paid_won: self.paid_won,
                owed_won,
            }),
        }
    }

    /// The hopper that was to pay has done so, as far as it could.
    pub(super) fn paid(&mut self, coins: u8, value_won: u32) {
        if let Some((hopper, ordered)) = self.paying.take() {
            self.paid_won += u32::from(coins.min(ordered)) * value_won;
            if coins < ordered {
                self.given_up.insert(hopper);
            }
        }
    }

    pub(super) fn unknown(&self) -> CashEvent {
        CashEvent::PayUnknown {
            asked_won: self.asked_won,
        }
    }
}
