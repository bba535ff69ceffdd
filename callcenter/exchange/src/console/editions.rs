//! The page of the catalogue's editions: which one counts, and which station runs it.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    response::Html,
};
use maud::{Markup, html};

use super::{
    Language,
    fault::Fault,
    listing::{Listed, kind, stations},
    screen::{self, Asked, Place, Tone, nothing, state, table},
    signed::Signed,
    stations::edition,
};
use crate::{http::Exchange, roster::Kind};

pub(super) async fn show(
    State(exchange): State<Arc<Exchange>>,
    who: Signed,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let language = who.language;
    let running = exchange.editions.offered();
    let waiting = exchange.editions.waiting().map_err(|error| {
        tracing::error!(%error, "The shelf of editions cannot be read");
        Fault::NotNow
    })?;
    let (stations, _) = stations(&exchange)?;
    let mut kiosks: Vec<_> = stations.into_iter().collect();
    kiosks.retain(|it| it.kind == Some(Kind::Kiosk));
    let catalog = &exchange.issuer.catalog;
    let services = catalog.services().count();
    let networks = catalog.networks().count();
    let number = running.as_ref().map_or(0, |it| it.number);
    let body = html! {
        section.card {
            h2 { (language.say("지금 쓰는 판", "The edition that counts")) }
            p.large {
                @match &running {
                    Some(it) => (language.say(format!("{}판", it.number), format!("Number {}", it.number))),
                    None => (language.say("설치된 그대로", "As installed")),
                }
            }
            dl {
                dt { (language.say("발급하는 서비스", "Services that end in a paper")) } dd { (services) }
                dt { (language.say("정보망", "Networks")) } dd { (networks) }
                @if let Some(it) = &running {
                    dt { (language.say("지문 (SHA-256)", "Digest (SHA-256)")) } dd.number { (it.digest) }
                }
            }
            @for it in waiting {
                p { (state(Tone::Caution, &language.say(
                    format!("{it}판이 기다려요"), format!("number {it} waits"),
                ))) " " (language.say(
                    "쓸 날이 되고 교환 서버를 다시 시작하면 쓰여요.",
                    "It counts when its day has come and the exchange starts anew.",
                )) }
            }
        }
        (on_kiosks(&kiosks, number, language))
        p.hint { (language.say(
            "새 판은 서버에서 minwon-exchange edition으로 넣어요. 판은 되돌리지 않고, 고친 내용을 더 높은 번호의 판으로 넣어요.",
            "A new edition is handed in at the server with minwon-exchange edition. None is taken back: what was wrong is put right by one with a higher number.",
        )) }
    };
    Ok(screen::page(&who, Place::Editions, asked.done, &body))
}

fn on_kiosks(kiosks: &[Listed], number: u64, language: Language) -> Markup {
    if kiosks.is_empty() {
        return nothing(language.say("등록된 키오스크가 없어요.", "No kiosk is enrolled."));
    }
    let heads = language.say(
        ["키오스크", "쓰는 판", "상태"],
        ["Kiosk", "Runs", "That is"],
    );
    let rows = html! {
        @for it in kiosks {
            @let (tone, word) = compared(it, number, language);
            tr {
                th scope="row" {
                    a href={ "/stations/" (it.id) } { (it.id) }
                    small { (kind(it.kind, language)) @if let Some(place) = &it.place { " · " (place) } }
                }
                td { (edition(it, language)) }
                td {
                    (state(tone, word))
                    @if let Some(refused) = it.edition.as_ref().and_then(|it| it.refused.as_ref()) {
                        small { (refused.reason) }
                    }
                }
            }
        }
    };
    let caption = language.say("키오스크마다 쓰는 판", "What each kiosk runs");
    table(caption, &heads, &rows)
}

fn compared(it: &Listed, number: u64, language: Language) -> (Tone, &'static str) {
    match &it.edition {
        None => (
            Tone::Neutral,
            language.say("아직 알려 오지 않음", "not said yet"),
        ),
        Some(it) if it.refused.is_some() => (
            Tone::Bad,
            language.say("새 판을 쓰지 못함", "could not go over"),
        ),
        Some(it) if it.running == number => (Tone::Good, language.say("같은 판", "the same")),
        Some(_) => (Tone::Caution, language.say("아직 다른 판", "another still")),
    }
}
