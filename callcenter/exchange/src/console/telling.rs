//! Notices and orders to kiosks.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use axum::{extract::State, response::Redirect};
use maud::{Markup, html};
use request::{StationId, Timestamp};
use sync::{Announcement, RemoteOrder};

use super::{
    Language,
    fault::Fault,
    form::{Fields, Filled},
    named::Named,
    role::Act,
    screen::{Done, Place},
    signed::Signed,
    station_page::order_name,
};
use crate::{
    http::{Exchange, NOTICE_MOST, can_be_read},
    roster::Kind,
};

/// What a kiosk does when it is told so.
const ORDERS: [(&str, RemoteOrder); 3] = [
    ("close", RemoteOrder::Close),
    ("open", RemoteOrder::Open),
    ("restart", RemoteOrder::Restart),
];
/// For how long something holds, in minutes.
const SPANS: [(u64, &str, &str); 5] = [
    (10, "10분", "10 minutes"),
    (60, "1시간", "1 hour"),
    (8 * 60, "8시간", "8 hours"),
    (24 * 60, "하루", "a day"),
    (7 * 24 * 60, "일주일", "a week"),
];

pub(super) fn order_fields(language: Language) -> Markup {
    html! {
        label for="order" { (language.say("무엇을", "What")) }
        select #order name="order" {
            @for (code, order) in ORDERS { option value=(code) { (order_name(order, language)) } }
        }
        label for="order-span" { (language.say("언제까지", "For how long")) }
        p.hint #order-hint { (language.say(
            "멈추기는 이때까지 이어져요. 이때까지 받지 못한 지시는 없던 일이 돼요.",
            "So long nobody is served. An order that has not come by then is none any more.",
        )) }
        (spans("order-span", 1, Some("order-hint"), language))
        button type="submit" { (language.say("지시 보내기", "Send the order")) }
    }
}

pub(super) fn notice_fields(language: Language) -> Markup {
    html! {
        label for="ko" { (language.say("한국어 문구", "In Korean")) }
        p.hint #notice-hint { (language.say(
            "키오스크 첫 화면에 보여요. 200자까지예요.",
            "On the kiosk's welcome screen. Up to 200 letters.",
        )) }
        textarea #ko name="ko" required rows="3" maxlength=(NOTICE_MOST) lang="ko" aria-describedby="notice-hint" {}
        label for="en" { (language.say("영어 문구 (쓰지 않아도 돼요)", "In English (optional)")) }
        textarea #en name="en" rows="2" maxlength=(NOTICE_MOST) lang="en" {}
        label for="notice-span" { (language.say("언제까지", "For how long")) }
        (spans("notice-span", 3, None, language))
        button type="submit" { (language.say("공지 올리기", "Put up the notice")) }
    }
}

fn spans(id: &str, usual: usize, hint: Option<&str>, language: Language) -> Markup {
    html! {
        select id=(id) name="minutes" aria-describedby=[hint] {
            @for (index, (minutes, korean, english)) in SPANS.iter().enumerate() {
                option value=(minutes) selected[index == usual] { (language.say(korean, english)) }
            }
        }
    }
}

pub(super) async fn order(
    State(exchange): State<Arc<Exchange>>,
    Named(station): Named<StationId>,
    Filled { who, fields }: Filled,
) -> Result<Redirect, Fault> {
    who.must(&exchange, Act::Tell)?;
    is_a_kiosk(&exchange, &station)?;
    let (code, order) = *ORDERS
        .iter()
        .find(|(code, _)| *code == fields.text("order"))
        .ok_or(Fault::NotAForm)?;
    let until = until(&fields, exchange.issuer.clock.now())?;
    let content = Announcement::Order { order, until };
    tell(&exchange, &who, &station, &content, code)?;
    exchange.issuer.published.notify_waiters();
    Ok(Done::Told.at(&format!("/stations/{station}")))
}

pub(super) async fn notice(
    State(exchange): State<Arc<Exchange>>,
    Named(station): Named<StationId>,
    Filled { who, fields }: Filled,
) -> Result<Redirect, Fault> {
    who.must(&exchange, Act::Tell)?;
    is_a_kiosk(&exchange, &station)?;
    let content = written(&fields, exchange.issuer.clock.now())?;
    tell(&exchange, &who, &station, &content, "a notice")?;
    exchange.issuer.published.notify_waiters();
    Ok(Done::Told.at(&format!("/stations/{station}")))
}

pub(super) async fn notice_to_all(
    State(exchange): State<Arc<Exchange>>,
    Filled { who, fields }: Filled,
) -> Result<Redirect, Fault> {
    who.must(&exchange, Act::Tell)?;
    let content = written(&fields, exchange.issuer.clock.now())?;
    let kiosks = exchange.roster.stations().into_iter();
    for (station, _) in kiosks.filter(|(_, kind)| *kind == Kind::Kiosk) {
        tell(&exchange, &who, &station, &content, "a notice")?;
    }
    exchange.issuer.published.notify_waiters();
    Ok(Done::Told.at(Place::Stations.path()))
}

/// Written down twice: what is about to be said, and in the moment in which it is said.
fn tell(
    exchange: &Exchange,
    who: &Signed,
    station: &StationId,
    content: &Announcement,
    what: &str,
) -> Result<(), Fault> {
    let (store, now) = (&exchange.issuer.store, exchange.issuer.clock.now());
    let act = format!("is about to announce {what} to");
    store.note(&who.name, &act, station.as_str(), now)?;
    store.announce(station, content, &who.name, now)?;
    Ok(())
}

/// Of the roster: what is told to anybody else is heard by nobody.
fn is_a_kiosk(exchange: &Exchange, station: &StationId) -> Result<(), Fault> {
    let mut stations = exchange.roster.stations().into_iter();
    let known = stations.any(|(id, kind)| id == *station && kind == Kind::Kiosk);
    known.then_some(()).ok_or(Fault::NotFound)
}

fn until(fields: &Fields, now: Timestamp) -> Result<Timestamp, Fault> {
    let minutes = fields.text("minutes");
    let mut spans = SPANS.iter().map(|(minutes, ..)| *minutes);
    let span = spans.find(|it| it.to_string() == minutes);
    let span = span.ok_or(Fault::NotAForm)?;
    Ok(now + Duration::from_secs(60 * span))
}

fn written(fields: &Fields, now: Timestamp) -> Result<Announcement, Fault> {
    // A browser ends lines as HTML has it; a kiosk shows a notice as one.
    let words = |name| {
        let lines: Vec<_> = fields.text(name).split_whitespace().collect();
        lines.join(" ")
    };
    let texts = [("ko", words("ko")), ("en", words("en"))];
    let text: BTreeMap<_, _> = texts
        .into_iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(code, words)| (code.to_owned(), words))
        .collect();
    let id = format!("console-{}", now.as_millis());
    if !can_be_read(&id, &text) {
        return Err(Fault::Field(
            "공지는 한국어로 한 글자에서 200자까지 쓰세요.",
            "A notice has one to 200 letters, in Korean at least.",
        ));
    }
    let until = until(fields, now)?;
    Ok(Announcement::Notice { id, text, until })
}
