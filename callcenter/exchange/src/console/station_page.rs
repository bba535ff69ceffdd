//! The page of one station: how it is, what it was told, and what can be told it.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    response::Html,
};
use ledger::Told;
use maud::{Markup, html};
use request::{StationId, Timestamp};
use sync::{Announcement, RemoteOrder};

use super::{
    Language,
    fault::Fault,
    form::form,
    listing::{Listed, kind, stations},
    machine_card::Card,
    moments::{grouped, moment},
    named::Named,
    role::Act,
    screen::{self, Asked, Place, Tone, nothing, state, table, time},
    signed::Signed,
    stations::{edition, last, release},
    telling,
};
use crate::{http::Exchange, roster::Kind};

/// What was told is shown so far back.
const TOLD_MOST: u32 = 10;

pub(super) async fn show(
    State(exchange): State<Arc<Exchange>>,
    who: Signed,
    Named(id): Named<StationId>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let (all, _) = stations(&exchange)?;
    let station = all.into_iter().find(|it| it.id == id);
    let station = station.ok_or(Fault::NotFound)?;
    let told = exchange.issuer.store.told(&id, TOLD_MOST)?;
    let machine = Card::read(&exchange.issuer.store, &id)?;
    let (language, now) = (who.language, exchange.issuer.clock.now());
    let body = html! {
        p { a href=(Place::Stations.path()) { (language.say("← 모든 기기", "← All stations")) } }
        (how_it_is(&station, now, language))
        @if who.may(Act::Tell) && station.kind == Some(Kind::Kiosk) {
            (acts(&who, &station))
        }
        @if let Some(machine) = &machine { (machine.shown(&who, now)) }
        section.card {
            h2 { (language.say("사람이 알린 것", "What people have told it")) }
            @if told.is_empty() {
                (nothing(language.say("아직 알린 것이 없어요.", "Nothing yet.")))
            } @else {
                (told_so_far(&told, now, language))
            }
        }
        @if who.may(Act::Revoke) && station.kind.is_some() {
            (revoking(&who, &station))
        }
    };
    let title = id.to_string();
    let page = screen::titled(&who, Place::Stations, &title, asked.done, &body);
    Ok(page)
}

fn how_it_is(station: &Listed, now: Timestamp, language: Language) -> Markup {
    let (tone, word) = station.line.told(language);
    let vitals = station.vitals.as_ref();
    let count = |it: Option<u64>| grouped(it.unwrap_or(0));
    html! {
        section.card {
            h2 { (kind(station.kind, language)) @if let Some(place) = &station.place { " · " (place) } }
            dl {
                dt { (language.say("회선", "Line")) } dd { (state(tone, word)) }
                dt { (language.say("마지막 연결", "Last there")) } dd { (last(station, now, language)) }
                dt { (language.say("프로그램 판", "Release")) } dd { (release(station)) }
                dt { (language.say("서비스 목록", "Edition")) } dd { (edition(station, language)) }
                dt { (language.say("받은 기록", "Entries taken over")) } dd { (count(vitals.map(|it| it.entries))) }
                dt { (language.say("아직 전하지 못한 것", "Not confirmed yet")) } dd { (count(vitals.map(|it| it.untold))) }
            }
            @if let Some(refused) = station.edition.as_ref().and_then(|it| it.refused.as_ref()) {
                p.wrong { (language.say("새 판을 쓰지 못한 까닭: ", "Why it could not go over: ")) (refused.reason) }
            }
            (for_people(station, now, language))
        }
    }
}

fn for_people(station: &Listed, now: Timestamp, language: Language) -> Markup {
    let Some(vitals) = &station.vitals else {
        return html! {};
    };
    let waits = |count: u64, korean: &str, english: &str| {
        html! {
            @if count > 0 {
                p { (state(Tone::Caution, &language.say(
                    format!("{korean} {count}건"), format!("{count} {english}"),
                ))) " " a href=(Place::Waiting.path()) { (language.say("보러 가기", "Look at it")) } }
            }
        }
    };
    html! {
        @if let Some(since) = vitals.quarantined_at {
            p {
                (state(Tone::Bad, language.say("격리됨", "in quarantine"))) " "
                (time(since, now, language)) " "
                a href=(Place::Waiting.path()) { (language.say("보러 가기", "Look at it")) }
            }
        }
        (waits(vitals.wedged, "보류된 기록", "entries wait"))
        (waits(vitals.doubts, "확인이 필요한 출력·지급", "sheets or payouts in doubt"))
    }
}

fn acts(who: &Signed, station: &Listed) -> Markup {
    let (language, id) = (who.language, &station.id);
    html! {
        div.pair {
            section.card {
                h2 { (language.say("업무 지시하기", "Give an order")) }
                (form(who, &format!("/stations/{id}/order"), &telling::order_fields(language)))
            }
            section.card {
                h2 { (language.say("공지하기", "Put up a notice")) }
                (form(who, &format!("/stations/{id}/notice"), &telling::notice_fields(language)))
            }
        }
    }
}

fn told_so_far(told: &[Told], now: Timestamp, language: Language) -> Markup {
    let heads = language.say(["언제", "무엇을", "받았는지"], ["When", "What", "Heard"]);
    let rows = html! {
        @for it in told {
            tr {
                td { (time(it.at, now, language)) }
                td { (content(&it.content, language)) }
                td {
                    @if it.heard { (state(Tone::Good, language.say("받음", "heard"))) }
                    @else { (state(Tone::Neutral, language.say("아직", "not yet"))) }
                }
            }
        }
    };
    let caption = language.say("새것부터 열 건까지", "The newest ten");
    table(caption, &heads, &rows)
}

fn content(content: &Announcement, language: Language) -> Markup {
    let until = |at: &Timestamp| {
        let at = moment(*at, language);
        language.say(format!("{at}까지"), format!("until {at}"))
    };
    match content {
        Announcement::Notice {
            text, until: at, ..
        } => {
            let words = text.get(language.code()).or_else(|| text.get("ko"));
            html! { b { (language.say("공지", "Notice")) } " “" (words.map_or("", String::as_str)) "” " (until(at)) }
        }
        Announcement::Order { order, until: at } => html! {
            b { (order_name(*order, language)) } " " (until(at))
        },
        Announcement::Revoked { number } => html! {
            b { (language.say("무효로 한 문서", "Document that no longer counts")) } " " (number)
        },
        Announcement::Request { .. }
        | Announcement::Catalog { .. }
        | Announcement::Claim { .. }
        | Announcement::Wedged { .. }
        | Announcement::Settled { .. }
        | Announcement::Released
        | Announcement::RefundSpent { .. } => html! { "–" },
    }
}

pub(super) fn order_name(order: RemoteOrder, language: Language) -> &'static str {
    match order {
        RemoteOrder::Close => language.say("업무 멈추기", "Serve nobody"),
        RemoteOrder::Open => language.say("업무 다시 열기", "Serve again"),
        RemoteOrder::Restart => language.say("다시 시작하기", "Start anew"),
        RemoteOrder::SelfTest => language.say("스스로 점검하기", "Test itself"),
    }
}

fn revoking(who: &Signed, station: &Listed) -> Markup {
    let (language, id) = (who.language, &station.id);
    html! {
        section.card.danger {
            h2 { (language.say("명부에서 지우기", "Strike it off the roster")) }
            p { (language.say(
                "인증서를 더는 믿지 않아요. 기기는 다음 접속부터 거절되고, 다시 쓰려면 새로 등록해야 해요.",
                "Its certificate is believed no longer. It is refused from its next question on, and must be enrolled anew to come back.",
            )) }
            (form(who, &format!("/stations/{id}/revoke"), &html! {
                label for="sure" { (language.say("확인하려면 기기 이름을 쓰세요", "Type the station's name to be sure")) }
                input #sure name="sure" type="text" required maxlength="64" autocomplete="off"
                    autocapitalize="none" spellcheck="false" placeholder=(id);
                button.danger type="submit" { (language.say("명부에서 지우기", "Strike it off")) }
            }))
        }
    }
}
