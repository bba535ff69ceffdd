//! How many agents a day needs, quarter of an hour by quarter of an hour.

use std::time::Duration;

use distributor::{
    QueueId,
    staffing::{StaffingError, agents_needed, agents_needed_by_the_impatient},
};

use crate::{Board, Forecast, Holidays, Interval, Ledger, LocalDay};

/// What a queue's agents are to achieve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Requirement {
    /// The share of callers who are answered ...
    pub level: f64,
    /// ... within this time.
    pub within: Duration,
    /// The share of paid time in which an agent is not at the telephone: breaks,
    /// training, sickness.
    pub shrinkage: f64,
}

impl Requirement {
    /// Agents at the telephone for so many calls an hour: by Erlang A where it
    /// is known how long callers wait, by Erlang C where none has given up yet.
    ///
    /// # Errors
    /// What the forms have no answer for.
    pub fn agents(
        &self,
        per_hour: f64,
        handling: Duration,
        patience: Option<Duration>,
    ) -> Result<u32, StaffingError> {
        let (level, within) = (self.level, self.within);
        match patience {
            _ if per_hour == 0.0 => Ok(0),
            Some(patience) => {
                agents_needed_by_the_impatient(per_hour, handling, patience, level, within)
            }
            None => agents_needed(per_hour, handling, level, within),
        }
    }

    /// Agents on the roster, so that so many are at the telephone.
    ///
    /// # Errors
    /// When nobody ever is there.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast of a float ends at what fits"
    )]
    pub fn rostered(&self, agents: u32) -> Result<u32, StaffingError> {
        if !(0.0..1.0).contains(&self.shrinkage) {
            return Err(StaffingError::NotALoad);
        }
        Ok((f64::from(agents) / (1.0 - self.shrinkage)).ceil() as u32)
    }
}

/// A queue whose day is to be foreseen.
#[derive(Clone, Debug)]
pub struct Planned {
    pub queue: QueueId,
    pub requirement: Requirement,
    /// Its own.
    pub holidays: Holidays,
    /// It does not open on that day: who calls is not served, and nobody is needed.
    pub closed: bool,
}

/// A day's calls and the agents they need, all queues together. It takes a second
/// to compute; a day's outlook changes no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    pub day: LocalDay,
    /// Calls and rostered agents by quarter of an hour, from midnight on.
    pub intervals: Vec<(u64, u64)>,
}

impl Outlook {
    /// Each queue has agents of its own here: those who serve several do the work
    /// with fewer, so this is the most that is needed. `None` without history.
    ///
    /// # Errors
    /// What the forms have no answer for.
    pub fn of(
        ledger: &Ledger,
        queues: &[Planned],
        day: LocalDay,
    ) -> Result<Option<Self>, StaffingError> {
        let mut calls = [0.0; Interval::A_DAY];
        let mut agents = [0_u64; Interval::A_DAY];
        let mut known = false;
        for planned in queues {
            known |= planned.closed;
            let Planned {
                queue, requirement, ..
            } = planned;
            let forecast = Forecast::of(ledger, queue, day, &planned.holidays);
            let Some(forecast) = forecast.filter(|_| !planned.closed) else {
                continue;
            };
            known = true;
            let slots = calls.iter_mut().zip(&mut agents);
            for (expected, (calls, agents)) in forecast.intervals.iter().zip(slots) {
                *calls += expected.calls;
                let per_hour = 4.0 * expected.calls;
                let there = requirement.agents(per_hour, forecast.handling, forecast.patience)?;
                *agents += u64::from(requirement.rostered(there)?);
            }
        }
        let rounded = calls.into_iter().map(rounded);
        Ok(known.then(|| Self {
            day,
            intervals: rounded.zip(agents).collect(),
        }))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "calls are no negative number"
)]
fn rounded(calls: f64) -> u64 {
    calls.round() as u64
}

impl Board {
    /// Shows what was to be expected beside what is; an outlook for another day
    /// says nothing.
    pub fn expect(&mut self, outlook: &Outlook) {
        let starts = outlook.day.intervals().map(Interval::start);
        for (start, (calls, agents)) in starts.zip(&outlook.intervals) {
            if let Some(slot) = self.day.iter_mut().find(|it| it.start == start) {
                slot.expected_calls = Some(*calls);
                slot.agents_wanted = Some(*agents);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use distributor::{WallTime, staffing::ErlangA};

    use super::*;

    const REQUIREMENT: Requirement = Requirement {
        level: 0.8,
        within: Duration::from_secs(20),
        shrinkage: 0.3,
    };

    #[test]
    fn a_day_with_a_history_says_how_many_agents_it_needs() {
        let (queue, day) = (
            QueueId("residents".into()),
            LocalDay::of(WallTime(1_795_480_200_000), 9 * 60),
        );
        let mut ledger = Ledger::default();
        for week in 1..=3 {
            let nine = Interval(day.plus(-7 * week).first().0 + 36);
            let counts = ledger.counts(nine, &queue);
            (counts.offered, counts.answered, counts.abandoned) = (100, 95, 5);
            (counts.waited_ms, counts.waited_in_vain_ms) = (95 * 8_000, 5 * 28_000);
            (counts.handled, counts.talk_ms) = (95, 95 * 180_000);
        }

        let wanted = Planned {
            queue,
            requirement: REQUIREMENT,
            holidays: Holidays::new(),
            closed: false,
        };
        let wanted = [wanted];
        let outlook = Outlook::of(&ledger, &wanted, day).unwrap().unwrap();

        // 900 seconds of waiting, 5 gave up.
        let (handling, patience) = (Duration::from_secs(180), Duration::from_secs(180));
        let there = REQUIREMENT.agents(400.0, handling, Some(patience)).unwrap();
        let level = |agents| {
            let queue = ErlangA::new(agents, 400.0, handling, patience).unwrap();
            queue.service_level(REQUIREMENT.within)
        };
        assert!(level(there) >= 0.8 && level(there - 1) < 0.8);
        let rostered = u64::from(REQUIREMENT.rostered(there).unwrap());
        assert_eq!(outlook.intervals[36], (100, rostered));
        assert!(
            rostered * 7 >= u64::from(there) * 10 && (rostered - 1) * 7 < u64::from(there) * 10
        );
        assert_eq!(outlook.intervals[40], (0, 0));
    }

    #[test]
    fn who_is_never_there_cannot_be_rostered() {
        let never = Requirement {
            shrinkage: 1.0,
            ..REQUIREMENT
        };
        assert_eq!(never.rostered(3), Err(StaffingError::NotALoad));
    }
}
