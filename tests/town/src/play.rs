//! Plays an afternoon, action by action, and answers the first law it breaks.

use std::{ops::AddAssign, panic::AssertUnwindSafe, sync::Arc};

use kiosk::visit::Event;

use crate::{
    action::{Action, Reader},
    bug::Bug,
    citizen::Piece,
    ear::Ear,
    town::{STATIONS, Town},
};

/// A law that was broken, and what was seen of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub law: &'static str,
    pub what: String,
}

/// What happened in an afternoon that broke no law.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Played {
    pub crashes: u32,
    /// Of them, those after which devices were asked what they did, to the end.
    pub recoveries: u32,
    /// Copies of a station's disk that were started beside it.
    pub copies: u32,
    pub requests: u32,
    pub entries: u64,
    pub numbers: u32,
    pub sheets: u32,
    /// Of them, those issued under a lease.
    pub leased_sheets: u32,
    /// What came into the boxes and did not go out again.
    pub kept_won: u64,
    /// What payment cards were charged with, ever.
    pub charged_won: u64,
    pub captured_won: u64,
    pub owed_won: u64,
    pub void_numbers: u32,
}

impl AddAssign for Played {
    fn add_assign(&mut self, other: Self) {
        self.crashes += other.crashes;
        self.recoveries += other.recoveries;
        self.copies += other.copies;
        self.requests += other.requests;
        self.entries += other.entries;
        self.numbers += other.numbers;
        self.sheets += other.sheets;
        self.leased_sheets += other.leased_sheets;
        self.kept_won += other.kept_won;
        self.charged_won += other.charged_won;
        self.captured_won += other.captured_won;
        self.owed_won += other.owed_won;
        self.void_numbers += other.void_numbers;
    }
}

/// Plays the afternoon and the evening after it.
///
/// # Errors
/// The first law that was broken; a bug that a visit reports of itself and a
/// panic are such laws too.
pub fn play(seed: u64, actions: &[Action], bug: Option<Bug>) -> Result<Played, Violation> {
    listened(|| {
        let mut town = Town::new(seed, bug);
        for action in actions {
            if town.violation.is_some() {
                break;
            }
            town.act(action);
        }
        town.evening();
        town.ended()
    })
}

/// Plays something, and takes a panic and what a visit reports of itself for laws that were
/// broken.
pub(crate) fn listened<T>(playing: impl FnOnce() -> Result<T, Violation>) -> Result<T, Violation> {
    let ear = Arc::new(Ear::default());
    let dispatch = tracing::Dispatch::from(Arc::clone(&ear));
    let played = tracing::dispatcher::with_default(&dispatch, || {
        std::panic::catch_unwind(AssertUnwindSafe(playing))
    });
    let played = played.map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let what = text.unwrap_or_else(|| "without words".to_owned());
        Violation {
            law: "nothing panics",
            what,
        }
    })??;
    match ear.heard() {
        None => Ok(played),
        Some(what) => Err(Violation {
            law: "no visit loses track",
            what,
        }),
    }
}

impl Town {
    fn ended(self) -> Result<Played, Violation> {
        if let Some(violation) = self.violation {
            return Err(violation);
        }
        let mut played = Played {
            crashes: self.crashes,
            recoveries: self.recoveries,
            ..Played::default()
        };
        played.copies += u32::try_from(self.stations.len() - STATIONS).unwrap();
        for station in self.stations.iter().take(STATIONS) {
            let written = &station.written;
            played.entries += written.entries;
            played.requests += u32::try_from(written.requests.len()).unwrap();
            played.captured_won += u64::from(written.sum(|it| it.money.captured_won));
            played.owed_won += u64::from(written.sum(|it| it.money.owed_won));
            if let Some(kiosk) = station.kiosk() {
                let leased =
                    |it: &&String| station.written.taken.iter().any(|of| of.as_str() == **it);
                let leased = kiosk.printer.sheets.iter().filter(leased).count();
                played.leased_sheets += u32::try_from(leased).unwrap();
                played.sheets += u32::try_from(kiosk.printer.sheets.len()).unwrap();
                let kept_won = kiosk.cash.in_won.saturating_sub(kiosk.cash.out_won);
                played.kept_won += u64::from(kept_won);
                let charged: u32 = kiosk.terminal.charged.iter().map(|it| it.1).sum();
                played.charged_won += u64::from(charged);
            }
        }
        played.numbers = u32::try_from(self.exchange.numbers.len()).unwrap();
        let numbers = self.exchange.numbers.iter();
        let void = |number: &&request::DocumentNumber| {
            self.exchange.store.paper(number.as_str()).unwrap() == ledger::Paper::Void
        };
        played.void_numbers = u32::try_from(numbers.filter(void).count()).unwrap();
        Ok(played)
    }

    pub(crate) fn act(&mut self, action: &Action) {
        match action {
            Action::Arrive(at, citizen) => self.arrive(*at, citizen),
            Action::Visit(at, citizen) => {
                self.arrive(*at, citizen);
                self.walk_to_the_end(*at);
            }
            Action::Walk(at, moves) => {
                for _ in 0..*moves {
                    self.walk(*at);
                }
            }
            Action::Touch(at, touch) => self.tell(*at, Event::Touched(touch.clone())),
            Action::PullCard(at) => self.pull_card(*at),
            Action::PutCard(at, card, reader) => {
                if let Some(kiosk) = self.stations[*at].kiosk_mut() {
                    kiosk.slot.chip = *reader == Reader::Chip;
                }
                self.put_card(*at, *card);
            }
            Action::Coin(at, won) => self.insert(*at, Piece::Coin(*won)),
            Action::Note(at, won) => self.insert(*at, Piece::Note(*won)),
            Action::Printer(at, mood) => {
                if let Some(kiosk) = self.stations[*at].kiosk_mut() {
                    kiosk.set_printer(*mood);
                }
                self.tell_status(*at, |it| it.printer.status());
            }
            Action::Receipts(at, mood) => {
                if let Some(kiosk) = self.stations[*at].kiosk_mut() {
                    kiosk.receipts.mood = *mood;
                }
                self.tell_status(*at, |it| it.receipts.status());
            }
            Action::Cash(at, mood, holds, says) => {
                if let Some(kiosk) = self.stations[*at].kiosk_mut() {
                    kiosk.set_cash(*mood);
                    kiosk.cash.hopper_won = *holds;
                    kiosk.cash.told_change_won = *says;
                }
                self.tell_status(*at, |it| it.cash.status());
            }
            Action::Terminal(at, mood) => {
                if let Some(kiosk) = self.stations[*at].kiosk_mut() {
                    kiosk.set_terminal(*mood);
                }
                self.tell_status(*at, |it| it.terminal.status());
            }
            Action::ResetCounters(at) => {
                if let Some(kiosk) = self.stations[*at].kiosk_mut() {
                    kiosk.reset_counters();
                }
            }
            Action::Mend(at) => self.mend(*at),
            Action::Clerk(at, work) => self.clerk(*at, *work),
            Action::Wait(time) => self.pass(*time),
            Action::Networks(networks) => self.exchange.networks = *networks,
            Action::Cable(at, cable) => self.stations[*at].cable = *cable,
            Action::CutPower(at, cut) => self.stations[*at].power.push_back(*cut),
            Action::FillDisk(at, entries) => self.stations[*at].room = Some(*entries),
            Action::CopyDisk(at) => self.copy_disk(*at),
            Action::StartCopy(at, writes) => self.start_copy(*at, *writes),
            Action::Restart(at) => self.crash(*at, None),
            Action::SetClock(at, seconds) => self.stations[*at].clock_millis += seconds * 1_000,
            Action::RestartExchange => self.restart_exchange(),
        }
    }

    pub(crate) fn mend(&mut self, at: usize) {
        if let Some(kiosk) = self.stations[at].kiosk_mut() {
            kiosk.mend();
            self.tell_status(at, |it| it.printer.status());
            self.tell_status(at, |it| it.receipts.status());
            self.tell_status(at, |it| it.cash.status());
        }
    }
}
