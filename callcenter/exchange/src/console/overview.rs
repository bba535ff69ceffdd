//! The first page: what is for a person to look at, and how all of it stands.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    extract::{Query, State},
    response::Html,
};
use ledger::{Attested, Rollout, Store, StoreError, Vitals};
use maud::{Markup, html};
use request::{StationId, Timestamp};

use super::{
    Language,
    concern::{Backup, Concern, Facts},
    fault::Fault,
    keeping,
    listing::{Line, Listed, stations},
    moments::grouped,
    screen::{self, Asked, Place, Tone, state},
    signed::Signed,
};
use crate::{connector::NetworkState, http::Exchange, roster::Kind};

/// What machines have noticed is old news after it.
const DAY: Duration = Duration::from_hours(24);

pub(super) async fn show(
    State(exchange): State<Arc<Exchange>>,
    who: Signed,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Fault> {
    let language = who.language;
    let (stations, vitals) = stations(&exchange)?;
    let networks = networks(&exchange);
    let facts = facts(&exchange, &stations, &vitals, &networks, language).await?;
    let body = html! {
        (concerns(&facts.concerns(language), language))
        (tiles(&stations, &vitals, &networks, language))
    };
    Ok(screen::page(&who, Place::Overview, asked.done, &body))
}

/// Their titles, and how each is doing.
fn networks(exchange: &Exchange) -> Vec<(catalog::Bilingual, NetworkState)> {
    let issuer = &exchange.issuer;
    let health = issuer.connector.health(&issuer.catalog, Instant::now());
    let networks = issuer.catalog.networks().map(|it| it.title.clone());
    networks
        .zip(health.into_iter().map(|it| it.state))
        .collect()
}

async fn facts(
    exchange: &Arc<Exchange>,
    stations: &[Listed],
    vitals: &Vitals,
    networks: &[(catalog::Bilingual, NetworkState)],
    language: Language,
) -> Result<Facts, Fault> {
    let named = |wanted: &dyn Fn(&&Listed) -> bool| {
        let wanted = stations.iter().filter(wanted);
        wanted.map(|it| it.id.to_string()).collect::<Vec<_>>()
    };
    let down = networks
        .iter()
        .filter(|(_, state)| *state == NetworkState::Down);
    let backup = match &exchange.backup {
        None => Backup::None,
        Some(settings) => match keeping::look(settings) {
            Err(_) => Backup::Unreadable,
            Ok(standing) => Backup::Kept {
                taken: standing
                    .newest
                    .map(|it| Timestamp::from_millis(it.taken_millis)),
                every: settings.every,
                drill: standing.drill.map(|it| (it.at, it.passed)),
            },
        },
    };
    let now = exchange.issuer.clock.now();
    Ok(Facts {
        now,
        lacking: exchange.lacking(),
        altered: exchange.audit_checked().await?.err().map(|it| it.0),
        backup,
        unarchived: exchange.issuer.store.is_unarchived(),
        down: down
            .map(|(title, _)| language.of_both(title).to_owned())
            .collect(),
        silent: named(&|it| it.kind == Some(Kind::Kiosk) && it.line == Line::Silent),
        refused: named(&|it| it.kind.is_some() && it.refused_edition()),
        strange: strange(&exchange.issuer.store)?,
        alarmed: names(exchange.issuer.store.alarmed_since(a_day_ago(now))?),
        halted: halted(exchange.issuer.store.rollouts()?),
        quarantined: vitals.quarantined,
        wedged: vitals.wedged,
        doubts: vitals.doubts,
        editions: exchange.editions.waiting().map_or(0, |it| it.len()),
    })
}

fn a_day_ago(now: Timestamp) -> Timestamp {
    let day = i64::try_from(DAY.as_millis()).unwrap_or_default();
    Timestamp::from_millis(now.as_millis() - day)
}

fn names(stations: Vec<StationId>) -> Vec<String> {
    stations.iter().map(StationId::to_string).collect()
}

/// Stations whose evidence is not what it should be.
fn strange(store: &Store) -> Result<Vec<String>, StoreError> {
    let all = store.attested()?.into_iter();
    let strange = all.filter(|(_, it)| match it {
        Attested::AsReleased | Attested::NothingToCompare => false,
        Attested::OtherStart | Attested::OtherTpm | Attested::NotProven(_) => true,
    });
    Ok(names(strange.map(|(station, _)| station).collect()))
}

/// Of each model's newest release only: what came after it has put it right.
fn halted(rollouts: Vec<Rollout>) -> Vec<String> {
    let mut newest: BTreeMap<String, Rollout> = BTreeMap::new();
    for it in rollouts {
        let known = newest.get(&it.model);
        if known.is_none_or(|known| known.version < it.version) {
            newest.insert(it.model.clone(), it);
        }
    }
    let stopped = newest.into_values().filter(|it| it.stopped.is_some());
    stopped
        .map(|it| format!("{} {}", it.model, it.version))
        .collect()
}

fn concerns(concerns: &[Concern], language: Language) -> Markup {
    html! {
        section aria-labelledby="first" {
            h2 #first { (language.say("먼저 볼 것", "To look at first")) }
            @if concerns.is_empty() {
                p.done.good { (state(Tone::Good, language.say("지금 손볼 것이 없어요.", "Nothing needs you now."))) }
            }
            ul.concerns {
                @for it in concerns {
                    li.(it.tone.class()) {
                        (state(it.tone, &it.sentence))
                        @if it.place != Place::Overview {
                            a href=(it.place.path()) { (it.place.title(language)) (language.say(" 보기", "")) }
                        }
                    }
                }
            }
        }
    }
}

fn tiles(
    stations: &[Listed],
    vitals: &Vitals,
    networks: &[(catalog::Bilingual, NetworkState)],
    language: Language,
) -> Markup {
    let of = |kind| stations.iter().filter(move |it| it.kind == Some(kind));
    let there = |kind| of(kind).filter(|it| it.line == Line::There).count();
    let networks_that_are = |state| networks.iter().filter(move |it| it.1 == state).count();
    let tile = |place: Place, title: &str, figure: String| {
        html! { div { dt { (title) } dd { a href=(place.path()) { (figure) } } } }
    };
    let both = |one: usize, all: usize| format!("{one} / {all}");
    html! {
        section aria-labelledby="all" {
            h2 #all { (language.say("지금", "At this moment")) }
            dl.tiles {
                (tile(Place::Stations, language.say("연결된 키오스크", "Kiosks on their lines"), both(there(Kind::Kiosk), of(Kind::Kiosk).count())))
                (tile(Place::Stations, language.say("연결된 창구", "Desks on their lines"), both(there(Kind::Desk), of(Kind::Desk).count())))
                (tile(Place::Networks, language.say("쉬게 한 정보망", "Networks left alone"), both(networks_that_are(NetworkState::Down), networks.len())))
                (tile(Place::Statistics, language.say("답을 만드는 신청", "Requests to be answered"), grouped(vitals.jobs)))
                (tile(Place::Waiting, language.say("보류된 기록", "Entries that wait"), grouped(vitals.wedged)))
                (tile(Place::Waiting, language.say("끝나지 않은 민원", "Petitions under way"), grouped(vitals.petitions)))
            }
        }
    }
}
