//! A cash unit and the box it drives, on one line, in virtual time.

use std::time::{Duration, Instant};

use bench::{
    Twin,
    cash_box::{CashBox, HOPPERS},
};
use devices::cash::{CashCounters, CashEvent, CashOrder, CashStatus};
use drivers::{
    Driver, Input, Output,
    cash::{CashSettings, CashUnit, HopperSettings},
};

/// Longer than anything a cash unit does by itself.
const PATIENCE: Duration = Duration::from_secs(120);
/// More turns within one instant are a busy loop.
const TURNS_MAX: u32 = 10_000;

/// What the line makes of bytes on their way.
pub(crate) type Spoiler = Box<dyn FnMut(Vec<u8>) -> Vec<u8>>;

pub(crate) struct Counter {
    pub(crate) unit: CashUnit,
    pub(crate) cash_box: CashBox,
    pub(crate) now: Instant,
    pub(crate) told: Vec<CashEvent>,
    pub(crate) spoiler: Spoiler,
    read: usize,
}

/// The default box's hoppers as a station's settings name them.
pub(crate) fn settings() -> CashSettings {
    let hoppers = HOPPERS.iter().map(|it| HopperSettings {
        address: it.address,
        value_won: it.value_won,
        coins: it.coins,
        coins_paid_before: 0,
    });
    CashSettings {
        coin_acceptor: 2,
        bill_validator: 40,
        hoppers: hoppers.collect(),
    }
}

impl Counter {
    /// Opened for the day: everything is identified.
    pub(crate) fn open() -> Self {
        let mut counter = Self::closed();
        counter.connect();
        counter.until(|event| matches!(event, CashEvent::Status(it) if it.state == devices::DeviceState::Ready));
        counter
    }

    pub(crate) fn closed() -> Self {
        Self {
            unit: CashUnit::new(settings()),
            cash_box: CashBox::default(),
            now: Instant::now(),
            told: Vec::new(),
            spoiler: Box::new(|bytes| bytes),
            read: 0,
        }
    }

    /// The station crashes and starts again, with the counters it had written down.
    /// The box goes on by itself meanwhile.
    pub(crate) fn crash(&mut self, seen: CashCounters, meanwhile: Duration) {
        let end = self.now + meanwhile;
        while let Some(due) = self.cash_box.poll_timeout().filter(|due| *due <= end) {
            self.now = self.now.max(due);
            self.cash_box.handle_timeout(self.now);
        }
        self.now = end;
        self.unit = CashUnit::new(settings()).resuming(seen);
        self.read = self.told.len();
        self.connect();
    }

    /// What the devices had counted when they last told something.
    pub(crate) fn counted(&self) -> CashCounters {
        let counted = |event: &CashEvent| {
            let CashEvent::Counted(counters) = event else {
                return None;
            };
            Some(*counters)
        };
        self.told.iter().rev().find_map(counted).unwrap()
    }

    pub(crate) fn connect(&mut self) {
        self.unit.handle(Input::Connected, self.now);
        self.exchange();
    }

    pub(crate) fn hang_up(&mut self) {
        self.unit.handle(Input::HungUp, self.now);
        self.exchange();
    }

    pub(crate) fn order(&mut self, order: CashOrder) {
        self.unit.handle(Input::Order(order), self.now);
        self.exchange();
    }

    /// Lets time pass until the unit tells the event, and answers it. What was
    /// told before it has then been read, too.
    pub(crate) fn until(&mut self, wanted: impl Fn(&CashEvent) -> bool) -> CashEvent {
        let end = self.now + PATIENCE;
        loop {
            while let Some(event) = self.told.get(self.read) {
                self.read += 1;
                if wanted(event) {
                    return event.clone();
                }
            }
            assert!(self.now < end, "never told; {:?}", self.told);
            self.step(end);
        }
    }

    pub(crate) fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        while self.now < end {
            self.step(end);
        }
    }

    /// What was told of money since the last reading.
    pub(crate) fn money_told(&mut self) -> Vec<CashEvent> {
        let news = self.told[self.read..].to_vec();
        self.read = self.told.len();
        let is_money =
            |event: &CashEvent| !matches!(event, CashEvent::Status(_) | CashEvent::Counted(_));
        news.into_iter().filter(is_money).collect()
    }

    pub(crate) fn status(&self) -> CashStatus {
        let status = |event: &CashEvent| {
            let CashEvent::Status(status) = event else {
                return None;
            };
            Some(status.clone())
        };
        self.told.iter().rev().find_map(status).unwrap()
    }

    /// Won that the unit has told to be in for good.
    pub(crate) fn taken_won(&self) -> u32 {
        let taken = self.told.iter().map(|event| {
            let &(CashEvent::CoinAccepted { value_won } | CashEvent::NoteStacked { value_won }) =
                event
            else {
                return 0;
            };
            value_won
        });
        taken.sum()
    }

    /// Jumps to the next thing that is due, at the latest to `end`.
    fn step(&mut self, end: Instant) {
        let due = [self.unit.poll_timeout(), self.cash_box.poll_timeout()];
        let due = due.into_iter().flatten().min();
        self.now = due.map_or(end, |due| due.clamp(self.now, end));
        if self
            .cash_box
            .poll_timeout()
            .is_some_and(|due| due <= self.now)
        {
            self.cash_box.handle_timeout(self.now);
        }
        if self.unit.poll_timeout().is_some_and(|due| due <= self.now) {
            self.unit.handle_timeout(self.now);
        }
        self.exchange();
    }

    /// Carries bytes to and fro until both rest.
    fn exchange(&mut self) {
        for _ in 0..TURNS_MAX {
            if let Some(output) = self.unit.poll_output() {
                match output {
                    Output::Wire(bytes) => {
                        let bytes = (self.spoiler)(bytes);
                        self.cash_box.receive(&bytes, self.now);
                    }
                    Output::Tell(event) => self.told.push(event),
                    Output::HangUp => panic!("it breaks nothing off"),
                }
            } else if let Some(bytes) = self.cash_box.poll_wire() {
                let bytes = (self.spoiler)(bytes);
                self.unit.handle(Input::Wire(bytes), self.now);
            } else {
                return;
            }
        }
        panic!("unit and box never rest");
    }
}
