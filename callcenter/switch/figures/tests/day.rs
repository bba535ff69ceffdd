//! A day that is staffed by its forecast, in virtual time. `make bench` shows it
//! quarter by quarter.

#![allow(clippy::unwrap_used, reason = "a day that cannot be played has failed")]

#[path = "day/dice.rs"]
mod dice;
#[path = "day/hall.rs"]
mod hall;
#[path = "day/profile.rs"]
mod profile;
#[path = "day/report.rs"]
mod report;
#[path = "day/shifts.rs"]
mod shifts;

use figures::ServiceLevel;

#[test]
fn a_day_of_twenty_thousand_calls_is_served_in_order_as_its_forecast_says() {
    let report = report::day(1, 20_000.0);

    eprintln!("{report}");
    let sum = report.sum();
    assert_eq!(sum.answered, sum.offered);
    assert_eq!(report.fairness.served, sum.offered);
    assert_eq!(report.fairness.overtaking, 0);
    assert!(report.rows.iter().all(|it| it.present >= it.needed));
    // Shifts cover more than is needed: the day does better than it has to.
    let level = sum.service_level(ServiceLevel::OfAll).unwrap();
    assert!(report.foretold_level() >= 0.8 && level >= 0.8, "{level}");
    assert!(report.foretold_wait() > 0.0);
}
