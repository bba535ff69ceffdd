//! Questions over HTTP: how many, answered how, and how long they took.

use std::{fmt::Write, sync::Arc, time::Instant};

use axum::{
    extract::{MatchedPath, Request, State},
    http::Method,
    middleware::Next,
    response::Response,
};
use prometheus_client::{
    encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};
use tracing::Instrument;

use super::histogram;
use crate::http::Exchange;

/// What is no route of ours.
const NOWHERE: &str = "none";

/// At which address it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Side {
    Lines,
    Public,
    Operators,
    Console,
}

impl EncodeLabelValue for Side {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> std::fmt::Result {
        encoder.write_str(match self {
            Side::Lines => "lines",
            Side::Public => "public",
            Side::Operators => "operators",
            Side::Console => "console",
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    side: Side,
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    side: Side,
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct At {
    side: Side,
}

pub(super) struct QuestionMetrics {
    answered: Family<Answered, Counter>,
    lasted: Family<Route, Histogram, fn() -> Histogram>,
    under_way: Family<At, Gauge>,
}

impl QuestionMetrics {
    pub(super) fn registered(registry: &mut Registry) -> Self {
        let own = Self {
            answered: Family::default(),
            lasted: Family::new_with_constructor(histogram),
            under_way: Family::default(),
        };
        registry.register("http_requests", "Questions answered", own.answered.clone());
        registry.register_with_unit(
            "http_request_duration",
            "From a question to its answer; some are held until there is news",
            Unit::Seconds,
            own.lasted.clone(),
        );
        let help = "Questions that are not answered yet";
        registry.register("http_requests_in_flight", help, own.under_way.clone());
        own
    }
}

/// Counts a question and its answer, in a span of its own.
pub(crate) async fn count(
    State((side, exchange)): State<(Side, Arc<Exchange>)>,
    route: Option<MatchedPath>,
    question: Request,
    next: Next,
) -> Response {
    let route = route.map_or_else(|| NOWHERE.to_owned(), |it| it.as_str().to_owned());
    let method = named(question.method()).to_owned();
    let metrics = &exchange.metrics.questions;
    let under_way = metrics.under_way.get_or_create_owned(&At { side });
    under_way.inc();
    let span = tracing::info_span!(
        "question",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        http.request.method = method,
        http.route = route,
        http.response.status_code = tracing::field::Empty,
    );
    let begun = Instant::now();
    let answer = next.run(question).instrument(span.clone()).await;
    under_way.dec();
    let status = answer.status().as_u16();
    span.record("http.response.status_code", status);
    let seconds = begun.elapsed().as_secs_f64();
    let lasted = Route {
        side,
        route: route.clone(),
    };
    metrics.lasted.get_or_create(&lasted).observe(seconds);
    let answered = Answered {
        side,
        method,
        route,
        status,
    };
    metrics.answered.get_or_create(&answered).inc();
    answer
}

/// Anybody may invent methods.
fn named(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        _ => "other",
    }
}
