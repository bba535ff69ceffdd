//! What waits for a person: wedged entries and stations in quarantine; and what
//! agents tell stations.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, extract::State};
use ledger::{Settled, StoreError, Verdict};
use request::StationId;
use serde::Deserialize;
use serde_json::{Value, json};
use sync::{Announcement, Incarnation};

use super::{
    Agent, Exchange, Problem,
    asked::{Path, Said},
};

/// Entries that have their place in the sequence and could not be applied.
#[utoipa::path(get, path = "/v1/wedged", tag = "attention",
    responses((status = 200, description = "Which entries, since when and why; nothing of what they say"),
        (status = 403, description = "Not an agent")))]
pub(crate) async fn wedged(
    State(exchange): State<Arc<Exchange>>,
    Agent(_): Agent,
) -> Result<Json<Value>, Problem> {
    let wedged = exchange.issuer.store.wedged()?;
    Ok(Json(json!({ "wedged": wedged })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Judgment {
    verdict: Word,
    #[serde(default)]
    ground: Option<Ground>,
}

/// Why an agent decides so. A closed list: the audit names no citizen.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ground {
    CheckedOnSite,
    OperatorConfirmed,
    ComparedByHand,
}

impl Ground {
    pub(super) fn in_words(self) -> &'static str {
        match self {
            Ground::CheckedOnSite => "decides, having checked on site,",
            Ground::OperatorConfirmed => "decides, as the operator confirmed,",
            Ground::ComparedByHand => "decides, having compared by hand,",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Release {
    #[serde(default)]
    ground: Option<Ground>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Apply,
    Discard,
}

/// An agent's verdict on a wedged entry: `{"verdict": "apply"}` or `"discard"`, and
/// perhaps its `"ground"`.
#[utoipa::path(post, path = "/v1/wedged/{station}/{incarnation}/{number}", tag = "attention",
    params(("station" = String, Path), ("incarnation" = String, Path), ("number" = u64, Path)),
    responses((status = 200, description = "Carried out, with its audit row"),
        (status = 403, description = "Not an agent"), (status = 404, description = "No such entry waits"),
        (status = 409, description = "The entry can still not be read")))]
pub(crate) async fn settle(
    State(exchange): State<Arc<Exchange>>,
    Agent(agent): Agent,
    Path((station, incarnation, number)): Path<(StationId, Incarnation, u64)>,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let judgment: Judgment = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    let verdict = match judgment.verdict {
        Word::Apply => Verdict::Apply,
        Word::Discard => Verdict::Discard,
    };
    let entry = (&station, &incarnation, number);
    match exchange.settle_wedged(entry, verdict, judgment.ground, agent.as_str())? {
        Settled::Done(_) => Ok(Json(json!({ "settled": number }))),
        Settled::Unknown => Err(Problem::NotFound),
        Settled::StillUnreadable => Err(Problem::StillUnreadable),
    }
}

impl Exchange {
    /// Carries out a person's verdict on a wedged entry, and goes on with what it lets go.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub(crate) fn settle_wedged(
        &self,
        (station, incarnation, number): (&StationId, &Incarnation, u64),
        verdict: Verdict,
        ground: Option<Ground>,
        who: &str,
    ) -> Result<Settled, StoreError> {
        let (issuer, now) = (&self.issuer, self.issuer.clock.now());
        let store = &issuer.store;
        if let Some(ground) = ground {
            let subject = format!("{station} {} {number}", incarnation.as_str());
            store.note(who, ground.in_words(), &subject, now)?;
        }
        let settled = store.settle(station, incarnation, number, verdict, who, now)?;
        if let Settled::Done(submitted) = &settled {
            issuer.published.notify_waiters();
            for id in submitted {
                tokio::spawn(Arc::clone(issuer).answer(id.clone(), station.clone()));
            }
        }
        Ok(settled)
    }

    /// Lets a station go on, on a person's word; `false` when it was not in quarantine.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub(crate) fn release_station(
        &self,
        station: &StationId,
        ground: Option<Ground>,
        who: &str,
    ) -> Result<bool, StoreError> {
        let (issuer, now) = (&self.issuer, self.issuer.clock.now());
        if let Some(ground) = ground {
            let act = ground.in_words();
            issuer.store.note(who, act, station.as_str(), now)?;
        }
        let released = issuer.store.release(station, who, now)?;
        if released {
            tracing::warn!(%station, who, "Released a station from quarantine");
            issuer.published.notify_waiters();
        }
        Ok(released)
    }
}

/// Stations from which nothing is taken over.
#[utoipa::path(get, path = "/v1/quarantine", tag = "attention",
    responses((status = 200, description = "Which stations, since when and why"),
        (status = 403, description = "Not an agent")))]
pub(crate) async fn quarantined(
    State(exchange): State<Arc<Exchange>>,
    Agent(_): Agent,
) -> Result<Json<Value>, Problem> {
    let quarantined = exchange.issuer.store.quarantined()?;
    Ok(Json(json!({ "quarantine": quarantined })))
}

/// Lets a station go on; the body may say on what `{"ground"}`.
#[utoipa::path(post, path = "/v1/quarantine/{station}/release", tag = "attention",
    params(("station" = String, Path)),
    responses((status = 200, description = "Released, with its audit row"),
        (status = 403, description = "Not an agent"), (status = 404, description = "It is in none"),
        (status = 422, description = "Not a ground")))]
pub(crate) async fn release(
    State(exchange): State<Arc<Exchange>>,
    Agent(agent): Agent,
    Path(station): Path<StationId>,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let said: Release = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    if !exchange.release_station(&station, said.ground, agent.as_str())? {
        return Err(Problem::NotFound);
    }
    Ok(Json(json!({ "released": station })))
}

/// Characters of a notice; more does not stand on a kiosk's welcome screen at large text.
pub(crate) const NOTICE_MOST: usize = 200;
const NOTICE_ID_MOST: usize = 64;
/// Of which every notice has its words.
const FIRST_LANGUAGE: &str = "ko";

pub(crate) fn can_be_read(id: &str, text: &BTreeMap<String, String>) -> bool {
    let fits = |words: &String| {
        let length = words.trim().chars().count();
        (1..=NOTICE_MOST).contains(&length) && !words.chars().any(char::is_control)
    };
    (1..=NOTICE_ID_MOST).contains(&id.len())
        && text.contains_key(FIRST_LANGUAGE)
        && text.values().all(fits)
}

/// Tells a station a notice, an order, a revocation or where a catalogue lies.
#[utoipa::path(post, path = "/v1/stations/{station}/announcements", tag = "attention",
    params(("station" = String, Path)),
    responses((status = 200, description = "It will be told, once"),
        (status = 403, description = "Not an agent"), (status = 422, description = "Nothing an agent can announce")))]
pub(crate) async fn announce(
    State(exchange): State<Arc<Exchange>>,
    Agent(agent): Agent,
    Path(station): Path<StationId>,
    Said(body): Said,
) -> Result<Json<Value>, Problem> {
    let content: Announcement = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
    match &content {
        Announcement::Notice { id, text, .. } if !can_be_read(id, text) => {
            return Err(Problem::Malformed);
        }
        Announcement::Notice { .. }
        | Announcement::Catalog { .. }
        | Announcement::Revoked { .. }
        | Announcement::Order { .. } => {}
        // These follow from what happens here; nobody says them by hand.
        Announcement::Request { .. }
        | Announcement::Claim { .. }
        | Announcement::Wedged { .. }
        | Announcement::Settled { .. }
        | Announcement::Released
        | Announcement::RefundSpent { .. } => return Err(Problem::Malformed),
    }
    let issuer = &exchange.issuer;
    let now = issuer.clock.now();
    issuer
        .store
        .announce(&station, &content, agent.as_str(), now)?;
    issuer.published.notify_waiters();
    Ok(Json(json!({ "announced": station })))
}
