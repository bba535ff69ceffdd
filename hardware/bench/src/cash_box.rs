//! A cash box seen from the wire: coin acceptor, bill validator and hoppers on
//! one ccTalk line (Generic Specification, issue 4.7), and where the money is.

mod bill_validator;
mod coin_acceptor;
mod event_buffer;
mod frame;
mod hopper;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use bill_validator::BillValidator;
use coin_acceptor::CoinAcceptor;
use frame::{Answer, Heard};
use hopper::Hopper;

use crate::Twin;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Well,
    /// The next coin sticks before the credit sensor.
    CoinJam,
    /// A note that is to be stacked sticks.
    NoteJam,
    /// The stacker has no room for another note.
    NotesFull,
    /// The hoppers turn and nothing comes out.
    HopperJam,
    /// No device answers.
    Dead,
    /// The hoppers pay and count nothing.
    Lying,
    /// A hopper loses its power after the second coin.
    Resetting,
    /// Every answer is said twice, with noise between.
    Stuttering,
    /// Every other answer is damaged.
    Garbling,
}

/// How a hopper of the default box is fitted and filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HopperFitting {
    pub address: u8,
    pub value_won: u32,
    pub coins: u32,
}

/// The hoppers of the default box.
pub const HOPPERS: [HopperFitting; 4] = [
    fitting(3, 500, 60),
    fitting(4, 100, 100),
    fitting(5, 50, 40),
    fitting(6, 10, 100),
];

const fn fitting(address: u8, value_won: u32, coins: u32) -> HopperFitting {
    HopperFitting {
        address,
        value_won,
        coins,
    }
}

/// Where all money is, in won.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    pub cash_box_won: u32,
    pub stacker_won: u32,
    pub escrow_won: u32,
    /// Coins that stick where they should not.
    pub stuck_won: u32,
    pub hoppers_won: u32,
    /// Coins before the citizen: rejected or paid.
    pub tray_won: u32,
    /// Notes before the citizen: rejected or returned.
    pub mouth_won: u32,
}

impl Holdings {
    /// The filling of the hoppers and what was ever put in: money is conserved.
    #[must_use]
    pub fn total_won(&self) -> u32 {
        self.cash_box_won
            + self.stacker_won
            + self.escrow_won
            + self.stuck_won
            + self.hoppers_won
            + self.tray_won
            + self.mouth_won
    }
}

/// A receiver forgets half a frame after so much silence.
const FORGET: Duration = Duration::from_millis(50);
/// Longest frame; more without a frame is noise.
const HEARD_MAX: usize = 257;

pub struct CashBox {
    mood: Mood,
    coins: CoinAcceptor,
    notes: BillValidator,
    hoppers: Vec<Hopper>,
    heard: Vec<u8>,
    heard_at: Option<Instant>,
    answers: u32,
    wire: VecDeque<Vec<u8>>,
}

impl Default for CashBox {
    fn default() -> Self {
        Self::new(&HOPPERS)
    }
}

impl CashBox {
    #[must_use]
    pub fn new(hoppers: &[HopperFitting]) -> Self {
        Self {
            mood: Mood::default(),
            coins: CoinAcceptor::default(),
            notes: BillValidator::default(),
            hoppers: hoppers.iter().map(Hopper::new).collect(),
            heard: Vec::new(),
            heard_at: None,
            answers: 0,
            wire: VecDeque::new(),
        }
    }

    pub fn mood(&self) -> Mood {
        self.mood
    }

    /// Makes the box well, or not; making it well frees what was stuck.
    pub fn set_mood(&mut self, mood: Mood) {
        self.mood = mood;
        self.coins.set_jam(mood == Mood::CoinJam);
        self.notes.set_mood(mood);
        for hopper in &mut self.hoppers {
            hopper.set_mood(mood);
        }
    }

    /// Somebody drops a coin in. One that is not taken falls into the tray.
    pub fn insert_coin(&mut self, value_won: u32) {
        self.coins.insert(value_won);
    }

    /// Somebody offers a note. One that is not taken comes back out.
    pub fn insert_note(&mut self, value_won: u32) {
        self.notes.insert(value_won);
    }

    /// A technician fills the hopper of this value.
    pub fn fill(&mut self, value_won: u32, coins: u32) {
        for hopper in self
            .hoppers
            .iter_mut()
            .filter(|it| it.value_won == value_won)
        {
            hopper.coins += coins;
        }
    }

    /// Takes all coins out of the hopper of this value; answers how many.
    pub fn empty(&mut self, value_won: u32) -> u32 {
        let hoppers = self.hoppers.iter_mut();
        hoppers
            .filter(|it| it.value_won == value_won)
            .map(|hopper| std::mem::take(&mut hopper.coins))
            .sum()
    }

    /// The citizen takes what lies in the tray and in the mouth.
    pub fn take_out(&mut self) -> u32 {
        let hoppers = self.hoppers.iter_mut();
        let paid: u32 = hoppers
            .map(|hopper| std::mem::take(&mut hopper.tray_won))
            .sum();
        paid + std::mem::take(&mut self.coins.tray_won) + std::mem::take(&mut self.notes.mouth_won)
    }

    /// The power fails and comes back: every counter starts at nought, and a
    /// note in the escrow is given back.
    pub fn reset(&mut self) {
        self.coins.reset();
        self.notes.reset();
        self.hoppers.iter_mut().for_each(Hopper::reset);
        self.heard.clear();
    }

    #[must_use]
    pub fn holdings(&self) -> Holdings {
        Holdings {
            cash_box_won: self.coins.cash_box_won,
            stacker_won: self.notes.stacker_won,
            escrow_won: self.notes.escrow_won(),
            stuck_won: self.coins.stuck_won,
            hoppers_won: self.hoppers.iter().map(|it| it.coins * it.value_won).sum(),
            tray_won: self.coins.tray_won + self.hoppers.iter().map(|it| it.tray_won).sum::<u32>(),
            mouth_won: self.notes.mouth_won,
        }
    }

    #[must_use]
    pub fn takes_coins(&self) -> bool {
        self.coins.is_open()
    }

    #[must_use]
    pub fn takes_notes(&self) -> bool {
        self.notes.is_open()
    }

    fn listen(&mut self, now: Instant) {
        loop {
            match frame::read(&self.heard) {
                Heard::Incomplete if self.heard.len() < HEARD_MAX => return,
                Heard::Incomplete | Heard::Noise => return self.heard.clear(),
                Heard::Request { length, request } => {
                    self.heard.drain(..length);
                    let answer = match request.destination {
                        coin_acceptor::ADDRESS => self.coins.answer(&request),
                        bill_validator::ADDRESS => self.notes.answer(&request, now),
                        address => (self.hoppers.iter_mut())
                            .find(|hopper| hopper.address == address)
                            .and_then(|hopper| hopper.answer(&request, now)),
                    };
                    if let Some(answer) = answer {
                        self.say(request.destination, &answer);
                    }
                }
            }
        }
    }

    fn say(&mut self, source: u8, answer: &Answer) {
        let mut bytes = frame::encode(source, answer);
        self.answers += 1;
        if self.mood == Mood::Dead {
            return;
        }
        if self.mood == Mood::Garbling
            && self.answers.is_multiple_of(2)
            && let Some(check) = bytes.last_mut()
        {
            *check ^= 0x20;
        }
        if self.mood == Mood::Stuttering {
            self.wire.push_back(bytes.clone());
            self.wire.push_back(vec![0x00, 0xff, source]);
        }
        self.wire.push_back(bytes);
    }
}

impl Twin for CashBox {
    fn receive(&mut self, bytes: &[u8], now: Instant) {
        // All devices and the host hang on one wire: the host hears itself.
        self.wire.push_back(bytes.to_vec());
        if self
            .heard_at
            .is_some_and(|at| now.saturating_duration_since(at) > FORGET)
        {
            self.heard.clear();
        }
        self.heard_at = Some(now);
        self.heard.extend_from_slice(bytes);
        self.listen(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.notes.handle_timeout(now);
        for hopper in &mut self.hoppers {
            hopper.handle_timeout(now);
        }
    }

    fn poll_wire(&mut self) -> Option<Vec<u8>> {
        self.wire.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        let hoppers = self.hoppers.iter().filter_map(Hopper::poll_timeout);
        hoppers.chain(self.notes.poll_timeout()).min()
    }
}
