//! What the devices count by themselves: told before every event that it
//! includes, and taken up again after a crash.

use devices::cash::{CashCounters, CashEvent};

use super::CashUnit;
use crate::{Output, cash::cctalk_hopper::Hopper};

impl CashUnit {
    /// Goes on where a crash ended it: tells what the devices have counted since
    /// `seen` was written down. What moved while nobody listened is told as if it
    /// happened now; a note that still lies in the escrow is told again and waits
    /// for its order.
    #[must_use]
    pub fn resuming(mut self, seen: CashCounters) -> Self {
        if let Some(seen) = seen.coin_events {
            self.coins.resume(seen);
        }
        if let Some(seen) = seen.note_events {
            self.notes.acceptor.resume(seen);
        }
        self
    }

    /// Tells the counters as they are, unless they are known.
    pub(super) fn tell_counters(&mut self) {
        let paid = self.hoppers.iter().map(Hopper::paid_won);
        self.count(CashCounters {
            coin_events: self.coins.count(),
            note_events: self.notes.acceptor.count(),
            paid_won: paid.sum(),
        });
    }

    /// Tells the hoppers' counters as they are beside older ones of the acceptors.
    pub(super) fn count_hoppers(&mut self) {
        let paid = self.hoppers.iter().map(Hopper::paid_won);
        self.count(CashCounters {
            paid_won: paid.sum(),
            ..self.counted
        });
    }

    /// One coin event of several read at once is about to be told.
    pub(super) fn count_coin(&mut self, count: Option<u8>) {
        self.count(CashCounters {
            coin_events: count,
            ..self.counted
        });
    }

    /// One note event of several read at once is about to be told.
    pub(super) fn count_note(&mut self, count: Option<u8>) {
        self.count(CashCounters {
            note_events: count,
            ..self.counted
        });
    }

    fn count(&mut self, counters: CashCounters) {
        if self.counted != counters {
            self.counted = counters;
            self.outputs
                .push_back(Output::Tell(CashEvent::Counted(counters)));
        }
    }
}
