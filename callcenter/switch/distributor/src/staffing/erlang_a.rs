//! Erlang A: callers give up when their patience is over.

use std::time::Duration;

use super::{StaffingError, agents_needed, erlang_b, fewest, positive};

/// Steps of the integrals; even, for Simpson's rule.
const STEPS: u32 = 20_000;
/// Beyond this many powers of e below its greatest value an integrand is nothing.
const NEGLIGIBLE: f64 = 45.0;

/// A queue with exponential patience: M/M/n+M. It has figures for every load,
/// for who does not get through goes away.
///
/// The wait a caller of endless patience would have (the offered wait) has the
/// density `λ·exp(λ·H(x) − nμx) / (ε + λJ)` with `H(x) = (1 − e^(−θx))/θ`, `J`
/// its integral and `ε = 1/B(n−1, λ/μ)`, the Erlang B (Mandelbaum and Zeltyn,
/// 2007). Everything is scaled by the greatest value of the integrand, so that
/// nothing overflows.
#[derive(Clone, Copy, Debug)]
pub struct ErlangA {
    agents: f64,
    /// Per second: arrivals, talks of one agent, patience.
    arrival: f64,
    service: f64,
    impatience: f64,
    /// The exponent everything is scaled by.
    scale: f64,
    /// Scaled: the probability of no wait, before division by the sum.
    empty: f64,
    /// Scaled: no wait and all waits together.
    sum: f64,
    /// No wait is longer, in seconds.
    longest: f64,
}

impl ErlangA {
    /// `per_hour` calls arrive at random, are handled for `handling` on average
    /// and wait for `patience` on average before they give up.
    ///
    /// # Errors
    /// No load, no patience or no agents.
    pub fn new(
        agents: u32,
        per_hour: f64,
        handling: Duration,
        patience: Duration,
    ) -> Result<Self, StaffingError> {
        if agents == 0 {
            return Err(StaffingError::Agents);
        }
        let arrival = positive(per_hour)? / 3600.0;
        let service = 1.0 / positive(handling.as_secs_f64())?;
        let impatience = 1.0 / positive(patience.as_secs_f64())?;
        let blocking = erlang_b(agents - 1, arrival / service)?;
        let mut queue = Self {
            agents: f64::from(agents),
            arrival,
            service,
            impatience,
            scale: 0.0,
            empty: 0.0,
            sum: 0.0,
            longest: 0.0,
        };
        let overload = arrival / (queue.agents * service);
        let peak = if overload > 1.0 {
            overload.ln() / impatience
        } else {
            0.0
        };
        queue.scale = queue.exponent(peak);
        queue.longest = queue.negligible_after(peak);
        queue.empty = (-blocking.ln() - queue.scale).exp();
        queue.sum = queue.empty + queue.integral(queue.longest, |_| 1.0);
        Ok(queue)
    }

    /// The probability that a caller waits at all.
    pub fn probability_of_waiting(&self) -> f64 {
        1.0 - self.empty / self.sum
    }

    /// The share of callers who give up.
    pub fn abandonment(&self) -> f64 {
        let gives_up = |wait: f64| -(-self.impatience * wait).exp_m1();
        self.integral(self.longest, gives_up) / self.sum
    }

    /// The mean wait of all callers, also of those who give up.
    pub fn average_wait(&self) -> Duration {
        // Who waits gives up at a constant rate: P(gives up) = θ·E(wait).
        Duration::from_secs_f64((self.abandonment() / self.impatience).max(0.0))
    }

    /// The share of all callers who are answered within a time.
    pub fn service_level(&self, within: Duration) -> f64 {
        let until = within.as_secs_f64().min(self.longest);
        let stays = |wait: f64| (-self.impatience * wait).exp();
        (self.empty + self.integral(until, stays)) / self.sum
    }

    /// The share of their time in which agents are busy.
    pub fn occupancy(&self) -> f64 {
        self.arrival * (1.0 - self.abandonment()) / (self.agents * self.service)
    }

    /// The exponent of the offered wait's density.
    fn exponent(&self, wait: f64) -> f64 {
        let patient = -(-self.impatience * wait).exp_m1() / self.impatience;
        self.arrival * patient - self.agents * self.service * wait
    }

    fn negligible_after(&self, peak: f64) -> f64 {
        let mut span = 1.0 / (self.agents * self.service);
        // Doubling ends: the exponent falls at least as a line in the end.
        while self.exponent(peak + span) > self.scale - NEGLIGIBLE {
            span *= 2.0;
        }
        peak + span
    }

    /// The scaled density weighed by `weight`, from nothing to a wait, by
    /// Simpson's rule.
    fn integral(&self, until: f64, weight: impl Fn(f64) -> f64) -> f64 {
        let step = until / f64::from(STEPS);
        let at = |n: u32| {
            let wait = f64::from(n) * step;
            weight(wait) * (self.exponent(wait) - self.scale).exp()
        };
        let inner: f64 = (1..STEPS)
            .map(|n| if n % 2 == 1 { 4.0 } else { 2.0 } * at(n))
            .sum();
        self.arrival * step / 3.0 * (at(0) + inner + at(STEPS))
    }
}

/// The fewest agents who answer this share of all callers within the time, if
/// callers give up after `patience` on average. Never more than where nobody
/// gives up.
///
/// # Errors
/// No load, no patience, a level that cannot be reached, or more agents than can
/// be counted.
pub fn agents_needed_by_the_impatient(
    per_hour: f64,
    handling: Duration,
    patience: Duration,
    level: f64,
    within: Duration,
) -> Result<u32, StaffingError> {
    let reaches = |agents| {
        let queue = ErlangA::new(agents, per_hour, handling, patience)?;
        Ok::<_, StaffingError>(queue.service_level(within) >= level)
    };
    // As long as somebody gives up, fewer wait than where nobody does.
    fewest(agents_needed(per_hour, handling, level, within)?, reaches)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::staffing::ErlangC;

    /// The same queue by its balance equations: states, not integrals.
    fn by_states(agents: u32, arrival: f64, service: f64, impatience: f64) -> (f64, f64) {
        let states = 20_000;
        let mut logs = vec![0.0_f64];
        for n in 1..states {
            let waiting = f64::from(n.max(agents) - agents);
            let leaving = f64::from(n.min(agents)) * service + waiting * impatience;
            logs.push(logs.last().unwrap() + (arrival / leaving).ln());
        }
        let greatest = logs.iter().copied().fold(f64::MIN, f64::max);
        let weights: Vec<f64> = logs.iter().map(|it| (it - greatest).exp()).collect();
        let sum: f64 = weights.iter().sum();
        let busy: f64 = weights.iter().skip(agents as usize).sum();
        let queue: f64 = (0..)
            .zip(&weights)
            .map(|(n, weight)| f64::from(u32::max(n, agents) - agents) * weight)
            .sum();
        (busy / sum, queue / sum * impatience / arrival)
    }

    #[test]
    fn the_integrals_agree_with_the_balance_of_states() {
        let (handling, patience) = (Duration::from_secs(180), Duration::from_secs(120));
        for (agents, per_hour) in [
            (1, 10.0),
            (20, 380.0),
            (20, 600.0),
            (300, 6_100.0),
            (500, 20_000.0),
        ] {
            let queue = ErlangA::new(agents, per_hour, handling, patience).unwrap();

            let (waits, gives_up) = by_states(agents, per_hour / 3600.0, 1.0 / 180.0, 1.0 / 120.0);
            let found = (queue.probability_of_waiting(), queue.abandonment());
            assert!(
                (found.0 - waits).abs() < 1e-6,
                "{agents}: {found:?} {waits}"
            );
            assert!(
                (found.1 - gives_up).abs() < 1e-6,
                "{agents}: {found:?} {gives_up}"
            );
        }
    }

    #[test]
    fn the_agents_needed_reach_the_level_and_one_less_does_not() {
        let second = Duration::from_secs(1);
        let level = |agents: u32, patience: Duration| {
            let queue = ErlangA::new(agents, 400.0, second * 200, patience).unwrap();
            queue.service_level(second * 20)
        };
        let needed = |patience| {
            let (handling, within) = (second * 200, second * 20);
            agents_needed_by_the_impatient(400.0, handling, patience, 0.8, within).unwrap()
        };

        for patience in [second * 60, second * 180, second * 3_600] {
            let agents = needed(patience);

            assert!(level(agents, patience) >= 0.8, "{agents}");
            assert!(level(agents - 1, patience) < 0.8, "{agents}");
        }
        let patient = agents_needed(400.0, second * 200, 0.8, second * 20).unwrap();
        assert_eq!(needed(second * 10_000_000), patient);
        assert!(needed(second * 60) < patient);
    }

    #[test]
    fn endless_patience_is_erlang_c() {
        let handling = Duration::from_secs(240);
        let patience = Duration::from_secs(100_000_000);
        let patient = ErlangA::new(28, 360.0, handling, patience).unwrap();
        let c = ErlangC::new(28, 360.0, handling).unwrap();

        for seconds in [0, 10, 20, 60] {
            let within = Duration::from_secs(seconds);
            let differ = patient.service_level(within) - c.service_level(within);
            assert!(differ.abs() < 1e-4, "{seconds}: {differ}");
        }
        let speeds =
            patient.average_wait().as_secs_f64() / c.average_speed_of_answer().as_secs_f64();
        assert!((speeds - 1.0).abs() < 1e-3, "{speeds}");
    }

    #[test]
    fn twice_the_load_sends_half_away_and_overflows_nothing() {
        let second = Duration::from_secs(1);
        let queue = ErlangA::new(500, 500.0 * 2.0 * 20.0, second * 180, second * 3600).unwrap();

        assert!((queue.abandonment() - 0.5).abs() < 0.001);
        assert!(queue.occupancy() > 0.999 && queue.occupancy() < 1.001);
        assert!(queue.probability_of_waiting() > 0.999);
    }
}
