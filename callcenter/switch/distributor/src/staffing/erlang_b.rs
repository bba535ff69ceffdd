//! Erlang B: callers who find no agent free go away.

use super::{AGENTS_MOST, StaffingError};

/// The probability that all agents are busy when nobody waits (the blocking
/// probability), for a load in erlangs.
///
/// By the recursion `1/B(n) = 1 + n/a · 1/B(n-1)`, which neither overflows nor
/// cancels: hundreds of agents are as exact as two.
///
/// # Errors
/// A load that is negative or no number, or too many agents.
pub fn erlang_b(agents: u32, load: f64) -> Result<f64, StaffingError> {
    if !load.is_finite() || load < 0.0 {
        return Err(StaffingError::NotALoad);
    }
    if agents > AGENTS_MOST {
        return Err(StaffingError::Agents);
    }
    let inverse = (1..=agents).fold(1.0, |inverse, n| 1.0 + f64::from(n) / load * inverse);
    Ok(1.0 / inverse)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn blocking_is_as_in_the_printed_tables() {
        // Load in erlangs for a blocking of one percent, by agents.
        for (agents, load) in [(1, 0.0101), (5, 1.36), (10, 4.46), (50, 37.9), (100, 84.06)] {
            let blocking = erlang_b(agents, load).unwrap();

            assert!((blocking - 0.01).abs() < 0.0002, "{agents}: {blocking}");
        }
    }

    #[test]
    fn the_recursion_agrees_with_the_definition() {
        for (agents, load) in [(1u32, 0.5_f64), (4, 3.0), (12, 9.5), (20, 25.0)] {
            let mut term = 1.0;
            let mut sum = 1.0;
            for n in 1..=agents {
                term *= load / f64::from(n);
                sum += term;
            }

            let blocking = erlang_b(agents, load).unwrap();

            assert!((blocking - term / sum).abs() < 1e-12, "{agents} {load}");
        }
    }

    #[test]
    fn no_load_blocks_nobody_and_no_agent_blocks_everybody() {
        assert_eq!(erlang_b(3, 0.0).unwrap(), 0.0);
        assert_eq!(erlang_b(0, 3.0).unwrap(), 1.0);
        assert_eq!(erlang_b(2, f64::NAN), Err(StaffingError::NotALoad));
        assert_eq!(erlang_b(100_001, 1.0), Err(StaffingError::Agents));
    }
}
