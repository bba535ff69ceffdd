//! Who works when, so that a forecast is met.

use std::time::Duration;

use super::profile::{QUARTER, QUARTERS};

/// Four hours at the telephone.
const SHIFT: usize = 16;
/// The last shift stays until nobody waits.
const LATE: Duration = Duration::from_secs(3_600);

#[derive(Clone, Copy, Debug)]
pub(crate) struct Shift {
    pub(crate) agents: u32,
    pub(crate) from: Duration,
    pub(crate) until: Duration,
}

/// As many begin each quarter of an hour as are missing then.
pub(crate) fn cover(needed: &[u32]) -> (Vec<Shift>, Vec<u32>) {
    let mut present = vec![0; QUARTERS];
    let mut shifts = Vec::new();
    for (quarter, needed) in needed.iter().enumerate() {
        let agents = needed.saturating_sub(present[quarter]);
        let until = (quarter + SHIFT).min(QUARTERS);
        for there in &mut present[quarter..until] {
            *there += agents;
        }
        let late = match until == QUARTERS {
            true => LATE,
            false => Duration::ZERO,
        };
        shifts.push(Shift {
            agents,
            from: QUARTER.mul_f64(quarter as f64),
            until: QUARTER.mul_f64(until as f64) + late,
        });
    }
    (shifts, present)
}
