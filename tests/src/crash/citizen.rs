//! A citizen who wants a household's certificate, and perhaps others besides, and pays with
//! a coin and a note.

use std::time::{Duration, Instant};

use kiosk::visit::{Key, Touch, view::Means};

use super::{
    line::{Said, Told},
    stand::CrashStand,
};

const SERVICE: &str = "resident-register-household";
const COIN: u32 = 100;
const NOTE: u32 = 1_000;
/// A slot opens within this, or the kiosk behind it has died.
const SLOT: Duration = Duration::from_secs(10);

/// How a visit ended for the citizen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The screen went back to the welcome.
    Served,
    Died,
}

/// What a citizen went through.
#[derive(Clone, Copy, Debug)]
pub struct Experience {
    pub end: End,
    /// Money put into the slots.
    pub given_won: u32,
}

impl CrashStand {
    /// Waits for a screen on which everything works; `false` when the kiosk died.
    pub fn until_welcome(&mut self) -> bool {
        while let Some(said) = self.kiosk.hear() {
            if let Said::Screen { name, ready: true } = said
                && name == "welcome"
            {
                return true;
            }
        }
        false
    }

    /// From the welcome to the welcome, doing what the screens say.
    pub fn visit(&mut self, besides: &[&str]) -> Experience {
        self.visit_watched(besides, |_, _| {})
    }

    /// As [`CrashStand::visit`], with somebody who looks at the process at each new screen.
    pub fn visit_watched(
        &mut self,
        besides: &[&str],
        mut look: impl FnMut(u32, &str),
    ) -> Experience {
        let mut given_won = 0;
        let mut wanted = std::iter::once(SERVICE).chain(besides.iter().copied());
        let mut left = besides.len();
        self.touch(Touch::Start);
        let mut before = String::new();
        while let Some(said) = self.kiosk.hear() {
            let Said::Screen { name, ready } = said else {
                continue;
            };
            let again = std::mem::replace(&mut before, format!("{name} {ready}"));
            if again == before {
                continue;
            }
            look(self.kiosk.id(), &name);
            match name.as_str() {
                "find" => {
                    let service = wanted.next().unwrap_or(SERVICE).to_owned();
                    self.touch(Touch::ChooseService(service));
                }
                "review" | "basket" if left > 0 => {
                    left -= 1;
                    self.touch(Touch::AddAnother);
                }
                "service" | "options" | "review" | "basket" | "take-paper" | "failed"
                | "farewell" => self.touch(Touch::Next),
                "insert-card" => self.insert_card(),
                "resident-number" => {
                    for digit in self.citizen.resident_number.chars() {
                        self.touch(Touch::Key(Key::Character(digit)));
                    }
                    self.touch(Touch::Next);
                }
                "consent" => self.touch(Touch::Agree),
                "pay" if ready => given_won += self.pay(),
                "pay" => self.touch(Touch::PayWith(Means::Cash)),
                "receipt" => self.touch(Touch::WantReceipt),
                "take-card" => self.pull_card(),
                "welcome" => {
                    return Experience {
                        end: End::Served,
                        given_won,
                    };
                }
                _ => {}
            }
        }
        Experience {
            end: End::Died,
            given_won,
        }
    }

    pub fn pull_card(&mut self) {
        self.bench.card_reader.with(|reader| reader.pull());
    }

    fn insert_card(&mut self) {
        let citizen = self.citizen;
        self.bench.card_reader.with(|reader| {
            if !reader.has_card() {
                reader.insert(citizen, Instant::now());
            }
        });
    }

    /// Puts a coin and a note in as soon as the slots are open; answers how much.
    fn pay(&mut self) -> u32 {
        let given_up = Instant::now() + SLOT;
        while !self
            .bench
            .cash
            .with(|cash| cash.takes_coins() && cash.takes_notes())
        {
            if Instant::now() > given_up || self.kiosk.dies_within(Duration::ZERO) {
                return 0;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        self.bench.cash.with(|cash| {
            cash.insert_coin(COIN);
            cash.insert_note(NOTE);
        });
        COIN + NOTE
    }

    fn touch(&mut self, touch: Touch) {
        self.kiosk.tell(&Told::Touch(touch));
    }
}
