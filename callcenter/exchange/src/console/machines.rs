//! The page of all machines and of the releases they go over to.

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    extract::{Query, State},
    response::{Html, Redirect},
};
use fleet::{Release, Version};
use ledger::{Machine, Rollout};
use maud::{Markup, html};
use request::{StationId, Timestamp};

use super::{
    Language,
    fault::Fault,
    form::{Filled, form},
    machine_card::duty,
    role::Act,
    screen::{self, Asked, Done, Place, Tone, nothing, state, table, time},
    signed::Signed,
};
use crate::{http::Exchange, releases::waves};

pub(super) async fn show(
    State(exchange): State<Arc<Exchange>>,
    who: Signed,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let (language, now) = (who.language, exchange.issuer.clock.now());
    let machines = exchange.issuer.store.machines()?;
    let rollouts = exchange.issuer.store.rollouts()?;
    let held = held(&exchange)?;
    let body = html! {
        section.card {
            h2 { (language.say("이미지 판 배포", "Releases on their way")) }
            @if rollouts.is_empty() {
                (nothing(language.say("배포한 판이 없어요.", "None was rolled out.")))
            }
            @for it in &rollouts { (rollout(&who, it, &machines, now)) }
            @if who.may(Act::RollOut) { (starting(&who, &exchange, &held, &machines)) }
        }
        @if machines.is_empty() {
            (nothing(language.say(
                "아직 알려 온 장비가 없어요. minwon-exchange station-expect로 라벨을 만드세요.",
                "No machine has told anything yet. Make a label with minwon-exchange station-expect.",
            )))
        } @else {
            (listed(&machines, now, language))
        }
    };
    Ok(screen::page(&who, Place::Machines, asked.done, &body))
}

fn held(exchange: &Exchange) -> Result<Vec<(Release, Vec<u8>)>, Fault> {
    exchange.releases.held().map_err(|error| {
        tracing::error!(%error, "The shelf of releases cannot be read");
        Fault::NotNow
    })
}

fn rollout(who: &Signed, it: &Rollout, machines: &[Machine], now: Timestamp) -> Markup {
    let language = who.language;
    let reports = machines.iter().filter_map(|it| it.report.as_ref());
    let of_model = reports.filter(|(report, _)| report.image.model == it.model);
    let (all, there) = of_model.fold((0, 0), |(all, there), (report, _)| {
        (
            all + 1,
            there + u32::from(report.image.version >= it.version),
        )
    });
    html! {
        h3 { (it.model) " · " (language.say(format!("{}판", it.version), format!("version {}", it.version))) }
        p {
            @match &it.stopped {
                Some((at, why)) => {
                    (state(Tone::Bad, language.say("멈춤", "stopped"))) " " (time(*at, now, language)) " " (why)
                }
                None if there == all => (state(Tone::Good, language.say("모두 이 판", "all run it"))),
                None => (state(Tone::Caution, language.say("배포 중", "on its way"))),
            }
            " " (language.say(format!("{all}대 가운데 {there}대"), format!("{there} of {all} machines")))
        }
        p.hint {
            (language.say("먼저: ", "First: ")) (it.pilot) " · " (it.operator) " "
            (time(it.started_at, now, language))
        }
        @if who.may(Act::RollOut) && it.stopped.is_none() {
            (form(who, "/machines/stop", &html! {
                input type="hidden" name="model" value=(it.model);
                input type="hidden" name="version" value=(it.version);
                button.danger.small type="submit" {
                    (language.say("배포 멈추기", "Stop it")) span.unseen { " " (it.model) " " (it.version) }
                }
            }))
        }
    }
}

fn starting(
    who: &Signed,
    exchange: &Exchange,
    held: &[(Release, Vec<u8>)],
    machines: &[Machine],
) -> Markup {
    let language = who.language;
    if held.is_empty() {
        return nothing(language.say(
            "받은 판이 없어요. 서버에서 minwon-exchange release로 넣으세요.",
            "No release was handed in. Do so at the server with minwon-exchange release.",
        ));
    }
    let catalog = &exchange.issuer.catalog;
    let mut sites: BTreeMap<String, Vec<&StationId>> = BTreeMap::new();
    for it in machines {
        let site = waves::site(catalog, &it.station);
        sites.entry(site).or_default().push(&it.station);
    }
    html! {
        h3 { (language.say("새 판 배포하기", "Roll out a release")) }
        p.hint { (language.say(
            "먼저 고른 곳이 곧바로, 하루 뒤 나머지의 4분의 1, 또 하루 뒤 모두가 밤에 바꿔요. 한 대라도 돌아가면 멈춰요.",
            "The site that you choose goes at once, a quarter of the others a day later, the rest the day after, each by night. When one machine goes back, no further one follows.",
        )) }
        (form(who, "/machines/start", &html! {
            label for="release" { (language.say("어느 판을", "Which release")) }
            select #release name="release" {
                @for (it, _) in held {
                    option value={ (it.model) " " (it.version) } { (it.model) " · " (it.version) }
                }
            }
            label for="pilot" { (language.say("어디부터", "Which site first")) }
            select #pilot name="pilot" {
                @for (site, stations) in &sites {
                    option value=(site) { (site) " (" (stations.len()) ")" }
                }
            }
            button type="submit" { (language.say("배포 시작하기", "Start")) }
        }))
    }
}

fn listed(machines: &[Machine], now: Timestamp, language: Language) -> Markup {
    let heads = language.say(
        ["기기", "상태", "모델", "이미지 판", "알려 온 때"],
        ["Station", "Duty", "Model", "Image", "Told"],
    );
    let rows = html! {
        @for it in machines {
            tr {
                th scope="row" { a href={ "/stations/" (it.station) } { (it.station) } }
                @match &it.report {
                    Some((report, at)) => {
                        td { (duty(report, language)) }
                        td { (report.image.model) }
                        td {
                            (report.image.version)
                            @if let Some(last) = report.image.rollbacks.last() {
                                " " (state(Tone::Bad, &language.say(
                                    format!("{}판 실패", last.failed), format!("{} failed", last.failed),
                                )))
                            }
                        }
                        td { (time(*at, now, language)) }
                    }
                    None => { td { "–" } td { "–" } td { "–" } td { "–" } }
                }
            }
        }
    };
    table(language.say("모든 장비", "All machines"), &heads, &rows)
}

pub(super) async fn start(
    State(exchange): State<Arc<Exchange>>,
    Filled { who, fields }: Filled,
) -> Result<Redirect, Fault> {
    who.must(&exchange, Act::RollOut)?;
    let named = fields.text("release").to_owned();
    let release = held(&exchange)?
        .into_iter()
        .find(|(it, _)| format!("{} {}", it.model, it.version) == named);
    let (release, signed) = release.ok_or(Fault::NotFound)?;
    let pilot = fields.text("pilot").to_owned();
    let machines = exchange.issuer.store.machines()?;
    let catalog = &exchange.issuer.catalog;
    if !machines
        .iter()
        .any(|it| waves::site(catalog, &it.station) == pilot)
    {
        return Err(Fault::NotAForm);
    }
    exchange.issuer.store.start_rollout(&Rollout {
        model: release.model,
        version: release.version,
        release: signed,
        pilot,
        operator: who.name.clone(),
        started_at: exchange.issuer.clock.now(),
        stopped: None,
    })?;
    Ok(Done::RolledOut.at(Place::Machines.path()))
}

pub(super) async fn stop(
    State(exchange): State<Arc<Exchange>>,
    Filled { who, fields }: Filled,
) -> Result<Redirect, Fault> {
    who.must(&exchange, Act::RollOut)?;
    let version: Version = fields
        .text("version")
        .parse()
        .map_err(|_| Fault::NotAForm)?;
    let (store, now) = (&exchange.issuer.store, exchange.issuer.clock.now());
    let why = format!("{} stopped it", who.name);
    let was_going = store.stop_rollout(fields.text("model"), &version, &who.name, &why, now)?;
    if !was_going {
        return Err(Fault::NotFound);
    }
    Ok(Done::Stopped.at(Place::Machines.path()))
}
