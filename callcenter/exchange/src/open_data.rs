//! What everybody may have of kiosks and of how much they are used: the fields of the
//! public interface on kiosks (행정안전부_무인민원발급기정보 조회서비스), and counts.
//!
//! Counts are of whole months that are over, and those below five are not told: whoever
//! knows that a neighbor was at a kiosk must not read what for. Nothing is summed up, so
//! that nothing can be taken from a sum.

mod csv;

use std::time::Duration;

use catalog::{Bilingual, Catalog, Kiosk, TimeOfDay};
use ledger::Count;
use request::{StationId, Timestamp};
use serde::Serialize;

pub(crate) use csv::csv;

/// Fewer are not told.
const TOLD_MIN: u64 = 5;
/// A kiosk that was not heard of for so long is not in use.
const SILENT: Duration = Duration::from_hours(1);

/// Where kiosks stand, with whether they are in use.
pub(crate) fn told_kiosks<'a>(
    kiosks: impl Iterator<Item = &'a Kiosk>,
    heard: &[(StationId, Timestamp)],
    now: Timestamp,
) -> Vec<ToldKiosk> {
    let in_use = |station: &StationId| {
        let last = heard.iter().find(|(it, _)| it == station);
        last.is_some_and(|(_, at)| *at + SILENT > now)
    };
    let told = |it: &Kiosk| ToldKiosk {
        name: it.name.ko.clone(),
        agency: it.agency.clone(),
        province: it.province.clone(),
        address: it.address.ko.clone(),
        place: it.place.ko.clone(),
        detail: it.detail.clone(),
        weekdays_from: digits(it.weekdays.from),
        weekdays_to: digits(it.weekdays.to),
        holidays_from: it.holidays.map(|it| digits(it.from)),
        holidays_to: it.holidays.map(|it| digits(it.to)),
        note: it.note.clone(),
        in_use: if in_use(&it.station) {
            "사용"
        } else {
            "미사용"
        },
    };
    kiosks.map(told).collect()
}

/// As citizens know a kiosk, if it is told to anybody.
pub(crate) fn place<'a>(catalog: &'a Catalog, station: &StationId) -> Option<&'a str> {
    catalog.kiosk(station).map(|it| it.name.ko.as_str())
}

/// As `0900`, which is how the public interface says it.
fn digits(time: TimeOfDay) -> String {
    format!("{:02}{:02}", time.0 / 60, time.0 % 60)
}

/// A kiosk in the words of the public interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ToldKiosk {
    #[serde(rename = "ISSUMCHN_NM")]
    name: String,
    #[serde(rename = "MNG_INST_NM")]
    agency: String,
    #[serde(rename = "CTPV_CD")]
    province: String,
    #[serde(rename = "INSTL_PLC_ADDR")]
    address: String,
    #[serde(rename = "INSTL_PLC_PSTN")]
    place: String,
    #[serde(rename = "INSTL_PLC_DTL_PSTN")]
    detail: String,
    #[serde(rename = "WKDY_OPER_BGNG_TM")]
    weekdays_from: String,
    #[serde(rename = "WKDY_OPER_END_TM")]
    weekdays_to: String,
    #[serde(rename = "LHLDY_OPER_BGNG_TM")]
    holidays_from: Option<String>,
    #[serde(rename = "LHLDY_OPER_END_TM")]
    holidays_to: Option<String>,
    #[serde(rename = "OPER_HR_REF_CN")]
    note: String,
    #[serde(rename = "USE_YN_NM")]
    in_use: &'static str,
}

/// How much of a service was asked for and given out at a kiosk in an hour of the day;
/// none where it was less than five times. Names of fields as above where it has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ToldCount {
    #[serde(rename = "STATS_YM")]
    month: String,
    #[serde(rename = "ISSUMCHN_NM")]
    kiosk: String,
    #[serde(rename = "CVLCPT_ID")]
    service: String,
    #[serde(rename = "CVLCPT_NM")]
    title: String,
    #[serde(rename = "HR")]
    hour: String,
    #[serde(rename = "RCPT_NOCS")]
    requests: Option<u64>,
    #[serde(rename = "ISSU_NOCS")]
    papers: Option<u64>,
}

/// Counts as they may be told.
pub(crate) fn told_counts(counts: &[Count], month: &str, catalog: &Catalog) -> Vec<ToldCount> {
    let many = |count: u64| (count >= TOLD_MIN).then_some(count);
    let title = |it: &Count| {
        let certificate = catalog.service(&it.service).map(|it| &it.title);
        let accepted = catalog.accepted_service(&it.service).map(|it| &it.title);
        let title: Option<&Bilingual> = certificate.or(accepted);
        title.map_or_else(String::new, |it| it.ko.clone())
    };
    let told = |it: &Count| ToldCount {
        month: month.to_owned(),
        kiosk: place(catalog, &it.station).map_or_else(|| it.station.to_string(), str::to_owned),
        service: it.service.to_string(),
        title: title(it),
        hour: format!("{:02}", it.hour),
        requests: many(it.requests),
        papers: many(it.papers),
    };
    let told = counts.iter().map(told);
    // A row of which nothing is told would tell that there was somebody.
    told.filter(|it| it.requests.is_some() || it.papers.is_some())
        .collect()
}

/// When a month, `YYYY-MM`, begins and ends in Korea; none of what is no month, or is
/// not over at `now`.
pub(crate) fn whole_month(month: &str, now: Timestamp) -> Option<(Timestamp, Timestamp)> {
    let (year, number) = month.split_once('-')?;
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    if year.len() != 4 || number.len() != 2 || !digits(year) || !digits(number) {
        return None;
    }
    let begins = jiff::civil::Date::new(year.parse().ok()?, number.parse().ok()?, 1).ok()?;
    let ends = begins.checked_add(jiff::Span::new().months(1)).ok()?;
    let korea = jiff::tz::TimeZone::fixed(jiff::tz::offset(9));
    let at = |day: jiff::civil::Date| {
        let moment = day.to_zoned(korea.clone()).ok()?;
        Some(Timestamp::from_millis(moment.timestamp().as_millisecond()))
    };
    let (from, before) = (at(begins)?, at(ends)?);
    (before <= now).then_some((from, before))
}

#[cfg(test)]
mod tests;
