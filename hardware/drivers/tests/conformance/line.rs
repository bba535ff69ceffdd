//! A driver before its twin, on one line in virtual time. The line itself may be slow,
//! noisy, deaf, or pulled in the middle of a frame.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use bench::{Twin, model::Dice};
use drivers::{Driver, Input, Output};

/// More turns within one instant are a busy loop.
const TURNS_MAX: u32 = 100_000;
/// What a receiver hears when it listens at the wrong speed.
const NOISE: [u8; 6] = [0x00, 0x80, 0xe0, 0xf8, 0xfe, 0xff];

/// What a device on a line of its own may do besides talking.
pub(crate) trait Device: Twin {
    /// Whether it breaks the line by itself.
    fn hangs_up(&mut self) -> bool {
        false
    }

    fn hung_up(&mut self) {}
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Line {
    #[default]
    Well,
    /// So long from one byte of the device to the next.
    Slow(Duration),
    /// Of the device nothing but noise arrives.
    Noisy,
    /// Nothing arrives either way.
    Dead,
    /// Of what the device says some arrives whole, some bent, cut or twice, with noise
    /// between, in pieces of any size.
    Storm,
}

pub(crate) struct Bench<D: Driver, T: Device> {
    pub(crate) driver: D,
    pub(crate) twin: T,
    pub(crate) now: Instant,
    pub(crate) told: Vec<D::Event>,
    pub(crate) line: Line,
    /// The line is pulled when so many bytes more have gone over it, either way.
    pub(crate) pulled_after: Option<usize>,
    connected: bool,
    /// The driver does without its line for now.
    let_go: bool,
    read: usize,
    dice: Dice,
    /// On their way from the device.
    coming: VecDeque<(Instant, u8)>,
}

impl<D: Driver, T: Device> Bench<D, T>
where
    D::Event: Clone + std::fmt::Debug,
{
    pub(crate) fn connected(driver: D, twin: T) -> Self {
        let mut bench = Self {
            driver,
            twin,
            now: Instant::now(),
            told: Vec::new(),
            line: Line::Well,
            pulled_after: None,
            connected: false,
            let_go: false,
            read: 0,
            dice: Dice::new(7),
            coming: VecDeque::new(),
        };
        bench.connect();
        bench
    }

    /// Dice that fall anew, for another storm.
    pub(crate) fn storm(&mut self, seed: u64) {
        self.dice = Dice::new(seed);
        self.line = Line::Storm;
    }

    /// The line is good, and plugged in where it was pulled.
    pub(crate) fn mend(&mut self) {
        self.line = Line::Well;
        self.pulled_after = None;
        if !self.connected && !self.let_go {
            self.connect();
        }
    }

    fn connect(&mut self) {
        self.connected = true;
        self.driver.handle(Input::Connected, self.now);
        self.exchange();
    }

    fn pull(&mut self) {
        self.connected = false;
        self.pulled_after = None;
        self.coming.clear();
        self.twin.hung_up();
        self.driver.handle(Input::HungUp, self.now);
    }

    pub(crate) fn order(&mut self, order: D::Order) {
        self.driver.handle(Input::Order(order), self.now);
        self.exchange();
    }

    /// The next news for which `wanted` says so; `None` when it is not told in time.
    pub(crate) fn until(
        &mut self,
        patience: Duration,
        wanted: impl Fn(&D::Event) -> bool,
    ) -> Option<D::Event> {
        let end = self.now + patience;
        self.exchange();
        loop {
            while let Some(event) = self.told.get(self.read).cloned() {
                self.read += 1;
                if wanted(&event) {
                    return Some(event);
                }
            }
            if !self.step(end) {
                self.now = end;
                return None;
            }
        }
    }

    pub(crate) fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        self.exchange();
        while self.step(end) {}
        self.now = end;
    }

    /// What was told so far is read.
    pub(crate) fn forget(&mut self) {
        self.read = self.told.len();
    }

    /// The next thing that happens by itself; `false` when nothing does until then.
    fn step(&mut self, end: Instant) -> bool {
        let due = [
            self.driver.poll_timeout(),
            self.twin.poll_timeout(),
            self.coming.front().map(|(at, _)| *at),
        ];
        let Some(due) = due.into_iter().flatten().min().filter(|due| *due <= end) else {
            return false;
        };
        self.now = self.now.max(due);
        if self.twin.poll_timeout().is_some_and(|at| at <= self.now) {
            self.twin.handle_timeout(self.now);
        }
        if self.driver.poll_timeout().is_some_and(|at| at <= self.now) {
            self.driver.handle_timeout(self.now);
        }
        self.exchange();
        true
    }

    /// Carries bytes to and fro until both rest.
    fn exchange(&mut self) {
        for _ in 0..TURNS_MAX {
            if let Some(output) = self.driver.poll_output() {
                match output {
                    Output::Wire(bytes) => self.carry_to_device(&bytes),
                    Output::Tell(event) => self.told.push(event),
                    Output::HangUp if self.connected => {
                        self.let_go = !self.driver.wants_line();
                        self.pull();
                    }
                    Output::HangUp => {}
                }
            } else if let Some(bytes) = self.twin.poll_wire() {
                self.comes(&bytes);
            } else if let Some((at, byte)) = self.coming.front().copied()
                && at <= self.now
            {
                self.coming.pop_front();
                let mut piece = vec![byte];
                if self.line == Line::Storm {
                    let more = usize::try_from(self.dice.below(64)).unwrap();
                    let due = self.coming.iter().take_while(|(at, _)| *at <= self.now);
                    let more = due.count().min(more);
                    piece.extend(self.coming.drain(..more).map(|(_, byte)| byte));
                }
                self.carry_to_driver(piece);
            } else if self.connected && self.twin.hangs_up() {
                self.pull();
            } else if self.let_go && self.driver.wants_line() {
                self.let_go = false;
                self.connected = true;
                self.driver.handle(Input::Connected, self.now);
            } else {
                return;
            }
        }
        panic!("driver and twin never rest");
    }

    fn comes(&mut self, bytes: &[u8]) {
        if !self.connected || self.line == Line::Dead {
            return;
        }
        let gap = match self.line {
            Line::Slow(gap) => gap,
            Line::Well | Line::Noisy | Line::Dead | Line::Storm => Duration::ZERO,
        };
        let bent = match self.line {
            Line::Storm => self.bend(bytes),
            Line::Well | Line::Slow(_) | Line::Noisy | Line::Dead => bytes.to_vec(),
        };
        let mut at = self.coming.back().map_or(self.now, |(at, _)| *at);
        for byte in bent {
            at += gap;
            let byte = match self.line {
                Line::Noisy => self.dice.pick(&NOISE),
                Line::Well | Line::Slow(_) | Line::Dead | Line::Storm => byte,
            };
            self.coming.push_back((at, byte));
        }
    }

    fn bend(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bent = bytes.to_vec();
        let place = usize::try_from(self.dice.below(bytes.len().max(1) as u64)).unwrap();
        match self.dice.below(8) {
            0 => bent[place] ^= 1 << self.dice.below(8),
            1 => bent.truncate(place),
            2 => {
                bent.remove(place);
            }
            3 => bent.extend_from_slice(bytes),
            4 => bent = [self.noise(40), bent].concat(),
            5 => bent = self.noise(400),
            _ => {}
        }
        bent
    }

    fn noise(&mut self, most: u64) -> Vec<u8> {
        let length = self.dice.below(most);
        (0..length).map(|_| self.byte()).collect()
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.dice.below(256)).unwrap()
    }

    fn carry_to_driver(&mut self, piece: Vec<u8>) {
        let bytes = piece.len();
        self.driver.handle(Input::Wire(piece), self.now);
        self.count(bytes);
    }

    fn carry_to_device(&mut self, bytes: &[u8]) {
        if !self.connected || self.line == Line::Dead {
            return;
        }
        let whole = bytes.len();
        let there = self.pulled_after.map_or(whole, |left| left.min(whole));
        self.twin.receive(&bytes[..there], self.now);
        self.count(there);
    }

    /// So many bytes more have gone over the line.
    fn count(&mut self, bytes: usize) {
        if let Some(left) = &mut self.pulled_after {
            *left = left.saturating_sub(bytes);
            if *left == 0 {
                self.pull();
            }
        }
    }
}
