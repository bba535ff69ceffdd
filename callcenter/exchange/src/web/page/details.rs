//! What little is told of a paper, to be compared with it.

use std::time::Duration;

use catalog::{Catalog, Service, day_in_words};
use ledger::{Paper, Particulars};
use maud::{Markup, html};
use request::{ServiceId, Timestamp};
use verify::SealedPaper;

use crate::web::language::Language;

const DAY: Duration = Duration::from_hours(24);

/// Of a number: kind, day, until when.
pub(super) fn of_number(
    particulars: &Particulars,
    catalog: &Catalog,
    now: Timestamp,
    language: Language,
) -> Markup {
    if particulars.paper == Paper::Unknown {
        return html! {};
    }
    let service = particulars.service.as_ref();
    let service = service.and_then(|id| catalog.service(id));
    let until = particulars
        .made_at
        .zip(service)
        .map(|(made_at, service)| made_at + DAY * service.valid_days);
    let until = until.filter(|_| particulars.paper == Paper::Valid);
    html! {
        dl {
            (kind(service, language))
            (days(particulars.made_at, until, language))
        }
        (over(until, now, language))
    }
}

/// Of a sealed paper: the same, its number, and what its seal says with all but the
/// ends of words hidden.
pub(super) fn of_paper(
    paper: &SealedPaper,
    catalog: &Catalog,
    now: Timestamp,
    language: Language,
) -> Markup {
    let service = catalog.service(&ServiceId::new(&paper.service));
    let at = |seconds: i64| Timestamp::from_millis(seconds.saturating_mul(1_000));
    let until = Some(at(paper.expires_at));
    html! {
        dl {
            dt { (language.say("문서확인번호", "Document number")) }
            dd.number { (paper.number) }
            (kind(service, language))
            (days(Some(at(paper.issued_at)), until, language))
        }
        (over(until, now, language))
        @if !paper.fields.is_empty() {
            h3 { (language.say("봉인에 적힌 내용", "What the seal says")) }
            p { (language.say(
                "가린 글자를 빼고 종이와 같은지 보세요.",
                "It must be the same on the paper, but for the hidden letters.",
            )) }
            dl {
                @for (name, value) in &paper.fields {
                    dt lang="ko" { (name) }
                    dd lang="ko" { @if value.is_empty() { "–" } @else { (value) } }
                }
            }
        }
    }
}

fn kind(service: Option<&Service>, language: Language) -> Markup {
    html! {
        @if let Some(service) = service {
            dt { (language.say("문서 종류", "Kind of paper")) }
            dd { (language.of_both(&service.title)) }
            dt { (language.say("발급 기관", "Issued by")) }
            dd { (language.of_both(&service.issuer)) }
        }
    }
}

fn days(made_at: Option<Timestamp>, until: Option<Timestamp>, language: Language) -> Markup {
    html! {
        @if let Some(made_at) = made_at {
            dt { (language.say("발급한 날", "Day of issue")) }
            dd { (day(made_at, language)) }
        }
        @if let Some(until) = until {
            dt { (language.say("유효기간", "To be relied upon until")) }
            dd { (day(until, language)) }
        }
    }
}

fn over(until: Option<Timestamp>, now: Timestamp, language: Language) -> Markup {
    html! {
        @if until.is_some_and(|until| until < now) {
            p.over { (language.say(
                "유효기간이 지났어요. 새로 발급받은 문서를 달라고 하세요.",
                "Its time is over. Ask for one that was issued anew.",
            )) }
        }
    }
}

fn day(at: Timestamp, language: Language) -> String {
    let day = at.local().date().to_string();
    day_in_words(&day, language.code()).unwrap_or(day)
}
