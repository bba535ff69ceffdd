//! What waits for a person: entries that could not be applied, stations in quarantine,
//! and deeds of machines of which nobody knows whether they were done.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    response::{Html, Redirect},
};
use ledger::{Deed, Doubt, Quarantined, Settled, Verdict, Wedged};
use maud::{Markup, html};
use request::{StationId, Timestamp};
use sync::{Contradiction, Incarnation, Reason};

use super::{
    Language,
    fault::Fault,
    form::{Fields, Filled, form},
    moments::grouped,
    named::Named,
    role::Act,
    screen::{self, Asked, Done, Place, nothing, table, time},
    signed::Signed,
};
use crate::http::{Exchange, Ground};

/// On what an operator decides; the agent's third ground is an operator's word.
const GROUNDS: [(&str, Ground); 2] = [
    ("checked_on_site", Ground::CheckedOnSite),
    ("compared_by_hand", Ground::ComparedByHand),
];
/// Of a list that is longer, the oldest.
const SHOWN: usize = 100;

pub(super) async fn show(
    State(exchange): State<Arc<Exchange>>,
    who: Signed,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let store = &exchange.issuer.store;
    let (wedged, quarantined, doubts) = (store.wedged()?, store.quarantined()?, store.doubts()?);
    let (language, now) = (who.language, exchange.issuer.clock.now());
    let body = html! {
        h2 { (language.say("격리된 기기", "Stations in quarantine")) }
        @for it in &quarantined { (in_quarantine(&who, it, now)) }
        @if quarantined.is_empty() { (nothing(language.say("없어요.", "None."))) }
        h2 { (language.say("보류된 기록", "Entries that wait")) }
        @if wedged.is_empty() { (nothing(language.say("없어요.", "None."))) }
        @else {
            p { (language.say(
                "그대로는 받아들일 수 없던 기록이에요. 받아들이면 사실이 되고, 버리면 없던 일이 돼요. 기기에도 알려요.",
                "These could not be applied as they are. An entry that is applied is a fact, one that is discarded is none; its station is told.",
            )) }
            @for it in wedged.iter().take(SHOWN) { (waits(&who, it, now)) }
            @if wedged.len() > SHOWN {
                p { (language.say(
                    format!("오래된 {SHOWN}건만 보여요. 모두 {}건이에요.", wedged.len()),
                    format!("The oldest {SHOWN} of {}.", wedged.len()),
                )) }
            }
        }
        h2 { (language.say("확인이 필요한 출력·지급", "Sheets and payouts in doubt")) }
        @if doubts.is_empty() { (nothing(language.say("없어요.", "None."))) }
        @else { (in_doubt(&doubts, now, language)) }
    };
    Ok(screen::page(&who, Place::Waiting, asked.done, &body))
}

fn in_quarantine(who: &Signed, it: &Quarantined, now: Timestamp) -> Markup {
    let (language, station) = (who.language, &it.station);
    html! {
        section.card.bad-edge {
            h3 { a href={ "/stations/" (station) } { (station) } }
            p { (contradiction(it.reason, language)) }
            dl {
                dt { (language.say("격리된 때", "Since")) } dd { (time(it.since, now, language)) }
                dt { (language.say("따로 둔 기록", "Kept aside")) } dd { (grouped(it.kept_aside)) }
            }
            @if who.may(Act::Settle) {
                (form(who, &format!("/stations/{station}/release"), &html! {
                    (grounds(&format!("ground-{station}"), language))
                    button type="submit" { (language.say("격리 풀기", "Release the station")) }
                }))
            }
        }
    }
}

fn waits(who: &Signed, it: &Wedged, now: Timestamp) -> Markup {
    let (language, station) = (who.language, &it.station);
    let incarnation = it.incarnation.as_str();
    let path = format!("/waiting/{station}/{incarnation}/{}", it.number);
    html! {
        section.card.caution-edge {
            h3 { (station) (language.say(" 기록 ", " entry ")) (it.number) }
            p { (reason(it.reason, language)) }
            dl {
                dt { (language.say("기기가 쓴 때", "Written")) } dd { (time(it.recorded_at, now, language)) }
                dt { (language.say("받은 때", "Received")) } dd { (time(it.received_at, now, language)) }
                dt { (language.say("신청", "Request")) } dd.number { (it.request) }
            }
            @if who.may(Act::Settle) {
                (form(who, &path, &html! {
                    (grounds(&format!("ground-{station}-{incarnation}-{}", it.number), language))
                    div.choices {
                        button type="submit" name="verdict" value="apply" { (language.say("받아들이기", "Apply the entry")) }
                        button.danger type="submit" name="verdict" value="discard" { (language.say("버리기", "Discard the entry")) }
                    }
                }))
            }
        }
    }
}

fn in_doubt(doubts: &[Doubt], now: Timestamp, language: Language) -> Markup {
    let heads = language.say(["기기", "언제", "무엇이"], ["Station", "When", "What"]);
    let rows = html! {
        @for it in doubts.iter().take(SHOWN) {
            tr {
                th scope="row" { a href={ "/stations/" (it.station) } { (it.station) } }
                td { (time(it.recorded_at, now, language)) }
                td { @match &it.deed {
                    Deed::Printed(number) => {
                        (language.say("나왔을지 모르는 종이 ", "a sheet that may exist: ")) span.number { (number) }
                    }
                    Deed::PaidOut { asked_won } => {
                        (language.say("나갔을지 모르는 돈 ", "money that may have fallen: "))
                        (grouped(u64::from(*asked_won))) (language.say("원", " won"))
                    }
                    Deed::CardCharged { asked_won } => {
                        (language.say("결제되었을지 모르는 카드 ", "a card that may have been charged: "))
                        (grouped(u64::from(*asked_won))) (language.say("원", " won"))
                    }
                    Deed::CardReversed { asked_won } => {
                        (language.say(
                            "취소되었을지 모르는 카드 결제 ",
                            "a card that may have got its money back: ",
                        ))
                        (grouped(u64::from(*asked_won))) (language.say("원", " won"))
                    }
                } }
            }
        }
    };
    html! {
        p { (language.say(
            "현장에서 본 사람이 상담 창구에서 적어요. 여기서는 볼 수만 있어요.",
            "Whoever has looked on site says so at a desk; here they are only shown.",
        )) }
        (table(language.say("오래된 것부터", "Oldest first"), &heads, &rows))
    }
}

fn grounds(id: &str, language: Language) -> Markup {
    html! {
        label for=(id) { (language.say("근거", "Ground")) }
        select id=(id) name="ground" required {
            option value="" { (language.say("고르세요", "Choose one")) }
            @for (code, ground) in GROUNDS { option value=(code) { (ground_name(ground, language)) } }
        }
    }
}

fn ground_name(ground: Ground, language: Language) -> &'static str {
    match ground {
        Ground::CheckedOnSite => language.say("현장에서 확인했어요", "Checked on site"),
        Ground::OperatorConfirmed => {
            language.say("운영자가 확인했어요", "The operator confirmed it")
        }
        Ground::ComparedByHand => language.say("기록을 대조했어요", "Compared by hand"),
    }
}

fn ground(fields: &Fields) -> Result<Ground, Fault> {
    let said = fields.text("ground");
    let found = GROUNDS.iter().find(|(code, _)| *code == said);
    found.map(|(_, ground)| *ground).ok_or(Fault::Field(
        "어떤 근거로 결정하는지 골라 주세요. 아무것도 바꾸지 않았어요.",
        "Choose on what ground you decide. Nothing was changed.",
    ))
}

pub(super) fn reason(reason: Reason, language: Language) -> String {
    let korean = match reason {
        Reason::Unreadable => "이 판의 프로그램이 읽을 수 없는 기록이에요.",
        Reason::Foreign => "다른 기기의 신청에 대한 기록이에요.",
        Reason::NeverOpened => "시작된 적 없는 신청에 대한 기록이에요.",
        Reason::OpenedTwice => "이미 시작된 신청이에요.",
        Reason::Closed => "이미 끝난 신청이에요.",
        Reason::NotTheStations => "교환 서버만 남길 수 있는 기록이에요.",
        Reason::BeyondLease => "허용된 범위를 넘어 발급했어요.",
        Reason::Follows(number) => {
            let english = format!("It follows entry {number}, which waits.");
            return language.say(format!("앞의 {number}번 기록이 보류되어 있어요."), english);
        }
    };
    language.say(korean.to_owned(), sentence(&reason.to_string()))
}

fn contradiction(reason: Contradiction, language: Language) -> String {
    let korean = match reason {
        Contradiction::Rewound => {
            "디스크의 옛 복사본이 접속했어요. 교환 서버가 받은 기록이 그 안에 없어요."
        }
        Contradiction::Forked => {
            "디스크의 복사본이 접속했어요. 같은 기록에서 서로 다르게 이어졌어요."
        }
        Contradiction::Superseded => "이전 기록부가 접속했어요. 이 기기의 새 기록부가 이미 있어요.",
    };
    language.say(korean.to_owned(), sentence(&reason.to_string()))
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|it| it.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}

pub(super) async fn settle(
    State(exchange): State<Arc<Exchange>>,
    Named((station, incarnation, number)): Named<(StationId, Incarnation, u64)>,
    Filled { who, fields }: Filled,
) -> Result<Redirect, Fault> {
    who.must(&exchange, Act::Settle)?;
    let (verdict, done) = match fields.text("verdict") {
        "apply" => (Verdict::Apply, Done::Applied),
        "discard" => (Verdict::Discard, Done::Discarded),
        _ => return Err(Fault::NotAForm),
    };
    let ground = ground(&fields)?;
    let entry = (&station, &incarnation, number);
    match exchange.settle_wedged(entry, verdict, Some(ground), &who.name)? {
        Settled::Done(_) => Ok(done.at(Place::Waiting.path())),
        Settled::Unknown => Err(Fault::NotFound),
        Settled::StillUnreadable => Err(Fault::StillUnreadable),
    }
}

pub(super) async fn release(
    State(exchange): State<Arc<Exchange>>,
    Named(station): Named<StationId>,
    Filled { who, fields }: Filled,
) -> Result<Redirect, Fault> {
    who.must(&exchange, Act::Settle)?;
    let ground = ground(&fields)?;
    match exchange.release_station(&station, Some(ground), &who.name)? {
        true => Ok(Done::Released.at(Place::Waiting.path())),
        false => Err(Fault::NotFound),
    }
}
