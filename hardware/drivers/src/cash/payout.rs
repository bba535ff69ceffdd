//! One dispense of a hopper: ordered once, proven by the hopper's own counters.
//!
//! A hopper counts the dispense orders it heard (header 166, 1..=255 and round;
//! 0 after a reset) and, for life, the coins it paid (header 168). Some count an
//! order that they refuse, too, and go on telling the payout before it (Suzo-Happ
//! Flow manual 0.6, header 167), so the end of a payout is believed only where
//! both counts agree, and the order is sent again only where no coin was paid.

use std::time::{Duration, Instant};

use super::{
    cctalk::header,
    line::{Question, Reply},
};

const WATCH: Duration = Duration::from_millis(100);
/// A hopper gives up by itself after some 10 s without a coin.
const STALLED: Duration = Duration::from_secs(15);
/// From the emergency stop to the standstill.
const STANDSTILL: Duration = Duration::from_secs(3);
/// How often an order that was provably not taken is given.
const TRIES: u8 = 3;
/// Header 164: enables the payout.
const ENABLE: u8 = 165;

/// Flags of header 163, first register: a coin or something else is in the way.
pub(super) const JAMMED: u8 = 1 << 0 // maximum current exceeded
    | 1 << 3 // opto fraud, path blocked while idle
    | 1 << 5; // opto blocked during payout

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PayoutEnd {
    /// So many coins came out, by the hopper's own count.
    Paid { coins: u8, jammed: bool },
    /// The counters were lost or contradict each other.
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Before,
    CountBefore,
    Enable,
    Dispense,
    Watch,
    /// It is at its end, or seems not to have been taken.
    CountAfter {
        paid: u8,
        unpaid: u8,
    },
    Stop,
    Examine {
        paid: u8,
    },
}

pub(super) struct Payout {
    coins: u8,
    step: Step,
    tries_left: u8,
    counter_before: u8,
    count_before: Option<u32>,
    /// It was acknowledged, or seen at work.
    taken: bool,
    stopped: bool,
    paid: u8,
    watch_at: Option<Instant>,
    stalled_at: Instant,
}

impl Payout {
    pub(super) fn new(coins: u8, now: Instant) -> Self {
        Self {
            coins,
            step: Step::Before,
            tries_left: TRIES,
            counter_before: 0,
            count_before: None,
            taken: false,
            stopped: false,
            paid: 0,
            watch_at: None,
            stalled_at: now + STALLED,
        }
    }

    pub(super) fn coins(&self) -> u8 {
        self.coins
    }

    /// What to ask the hopper; `serial` makes the order valid.
    pub(super) fn next_question(
        &self,
        address: u8,
        serial: [u8; 3],
        now: Instant,
    ) -> Option<Question> {
        if self.watch_at.is_some_and(|at| now < at) {
            return None;
        }
        Some(match self.step {
            Step::Before | Step::Watch => Question::new(address, header::HOPPER_STATUS, &[]),
            Step::CountBefore | Step::CountAfter { .. } => {
                Question::new(address, header::DISPENSE_COUNT, &[])
            }
            Step::Enable => Question::new(address, header::ENABLE_HOPPER, &[ENABLE]),
            Step::Dispense => {
                let [low, middle, high] = serial;
                let data = [low, middle, high, self.coins];
                Question::once(address, header::DISPENSE_COINS, &data)
            }
            Step::Stop => Question::new(address, header::EMERGENCY_STOP, &[]),
            Step::Examine { .. } => Question::new(address, header::TEST_HOPPER, &[]),
        })
    }

    pub(super) fn due(&self) -> Option<Instant> {
        self.watch_at
    }

    pub(super) fn stalled_at(&self) -> Instant {
        self.stalled_at
    }

    pub(super) fn answered(&mut self, reply: &Reply, now: Instant) -> Option<PayoutEnd> {
        self.watch_at = None;
        let data = match reply {
            Reply::Answer(data) => Some(&data[..]),
            Reply::Refused | Reply::Silent => None,
        };
        match (self.step, data) {
            (Step::Before, Some(&[counter, 0, _, _])) => {
                self.counter_before = counter;
                self.step = Step::CountBefore;
            }
            // A hopper without this counter is believed less, not asked for ever.
            (Step::CountBefore, _) if *reply != Reply::Silent => {
                self.count_before = data.and_then(read_count);
                self.step = Step::Enable;
            }
            (Step::Enable, Some(_)) => self.step = Step::Dispense,
            (Step::Dispense, _) if *reply == Reply::Refused => self.step = self.not_taken(),
            (Step::Dispense, _) => {
                self.taken = data.is_some();
                self.step = Step::Watch;
            }
            (Step::Watch, Some(&[counter, remaining, paid, unpaid])) => {
                return self.watched(counter, remaining, paid, unpaid, now);
            }
            (Step::CountAfter { paid, unpaid }, _) if *reply != Reply::Silent => {
                return self.counted(data.and_then(read_count), paid, unpaid);
            }
            (Step::Stop, Some(_)) => {
                self.stopped = true;
                self.step = Step::Watch;
            }
            (Step::Examine { paid }, _) => {
                let flags = data.and_then(|data| data.first().copied()).unwrap_or(0);
                return Some(PayoutEnd::Paid {
                    coins: paid,
                    jammed: flags & JAMMED != 0 || self.stopped,
                });
            }
            // No answer, or one of the wrong length, or another payout still
            // runs: asked again until the stall is over.
            _ => self.watch_at = Some(now + WATCH),
        }
        None
    }

    pub(super) fn handle_timeout(&mut self, now: Instant) -> Option<PayoutEnd> {
        if now < self.stalled_at {
            return None;
        }
        match self.step {
            // Not yet ordered, so nothing came out.
            Step::Before | Step::CountBefore | Step::Enable => Some(PayoutEnd::Paid {
                coins: 0,
                jammed: true,
            }),
            Step::Watch if !self.stopped => {
                self.step = Step::Stop;
                self.stopped = true;
                self.watch_at = None;
                self.stalled_at = now + STANDSTILL;
                None
            }
            Step::Examine { paid } => Some(PayoutEnd::Paid {
                coins: paid,
                jammed: true,
            }),
            Step::Dispense | Step::Watch | Step::CountAfter { .. } | Step::Stop => {
                Some(PayoutEnd::Unknown)
            }
        }
    }

    fn watched(
        &mut self,
        counter: u8,
        remaining: u8,
        paid: u8,
        unpaid: u8,
        now: Instant,
    ) -> Option<PayoutEnd> {
        if counter == self.counter_before && !self.taken {
            self.step = self.not_taken();
            return None;
        }
        // An order that is heard twice is refused and counted the second time;
        // then only the count for life can tell.
        let heard_once = counter == following(self.counter_before);
        let heard = counter != 0 && counter != self.counter_before;
        if !heard || (!heard_once && self.count_before.is_none()) {
            return Some(PayoutEnd::Unknown);
        }
        if remaining > 0 {
            self.taken = true;
            if paid > self.paid {
                self.paid = paid;
                self.stalled_at = now + STALLED;
            }
            self.watch_at = Some(now + WATCH);
            return None;
        }
        self.step = Step::CountAfter { paid, unpaid };
        None
    }

    fn not_taken(&self) -> Step {
        Step::CountAfter {
            paid: 0,
            unpaid: self.coins,
        }
    }

    /// Compares the payout's own counts with the count for life.
    fn counted(&mut self, count: Option<u32>, paid: u8, unpaid: u8) -> Option<PayoutEnd> {
        let came_out = match (self.count_before, count) {
            (Some(before), Some(after)) => after.checked_sub(before),
            // Without that count a payout that was seen is believed.
            _ if self.taken => Some(u32::from(paid)),
            _ => None,
        };
        if came_out == Some(0) && !self.taken {
            return self.try_again();
        }
        if came_out != Some(u32::from(paid)) || paid.checked_add(unpaid) != Some(self.coins) {
            return Some(PayoutEnd::Unknown);
        }
        if unpaid > 0 {
            self.step = Step::Examine { paid };
            return None;
        }
        Some(PayoutEnd::Paid {
            coins: paid,
            jammed: false,
        })
    }

    fn try_again(&mut self) -> Option<PayoutEnd> {
        self.tries_left -= 1;
        if self.tries_left == 0 {
            return Some(PayoutEnd::Paid {
                coins: 0,
                jammed: true,
            });
        }
        self.step = Step::Before;
        None
    }
}

/// The counter after one more order.
fn following(counter: u8) -> u8 {
    counter.checked_add(1).unwrap_or(1)
}

/// Header 168: 24 bits, low byte first.
pub(super) fn read_count(data: &[u8]) -> Option<u32> {
    let &[low, middle, high] = data else {
        return None;
    };
    Some(u32::from_le_bytes([low, middle, high, 0]))
}
