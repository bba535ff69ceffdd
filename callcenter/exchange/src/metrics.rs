//! What is counted and measured, for Prometheus (OpenMetrics 1.0).
//!
//! Labels are routes, statuses, networks and stations: all of them bounded by what is
//! built in, the catalogue and the roster. Nothing is of a person, and no document's
//! number is a label.

mod networks;
mod questions;
mod state;

use ledger::StoreError;
use prometheus_client::{
    encoding::text::encode, metrics::histogram::Histogram, registry::Registry,
};

pub(crate) use networks::{NetworkFigures, NetworkMetrics, Outcome};
pub(crate) use questions::{Side, count};

use crate::http::Exchange;
use questions::QuestionMetrics;
use state::StateMetrics;

/// Seconds. Questions that are held last up to a minute.
const SECONDS: [f64; 8] = [0.005, 0.02, 0.1, 0.5, 2.0, 10.0, 30.0, 60.0];

fn histogram() -> Histogram {
    Histogram::new(SECONDS)
}

pub(crate) struct Metrics {
    registry: Registry,
    questions: QuestionMetrics,
    state: StateMetrics,
}

impl Metrics {
    /// With what the connector notes of networks.
    pub(crate) fn new(networks: &NetworkMetrics) -> Self {
        let mut registry = Registry::with_prefix("minwon_exchange");
        networks.register(&mut registry);
        Self {
            questions: QuestionMetrics::registered(&mut registry),
            state: StateMetrics::registered(&mut registry),
            registry,
        }
    }

    /// All of it as text, as of now.
    ///
    /// # Errors
    /// When the store cannot be asked.
    pub(crate) fn told(&self, exchange: &Exchange) -> Result<String, StoreError> {
        self.state.look(exchange)?;
        let mut text = String::new();
        // Writing into memory does not fail.
        let _ = encode(&mut text, &self.registry);
        Ok(text)
    }
}
