//! A CCNET validator and its driver on one line, in virtual time.

use std::time::{Duration, Instant};

use bench::{
    Twin,
    ccnet_bill_validator::{CcnetBillValidator as BenchValidator, Mood},
};
use drivers::{
    Driver, Input, Output,
    cash::ccnet::{
        BillValidatorEvent, BillValidatorOrder, BillValidatorStatus, CcnetBillValidator,
    },
};

pub(crate) const NOTE_WON: u32 = 10_000;
/// The command's code (5.3).
const STACK: u8 = 0x35;
const SETTLES: Duration = Duration::from_secs(5);

pub(crate) struct Counter {
    driver: CcnetBillValidator,
    pub(crate) twin: BenchValidator,
    pub(crate) now: Instant,
    /// Bytes that went over the line, either way.
    pub(crate) carried: usize,
    /// How often a note was sent into the box.
    pub(crate) sent_on: usize,
    /// The line is pulled when so many have.
    pub(crate) pulled_after: Option<usize>,
    connected: bool,
    told: Vec<BillValidatorEvent>,
    status: BillValidatorStatus,
}

impl Counter {
    /// A validator that is ready and then falls into a mood.
    pub(crate) fn open(mood: Mood) -> Self {
        let mut counter = Self::with(BenchValidator::default(), Instant::now());
        counter.pass(SETTLES);
        counter.twin.mood = mood;
        counter
    }

    /// A driver that has just started.
    pub(crate) fn with(twin: BenchValidator, now: Instant) -> Self {
        let mut counter = Self {
            driver: CcnetBillValidator::default(),
            twin,
            now,
            carried: 0,
            sent_on: 0,
            pulled_after: None,
            connected: false,
            told: Vec::new(),
            status: BillValidatorStatus::default(),
        };
        counter.plug();
        counter
    }

    /// Puts the line in where it was pulled.
    pub(crate) fn plug(&mut self) {
        self.pulled_after = None;
        if !std::mem::replace(&mut self.connected, true) {
            self.driver.handle(Input::Connected, self.now);
            self.exchange();
        }
    }

    pub(crate) fn order(&mut self, order: BillValidatorOrder) {
        self.driver.handle(Input::Order(order), self.now);
        self.exchange();
    }

    /// The slot is opened and a note held to it; what is told of that.
    pub(crate) fn note_put_in(&mut self) -> Vec<BillValidatorEvent> {
        self.order(BillValidatorOrder::Open);
        self.pass(SETTLES);
        self.twin.insert(NOTE_WON, self.now);
        self.pass(SETTLES);
        self.told()
    }

    /// A note is put in and taken; what is told is kept.
    pub(crate) fn deed(&mut self) {
        self.order(BillValidatorOrder::Open);
        self.pass(SETTLES);
        self.twin.insert(NOTE_WON, self.now);
        self.pass(SETTLES);
        self.order(BillValidatorOrder::Stack);
        self.pass(SETTLES);
    }

    /// What was told since this was asked last, but for states.
    pub(crate) fn told(&mut self) -> Vec<BillValidatorEvent> {
        std::mem::take(&mut self.told)
    }

    pub(crate) fn status(&self) -> BillValidatorStatus {
        self.status
    }

    pub(crate) fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        self.exchange();
        while let Some(due) = [self.driver.poll_timeout(), self.twin.poll_timeout()]
            .into_iter()
            .flatten()
            .min()
            .filter(|due| *due <= end)
        {
            self.now = self.now.max(due);
            self.twin.handle_timeout(self.now);
            self.driver.handle_timeout(self.now);
            self.exchange();
        }
        self.now = end;
    }

    fn exchange(&mut self) {
        loop {
            if let Some(output) = self.driver.poll_output() {
                match output {
                    Output::Wire(bytes) => {
                        self.sent_on += usize::from(bytes.get(3) == Some(&STACK));
                        let there = self.carry(bytes.len());
                        self.twin.receive(&bytes[..there], self.now);
                    }
                    Output::Tell(BillValidatorEvent::Status(status)) => self.status = status,
                    Output::Tell(event) => self.told.push(event),
                    Output::HangUp => panic!("it breaks nothing off"),
                }
            } else if let Some(bytes) = self.twin.poll_wire() {
                // In the smallest pieces a line can give.
                let there = self.carry(bytes.len());
                for byte in &bytes[..there] {
                    self.driver.handle(Input::Wire(vec![*byte]), self.now);
                }
            } else if self.connected && self.pulled_after.is_some_and(|end| end <= self.carried) {
                self.connected = false;
                self.driver.handle(Input::HungUp, self.now);
            } else {
                return;
            }
        }
    }

    /// How many of so many bytes arrive.
    fn carry(&mut self, bytes: usize) -> usize {
        if !self.connected {
            return 0;
        }
        let left = self
            .pulled_after
            .map(|end| end.saturating_sub(self.carried));
        let there = left.map_or(bytes, |left| left.min(bytes));
        self.carried += there;
        there
    }
}
