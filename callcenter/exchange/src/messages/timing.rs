//! When a message may go, and for how long it is tried.

use std::time::Duration;

use ledger::Occasion;
use request::Timestamp;

/// Nobody is woken for what can wait.
const NIGHT_BEGINS: u32 = 21 * 60;
const NIGHT_ENDS: u32 = 8 * 60;
const DAY: u32 = 24 * 60;
/// What comes later than this surprises.
const TERM: Duration = Duration::from_hours(24);
const FIRST_PAUSE: Duration = Duration::from_mins(1);
const LONGEST_PAUSE: Duration = Duration::from_hours(1);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Now,
    Not(Timestamp),
    Never,
}

/// Whoever asked by telephone just now waits for the code; all else waits for the morning.
pub(super) fn when(occasion: Occasion, arose_at: Timestamp, now: Timestamp) -> When {
    if now >= arose_at + TERM {
        return When::Never;
    }
    let minute = now.local().minute_of_day;
    let by_night = !(NIGHT_ENDS..NIGHT_BEGINS).contains(&minute);
    match occasion {
        Occasion::Ready | Occasion::Declined if by_night => {
            let left = (DAY + NIGHT_ENDS - minute) % DAY;
            // To the minute: a clock shows no seconds here.
            When::Not(now + Duration::from_mins(left.into()))
        }
        Occasion::Accepted | Occasion::Ready | Occasion::Declined => When::Now,
    }
}

/// Until a carrier that was away so often is tried again.
pub(super) fn pause(tries: u32) -> Duration {
    FIRST_PAUSE
        .saturating_mul(2_u32.saturating_pow(tries))
        .min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 24 November 2026, midnight in Seoul.
    const MIDNIGHT: Timestamp = Timestamp::from_millis(1_795_446_000_000);

    fn at(hours: u64, minutes: u64) -> Timestamp {
        MIDNIGHT + Duration::from_mins(60 * hours + minutes)
    }

    #[test]
    fn nobody_is_woken_but_who_has_just_telephoned() {
        for (now, ready) in [
            (at(0, 0), When::Not(at(8, 0))),
            (at(7, 59), When::Not(at(8, 0))),
            (at(8, 0), When::Now),
            (at(20, 59), When::Now),
            (at(21, 0), When::Not(at(32, 0))),
            (at(23, 59), When::Not(at(32, 0))),
        ] {
            assert_eq!(when(Occasion::Ready, now, now), ready);
            assert_eq!(when(Occasion::Declined, now, now), ready);
            assert_eq!(when(Occasion::Accepted, now, now), When::Now);
        }
    }

    #[test]
    fn what_is_a_day_late_is_not_told() {
        let arose = at(9, 0);
        assert_eq!(when(Occasion::Ready, arose, at(32, 59)), When::Now);
        assert_eq!(when(Occasion::Ready, arose, at(33, 0)), When::Never);
    }

    #[test]
    fn a_carrier_is_tried_ever_more_rarely_and_at_least_each_hour() {
        let pauses: Vec<u64> = (0..8).map(|tries| pause(tries).as_secs() / 60).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(pause(u32::MAX), LONGEST_PAUSE);
    }
}
