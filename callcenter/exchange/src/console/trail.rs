//! The page of the audit: whether it is as it was written, and the newest deeds.

mod acts;

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    response::Html,
};
use ledger::AuditRow;
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    Checked, Language,
    fault::Fault,
    moments::{grouped, moment},
    screen::{self, Place, Tone, nothing, state, table},
    signed::Signed,
};
use crate::http::Exchange;

/// Deeds on a page.
const SHOWN: u32 = 100;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    before: Option<String>,
}

pub(super) async fn show(
    State(exchange): State<Arc<Exchange>>,
    who: Signed,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let language = who.language;
    let before = asked.before.and_then(|it| it.parse().ok());
    // Whoever turns pages has just seen it followed.
    let checked = match before {
        Some(_) => exchange.audit_checked().await?,
        None => exchange.audit_followed().await?,
    };
    let rows = exchange.aside(move |it| it.audited(before, SHOWN)).await?;
    let body = html! {
        section.card { (chain(&checked, language)) }
        @if rows.is_empty() {
            (nothing(language.say("아직 아무것도 없어요.", "Nothing yet.")))
        } @else {
            (deeds(&rows, language))
            (turn(&rows, before.is_some(), language))
        }
    };
    Ok(screen::page(&who, Place::Trail, None, &body))
}

fn chain(checked: &Checked, language: Language) -> Markup {
    match checked {
        Ok(head) => html! {
            p {
                (state(Tone::Good, language.say("쓴 그대로예요", "as it was written"))) " "
                (language.say(
                    format!("처음부터 끝까지 {}줄을 방금 확인했어요.", grouped(head.rows)),
                    format!("All {} rows were followed just now.", grouped(head.rows)),
                ))
            }
            p.number { (head.rows) " · " (head.hash) }
            p.hint { (language.say(
                "이 번호와 지문을 종이나 다른 기계에 적어 두면, 끝을 잘라 내거나 모두 새로 쓴 것도 알 수 있어요.",
                "Note this number and digest elsewhere: it convicts an audit that was cut off at its end or written anew.",
            )) }
        },
        Err(altered) => html! {
            p role="alert" {
                (state(Tone::Bad, language.say("쓴 것과 달라요", "not as it was written"))) " "
                (language.say(
                    format!("{}번째 줄부터 고쳐졌거나 빠졌어요. 서버를 멈추지 말고 백업을 따로 옮긴 뒤 책임자에게 알리세요.", altered.0),
                    format!("From row {} on it was altered, or a row was taken out. Leave the exchange running, put the backups out of reach and tell whoever is responsible.", altered.0),
                ))
            }
        },
    }
}

fn deeds(rows: &[AuditRow], language: Language) -> Markup {
    let heads = language.say(
        ["#번호", "언제", "누가", "한 일", "무엇을"],
        ["#No.", "When", "Who", "Did", "About"],
    );
    let rows = html! {
        @for it in rows {
            tr {
                td.figure { (it.sequence) }
                td { (moment(it.at, language)) }
                th scope="row" { (it.who) }
                td { (acts::told(&it.act, language)) }
                td { (acts::told(&it.subject, language)) }
            }
        }
    };
    let caption = language.say("한 일, 새것부터", "Deeds, the newest first");
    table(caption, &heads, &rows)
}

fn turn(rows: &[AuditRow], is_older: bool, language: Language) -> Markup {
    let oldest = rows.last().map_or(1, |it| it.sequence);
    html! {
        p.turn {
            @if is_older { a.button href="/trail" { (language.say("새것 보기", "The newest")) } " " }
            @if oldest > 1 {
                a.button href={ "/trail?before=" (oldest) } { (language.say("더 오래된 것 보기", "Older ones")) }
            }
        }
    }
}
