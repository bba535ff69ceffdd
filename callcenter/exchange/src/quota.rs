//! How much each source may ask: nobody finds a paper by trying numbers, and nobody
//! keeps the others from asking.

use std::{
    collections::HashMap,
    net::IpAddr,
    time::{Duration, Instant},
};

/// What one question costs.
pub(crate) const QUESTION: u32 = 1;
/// What an unknown number costs besides: an honest person has the paper in hand.
pub(crate) const UNKNOWN: u32 = 10;
/// What an examination costs: it keeps a core busy.
pub(crate) const EXAMINATION: u32 = 10;

/// What a source may spend at once, and how much comes back in a second.
const SOURCE: Rate = Rate {
    most: 120.0,
    a_second: 2.0,
};
/// All sources together.
const TOGETHER: Rate = Rate {
    most: 2_000.0,
    a_second: 400.0,
};
/// Sources remembered at once in each of two generations.
const SOURCES_MAX: usize = 20_000;

/// What may be spent, and how fast it comes back.
#[derive(Clone, Copy)]
struct Rate {
    most: f64,
    a_second: f64,
}

/// What is left, as of a moment; below nothing after something that was found dear
/// only when it was over.
#[derive(Clone, Copy)]
struct Purse {
    left: f64,
    at: Instant,
}

/// What every source has spent; pure. Who has asked nothing for so long that all has
/// come back is forgotten.
pub(crate) struct Quota {
    young: HashMap<IpAddr, Purse>,
    old: HashMap<IpAddr, Purse>,
    turned_at: Instant,
    together: Purse,
}

impl Quota {
    pub(crate) fn new(now: Instant) -> Self {
        Self {
            young: HashMap::new(),
            old: HashMap::new(),
            turned_at: now,
            together: Purse::full(TOGETHER, now),
        }
    }

    /// Lets a question of this cost through.
    ///
    /// # Errors
    /// After how long to ask again.
    pub(crate) fn admit(
        &mut self,
        source: IpAddr,
        cost: u32,
        now: Instant,
    ) -> Result<(), Duration> {
        let mut own = self.purse(source, now);
        let mut together = self.together.at(TOGETHER, now);
        let wait = own.wait(SOURCE, cost).max(together.wait(TOGETHER, cost));
        if !wait.is_zero() {
            return Err(wait);
        }
        own.left -= f64::from(cost);
        together.left -= f64::from(cost);
        self.young.insert(source, own);
        self.together = together;
        Ok(())
    }

    /// What was let through turned out to cost more.
    pub(crate) fn charge(&mut self, source: IpAddr, cost: u32, now: Instant) {
        let mut own = self.purse(source, now);
        own.left -= f64::from(cost);
        self.young.insert(source, own);
    }

    fn purse(&mut self, source: IpAddr, now: Instant) -> Purse {
        self.turn(now);
        let known = self.young.get(&source).or_else(|| self.old.get(&source));
        known.map_or(Purse::full(SOURCE, now), |it| it.at(SOURCE, now))
    }

    /// After one generation every purse of the one before is full, at most twice over.
    fn turn(&mut self, now: Instant) {
        let generation = Duration::from_secs_f64(2.0 * SOURCE.most / SOURCE.a_second);
        let over = now.saturating_duration_since(self.turned_at) >= generation;
        if over || self.young.len() >= SOURCES_MAX {
            self.old = std::mem::take(&mut self.young);
            self.turned_at = now;
        }
    }
}

impl Purse {
    fn full(rate: Rate, now: Instant) -> Self {
        Self {
            left: rate.most,
            at: now,
        }
    }

    fn at(self, rate: Rate, now: Instant) -> Self {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        Self {
            left: (self.left + passed * rate.a_second).min(rate.most),
            at: now,
        }
    }

    /// Until so much is there.
    fn wait(self, rate: Rate, cost: u32) -> Duration {
        let lacking = f64::from(cost) - self.left;
        if lacking <= 0.0 {
            return Duration::ZERO;
        }
        Duration::from_secs_f64(lacking / rate.a_second)
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const HONEST: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));
    const CURIOUS: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 66));

    /// Unknown numbers the curious get through in `seconds`, asking all the time.
    fn tried(quota: &mut Quota, start: Instant, seconds: u32) -> u32 {
        let moments = (0..seconds * 10).map(|tenth| start + Duration::from_millis(100) * tenth);
        let mut tried = 0;
        for now in moments {
            if quota.admit(CURIOUS, QUESTION, now).is_ok() {
                quota.charge(CURIOUS, UNKNOWN, now);
                tried += 1;
            }
        }
        tried
    }

    #[test]
    fn who_tries_numbers_gets_a_dozen_and_then_one_in_five_seconds() {
        let start = Instant::now();
        let mut quota = Quota::new(start);

        let in_an_hour = tried(&mut quota, start, 3_600);

        assert!((600..700).contains(&in_an_hour), "{in_an_hour}");
        let wait = quota.admit(CURIOUS, QUESTION, start + Duration::from_secs(3_600));
        assert!(wait.is_err_and(|it| it <= Duration::from_secs(6)));
    }

    #[test]
    fn who_asks_honestly_meanwhile_is_not_kept_waiting() {
        let start = Instant::now();
        let mut quota = Quota::new(start);
        tried(&mut quota, start, 60);

        let now = start + Duration::from_secs(60);
        for _ in 0..100 {
            assert_eq!(quota.admit(HONEST, QUESTION, now), Ok(()));
        }
    }

    #[test]
    fn what_was_spent_is_not_forgotten_by_asking_from_many_other_places() {
        let start = Instant::now();
        let mut quota = Quota::new(start);
        while quota.admit(CURIOUS, EXAMINATION, start).is_ok() {}

        let now = start + Duration::from_secs(1);
        for place in 0..400 {
            let _ = quota.admit(IpAddr::V4(Ipv4Addr::from(place)), QUESTION, now);
        }

        assert!(quota.admit(CURIOUS, EXAMINATION, now).is_err());
    }

    #[test]
    fn all_sources_together_cannot_ask_without_end() {
        let now = Instant::now();
        let mut quota = Quota::new(now);

        let let_through = (0..100_000)
            .filter(|place| {
                let source = IpAddr::V4(Ipv4Addr::from(*place));
                quota.admit(source, EXAMINATION, now).is_ok()
            })
            .count();

        assert_eq!(let_through, 200);
        assert!(quota.young.len() <= SOURCES_MAX);
    }
}
