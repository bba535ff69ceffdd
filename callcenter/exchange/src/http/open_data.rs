//! Open data, for everybody: where kiosks stand, and how much they are used.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use axum::{
    Json, Router, extract::State, http::header::CONTENT_TYPE, response::IntoResponse, routing::get,
};
use request::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::asked::Query;
use super::{Exchange, Problem};
use crate::open_data::{ToldCount, ToldKiosk, csv, told_counts, told_kiosks, whole_month};

/// What a kiosk tells late comes into a month by then.
const COUNT_AGAIN: Duration = Duration::from_hours(1);
/// Months that are kept counted.
const MONTHS_MAX: usize = 24;

const KIOSK: [&str; 12] = [
    "ISSUMCHN_NM",
    "MNG_INST_NM",
    "CTPV_CD",
    "INSTL_PLC_ADDR",
    "INSTL_PLC_PSTN",
    "INSTL_PLC_DTL_PSTN",
    "WKDY_OPER_BGNG_TM",
    "WKDY_OPER_END_TM",
    "LHLDY_OPER_BGNG_TM",
    "LHLDY_OPER_END_TM",
    "OPER_HR_REF_CN",
    "USE_YN_NM",
];
const COUNT: [&str; 7] = [
    "STATS_YM",
    "ISSUMCHN_NM",
    "CVLCPT_ID",
    "CVLCPT_NM",
    "HR",
    "RCPT_NOCS",
    "ISSU_NOCS",
];

/// The months that were counted: each once for everybody who asks, for they have no
/// certificate.
#[derive(Default)]
pub(crate) struct OpenData {
    counted: Mutex<BTreeMap<String, Counted>>,
}

/// A month, and when it was counted.
struct Counted {
    at: Timestamp,
    told: Arc<[ToldCount]>,
}

/// For everybody.
pub(crate) fn routes() -> Router<Arc<Exchange>> {
    Router::new()
        .route("/v1/open-data/kiosks", get(kiosks))
        .route("/v1/open-data/kiosks.csv", get(kiosks_table))
        .route("/v1/open-data/statistics", get(statistics))
        .route("/v1/open-data/statistics.csv", get(statistics_table))
}

/// Kiosks with the fields of the public interface on them.
#[utoipa::path(get, path = "/v1/open-data/kiosks", tag = "open data",
    responses((status = 200, description = "response.body.items.item, as the public interface has it")))]
pub(crate) async fn kiosks(State(exchange): State<Arc<Exchange>>) -> Result<Json<Value>, Problem> {
    Ok(answer(&kiosks_now(&exchange)?))
}

/// The same as a table.
#[utoipa::path(get, path = "/v1/open-data/kiosks.csv", tag = "open data",
    responses((status = 200, description = "Comma-separated values in UTF-8")))]
pub(crate) async fn kiosks_table(
    State(exchange): State<Arc<Exchange>>,
) -> Result<impl IntoResponse, Problem> {
    Ok(table(csv(&kiosks_now(&exchange)?, &KIOSK)))
}

fn kiosks_now(exchange: &Exchange) -> Result<Vec<ToldKiosk>, Problem> {
    let issuer = &exchange.issuer;
    let (kiosks, heard) = (issuer.catalog.kiosks(), issuer.store.last_heard()?);
    Ok(told_kiosks(kiosks, &heard, issuer.clock.now()))
}

#[derive(Deserialize)]
pub(crate) struct Month {
    #[serde(default)]
    month: String,
}

/// Requests and papers of a month by kiosk, service and hour of the day; fewer than five
/// are not told.
#[utoipa::path(get, path = "/v1/open-data/statistics", tag = "open data",
    params(("month" = String, Query, description = "YYYY-MM; one that is over")),
    responses((status = 200, description = "response.body.items.item"),
        (status = 422, description = "Not a month, or not over")))]
pub(crate) async fn statistics(
    State(exchange): State<Arc<Exchange>>,
    Query(Month { month }): Query<Month>,
) -> Result<Json<Value>, Problem> {
    Ok(answer(&counted(&exchange, &month).await?))
}

/// The same as a table.
#[utoipa::path(get, path = "/v1/open-data/statistics.csv", tag = "open data",
    params(("month" = String, Query, description = "YYYY-MM; one that is over")),
    responses((status = 200, description = "Comma-separated values in UTF-8"),
        (status = 422, description = "Not a month, or not over")))]
pub(crate) async fn statistics_table(
    State(exchange): State<Arc<Exchange>>,
    Query(Month { month }): Query<Month>,
) -> Result<impl IntoResponse, Problem> {
    Ok(table(csv(&counted(&exchange, &month).await?, &COUNT)))
}

async fn counted(exchange: &Exchange, month: &str) -> Result<Arc<[ToldCount]>, Problem> {
    let (issuer, open) = (&exchange.issuer, &exchange.open_data);
    let now = issuer.clock.now();
    let (from, before) = whole_month(month, now).ok_or(Problem::Malformed)?;
    // Whoever asks meanwhile waits for the same count.
    let mut counted = open.counted.lock().await;
    if let Some(Counted { at, told }) = counted.get(month)
        && *at + COUNT_AGAIN > now
    {
        return Ok(Arc::clone(told));
    }
    let store = issuer.store.clone();
    let counts = tokio::task::spawn_blocking(move || store.counts(from, before)).await;
    let counts = counts.unwrap_or(Err(ledger::StoreError::Unarchived))?;
    let told: Arc<[ToldCount]> = told_counts(&counts, month, &issuer.catalog).into();
    if counted.len() >= MONTHS_MAX {
        counted.pop_first();
    }
    let fresh = Counted {
        at: now,
        told: Arc::clone(&told),
    };
    counted.insert(month.to_owned(), fresh);
    Ok(told)
}

/// The envelope of the public interface.
fn answer(items: &[impl Serialize]) -> Json<Value> {
    Json(json!({ "response": {
        "header": { "resultCode": "00", "resultMsg": "NORMAL SERVICE" },
        "body": {
            "items": { "item": items }, "totalCount": items.len(), "pageNo": 1,
            "numOfRows": items.len()
        }
    } }))
}

fn table(written: String) -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/csv; charset=utf-8")], written)
}
