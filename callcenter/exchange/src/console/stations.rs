//! The page of all stations.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    response::Html,
};
use maud::{Markup, html};
use request::Timestamp;

use super::{
    Language,
    fault::Fault,
    form::form,
    listing::{Listed, kind, stations},
    moments::grouped,
    role::Act,
    screen::{self, Asked, Place, Tone, nothing, state, table, time},
    signed::Signed,
    telling,
};
use crate::http::Exchange;

pub(super) async fn show(
    State(exchange): State<Arc<Exchange>>,
    who: Signed,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let (stations, _) = stations(&exchange)?;
    let (language, now) = (who.language, exchange.issuer.clock.now());
    let body = html! {
        @if stations.is_empty() {
            (nothing(language.say(
                "아직 등록된 기기가 없어요. minwon-exchange station-add로 등록하세요.",
                "No station is enrolled yet. Enroll one with minwon-exchange station-add.",
            )))
        } @else {
            (listed(&stations, now, language))
        }
        @if who.may(Act::Tell) {
            section.card {
                h2 { (language.say("모든 키오스크에 공지하기", "A notice to all kiosks")) }
                (form(&who, "/stations/notice", &telling::notice_fields(language)))
            }
        }
    };
    Ok(screen::page(&who, Place::Stations, asked.done, &body))
}

fn listed(stations: &[Listed], now: Timestamp, language: Language) -> Markup {
    let heads = language.say(
        [
            "기기",
            "상태",
            "마지막 연결",
            "판",
            "#기록",
            "#전할 것",
            "서비스 목록",
            "볼 일",
        ],
        [
            "Station",
            "Line",
            "Last there",
            "Release",
            "#Entries",
            "#Untold",
            "Edition",
            "To look at",
        ],
    );
    let rows = html! {
        @for it in stations {
            @let (tone, word) = it.line.told(language);
            tr {
                th scope="row" {
                    a href={ "/stations/" (it.id) } { (it.id) }
                    small { (kind(it.kind, language)) @if let Some(place) = &it.place { " · " (place) } }
                }
                td { (state(tone, word)) }
                td { (last(it, now, language)) }
                td { (release(it)) }
                td.figure { (grouped(it.vitals.as_ref().map_or(0, |it| it.entries))) }
                td.figure { (grouped(it.vitals.as_ref().map_or(0, |it| it.untold))) }
                td { (edition(it, language)) }
                td { (troubles(it, language)) }
            }
        }
    };
    table(language.say("모든 기기", "All stations"), &heads, &rows)
}

pub(super) fn last(it: &Listed, now: Timestamp, language: Language) -> Markup {
    match it.heard_at() {
        Some(at) => time(at, now, language),
        None => html! { (language.say("아직 없음", "never")) },
    }
}

pub(super) fn release(it: &Listed) -> &str {
    let release = it.vitals.as_ref().map_or("", |it| it.release.as_str());
    if release.is_empty() { "–" } else { release }
}

pub(super) fn edition(it: &Listed, language: Language) -> Markup {
    let Some(edition) = &it.edition else {
        return html! { "–" };
    };
    html! {
        @if edition.running == 0 {
            (language.say("설치된 그대로", "as installed"))
        } @else {
            (language.say(format!("{}판", edition.running), format!("no. {}", edition.running)))
        }
        @if let Some(refused) = &edition.refused {
            " " (state(Tone::Bad, &language.say(
                format!("{}판 거절", refused.number),
                format!("no. {} refused", refused.number),
            )))
        }
    }
}

fn troubles(it: &Listed, language: Language) -> Markup {
    match it.troubles() {
        0 => html! { "–" },
        troubles => {
            let word = language.say(format!("{troubles}건"), format!("{troubles}"));
            let tone = match it.vitals.as_ref().and_then(|it| it.quarantined_at) {
                Some(_) => Tone::Bad,
                None => Tone::Caution,
            };
            html! { (state(tone, &word)) }
        }
    }
}
