//! Coins, a note validator with its escrow, and hoppers: where the money really is.

use std::time::Duration;

use devices::{
    DeviceState,
    cash::{CashEvent, CashFault, CashOrder, CashStatus},
};

use super::{Ahead, Change, Next, Told, millis};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CashMood {
    Well,
    /// The stacker does not take notes: they come back.
    GivesNotesBack,
    /// Pays something and cannot tell how much.
    LosesCount,
    /// Nothing moves and nothing is told, but for the fault.
    Jammed,
    /// Everything moves and nothing is told.
    Mute,
    /// Tells every movement twice.
    Stutters,
}

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
    /// Fell in while the kiosk died, before anything could be written down.
    pub uncounted_won: u32,
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
            uncounted_won: 0,
        }
    }
}

impl CashBox {
    pub fn status(&self) -> Told {
        let fault = (self.mood == CashMood::Jammed).then_some(CashFault::NoteJam);
        Told::Cash(CashEvent::Status(CashStatus {
            state: if fault.is_some() {
                DeviceState::Faulted
            } else {
                DeviceState::Ready
            },
            change_won: self.told_change_won,
            fault,
        }))
    }

    pub fn insert_coin(&mut self, value_won: u32) -> Ahead {
        if !self.collecting || self.mood == CashMood::Jammed {
            return self.tell(100, CashEvent::Rejected);
        }
        self.in_won += value_won;
        let told = CashEvent::CoinAccepted { value_won };
        if self.mood == CashMood::Mute {
            self.uncounted_won += value_won;
        }
        match self.mood {
            CashMood::Mute => Vec::new(),
            // Told twice it would be two coins.
            _ => vec![(millis(300), Next::Told(Told::Cash(told)))],
        }
    }

    pub fn insert_note(&mut self, value_won: u32) -> Ahead {
        if !self.collecting || self.escrow.is_some() || self.mood == CashMood::Jammed {
            return self.tell(100, CashEvent::Rejected);
        }
        self.escrow = Some(value_won);
        self.tell(900, CashEvent::NoteEscrowed { value_won })
    }

    pub fn order(&mut self, order: CashOrder) -> Ahead {
        if order == CashOrder::Stop {
            self.collecting = false;
            return self.tell(700, CashEvent::Stopped);
        }
        if self.mood == CashMood::Jammed {
            return Vec::new();
        }
        match order {
            CashOrder::Collect { .. } => {
                self.collecting = true;
                Vec::new()
            }
            CashOrder::Stop => Vec::new(),
            CashOrder::StackNote => vec![(millis(1500), Next::Changed(Change::StackNote))],
            CashOrder::ReturnNote => vec![(millis(1500), Next::Changed(Change::ReturnNote))],
            CashOrder::Pay { amount_won } => {
                vec![(millis(2500), Next::Changed(Change::Pay { amount_won }))]
            }
        }
    }

    pub fn stack_note(&mut self) -> Ahead {
        if self.mood == CashMood::GivesNotesBack {
            return self.return_note();
        }
        let Some(value_won) = self.escrow.take() else {
            return Vec::new();
        };
        self.in_won += value_won;
        self.tell(0, CashEvent::NoteStacked { value_won })
    }

    pub fn return_note(&mut self) -> Ahead {
        let Some(value_won) = self.escrow.take() else {
            return Vec::new();
        };
        self.tell(0, CashEvent::NoteReturned { value_won })
    }

    pub fn pay(&mut self, amount_won: u32) -> Ahead {
        let asked_won = amount_won;
        let paid_won = match self.mood {
            CashMood::LosesCount => (amount_won / 2).min(self.hopper_won),
            _ => amount_won.min(self.hopper_won),
        };
        self.hopper_won -= paid_won;
        self.out_won += paid_won;
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

    fn tell(&self, after: u64, event: CashEvent) -> Ahead {
        let times = match self.mood {
            CashMood::Mute => 0,
            CashMood::Stutters => 2,
            _ => 1,
        };
        let told = Next::Told(Told::Cash(event));
        vec![(Duration::from_millis(after), told); times]
    }
}
