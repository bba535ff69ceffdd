//! A walk through the days with one town's kiosk.

use std::collections::BTreeMap;

use calendar::Date;
use catalog::{Access, Admission, Closed, OfflineRule, Service};
use request::LocalTime;

use crate::{
    contradiction::{CLOSED_MINUTES_MAX, Contradiction, of_hours, of_ordinance, rows_of},
    moments,
    town::Town,
};

/// What was seen on the way.
#[derive(Default)]
pub(crate) struct Walked {
    pub(crate) contradictions: Vec<Contradiction>,
    /// How often something was accounted for: a fee, or a moment of a service.
    pub(crate) accounts: usize,
    pub(crate) services: BTreeMap<String, Line>,
}

/// One service of the table.
#[derive(Default)]
pub(crate) struct Line {
    /// First day, for what lies inside and outside, in won.
    pub(crate) fees: Vec<(Date, u32, u32)>,
    /// The longest time it could not be had, in minutes.
    pub(crate) closed_longest: u32,
    /// Days on which a holiday alone, or a maintenance, kept it closed at some moment.
    pub(crate) holidays: usize,
    pub(crate) maintained: usize,
}

pub(crate) fn through(town: &Town, stretch: (Date, Date)) -> Walked {
    let mut walked = Walked::default();
    let catalog = &town.catalog;
    for network in catalog.networks() {
        walked
            .contradictions
            .extend(of_hours(network.id.as_str(), &network.hours));
    }
    let moments = moments::of(town, stretch);
    for service in catalog.services() {
        let own = service.hours.iter();
        let told = own.flat_map(|it| of_hours(service.id.as_str(), it));
        walked.contradictions.extend(told);
        let mut line = Line::default();
        for day in moments::days(stretch.0, stretch.1) {
            fees(town, service, day, &mut line, &mut walked);
        }
        hours(town, service, &moments, &mut line, &mut walked);
        walked.services.insert(service.id.to_string(), line);
    }
    walked
}

/// One row is in force inside and outside, and it is the one that is quoted.
fn fees(town: &Town, service: &Service, day: Date, line: &mut Line, walked: &mut Walked) {
    let name = &service.fee.ordinance;
    let ordinance = town
        .catalog
        .ordinance(name)
        .expect("the catalogue was read");
    walked
        .contradictions
        .extend(of_ordinance(name, ordinance, day));
    walked.accounts += 2;
    let quoted = [(true, &town.jurisdiction), (false, &town.elsewhere)].map(|(inside, code)| {
        let answer = |_: &str| Some(format!("{code}10100"));
        let now = LocalTime::new(day, 12 * 60);
        let fee = town
            .catalog
            .fee(service, &answer, &town.jurisdiction, now, "ko");
        // What has no place lies inside.
        let rows = rows_of(ordinance, day, inside || service.fee.place.is_none());
        let basis = rows.first().and_then(|it| it.exemption.as_ref());
        let basis = &basis.unwrap_or(&ordinance.legal_basis).ko;
        let row = rows.first().map(|it| (it.amount_won, basis.as_str()));
        let fee = fee
            .as_ref()
            .map(|it| (it.unit_won, it.legal_basis.as_str()));
        if fee != row {
            walked.contradictions.push(Contradiction::Quote {
                service: service.id.to_string(),
                day,
            });
        }
        fee.map_or(0, |(won, _)| won)
    });
    let [inside, outside] = quoted;
    let last = line.fees.last().map(|it| (it.1, it.2));
    if last != Some((inside, outside)) {
        line.fees.push((day, inside, outside));
    }
}

/// Each moment is open or closed with a reason, and the next opening is the next one.
fn hours(
    town: &Town,
    service: &Service,
    moments: &[LocalTime],
    line: &mut Line,
    walked: &mut Walked,
) {
    let agency = town
        .catalog
        .access(service)
        .expect("the catalogue was read");
    let access = agency.clone().within(&town.hours);
    let open: Vec<bool> = moments.iter().map(|it| access.is_open_at(*it)).collect();
    let mut next_open = None;
    let mut last_day = [None, None];
    for (index, now) in moments.iter().enumerate().rev() {
        walked.accounts += 1;
        let wrong = &mut walked.contradictions;
        admission(town, service, &agency, *now, wrong);
        let explained = access.explanation(*now, "ko");
        if open[index] != explained.is_none() {
            let (service, at) = (service.id.to_string(), written(*now));
            wrong.push(Contradiction::Explanation { service, at });
        }
        if open[index] {
            next_open = Some(*now);
            continue;
        }
        let reasons = match access.closed_at(*now) {
            Some(Closed::Holiday(_)) => Some((0, &mut line.holidays)),
            Some(Closed::Maintenance(_)) => Some((1, &mut line.maintained)),
            Some(Closed::Hours) | None => None,
        };
        if let Some((kind, days)) = reasons
            && last_day[kind] != Some(now.date())
        {
            last_day[kind] = Some(now.date());
            *days += 1;
        }
        // Beyond the last day nothing was looked at.
        if let Some(found) = next_open {
            let told = explained.unwrap_or_default();
            opening(service, &access, (*now, found), &told, wrong);
            let closed = minutes_between(*now, found);
            line.closed_longest = line.closed_longest.max(closed);
            if closed > CLOSED_MINUTES_MAX {
                let (service, at) = (service.id.to_string(), written(*now));
                wrong.push(Contradiction::ClosedTooLong { service, at });
            }
        }
    }
}

fn opening(
    service: &Service,
    access: &Access,
    (now, found): (LocalTime, LocalTime),
    explained: &str,
    wrong: &mut Vec<Contradiction>,
) {
    let told = access.opening_after(now);
    let moment = told
        .as_ref()
        .map(|it| LocalTime::new(it.date, it.minute_of_day));
    if moment != Some(found) {
        wrong.push(Contradiction::Opening {
            service: service.id.to_string(),
            at: written(now),
            told: moment.map(written).unwrap_or_default(),
            found: written(found),
        });
        return;
    }
    let hour = match found.minute_of_day / 60 {
        hour @ 0..13 => hour,
        hour => hour - 12,
    };
    let holiday = told.and_then(|it| it.holidays);
    let names = holiday.is_none_or(|it| explained.contains(it.in_language("ko")));
    if !names || !explained.contains(&format!(" {hour}시")) {
        wrong.push(Contradiction::Words {
            service: service.id.to_string(),
            at: written(now),
            told: explained.to_owned(),
        });
    }
}

/// The exchange asks the network exactly when the screen says it answers.
fn admission(
    town: &Town,
    service: &Service,
    agency: &Access,
    now: LocalTime,
    wrong: &mut Vec<Contradiction>,
) {
    let queued = matches!(service.offline, OfflineRule::Queue { .. });
    let expected = match agency.closed_at(now) {
        None => Admission::Asked,
        Some(Closed::Maintenance(_)) if queued => Admission::Later,
        Some(_) => Admission::Declined,
    };
    if town.catalog.admission(service, now) != expected {
        let (service, at) = (service.id.to_string(), written(now));
        wrong.push(Contradiction::Admission { service, at });
    }
}

fn minutes_between(from: LocalTime, to: LocalTime) -> u32 {
    let days = from.date().until(to.date()).map_or(0, |it| it.get_days());
    let days = u32::try_from(days).unwrap_or(0);
    (days * 24 * 60 + to.minute_of_day).saturating_sub(from.minute_of_day)
}

fn written(moment: LocalTime) -> String {
    let (hour, minute) = (moment.minute_of_day / 60, moment.minute_of_day % 60);
    format!("{moment} {hour:02}:{minute:02}")
}
