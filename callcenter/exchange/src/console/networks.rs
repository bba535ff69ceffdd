//! The page of the data networks and their health.

use std::{sync::Arc, time::Instant};

use axum::{
    extract::{Query, State},
    response::Html,
};
use catalog::{Access, Closed, Maintenance, MaintenanceDay, Network};
use maud::{Markup, html};
use request::LocalTime;

use super::{
    Language,
    moments::{grouped, span},
    screen::{self, Asked, Place, Tone, state, table},
    signed::Signed,
};
use crate::{
    connector::{NetworkHealth, NetworkState},
    http::Exchange,
    metrics::NetworkFigures,
};

pub(super) async fn show(
    State(exchange): State<Arc<Exchange>>,
    who: Signed,
    Query(asked): Query<Asked>,
) -> Html<String> {
    let (issuer, language) = (&exchange.issuer, who.language);
    let now = issuer.clock.now().local();
    let heads = language.say(
        [
            "정보망",
            "상태",
            "업무 시간",
            "응답",
            "응답까지",
            "점검 예정",
        ],
        [
            "Network",
            "State",
            "Hours",
            "Answers",
            "Took",
            "Maintenance",
        ],
    );
    let health = issuer.connector.health(&issuer.catalog, Instant::now());
    let rows = html! {
        @for (network, health) in issuer.catalog.networks().zip(&health) {
            @let access = issuer.catalog.access_to(network);
            @let figures = issuer.connector.metrics.figures_of(&network.id);
            tr {
                th scope="row" {
                    (language.of_both(&network.title))
                    small { (language.of_both(&network.agency)) }
                }
                td { (how(health, language)) }
                td { (hours(&access, now, language)) }
                td { (answers(&figures, language)) }
                td { (took(&figures, language)) }
                td { (maintenance(network, language)) }
            }
        }
    };
    let body = html! {
        p.lead { (language.say(
            "세 번 이어서 답하지 않는 정보망은 잠시 쉬게 하고 한 번씩 다시 물어봐요. 숫자는 교환 서버가 켜진 뒤부터예요.",
            "A network that fails three times in a row is left alone for a while and then tried once. Figures are since the exchange has been up.",
        )) }
        (table(language.say("모든 정보망", "All networks"), &heads, &rows))
    };
    screen::page(&who, Place::Networks, asked.done, &body)
}

pub(super) fn told(state: NetworkState, language: Language) -> (Tone, &'static str) {
    match state {
        NetworkState::Up => (Tone::Good, language.say("응답함", "answers")),
        NetworkState::Down => (Tone::Bad, language.say("쉬게 함", "left alone")),
        NetworkState::Unknown => (Tone::Neutral, language.say("묻지 않음", "not asked yet")),
    }
}

fn how(health: &NetworkHealth, language: Language) -> Markup {
    let (tone, word) = told(health.state, language);
    html! {
        (state(tone, word))
        @if health.failures > 0 {
            small { (language.say(
                format!("이어서 {}번 실패", health.failures),
                format!("{} failures in a row", health.failures),
            )) }
        }
        @if let Some(rest) = health.rests_for {
            @let rest = span(rest, language);
            small { (language.say(format!("{rest} 뒤에 다시"), format!("tried again in {rest}"))) }
        }
    }
}

fn hours(access: &Access<'_>, now: LocalTime, language: Language) -> Markup {
    match access.closed_at(now) {
        None => state(Tone::Good, language.say("열림", "open")),
        Some(Closed::Maintenance(_)) => html! {
            (state(Tone::Caution, language.say("점검 중", "maintenance")))
            small { (access.explanation(now, language.code()).unwrap_or_default()) }
        },
        Some(Closed::Hours | Closed::Holiday(_)) => html! {
            (state(Tone::Neutral, language.say("닫힘", "closed")))
            small { (access.explanation(now, language.code()).unwrap_or_default()) }
        },
    }
}

fn answers(figures: &NetworkFigures, language: Language) -> Markup {
    if figures.asked() == 0 && figures.spared == 0 {
        return html! { "–" };
    }
    let part = |count: u64, korean: &str, english: &str| {
        html! { @if count > 0 { span.part { (language.say(korean, english)) " " b { (grouped(count)) } } " " } }
    };
    html! {
        (part(figures.records, "기록", "records"))
        (part(figures.none, "없음", "none"))
        (part(figures.faults, "실패", "faults"))
        (part(figures.spared, "묻지 않음", "not asked"))
    }
}

fn took(figures: &NetworkFigures, language: Language) -> Markup {
    let Some(mean) = figures.mean() else {
        return html! { "–" };
    };
    let millis = |it: std::time::Duration| {
        format!(
            "{} ms",
            grouped(it.as_secs() * 1_000 + u64::from(it.subsec_millis()))
        )
    };
    html! {
        (language.say("평균 ", "mean ")) b { (millis(mean)) }
        small { (language.say("가장 오래 ", "longest ")) (millis(figures.longest)) }
    }
}

fn maintenance(network: &Network, language: Language) -> Markup {
    if network.maintenance.is_empty() {
        return html! { "–" };
    }
    html! {
        @for it in &network.maintenance {
            div { (when(it, language)) " " (it.from) "–" (it.to) }
        }
    }
}

fn when(it: &Maintenance, language: Language) -> String {
    match &it.when {
        MaintenanceDay::On(date) => date.to_string(),
        MaintenanceDay::Weekly(days) => {
            let days: Vec<_> = days.iter().map(|it| day(*it, language)).collect();
            let every = language.say("매주 ", "every ");
            format!("{every}{}", days.join("·"))
        }
    }
}

fn day(day: catalog::Day, language: Language) -> &'static str {
    match day {
        catalog::Day::Monday => language.say("월", "Mon"),
        catalog::Day::Tuesday => language.say("화", "Tue"),
        catalog::Day::Wednesday => language.say("수", "Wed"),
        catalog::Day::Thursday => language.say("목", "Thu"),
        catalog::Day::Friday => language.say("금", "Fri"),
        catalog::Day::Saturday => language.say("토", "Sat"),
        catalog::Day::Sunday => language.say("일", "Sun"),
        catalog::Day::Holiday => language.say("공휴일", "holiday"),
    }
}
