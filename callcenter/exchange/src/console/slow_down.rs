//! Who guesses passphrases waits longer after each; pure.
//!
//! Tries are counted by the name that was typed, whether anybody has it or not, and by
//! where they come from. A name is slowed down less than a place: nobody is to be locked
//! out by others who know their name.

use std::{
    collections::HashMap,
    net::IpAddr,
    time::{Duration, Instant},
};

/// Wrong passphrases that cost nothing: people mistype.
const FREE: u32 = 4;
/// The first wait; each further one is twice as long.
const FIRST: Duration = Duration::from_secs(2);
const NAME_MOST: Duration = Duration::from_mins(1);
const PLACE_MOST: Duration = Duration::from_mins(15);
/// After so long without a wrong one all is forgotten.
const FORGOTTEN: Duration = Duration::from_hours(1);
/// Names and places that are remembered; who fills them up has waited long before.
const REMEMBERED: usize = 10_000;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Of {
    Name(String),
    Place(IpAddr),
}

#[derive(Clone, Copy)]
struct Wrong {
    count: u32,
    last: Instant,
}

#[derive(Default)]
pub(super) struct SlowDown(HashMap<Of, Wrong>);

impl SlowDown {
    /// # Errors
    /// How long to wait before a passphrase is even looked at.
    pub(super) fn admit(&self, name: &str, place: IpAddr, now: Instant) -> Result<(), Duration> {
        let of = [Of::Name(name.to_owned()), Of::Place(place)];
        let waits = of.iter().filter_map(|of| {
            let wrong = self.0.get(of)?;
            let until = wrong.last + wrong.wait(of.most());
            Some(until.saturating_duration_since(now))
        });
        match waits.max() {
            Some(wait) if !wait.is_zero() => Err(wait),
            Some(_) | None => Ok(()),
        }
    }

    pub(super) fn wrong(&mut self, name: &str, place: IpAddr, now: Instant) {
        if self.0.len() >= REMEMBERED {
            self.0.retain(|_, it| !it.is_forgotten(now));
        }
        if self.0.len() >= REMEMBERED {
            self.0.clear();
        }
        for of in [Of::Name(name.to_owned()), Of::Place(place)] {
            let wrong = self.0.entry(of).or_insert(Wrong {
                count: 0,
                last: now,
            });
            if wrong.is_forgotten(now) {
                wrong.count = 0;
            }
            wrong.count = wrong.count.saturating_add(1);
            wrong.last = now;
        }
    }

    /// Whoever it was knows the passphrase after all. The place stays slow: others may
    /// be guessing there.
    pub(super) fn right(&mut self, name: &str) {
        self.0.remove(&Of::Name(name.to_owned()));
    }
}

impl Of {
    fn most(&self) -> Duration {
        match self {
            Of::Name(_) => NAME_MOST,
            Of::Place(_) => PLACE_MOST,
        }
    }
}

impl Wrong {
    fn wait(self, most: Duration) -> Duration {
        match self.count.checked_sub(FREE) {
            None => Duration::ZERO,
            Some(further) => FIRST
                .saturating_mul(2_u32.saturating_pow(further))
                .min(most),
        }
    }

    fn is_forgotten(self, now: Instant) -> bool {
        now.saturating_duration_since(self.last) >= FORGOTTEN
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));
    const THERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 66));

    /// Guesses that are looked at in so long, by somebody who never waits.
    fn guessed(
        slow: &mut SlowDown,
        name: &str,
        from: IpAddr,
        start: Instant,
        for_: Duration,
    ) -> u32 {
        let mut guessed = 0;
        for second in 0..for_.as_secs() {
            let now = start + Duration::from_secs(second);
            if slow.admit(name, from, now).is_ok() {
                slow.wrong(name, from, now);
                guessed += 1;
            }
        }
        guessed
    }

    #[test]
    fn a_few_wrong_ones_cost_nothing_and_then_each_costs_twice_as_much() {
        let start = Instant::now();
        let mut slow = SlowDown::default();
        for _ in 0..FREE {
            assert_eq!(slow.admit("choi", HERE, start), Ok(()));
            slow.wrong("choi", HERE, start);
        }
        assert_eq!(slow.admit("choi", HERE, start), Err(FIRST));
        slow.wrong("choi", HERE, start);
        assert_eq!(slow.admit("choi", HERE, start), Err(FIRST * 2));
        assert_eq!(slow.admit("choi", HERE, start + FIRST * 2), Ok(()));
    }

    #[test]
    fn who_guesses_from_one_place_gets_a_dozen_in_an_hour_whatever_the_names() {
        let (start, hour) = (Instant::now(), Duration::from_hours(1));
        let mut slow = SlowDown::default();

        let one_name = guessed(&mut slow, "choi", HERE, start, hour);

        assert!((12..=18).contains(&one_name), "{one_name}");
        let later = start + hour;
        slow.wrong("choi", HERE, later);
        assert!(slow.admit("another", HERE, later).is_err());
    }

    #[test]
    fn who_knows_the_passphrase_waits_a_minute_at_most_for_others_who_do_not() {
        let start = Instant::now();
        let mut slow = SlowDown::default();
        guessed(&mut slow, "choi", HERE, start, Duration::from_mins(30));

        let now = start + Duration::from_mins(30);
        let wait = slow.admit("choi", THERE, now).err().unwrap_or_default();

        assert!(wait <= NAME_MOST, "{wait:?}");
        slow.right("choi");
        assert_eq!(slow.admit("choi", THERE, now), Ok(()));
        assert!(slow.admit("choi", HERE, now).is_err());
    }

    #[test]
    fn after_an_hour_all_is_forgotten_and_memory_does_not_grow() {
        let start = Instant::now();
        let mut slow = SlowDown::default();
        for number in 0..3 * u32::try_from(REMEMBERED).unwrap_or_default() {
            slow.wrong(
                &number.to_string(),
                IpAddr::V4(Ipv4Addr::from(number)),
                start,
            );
        }
        assert!(slow.0.len() <= REMEMBERED + 2);
        for _ in 0..20 {
            slow.wrong("choi", HERE, start);
        }

        slow.wrong("choi", HERE, start + FORGOTTEN);

        assert_eq!(slow.admit("choi", HERE, start + FORGOTTEN), Ok(()));
    }
}
