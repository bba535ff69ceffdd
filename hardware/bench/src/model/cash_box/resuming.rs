//! What the cash devices tell whoever comes after a crash, as the driver of a real
//! box does (`CashUnit::resuming`).

use devices::cash::{CashCounters, CashEvent};

use super::super::{Ahead, Change, Next, Told, millis};
use super::{CashBox, CashMood};

/// Until every device is found again.
const FINDING: u64 = 1_500;
/// Longer than anybody waits for it.
const LATE: u64 = 90_000;
/// Until they are asked again, while they are silent or something moves.
const AGAIN: u64 = 2_000;

impl CashBox {
    /// Its station has died: another driver goes on after what it had seen.
    pub fn start_again(&mut self, seen: Option<CashCounters>) -> Ahead {
        self.collecting = false;
        self.starting = true;
        self.busy_told = false;
        let after = match self.mood {
            CashMood::Late => LATE,
            _ => FINDING,
        };
        vec![(millis(after), Next::Changed(Change::Resume(seen)))]
    }

    /// Tells what happened since; later, as long as it is silent or something moves.
    pub fn resume(&mut self, seen: Option<CashCounters>) -> Ahead {
        if self.mood == CashMood::Mute || self.moving > 0 {
            return vec![(millis(AGAIN), Next::Changed(Change::Resume(seen)))];
        }
        self.starting = false;
        let seen = seen.unwrap_or_default();
        let mut ahead = Ahead::new();
        let mut tell = |counted: CashCounters, event| {
            for event in [CashEvent::Counted(counted), event] {
                ahead.push((millis(0), Next::Told(Told::Cash(event))));
            }
        };
        for (count, event) in self.coins.since(seen.coin_events).events {
            let coin_events = Some(count);
            let counted = CashCounters {
                coin_events,
                ..CashCounters::default()
            };
            tell(counted, event);
        }
        let news = self.notes.since(seen.note_events);
        // Only a note that was written down is held for an order.
        let mut known = matches!(news.previous, Some(CashEvent::NoteEscrowed { .. }));
        for (count, event) in news.events {
            let note_events = Some(count);
            let counted = CashCounters {
                note_events,
                ..CashCounters::default()
            };
            match event {
                CashEvent::NoteEscrowed { .. } => known = false,
                CashEvent::NoteReturned { .. } if !known => tell(counted, CashEvent::Rejected),
                CashEvent::Rejected => tell(counted, CashEvent::Rejected),
                event => {
                    known = false;
                    tell(counted, event);
                }
            }
        }
        self.note_told = known && seen.note_events.is_some();
        if let Some(value_won) = self.escrow.filter(|_| self.note_told) {
            tell(self.counters(), CashEvent::NoteEscrowed { value_won });
        }
        let counted = CashEvent::Counted(self.counters());
        ahead.push((millis(0), Next::Told(Told::Cash(counted))));
        self.busy_told = self.escrow.is_some();
        if self.busy_told && !self.note_told {
            // It goes back by itself.
            self.moving += 1;
            ahead.push((millis(1_500), Next::Changed(Change::ReturnNote)));
        }
        ahead.push((millis(0), Next::Told(self.status())));
        ahead
    }

    /// The station has written down the event that came with these counters.
    pub fn written(&mut self, counters: CashCounters, event: &CashEvent) {
        self.coins.written(counters.coin_events, event);
        self.notes.written(counters.note_events, event);
    }

    /// Whether a device has counted such an event with these counters, and nobody
    /// has written it down.
    pub fn has_counted(&self, counters: CashCounters, event: &CashEvent) -> bool {
        self.coins.has(counters.coin_events, event) || self.notes.has(counters.note_events, event)
    }

    /// What came in and is in no journal, and may still be told.
    pub fn unwritten_won(&self) -> u32 {
        self.coins.unwritten_won() + self.notes.unwritten_won()
    }

    /// What came in and will never be in a journal.
    pub fn lost_won(&self) -> u32 {
        self.coins.lost_won() + self.notes.lost_won()
    }

    /// Nobody will write down any more what is not written yet.
    pub fn give_up(&mut self) {
        self.coins.give_up();
        self.notes.give_up();
    }

    /// Of that, what the devices still tell to whoever asks.
    pub fn kept_won(&self) -> u32 {
        self.coins.kept_won() + self.notes.kept_won()
    }

    /// Whether its driver has yet to hear what happened.
    pub fn is_starting(&self) -> bool {
        self.starting
    }

    /// A movement that was ordered never happens.
    pub fn lose_movement(&mut self) {
        self.moving = self.moving.saturating_sub(1);
    }

    /// The acceptors forget their counts, and a note in the escrow goes back.
    pub fn lose_power(&mut self) {
        self.reset_acceptors();
        if let Some(value_won) = self.escrow.take() {
            self.notes.add(CashEvent::NoteReturned { value_won });
        }
    }

    /// Somebody has set all counts back: the acceptors' to nought, the hoppers' to one
    /// that is no former one.
    pub fn reset_counts(&mut self) {
        self.reset_acceptors();
        self.paid_won = self.paid_won.map(|it| it / 2);
    }

    fn reset_acceptors(&mut self) {
        self.coins.reset();
        self.notes.reset();
    }
}
