//! A motor card reader and its driver on one line, in virtual time.

use std::time::{Duration, Instant};

use bench::{
    Twin,
    motor_card_reader::{Mood, MotorCardReader as BenchReader},
    people::PEOPLE,
};
use devices::{
    DeviceState,
    card_reader::{CardReaderEvent, CardReaderOrder},
};
use drivers::{Driver, Input, Output, card_reader::motor::MotorCardReader};
use jiff::civil::date;

const SETTLES: Duration = Duration::from_secs(10);

pub(crate) fn reader() -> MotorCardReader {
    MotorCardReader::new(|| date(2026, 11, 24))
}

pub(crate) struct Counter {
    driver: MotorCardReader,
    pub(crate) twin: BenchReader,
    pub(crate) now: Instant,
    /// Bytes that went over the line, either way.
    pub(crate) carried: usize,
    /// The line is pulled when so many have.
    pub(crate) pulled_after: Option<usize>,
    connected: bool,
    told: Vec<CardReaderEvent>,
    state: Option<DeviceState>,
}

impl Counter {
    /// A reader that is ready and then falls into a mood.
    pub(crate) fn open(mood: Mood) -> Self {
        let mut counter = Self::with(BenchReader::default(), Instant::now());
        counter.pass(SETTLES);
        counter.twin.mood = mood;
        counter
    }

    /// A driver that has just started.
    pub(crate) fn with(twin: BenchReader, now: Instant) -> Self {
        let mut counter = Self {
            driver: reader(),
            twin,
            now,
            carried: 0,
            pulled_after: None,
            connected: false,
            told: Vec::new(),
            state: None,
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

    pub(crate) fn order(&mut self, order: CardReaderOrder) {
        self.driver.handle(Input::Order(order), self.now);
        self.exchange();
    }

    /// Somebody is asked for a card and holds it to the slot; what is told of it.
    pub(crate) fn visit(&mut self) -> Vec<CardReaderEvent> {
        self.order(CardReaderOrder::Accept);
        self.pass(Duration::from_secs(2));
        self.twin.insert(PEOPLE[0], self.now);
        self.pass(SETTLES);
        self.told()
    }

    /// What was told since this was asked last, but for states.
    pub(crate) fn told(&mut self) -> Vec<CardReaderEvent> {
        std::mem::take(&mut self.told)
    }

    pub(crate) fn state(&self) -> DeviceState {
        self.state.unwrap_or_default()
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
                        let there = self.carry(bytes.len());
                        self.twin.receive(&bytes[..there], self.now);
                    }
                    Output::Tell(CardReaderEvent::Status(status)) => {
                        self.state = Some(status.state);
                    }
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
