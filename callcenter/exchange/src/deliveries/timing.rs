//! When a delivery is tried again, and for how long.

use std::time::Duration;

use ledger::Delivery;
use request::Timestamp;

const FIRST_PAUSE: Duration = Duration::from_mins(1);
const LONGEST_PAUSE: Duration = Duration::from_hours(1);
/// An agency that was away for so long has lost its inbox: somebody has to look.
const TERM: Duration = Duration::from_hours(24 * 7);

/// When a delivery that was just tried in vain is due again; never when its term is over.
pub(super) fn again(
    delivery: &Delivery,
    wish: Option<Duration>,
    now: Timestamp,
) -> Option<Timestamp> {
    let doubled = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(delivery.tries));
    let pause = doubled.max(wish.unwrap_or_default()).min(LONGEST_PAUSE);
    let at = now + pause;
    (at < delivery.arose_at + TERM).then_some(at)
}

#[cfg(test)]
mod tests {
    use request::DocumentNumber;

    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_795_482_000_000);

    fn tried(tries: u32) -> Delivery {
        Delivery {
            id: "d".to_owned(),
            number: DocumentNumber::new("2611-0000-0000-0001"),
            recipient: "r".to_owned(),
            container: Vec::new(),
            arose_at: NOW,
            tries,
        }
    }

    #[test]
    fn each_pause_is_longer_up_to_an_hour_and_as_long_as_the_agency_asks() {
        let minutes = |tries, wish: u64| {
            let wish = (wish > 0).then(|| Duration::from_mins(wish));
            again(&tried(tries), wish, NOW).map(|at| (at.as_millis() - NOW.as_millis()) / 60_000)
        };

        assert_eq!(
            [0, 1, 5, 6, 40].map(|it| minutes(it, 0)),
            [1, 2, 32, 60, 60].map(Some)
        );
        assert_eq!(minutes(0, 5), Some(5));
        assert_eq!(minutes(0, 600), Some(60));
    }

    #[test]
    fn after_a_week_nobody_tries_any_more() {
        let week = Duration::from_hours(24 * 7);

        assert!(again(&tried(200), None, NOW + (week - Duration::from_hours(2))).is_some());
        assert_eq!(again(&tried(200), None, NOW + week), None);
    }
}
