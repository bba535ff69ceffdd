//! The page of what was asked for and given out.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use axum::{
    extract::{Query, State},
    response::Html,
};
use catalog::{Bilingual, Catalog};
use ledger::Count;
use maud::{Markup, html};
use request::{ServiceId, Timestamp};
use serde::Deserialize;

use super::{
    Language,
    fault::Fault,
    moments::{grouped, moment},
    plot::{Bar, Plot, series},
    screen::{self, Place, nothing},
    signed::Signed,
};
use crate::{http::Exchange, open_data::place};

/// Bars of a plot; what is less is in its last.
const BARS_MOST: usize = 12;
const HOURS: u8 = 24;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    days: Option<String>,
}

/// How far back is counted.
const SPANS: [(u32, &str, &str); 4] = [
    (1, "24시간", "24 hours"),
    (7, "7일", "7 days"),
    (30, "30일", "30 days"),
    (365, "1년", "a year"),
];

pub(super) async fn show(
    State(exchange): State<Arc<Exchange>>,
    who: Signed,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let (language, now) = (who.language, exchange.issuer.clock.now());
    let asked = asked.days.unwrap_or_default();
    let days = SPANS.iter().map(|(days, ..)| *days);
    let days = days.into_iter().find(|it| it.to_string() == asked);
    let days = days.unwrap_or(SPANS[1].0);
    let from = before(now, days);
    let counts = exchange.aside(move |store| store.counts(from, now)).await?;
    let body = html! {
        nav.spans aria-label=(language.say("기간", "Span")) {
            ul {
                @for (span, korean, english) in SPANS {
                    li {
                        a href={ "/statistics?days=" (span) } aria-current=[(span == days).then_some("true")] {
                            (language.say(korean, english))
                        }
                    }
                }
            }
        }
        p.hint { (moment(from, language)) " – " (moment(now, language)) }
        @if counts.is_empty() {
            (nothing(language.say("이 기간에는 접수된 것이 없어요.", "Nothing was handed in within this span.")))
        } @else {
            (totals(&counts, language))
            (plots(&exchange, &counts, language))
        }
    };
    Ok(screen::page(&who, Place::Statistics, None, &body))
}

fn before(now: Timestamp, days: u32) -> Timestamp {
    let span = Duration::from_hours(24) * days;
    let span = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_millis(now.as_millis().saturating_sub(span))
}

fn totals(counts: &[Count], language: Language) -> Markup {
    let [requests, papers] = series(language);
    html! {
        dl.tiles {
            div { dt { (requests) } dd { (grouped(counts.iter().map(|it| it.requests).sum())) } }
            div { dt { (papers) } dd { (grouped(counts.iter().map(|it| it.papers).sum())) } }
        }
    }
}

fn plots(exchange: &Exchange, counts: &[Count], language: Language) -> Markup {
    let catalog = &exchange.issuer.catalog;
    let services = bars(counts, |it| title(catalog, &it.service, language), language);
    let stations = bars(
        counts,
        |it| match place(catalog, &it.station) {
            Some(place) => format!("{} {place}", it.station),
            None => it.station.to_string(),
        },
        language,
    );
    let hours = hours(counts);
    let plot = |id, title, of, bars| Plot {
        id,
        title,
        of,
        bars,
    };
    html! {
        (plot("services", language.say("서비스별", "By service"), language.say("서비스", "Service"), &services).lying(language))
        (plot("stations", language.say("기기별", "By station"), language.say("기기", "Station"), &stations).lying(language))
        (plot("hours", language.say("시간대별 (한국 시각)", "By hour of the day (Korea)"), language.say("시", "Hour"), &hours).standing(language))
    }
}

fn title(catalog: &Catalog, id: &ServiceId, language: Language) -> String {
    let certificate = catalog.service(id).map(|it| &it.title);
    let accepted = catalog.accepted_service(id).map(|it| &it.title);
    let title: Option<&Bilingual> = certificate.or(accepted);
    title.map_or_else(|| id.to_string(), |it| language.of_both(it).to_owned())
}

/// By a name, the most first.
fn bars(counts: &[Count], name: impl Fn(&Count) -> String, language: Language) -> Vec<Bar> {
    let mut sums: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for it in counts {
        let (requests, papers) = sums.entry(name(it)).or_default();
        *requests += it.requests;
        *papers += it.papers;
    }
    let bar = |(label, (requests, papers))| Bar {
        label,
        requests,
        papers,
    };
    let mut bars: Vec<Bar> = sums.into_iter().map(bar).collect();
    bars.sort_by_key(|it| std::cmp::Reverse((it.requests, it.papers)));
    if bars.len() > BARS_MOST {
        let rest = bars.split_off(BARS_MOST - 1);
        bars.push(Bar {
            label: language.say(
                format!("그 밖의 {}", rest.len()),
                format!("{} others", rest.len()),
            ),
            requests: rest.iter().map(|it| it.requests).sum(),
            papers: rest.iter().map(|it| it.papers).sum(),
        });
    }
    bars
}

fn hours(counts: &[Count]) -> Vec<Bar> {
    let of = |hour: u8| {
        let within = || counts.iter().filter(move |it| it.hour == hour);
        Bar {
            label: hour.to_string(),
            requests: within().map(|it| it.requests).sum(),
            papers: within().map(|it| it.papers).sum(),
        }
    };
    (0..HOURS).map(of).collect()
}

#[cfg(test)]
mod tests {
    use request::StationId;

    use super::*;

    fn count(service: &str, hour: u8, requests: u64, papers: u64) -> Count {
        Count {
            service: ServiceId::new(service),
            station: StationId::new("gaon-1"),
            hour,
            requests,
            papers,
        }
    }

    #[test]
    fn the_most_asked_comes_first_and_what_is_less_is_told_together() {
        let counts: Vec<Count> = (1..=20)
            .map(|it| count(&format!("service-{it:02}"), 9, it, 1))
            .collect();

        let bars = bars(&counts, |it| it.service.to_string(), Language::English);

        assert_eq!(bars.len(), BARS_MOST);
        assert_eq!(
            (bars[0].label.as_str(), bars[0].requests),
            ("service-20", 20)
        );
        let last = bars
            .last()
            .map(|it| (it.label.as_str(), it.requests, it.papers));
        assert_eq!(last, Some(("9 others", 45, 9)));
        let all: u64 = bars.iter().map(|it| it.requests).sum();
        assert_eq!(all, 210);
    }

    #[test]
    fn every_hour_of_the_day_has_its_bar() {
        let bars = hours(&[
            count("a", 0, 1, 0),
            count("b", 23, 2, 2),
            count("a", 23, 1, 1),
        ]);

        assert_eq!(bars.len(), 24);
        assert_eq!((bars[0].requests, bars[0].papers), (1, 0));
        assert_eq!((bars[23].requests, bars[23].papers), (3, 3));
    }
}
