//! Erlang C: callers wait as long as it takes.

use std::time::Duration;

use super::{AGENTS_MOST, StaffingError, erlang_b, fewest, positive};

/// A queue in which nobody gives up: M/M/n.
#[derive(Clone, Copy, Debug)]
pub struct ErlangC {
    agents: f64,
    /// Erlangs.
    load: f64,
    /// Seconds of talk and wrap-up.
    handling: f64,
    waits: f64,
}

impl ErlangC {
    /// `per_hour` calls arrive at random, each handled for `handling` on
    /// average.
    ///
    /// # Errors
    /// No load, no agents, or a load they cannot handle.
    pub fn new(agents: u32, per_hour: f64, handling: Duration) -> Result<Self, StaffingError> {
        let handling = positive(handling.as_secs_f64())?;
        let load = positive(per_hour)? / 3600.0 * handling;
        if agents == 0 {
            return Err(StaffingError::Agents);
        }
        let blocking = erlang_b(agents, load)?;
        let agents = f64::from(agents);
        if load >= agents {
            return Err(StaffingError::Unstable);
        }
        Ok(Self {
            agents,
            load,
            handling,
            waits: blocking / (1.0 - load / agents * (1.0 - blocking)),
        })
    }

    /// The probability that a caller waits at all.
    pub fn probability_of_waiting(&self) -> f64 {
        self.waits
    }

    /// The mean wait of all callers, those who do not wait among them.
    pub fn average_speed_of_answer(&self) -> Duration {
        Duration::from_secs_f64(self.waits * self.handling / (self.agents - self.load))
    }

    /// The share of callers answered within a time.
    pub fn service_level(&self, within: Duration) -> f64 {
        let rate = (self.agents - self.load) / self.handling;
        1.0 - self.waits * (-rate * within.as_secs_f64()).exp()
    }

    /// The share of their time in which agents are busy.
    pub fn occupancy(&self) -> f64 {
        self.load / self.agents
    }
}

/// The fewest agents who answer this share of callers within the time, if
/// nobody gives up.
///
/// # Errors
/// No load, a level that cannot be reached, or more agents than can be counted.
pub fn agents_needed(
    per_hour: f64,
    handling: Duration,
    level: f64,
    within: Duration,
) -> Result<u32, StaffingError> {
    if !(0.0..1.0).contains(&level) {
        return Err(StaffingError::NoLevel);
    }
    let reaches = |agents| match ErlangC::new(agents, per_hour, handling) {
        Ok(queue) => Ok(queue.service_level(within) >= level),
        Err(StaffingError::Unstable) => Ok(false),
        Err(error @ (StaffingError::NotALoad | StaffingError::Agents | StaffingError::NoLevel)) => {
            Err(error)
        }
    };
    if !reaches(AGENTS_MOST)? {
        return Err(StaffingError::Agents);
    }
    fewest(AGENTS_MOST, reaches)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_known_center_has_its_known_figures() {
        // 360 calls an hour of four minutes are 24 erlangs. The figures were
        // computed from the definition in exact fractions.
        let queue = ErlangC::new(28, 360.0, Duration::from_secs(240)).unwrap();

        assert!((queue.probability_of_waiting() - 0.333_138_528).abs() < 1e-8);
        let speed = queue.average_speed_of_answer().as_secs_f64();
        assert!((speed - 19.988_311_7).abs() < 1e-6, "{speed}");
        let level = queue.service_level(Duration::from_secs(20));
        assert!((level - 0.761_295_8).abs() < 1e-7, "{level}");
        assert!((queue.occupancy() - 24.0 / 28.0).abs() < 1e-12);
    }

    #[test]
    fn one_agent_is_the_queue_of_every_textbook() {
        // M/M/1: the mean wait is ρ/(μ-λ).
        let queue = ErlangC::new(1, 30.0, Duration::from_secs(60)).unwrap();

        assert!((queue.probability_of_waiting() - 0.5).abs() < 1e-12);
        let speed = queue.average_speed_of_answer().as_secs_f64();
        assert!((speed - 60.0).abs() < 1e-9, "{speed}");
    }

    #[test]
    fn hundreds_of_agents_are_counted_without_overflow() {
        let handling = Duration::from_secs(180);
        for agents in [100u32, 500, 2_000, 50_000] {
            let per_hour = f64::from(agents) * 0.98 * 20.0;
            let queue = ErlangC::new(agents, per_hour, handling).unwrap();

            let waits = queue.probability_of_waiting();
            assert!(waits > 0.0 && waits < 1.0, "{agents}: {waits}");
            assert!(queue.service_level(Duration::ZERO) >= 0.0);
        }
    }

    #[test]
    fn the_agents_needed_reach_the_level_and_one_less_does_not() {
        let (per_hour, handling) = (1_200.0, Duration::from_secs(210));
        let within = Duration::from_secs(20);

        let agents = agents_needed(per_hour, handling, 0.8, within).unwrap();

        let level = |agents| {
            ErlangC::new(agents, per_hour, handling)
                .unwrap()
                .service_level(within)
        };
        assert!(level(agents) >= 0.8 && level(agents - 1) < 0.8, "{agents}");
    }

    #[test]
    fn what_grows_for_ever_has_no_figures() {
        let handling = Duration::from_secs(60);

        assert_eq!(
            ErlangC::new(5, 300.0, handling).err(),
            Some(StaffingError::Unstable)
        );
        assert_eq!(
            ErlangC::new(5, -1.0, handling).err(),
            Some(StaffingError::NotALoad)
        );
        assert_eq!(
            ErlangC::new(0, 1.0, handling).err(),
            Some(StaffingError::Agents)
        );
        let certain = agents_needed(10.0, handling, 1.0, handling);
        assert_eq!(certain, Err(StaffingError::NoLevel));
    }
}
