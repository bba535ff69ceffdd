//! A ccTalk hopper: coins of one value, paid out one after the other.
//!
//! Its orders to pay carry its serial number. Hoppers that want a cipher key
//! instead (headers 160 and 161) refuse them: nothing is paid out of those.

use std::time::{Duration, Instant};

use super::{
    acceptor::is_due,
    cctalk::header,
    change::Stock,
    line::{Question, Reply},
    payout::{JAMMED, Payout, PayoutEnd, read_count},
    value::coin_won,
};

/// How one hopper of the station is fitted and filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HopperSettings {
    /// Its ccTalk address, 3 to 10 as a rule.
    pub address: u8,
    pub value_won: u32,
    /// Coins that were in it when it was last filled; it is always filled so far.
    pub coins: u32,
    /// The hopper's own count of coins paid (header 168) at that time.
    pub coins_paid_before: u32,
}

/// Before a silent hopper is asked again, and a present one whether it still is.
const RETRY: Duration = Duration::from_secs(2);
/// A hopper found paying is looked at again after so long, and so often: it gives
/// up by itself after some 10 s without a coin.
const LOOK: Duration = Duration::from_millis(200);
const LOOKS_MAX: u8 = 250;
/// Header 217: the low level sensor is fitted, and does not see a coin.
const LOW_SENSOR_FITTED: u8 = 1 << 4;
const LOW: u8 = 1 << 0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Silent,
    Category,
    Serial,
    Coin,
    /// It may still pay what was ordered before the station started anew.
    Standstill,
    Count,
    Ready,
}

pub(super) struct Hopper {
    settings: HopperSettings,
    step: Step,
    serial: [u8; 3],
    level: u32,
    /// Its own count of coins paid.
    paid_coins: Option<u32>,
    /// How often it was found still paying.
    looks: u8,
    /// It ran empty; its count says otherwise until it is filled.
    empty: bool,
    was_low: bool,
    filled: bool,
    /// By an order, which is answered.
    fill_ordered: bool,
    /// The answer, until it is told.
    fill_counted: Option<u32>,
    /// It does not pay though it has coins.
    jammed: bool,
    /// It is not the hopper it should be.
    misfit: bool,
    /// Of the identification that is under way: it does not seem to be.
    doubted: bool,
    payout: Option<Payout>,
    ask_at: Option<Instant>,
}

impl Hopper {
    pub(super) fn new(settings: HopperSettings) -> Self {
        Self {
            settings,
            step: Step::Category,
            serial: [0; 3],
            level: 0,
            paid_coins: None,
            looks: 0,
            empty: false,
            was_low: false,
            filled: false,
            fill_ordered: false,
            fill_counted: None,
            jammed: false,
            misfit: false,
            doubted: false,
            payout: None,
            ask_at: None,
        }
    }

    /// Identifies the device from the beginning; a running payout goes on.
    pub(super) fn restart(&mut self) {
        self.step = Step::Category;
        self.ask_at = None;
        self.looks = 0;
    }

    /// It holds so many coins now; its own count of coins paid is read anew.
    pub(super) fn fill(&mut self, coins: u32) {
        self.settings.coins = coins;
        self.filled = true;
        self.fill_ordered = true;
        self.empty = false;
        self.restart();
    }

    /// Its count at the time it was filled by an order; once.
    pub(super) fn fill_counted(&mut self) -> Option<u32> {
        self.fill_counted.take()
    }

    /// All that it has paid in its life, in won, by its own count.
    pub(super) fn paid_won(&self) -> Option<u64> {
        let coins = self.paid_coins.filter(|_| self.step == Step::Ready)?;
        Some(u64::from(coins) * u64::from(self.settings.value_won))
    }

    pub(super) fn address(&self) -> u8 {
        self.settings.address
    }

    pub(super) fn value_won(&self) -> u32 {
        self.settings.value_won
    }

    pub(super) fn is_starting(&self) -> bool {
        !matches!(self.step, Step::Ready | Step::Silent) && !self.misfit
    }

    /// It needs a hand.
    pub(super) fn has_failed(&self) -> bool {
        self.jammed || self.misfit || self.step == Step::Silent
    }

    /// What it can pay now.
    pub(super) fn stock(&self) -> Stock {
        let pays = self.step == Step::Ready && !self.empty && !self.has_failed();
        Stock {
            value_won: self.settings.value_won,
            coins: if pays { self.level } else { 0 },
        }
    }

    pub(super) fn pay(&mut self, coins: u8, now: Instant) {
        self.payout = Some(Payout::new(coins, now));
    }

    pub(super) fn next_question(&mut self, now: Instant) -> Option<Question> {
        let address = self.settings.address;
        if let Some(payout) = &self.payout {
            return payout.next_question(address, self.serial, now);
        }
        if !is_due(self.ask_at, now) {
            return None;
        }
        let header = match self.step {
            // Once, so that an absent device holds nobody up.
            Step::Silent => {
                return Some(Question::once(address, header::EQUIPMENT_CATEGORY, &[]));
            }
            Step::Category => header::EQUIPMENT_CATEGORY,
            Step::Serial => header::SERIAL_NUMBER,
            Step::Coin => header::REQUEST_HOPPER_COIN,
            Step::Standstill => header::HOPPER_STATUS,
            Step::Count => header::DISPENSE_COUNT,
            Step::Ready if self.jammed => header::TEST_HOPPER,
            Step::Ready => header::HOPPER_LEVELS,
        };
        Some(Question::new(address, header, &[]))
    }

    /// When it next wants to ask; `None` means at once.
    pub(super) fn due(&self) -> Option<Instant> {
        match &self.payout {
            Some(payout) => payout.due(),
            None => self.ask_at,
        }
    }

    pub(super) fn stalled_at(&self) -> Option<Instant> {
        self.payout.as_ref().map(Payout::stalled_at)
    }

    pub(super) fn answered(&mut self, reply: &Reply, now: Instant) -> Option<PayoutEnd> {
        if let Some(payout) = &mut self.payout {
            let end = payout.answered(reply, now)?;
            return Some(self.end(end));
        }
        self.ask_at = None;
        match (self.step, reply) {
            (_, Reply::Silent) => {
                self.step = Step::Silent;
                self.ask_at = Some(now + RETRY);
            }
            (Step::Silent | Step::Category, reply) => {
                self.doubted = !matches!(
                    reply,
                    Reply::Answer(data) if data.eq_ignore_ascii_case(b"Payout")
                );
                self.step = Step::Serial;
            }
            (Step::Serial, reply) => {
                match reply {
                    Reply::Answer(data) => {
                        self.serial = data[..].try_into().unwrap_or_default();
                    }
                    Reply::Refused | Reply::Silent => self.doubted = true,
                }
                self.step = Step::Coin;
            }
            (Step::Coin, _) => {
                // A hopper that does not know its coin is believed the settings.
                if let Reply::Answer(id) = reply
                    && coin_won(id).is_some_and(|won| won != self.settings.value_won)
                {
                    tracing::warn!(address = self.address(), "A hopper holds other coins");
                    self.doubted = true;
                }
                self.step = Step::Standstill;
            }
            (Step::Standstill, Reply::Answer(data))
                if data.get(1).is_some_and(|remaining| *remaining > 0)
                    && self.looks < LOOKS_MAX =>
            {
                self.looks += 1;
                self.ask_at = Some(now + LOOK);
            }
            (Step::Standstill, _) => self.step = Step::Count,
            (Step::Count, reply) => {
                if let Reply::Answer(data) = reply {
                    self.count(data);
                }
                self.misfit = self.doubted;
                self.step = Step::Ready;
            }
            (Step::Ready, reply) => {
                if let Reply::Answer(data) = reply {
                    self.look(data);
                }
                // Noise may have spoken for it: it is asked once more who it is.
                if self.misfit {
                    self.restart();
                }
                self.ask_at = Some(now + RETRY);
            }
        }
        None
    }

    pub(super) fn handle_timeout(&mut self, now: Instant) -> Option<PayoutEnd> {
        let end = self.payout.as_mut()?.handle_timeout(now)?;
        Some(self.end(end))
    }

    fn end(&mut self, end: PayoutEnd) -> PayoutEnd {
        let ordered = self.payout.take().map_or(0, |payout| payout.coins());
        match end {
            PayoutEnd::Paid { coins, jammed } => {
                self.jammed |= jammed;
                // It may have been ordered by a number that is not its own.
                if jammed && coins == 0 {
                    self.restart();
                }
                self.empty |= coins < ordered && !jammed;
                self.level = self.level.saturating_sub(u32::from(coins));
                self.paid_coins = self.paid_coins.map(|paid| paid + u32::from(coins));
            }
            // Its count is read anew, which tells how far it came.
            PayoutEnd::Unknown => self.restart(),
        }
        self.ask_at = None;
        end
    }

    fn count(&mut self, data: &[u8]) {
        self.paid_coins = read_count(data);
        let paid = self.paid_coins.unwrap_or(0);
        if std::mem::take(&mut self.filled) {
            self.settings.coins_paid_before = paid;
            if std::mem::take(&mut self.fill_ordered) {
                self.fill_counted = Some(paid);
            }
        }
        let since = paid.saturating_sub(self.settings.coins_paid_before);
        self.level = self.settings.coins.saturating_sub(since);
    }

    /// Looks whether a jam is gone, or whether coins lie before the sensor where
    /// none lay before.
    fn look(&mut self, data: &[u8]) {
        let Some(&flags) = data.first() else {
            return;
        };
        if self.jammed {
            self.jammed = flags & JAMMED != 0;
        } else if flags & LOW_SENSOR_FITTED != 0 {
            let was_low = std::mem::replace(&mut self.was_low, flags & LOW != 0);
            if was_low && !self.was_low {
                tracing::info!(address = self.address(), "A hopper was filled");
                self.empty = false;
                self.filled = true;
                self.step = Step::Count;
                self.ask_at = None;
            }
        }
    }
}
