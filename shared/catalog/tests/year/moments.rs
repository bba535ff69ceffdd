//! The moments of a stretch of days at which anything may change.

use std::collections::BTreeSet;

use calendar::Date;
use catalog::Hours;
use request::LocalTime;

use crate::town::Town;

const MINUTES_A_DAY: u32 = 24 * 60;

/// Each minute at which a window or a maintenance of anything begins or ends, midnight,
/// and the minute before each.
pub(crate) fn of_a_day(town: &Town) -> BTreeSet<u32> {
    let edges = |hours: &Hours| {
        let windows = hours.windows.iter();
        windows
            .flat_map(|it| [it.from.0, it.to.0])
            .collect::<Vec<_>>()
    };
    let mut minutes: BTreeSet<u32> = edges(&town.hours).into_iter().collect();
    for network in town.catalog.networks() {
        minutes.extend(edges(&network.hours));
        minutes.extend(
            network
                .maintenance
                .iter()
                .flat_map(|it| [it.from.0, it.to.0]),
        );
    }
    for service in town.catalog.services() {
        minutes.extend(service.hours.iter().flat_map(edges));
    }
    minutes.insert(0);
    let before: Vec<u32> = minutes
        .iter()
        .map(|it| it.checked_sub(1).unwrap_or(MINUTES_A_DAY - 1))
        .collect();
    minutes.extend(before);
    minutes.retain(|it| *it < MINUTES_A_DAY);
    minutes
}

pub(crate) fn of(town: &Town, (first, last): (Date, Date)) -> Vec<LocalTime> {
    let minutes = of_a_day(town);
    let days = days(first, last);
    days.flat_map(|day| minutes.iter().map(move |it| LocalTime::new(day, *it)))
        .collect()
}

pub(crate) fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |it| it.tomorrow().ok()).take_while(move |it| *it <= last)
}
