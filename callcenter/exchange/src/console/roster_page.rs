//! Who belongs here, and striking somebody off.

use std::sync::Arc;

use axum::{
    extract::{Query, State},
    response::{Html, Redirect},
};
use identity::{AgentId, Party};
use maud::{Markup, html};
use request::StationId;

use super::{
    Language,
    fault::Fault,
    form::{Filled, form},
    listing::kind,
    named::Named,
    role::Act,
    screen::{self, Asked, Done, Place, nothing, table},
    signed::Signed,
};
use crate::{enrollment, http::Exchange, roster::Listing};

/// Digits of a certificate's fingerprint by which people compare it.
const SHOWN: usize = 16;

pub(super) async fn show(
    State(exchange): State<Arc<Exchange>>,
    who: Signed,
    Query(asked): Query<Asked>,
) -> Html<String> {
    let (language, listing) = (who.language, exchange.roster.listing());
    let body = html! {
        p.lead { (language.say(
            "여기 있는 인증서만 교환 서버에 들어와요. 새로 등록하려면 서버에서 minwon-exchange station-add를 쓰세요.",
            "Only who shows one of these certificates comes in. To enroll somebody, use minwon-exchange station-add at the server.",
        )) }
        (stations(&listing, language))
        h2 { (language.say("상담사의 인증서", "Agents' certificates")) }
        (members(&who, "agents", &listing.agents, language))
        h2 { (language.say("교환기", "Switches")) }
        p { (language.say(
            "교환기를 지우면 그 교환기가 만든 상담사 배지를 모두 믿지 않아요.",
            "When a switch is struck off, no badge of an agent that it has signed is believed any more.",
        )) }
        (members(&who, "switches", &listing.switches, language))
    };
    screen::page(&who, Place::Roster, asked.done, &body)
}

fn stations(listing: &Listing, language: Language) -> Markup {
    let heads = language.say(
        ["기기", "종류", "인증서 지문"],
        ["Station", "Kind", "Certificate's fingerprint"],
    );
    let rows = html! {
        @for (id, kind_of, certificate) in &listing.stations {
            tr {
                th scope="row" { a href={ "/stations/" (id) } { (id) } }
                td { (kind(Some(*kind_of), language)) }
                td.number { (shown(certificate)) }
            }
        }
    };
    table(
        language.say("기기의 인증서", "Stations' certificates"),
        &heads,
        &rows,
    )
}

fn members(who: &Signed, of: &str, members: &[(String, String)], language: Language) -> Markup {
    if members.is_empty() {
        return nothing(language.say("하나도 없어요.", "None."));
    }
    let heads = language.say(
        ["이름", "인증서 지문", "할 일"],
        ["Name", "Certificate's fingerprint", "To do"],
    );
    let rows = html! {
        @for (id, certificate) in members {
            tr {
                th scope="row" { (id) }
                td.number { (shown(certificate)) }
                td {
                    @if who.may(Act::Revoke) {
                        (form(who, &format!("/{of}/{id}/revoke"), &html! {
                            button.danger.small type="submit" { (language.say("지우기", "Strike off")) span.unseen { " " (id) } }
                        }))
                    }
                }
            }
        }
    };
    let caption = match of {
        "agents" => language.say("상담사", "Agents"),
        _ => language.say("교환기", "Switches"),
    };
    table(caption, &heads, &rows)
}

fn shown(fingerprint: &str) -> &str {
    fingerprint.get(..SHOWN).unwrap_or(fingerprint)
}

pub(super) async fn revoke_station(
    State(exchange): State<Arc<Exchange>>,
    Named(station): Named<StationId>,
    Filled { who, fields }: Filled,
) -> Result<Redirect, Fault> {
    who.must(&exchange, Act::Revoke)?;
    if fields.text("sure") != station.as_str() {
        return Err(Fault::Field(
            "기기 이름을 똑같이 써야 지워요. 아무것도 바꾸지 않았어요.",
            "Type the station's name as it is. Nothing was changed.",
        ));
    }
    let party = Party::Station(station.clone());
    strike(&exchange, &who, &party.to_string(), || {
        enrollment::revoke(exchange.roster.file(), &party)
    })?;
    Ok(Done::Revoked.at(Place::Roster.path()))
}

pub(super) async fn revoke_agent(
    State(exchange): State<Arc<Exchange>>,
    Named(agent): Named<AgentId>,
    Filled { who, .. }: Filled,
) -> Result<Redirect, Fault> {
    who.must(&exchange, Act::Revoke)?;
    let party = Party::Agent(agent);
    strike(&exchange, &who, &party.to_string(), || {
        enrollment::revoke(exchange.roster.file(), &party)
    })?;
    Ok(Done::Revoked.at(Place::Roster.path()))
}

pub(super) async fn revoke_switch(
    State(exchange): State<Arc<Exchange>>,
    Named(name): Named<String>,
    Filled { who, .. }: Filled,
) -> Result<Redirect, Fault> {
    who.must(&exchange, Act::Revoke)?;
    strike(&exchange, &who, &format!("switch {name}"), || {
        enrollment::revoke_switch(exchange.roster.file(), &name)
    })?;
    Ok(Done::Revoked.at(Place::Roster.path()))
}

/// The roster is a file: what is about to be done to it stands in the audit before, and
/// that it was done after.
fn strike(
    exchange: &Exchange,
    who: &Signed,
    subject: &str,
    deed: impl FnOnce() -> anyhow::Result<()>,
) -> Result<(), Fault> {
    let (store, now) = (&exchange.issuer.store, exchange.issuer.clock.now());
    if !exchange.roster.listing().lists(subject) {
        return Err(Fault::NotFound);
    }
    store.note(&who.name, "is about to strike off the roster", subject, now)?;
    deed().map_err(|error| {
        tracing::error!(%error, "The roster could not be changed");
        Fault::NotNow
    })?;
    store.note(&who.name, "struck off the roster", subject, now)?;
    tracing::warn!(operator = who.name, subject, "Struck off the roster");
    Ok(())
}
