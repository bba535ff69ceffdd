//! What devices prove: paper counts as issued and money as taken or paid by their own
//! word alone, and what they know is found out after a crash.

use bench::model::{Ahead, Next, PaymentTerminal, Told};
use devices::cash::{CashCounters, CashEvent};
use request::{CardFact, RequestEvent, RequestId, SpoilReason};

use crate::town::Town;

impl Town {
    /// Holds before an entry is written.
    pub(crate) fn is_proven(&mut self, at: usize, id: &RequestId, event: &RequestEvent) {
        let paying = self.has_the_money(at, id);
        let Some(kiosk) = self.stations[at].kiosk() else {
            return;
        };
        let (cash, trusted) = (&kiosk.cash, kiosk.trusted);
        let recovers = kiosk.recovery.is_some();
        let counted = |told: CashEvent| cash.has_counted(kiosk.cash_counters, &told);
        let came_out = |number: &str| kiosk.printer.sheets.iter().any(|it| it == number);
        let laws = match event {
            RequestEvent::Issued { number } => vec![
                (
                    "no paper without evidence",
                    kiosk.evidence.contains(number.as_str()),
                ),
                ("what is issued has come out", came_out(number.as_str())),
            ],
            RequestEvent::Spoiled { number, reason } => match reason {
                SpoilReason::NotPrinted => {
                    let denied = came_out(number.as_str());
                    vec![("no sheet that came out is denied", !denied)]
                }
                SpoilReason::Unknown if recovers && trusted.printer => {
                    let number = number.as_str();
                    let known = kiosk.printer.ordered.iter().any(|it| it == number);
                    vec![("what the printer knows is found out", !known)]
                }
                _ => return,
            },
            RequestEvent::CoinTaken { value_won } => {
                let value_won = *value_won;
                let told = CashEvent::CoinAccepted { value_won };
                vec![("a coin is taken once, by the device's count", counted(told))]
            }
            RequestEvent::NoteStacked { value_won } if trusted.acceptors => {
                let value_won = *value_won;
                let told = CashEvent::NoteStacked { value_won };
                vec![("a note is taken once, by the device's count", counted(told))]
            }
            RequestEvent::PaidOut { amount_won } => {
                let same = *amount_won == cash.last_paid_won;
                vec![("what counts as paid out went out, and no less", same)]
            }
            RequestEvent::PayoutUnknown { .. } if recovers => {
                vec![("what the hoppers know is found out", !trusted.hoppers)]
            }
            RequestEvent::Card(fact) => {
                card_laws(&kiosk.terminal, fact, recovers && trusted.terminal)
            }
            RequestEvent::Closed { .. } if trusted.acceptors && paying => {
                let counted = cash.unwritten_won() == 0;
                vec![("no request ends before its money is counted", counted)]
            }
            _ => return,
        };
        for (law, holds) in laws {
            self.require(law, holds, || format!("{event:?}"));
        }
    }

    /// Whether coins that fall now are of this request.
    fn has_the_money(&self, at: usize, id: &RequestId) -> bool {
        let request = self.stations[at].written.requests.get(id);
        request.is_some_and(|it| it.money.is_asked_for())
    }

    /// The journal has the entry.
    pub(crate) fn is_written(
        &mut self,
        at: usize,
        id: &RequestId,
        event: &RequestEvent,
        counters: CashCounters,
    ) {
        let paying = self.has_the_money(at, id);
        let Some(kiosk) = self.stations[at].kiosk_mut() else {
            return;
        };
        let told = match event {
            RequestEvent::CoinTaken { value_won } => CashEvent::CoinAccepted {
                value_won: *value_won,
            },
            RequestEvent::NoteStacked { value_won } => CashEvent::NoteStacked {
                value_won: *value_won,
            },
            // Another payment begins.
            RequestEvent::PayoutBegun { .. } => {
                kiosk.cash.last_paid_won = 0;
                return;
            }
            RequestEvent::Closed { .. } if paying => return kiosk.cash.give_up(),
            _ => return,
        };
        let unproven = !kiosk.cash.has_counted(counters, &told);
        kiosk.cash.written(counters, &told);
        if let CashEvent::NoteStacked { value_won } = told
            && unproven
        {
            // Believed in the citizen's favour; the entry has no count to show for it.
            self.stations[at].written.unknown_won += value_won;
        }
    }

    /// The cash devices' driver goes on after a crash: what they have counted and the
    /// journal has not is among what it tells.
    pub(crate) fn all_is_told(&mut self, at: usize, kept_won: u32, ahead: &Ahead) {
        let told_won: u32 = ahead.iter().map(|(_, next)| credit_won(next)).sum();
        let Some(kiosk) = self.stations[at].kiosk_mut() else {
            return;
        };
        // Where more happened than a device keeps, it cannot tell of all of it.
        kiosk.trusted.acceptors &= kiosk.cash.unwritten_won() <= kept_won;
        let asked = kiosk.recovery.is_some() && !kiosk.cash.is_starting();
        let expected = asked && kiosk.trusted.acceptors;
        self.require(
            "what a device has counted is told after a crash",
            !expected || told_won >= kept_won,
            || format!("{kept_won} won were counted, {told_won} are told"),
        );
    }
}

/// What is written down of a card is what stands in the terminal's own books.
fn card_laws(
    terminal: &PaymentTerminal,
    fact: &CardFact,
    found_out: bool,
) -> Vec<(&'static str, bool)> {
    let is_in = |books: &[(String, u32)], key: &str| books.iter().any(|it| it.0 == key);
    match fact {
        CardFact::Approved { transaction, .. } => vec![(
            "no payment without evidence",
            is_in(&terminal.charged, transaction.as_str()),
        )],
        CardFact::Declined { transaction, .. } => vec![(
            "no card that was charged is denied",
            !is_in(&terminal.charged, transaction.as_str()),
        )],
        CardFact::Reversed { transaction, .. } => vec![(
            "what is said to be back on the card is",
            is_in(&terminal.reversed, transaction.as_str()),
        )],
        CardFact::NotReversed { transaction } => vec![(
            "no money that went back is denied",
            !is_in(&terminal.reversed, transaction.as_str()),
        )],
        CardFact::AuthorisationUnknown { .. } | CardFact::ReversalUnknown { .. } => {
            vec![("what the terminal knows is found out", !found_out)]
        }
        CardFact::AuthorisationBegun { .. } | CardFact::ReversalBegun { .. } => Vec::new(),
    }
}

fn credit_won(next: &Next) -> u32 {
    match next {
        Next::Told(Told::Cash(
            CashEvent::CoinAccepted { value_won } | CashEvent::NoteStacked { value_won },
        )) => *value_won,
        _ => 0,
    }
}
