//! Coins, a note validator with its escrow, and hoppers: where the money really is,
//! and what each of them counts.

mod resuming;

use std::time::Duration;

use devices::{
    DeviceState,
    cash::{CashCounters, CashEvent, CashFault, CashOrder, CashStatus},
};

use super::{Ahead, Change, Next, Told, event_counter::EventCounter, millis};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CashMood {
    Well,
    /// The stacker does not take notes: they come back.
    GivesNotesBack,
    /// Pays something, and from then on cannot tell how much.
    LosesCount,
    /// Nothing moves and nothing is told, but for the fault.
    Jammed,
    /// Everything moves and nothing is told.
    Mute,
    /// Tells every movement twice.
    Stutters,
    /// After a crash, tells only when nobody waits any more.
    Late,
    /// The hoppers count more than they pay.
    Miscounts,
}

/// What the hoppers have paid before the town begins.
const PAID_BEFORE_WON: u64 = 7_000_000;
/// More than any payment: nobody believes it.
const MISCOUNTED_WON: u64 = 100_000;

/// Sums are in won and never forget.
pub struct CashBox {
    pub mood: CashMood,
    pub collecting: bool,
    pub hopper_won: u32,
    /// What the status says of the hoppers, true or not.
    pub told_change_won: u32,
    pub escrow: Option<u32>,
    /// Coins that fell and notes that were stacked.
    pub in_won: u32,
    pub out_won: u32,
    /// What the newest payment really came to.
    pub last_paid_won: u32,
    /// Fell in while the kiosk died, before anything could be written down.
    pub uncounted_won: u32,
    coins: EventCounter,
    notes: EventCounter,
    /// By the hoppers' counts for life; none while they cannot tell.
    paid_won: Option<u64>,
    /// Somebody was told of the note in the escrow.
    note_told: bool,
    /// Ordered, and not yet over.
    moving: u32,
    /// The driver does not know everything yet.
    starting: bool,
    /// It has said that a note lies in the escrow.
    busy_told: bool,
}

impl Default for CashBox {
    fn default() -> Self {
        Self {
            mood: CashMood::Well,
            collecting: false,
            hopper_won: 1_000_000,
            told_change_won: 1_000_000,
            escrow: None,
            in_won: 0,
            out_won: 0,
            last_paid_won: 0,
            uncounted_won: 0,
            coins: EventCounter::default(),
            notes: EventCounter::default(),
            paid_won: Some(PAID_BEFORE_WON),
            note_told: false,
            moving: 0,
            starting: false,
            busy_told: false,
        }
    }
}

impl CashBox {
    pub fn status(&self) -> Told {
        let fault = (self.mood == CashMood::Jammed).then_some(CashFault::NoteJam);
        let held = self.busy_told && self.escrow.is_some();
        Told::Cash(CashEvent::Status(CashStatus {
            state: match fault {
                _ if self.starting => DeviceState::Starting,
                Some(_) => DeviceState::Faulted,
                None if held => DeviceState::Busy,
                None => DeviceState::Ready,
            },
            change_won: self.told_change_won,
            fault,
        }))
    }

    /// What all devices have counted by now. With an event comes the count of its own
    /// device alone.
    pub fn counters(&self) -> CashCounters {
        CashCounters {
            coin_events: Some(self.coins.count()),
            note_events: Some(self.notes.count()),
            paid_won: self.paid_won,
        }
    }

    fn coins_counted(&self) -> CashCounters {
        CashCounters {
            coin_events: Some(self.coins.count()),
            ..CashCounters::default()
        }
    }

    fn notes_counted(&self) -> CashCounters {
        CashCounters {
            note_events: Some(self.notes.count()),
            ..CashCounters::default()
        }
    }

    pub fn insert_coin(&mut self, value_won: u32) -> Ahead {
        if !self.collecting || self.mood == CashMood::Jammed {
            self.coins.add(CashEvent::Rejected);
            return self.tell_counted(100, self.coins_counted(), CashEvent::Rejected);
        }
        self.in_won += value_won;
        let told = CashEvent::CoinAccepted { value_won };
        self.coins.add(told.clone());
        if self.mood == CashMood::Mute {
            self.uncounted_won += value_won;
        }
        match self.mood {
            CashMood::Mute => Vec::new(),
            // Told twice it would be two coins.
            _ => [CashEvent::Counted(self.coins_counted()), told]
                .map(|it| (millis(300), Next::Told(Told::Cash(it))))
                .into(),
        }
    }

    pub fn insert_note(&mut self, value_won: u32) -> Ahead {
        if !self.collecting || self.escrow.is_some() || self.mood == CashMood::Jammed {
            self.notes.add(CashEvent::Rejected);
            return self.tell_counted(100, self.notes_counted(), CashEvent::Rejected);
        }
        self.escrow = Some(value_won);
        self.note_told = true;
        let told = CashEvent::NoteEscrowed { value_won };
        self.notes.add(told.clone());
        self.tell_counted(900, self.notes_counted(), told)
    }

    pub fn order(&mut self, order: CashOrder) -> Ahead {
        if order == CashOrder::Stop {
            self.collecting = false;
            return self.tell(700, CashEvent::Stopped);
        }
        if self.mood == CashMood::Jammed {
            return Vec::new();
        }
        let (after, change) = match order {
            CashOrder::Collect { .. } => {
                self.collecting = true;
                return Vec::new();
            }
            // Nobody counts the hoppers of this box by hand.
            CashOrder::Stop | CashOrder::Fill { .. } => return Vec::new(),
            CashOrder::StackNote => (1500, Change::StackNote),
            CashOrder::ReturnNote => (1500, Change::ReturnNote),
            CashOrder::Pay { amount_won } => (2500, Change::Pay { amount_won }),
        };
        self.moving += 1;
        vec![(millis(after), Next::Changed(change))]
    }

    pub fn stack_note(&mut self) -> Ahead {
        if self.mood == CashMood::GivesNotesBack {
            return self.return_note();
        }
        self.moving = self.moving.saturating_sub(1);
        let Some(value_won) = self.escrow.take() else {
            return Vec::new();
        };
        self.in_won += value_won;
        let told = CashEvent::NoteStacked { value_won };
        self.notes.add(told.clone());
        self.note_gone(told)
    }

    pub fn return_note(&mut self) -> Ahead {
        self.moving = self.moving.saturating_sub(1);
        let Some(value_won) = self.escrow.take() else {
            return Vec::new();
        };
        let returned = CashEvent::NoteReturned { value_won };
        self.notes.add(returned.clone());
        let told = if self.note_told {
            returned
        } else {
            CashEvent::Rejected
        };
        self.note_gone(told)
    }

    fn note_gone(&mut self, told: CashEvent) -> Ahead {
        let mut ahead = self.tell_counted(0, self.notes_counted(), told);
        if std::mem::take(&mut self.busy_told) {
            ahead.push((millis(0), Next::Told(self.status())));
        }
        ahead
    }

    pub fn pay(&mut self, amount_won: u32) -> Ahead {
        self.moving = self.moving.saturating_sub(1);
        let asked_won = amount_won;
        let paid_won = match self.mood {
            CashMood::LosesCount => (amount_won / 2).min(self.hopper_won),
            _ => amount_won.min(self.hopper_won),
        };
        self.hopper_won -= paid_won;
        self.out_won += paid_won;
        self.last_paid_won = paid_won;
        let counted_won = match self.mood {
            CashMood::Miscounts => u64::from(paid_won) + MISCOUNTED_WON,
            _ => u64::from(paid_won),
        };
        self.paid_won = match self.mood {
            CashMood::LosesCount => None,
            _ => self.paid_won.map(|it| it + counted_won),
        };
        let owed_won = amount_won - paid_won;
        let told = match (self.mood, owed_won) {
            (CashMood::LosesCount, _) => CashEvent::PayUnknown { asked_won },
            (_, 0) => CashEvent::Paid { amount_won },
            _ => CashEvent::PaidShort { paid_won, owed_won },
        };
        self.tell(0, told)
    }

    /// What the validator does when its master dies: a note in escrow goes back.
    pub fn reset(&mut self) {
        self.collecting = false;
        self.escrow = None;
    }

    /// The acceptor's count comes before the event that it includes.
    fn tell_counted(&self, after: u64, counted: CashCounters, event: CashEvent) -> Ahead {
        let mut ahead = self.tell(after, event);
        if !ahead.is_empty() {
            let counted = Next::Told(Told::Cash(CashEvent::Counted(counted)));
            ahead.insert(0, (Duration::from_millis(after), counted));
        }
        ahead
    }

    fn tell(&self, after: u64, event: CashEvent) -> Ahead {
        let times = match self.mood {
            // Nobody listens yet.
            _ if self.starting => 0,
            CashMood::Mute => 0,
            CashMood::Stutters => 2,
            _ => 1,
        };
        let told = Next::Told(Told::Cash(event));
        vec![(Duration::from_millis(after), told); times]
    }
}
