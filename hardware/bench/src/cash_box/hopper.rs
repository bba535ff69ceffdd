//! A hopper of one coin that pays five coins a second.

use std::time::{Duration, Instant};

use super::{
    HopperFitting, Mood,
    frame::{Answer, Request},
};

const COIN: Duration = Duration::from_millis(200);
/// So long it turns without a coin before it gives up.
const GIVE_UP: Duration = Duration::from_secs(3);
/// Coins below which the low level sensor sees none.
const LOW: u32 = 5;
/// Data of header 164 that enables the payout.
const ENABLE: u8 = 165;

/// Flags of header 163, first register.
const MAXIMUM_CURRENT: u8 = 1 << 0;
const PAYOUT_TIMEOUT: u8 = 1 << 1;
const POWER_UP: u8 = 1 << 6;
const DISABLED: u8 = 1 << 7;

pub(super) struct Hopper {
    pub(super) address: u8,
    pub(super) value_won: u32,
    pub(super) coins: u32,
    pub(super) tray_won: u32,
    mood: Mood,
    enabled: bool,
    flags: u8,
    orders: u8,
    remaining: u8,
    paid: u8,
    unpaid: u8,
    /// All coins ever paid; a reset does not touch it.
    paid_ever: u32,
    next_coin_at: Option<Instant>,
    gives_up_at: Option<Instant>,
}

impl Hopper {
    pub(super) fn new(fitting: &HopperFitting) -> Self {
        Self {
            address: fitting.address,
            value_won: fitting.value_won,
            coins: fitting.coins,
            tray_won: 0,
            mood: Mood::Well,
            enabled: false,
            flags: POWER_UP,
            orders: 0,
            remaining: 0,
            paid: 0,
            unpaid: 0,
            paid_ever: 0,
            next_coin_at: None,
            gives_up_at: None,
        }
    }

    pub(super) fn set_mood(&mut self, mood: Mood) {
        self.mood = mood;
        if mood == Mood::Well {
            self.flags &= !(MAXIMUM_CURRENT | PAYOUT_TIMEOUT);
        }
    }

    pub(super) fn reset(&mut self) {
        self.enabled = false;
        self.flags = POWER_UP;
        self.orders = 0;
        self.stop();
        self.paid = 0;
        self.unpaid = 0;
    }

    pub(super) fn answer(&mut self, request: &Request, now: Instant) -> Option<Answer> {
        let [serial_low, serial_middle, serial_high] = self.serial();
        match (request.header, &request.data[..]) {
            (254, []) => Answer::acknowledge(),
            (245, []) => Answer::data(b"Payout"),
            (242, []) => Answer::data(&self.serial()),
            (217, []) => {
                // Only a low level sensor is fitted.
                Answer::data(&[1 << 4 | u8::from(self.coins < LOW)])
            }
            (172, []) => {
                self.stop();
                Answer::data(&[self.unpaid])
            }
            (171, []) => Answer::data(format!("KR{:03}A", self.value_won).as_bytes()),
            (168, []) => Answer::data(&self.paid_ever.to_le_bytes()[..3]),
            (167, &[low, middle, high, coins])
                if [low, middle, high] == [serial_low, serial_middle, serial_high] =>
            {
                self.dispense(coins, now)
            }
            (166, []) => Answer::data(&[self.orders, self.remaining, self.paid, self.unpaid]),
            (164, &[enable]) => {
                self.enabled = enable == ENABLE;
                Answer::acknowledge()
            }
            (163, []) => {
                let disabled = if self.enabled { 0 } else { DISABLED };
                Answer::data(&[self.flags | disabled, 0])
            }
            _ => Answer::refuse(),
        }
    }

    fn serial(&self) -> [u8; 3] {
        [self.address, 0x34, 0x12]
    }

    fn dispense(&mut self, coins: u8, now: Instant) -> Option<Answer> {
        // A refused order is counted, too (Suzo-Happ Flow manual 0.6, header 167).
        if self.mood != Mood::Lying {
            self.orders = self.orders.checked_add(1).unwrap_or(1);
        }
        if !self.enabled || self.remaining > 0 || coins == 0 {
            return Answer::refuse();
        }
        self.flags = 0;
        self.remaining = coins;
        self.paid = 0;
        self.unpaid = 0;
        self.next_coin_at = Some(now + COIN);
        self.gives_up_at = Some(now + GIVE_UP);
        Answer::acknowledge()
    }

    fn stop(&mut self) {
        self.unpaid = std::mem::take(&mut self.remaining);
        self.next_coin_at = None;
        self.gives_up_at = None;
    }

    pub(super) fn handle_timeout(&mut self, now: Instant) {
        if self.gives_up_at.is_some_and(|at| at <= now) {
            self.flags |= PAYOUT_TIMEOUT;
            if self.mood == Mood::HopperJam {
                self.flags |= MAXIMUM_CURRENT;
            }
            self.stop();
        } else if self.next_coin_at.is_some_and(|at| at <= now) {
            self.next_coin_at = Some(now + COIN);
            if self.coins > 0 && self.mood != Mood::HopperJam {
                self.coin_falls(now);
            }
        }
    }

    fn coin_falls(&mut self, now: Instant) {
        self.coins -= 1;
        self.tray_won += self.value_won;
        self.paid_ever += 1;
        self.remaining -= 1;
        self.paid += 1;
        self.gives_up_at = Some(now + GIVE_UP);
        if self.mood == Mood::Resetting && self.paid == 2 {
            self.reset();
        } else if self.remaining == 0 {
            self.stop();
        }
    }

    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        [self.next_coin_at, self.gives_up_at]
            .into_iter()
            .flatten()
            .min()
    }
}
