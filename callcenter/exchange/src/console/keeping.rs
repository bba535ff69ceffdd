//! The page of retention and backups.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    response::{Html, Redirect},
};
use catalog::{Bilingual, Catalog};
use ledger::{
    Holdings, Kept,
    backup::{Standing, standing, want_copy},
};
use maud::{Markup, html};
use request::{PersonalFact, ServiceId, Timestamp};

use super::{
    Language,
    fault::Fault,
    form::{Filled, form},
    moments::{grouped, moment, span},
    role::Act,
    screen::{self, Asked, Done, Place, Tone, nothing, state, table, time},
    signed::Signed,
};
use crate::{http::Exchange, retention::term, settings::BackupSettings};

pub(super) async fn show(
    State(exchange): State<Arc<Exchange>>,
    who: Signed,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let (language, now) = (who.language, exchange.issuer.clock.now());
    let holdings = exchange.aside(|store| store.holdings()).await?;
    let unarchived = exchange.issuer.store.is_unarchived();
    let backups = match &exchange.backup {
        None => None,
        Some(settings) => Some((settings, look(settings)?)),
    };
    let body = html! {
        h2 { (language.say("백업", "Backups")) }
        @match &backups {
            None => (nothing(language.say(
                "이 교환 서버는 백업을 하지 않아요. 기계를 잃으면 모두 잃어요. --backup과 --backup-key를 주고 다시 시작하세요.",
                "This exchange keeps no backups: with the machine all is lost. Start it with --backup and --backup-key.",
            ))),
            Some((settings, standing)) => (copies(&who, settings, standing, unarchived, now)),
        }
        h2 { (language.say("보존과 폐기", "Retention")) }
        (held(&holdings, now, language))
        (terms(&exchange.issuer.catalog, language))
    };
    Ok(screen::page(&who, Place::Keeping, asked.done, &body))
}

pub(super) fn look(settings: &BackupSettings) -> Result<Standing, Fault> {
    standing(&settings.folder).map_err(|error| {
        tracing::error!(%error, "The backup's folder cannot be read");
        Fault::NotNow
    })
}

fn copies(
    who: &Signed,
    settings: &BackupSettings,
    standing: &Standing,
    unarchived: bool,
    now: Timestamp,
) -> Markup {
    let language = who.language;
    let every = span(settings.every, language);
    html! {
        section.card {
            dl {
                dt { (language.say("마지막 전체 백업", "Newest whole copy")) }
                dd { @match &standing.newest {
                    None => (state(Tone::Bad, language.say("아직 없음", "none yet"))),
                    Some(it) => {
                        @let taken = Timestamp::from_millis(it.taken_millis);
                        (time(taken, now, language))
                        small { (language.say(
                            format!("변경 {}번까지, 기록 {}줄, {}판", grouped(it.number), grouped(it.survey.rows.values().sum()), it.release),
                            format!("up to change {}, {} rows, release {}", grouped(it.number), grouped(it.survey.rows.values().sum()), it.release),
                        )) }
                    }
                } }
                dt { (language.say("다음 전체 백업", "Next whole copy")) }
                dd {
                    @match &standing.newest {
                        Some(it) => (moment(Timestamp::from_millis(it.taken_millis) + settings.every, language)),
                        None => (language.say("곧", "soon")),
                    }
                    small { (language.say(format!("{every}마다"), format!("every {every}"))) }
                }
                dt { (language.say("그 사이의 변경", "Changes between")) }
                dd {
                    @if unarchived { (state(Tone::Bad, language.say("백업에 아직 없는 것이 있음", "some are not in the backup yet"))) }
                    @else { (state(Tone::Good, language.say("모두 백업에 있음", "all are in the backup"))) }
                }
                dt { (language.say("보관 중인 전체 백업", "Whole copies kept")) } dd { (standing.copies) }
                dt { (language.say("복원 연습", "Trial of a restore")) } dd { (drill(standing, now, language)) }
            }
            @if standing.wanted {
                p { (state(Tone::Neutral, language.say("전체 백업을 부탁해 두었어요", "a whole copy is asked for"))) }
            } @else if who.may(Act::BackUp) {
                (form(who, "/keeping/copy", &html! {
                    button type="submit" { (language.say("지금 전체 백업하기", "Make a whole copy now")) }
                }))
            }
        }
    }
}

fn drill(standing: &Standing, now: Timestamp, language: Language) -> Markup {
    match standing.drill {
        None => html! {
            (state(Tone::Caution, language.say("해 본 적 없음", "nobody has tried")))
            small { (language.say(
                "복원해 보지 않은 백업은 믿을 수 없어요. 열쇠가 있는 곳에서 minwon-exchange restore-drill을 해 보세요.",
                "A backup that nobody has restored proves nothing. Where the key is, run minwon-exchange restore-drill.",
            )) }
        },
        Some(it) => html! {
            @if it.passed { (state(Tone::Good, language.say("잘됨", "passed"))) }
            @else { (state(Tone::Bad, language.say("실패", "failed"))) }
            " " (time(it.at, now, language))
        },
    }
}

fn held(holdings: &Holdings, now: Timestamp, language: Language) -> Markup {
    let pages_gone = holdings.documents.saturating_sub(holdings.with_pages);
    html! {
        section.card {
            dl {
                dt { (language.say("기록", "Facts")) }
                dd {
                    (grouped(holdings.facts))
                    small { (language.say(
                        format!("그중 기한이 지나 지운 것 {}", grouped(holdings.erased)),
                        format!("{} of them erased when their term was over", grouped(holdings.erased)),
                    )) }
                }
                dt { (language.say("발급한 문서", "Documents")) }
                dd {
                    (grouped(holdings.documents))
                    small { (language.say(
                        format!("그중 내용이 없는 것 {}, 폐기 기록 {}", grouped(pages_gone), grouped(holdings.disposals)),
                        format!("{} of them without pages; {} records of disposal", grouped(pages_gone), grouped(holdings.disposals)),
                    )) }
                }
                dt { (language.say("끝나지 않은 신청", "Requests under way")) } dd { (grouped(holdings.open_requests)) }
                dt { (language.say("마지막 폐기", "Last disposal")) }
                dd { @match holdings.last_disposal {
                    Some(at) => (time(at, now, language)),
                    None => (language.say("아직 없음", "none yet")),
                } }
                dt { (language.say("다음에 볼 때", "Looked at next")) }
                dd { @match holdings.next_due {
                    Some(at) if at <= now => (language.say("한 시간 안에", "within the hour")),
                    Some(at) => (moment(at, language)),
                    None => (language.say("정해진 것이 없음", "nothing is due")),
                } }
            }
        }
    }
}

fn terms(catalog: &Catalog, language: Language) -> Markup {
    let heads = language.say(
        ["서비스", "#문서 내용", "#신원", "#답한 내용"],
        ["Service", "#Pages", "#Identity", "#Answers"],
    );
    let days = |id: &ServiceId, kept| {
        let days = term(catalog, id, kept).as_secs() / 86_400;
        language.say(
            format!("{}일", grouped(days)),
            format!("{} days", grouped(days)),
        )
    };
    let row = |id: &ServiceId, title: &Bilingual| {
        html! {
            tr {
                th scope="row" { (language.of_both(title)) }
                td.figure { (days(id, Kept::Document)) }
                td.figure { (days(id, Kept::Fact(PersonalFact::Identity))) }
                td.figure { (days(id, Kept::Fact(PersonalFact::Answer))) }
            }
        }
    };
    let rows = html! { @for it in catalog.services() { (row(&it.id, &it.title)) } };
    html! {
        details {
            summary { (language.say("서비스마다 얼마나 두는지", "How long each service keeps what")) }
            (table(language.say("끝난 뒤의 기한", "Terms after the end"), &heads, &rows))
        }
    }
}

/// Asks for it and does not wait: a copy of a large store takes minutes.
pub(super) async fn copy(
    State(exchange): State<Arc<Exchange>>,
    Filled { who, .. }: Filled,
) -> Result<Redirect, Fault> {
    who.must(&exchange, Act::BackUp)?;
    let settings = exchange.backup.as_ref().ok_or(Fault::NoBackups)?;
    let now = exchange.issuer.clock.now();
    let store = &exchange.issuer.store;
    store.note(&who.name, "asks for a whole copy of", "the store", now)?;
    want_copy(&settings.folder).map_err(|error| {
        tracing::error!(%error, "A whole copy could not be asked for");
        Fault::NotNow
    })?;
    Ok(Done::CopyWanted.at(Place::Keeping.path()))
}
