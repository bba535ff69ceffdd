//! What networks answered, and how long they took.

use std::{fmt::Write, time::Duration};

use prometheus_client::{
    encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder},
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::{Registry, Unit},
};
use request::NetworkId;

use super::histogram;

/// How a network did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Outcome {
    Record,
    /// It said that there is none, or that the question was wrong.
    None,
    Fault,
    /// It was not asked, because it is known to be away.
    Spared,
}

impl EncodeLabelValue for Outcome {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> std::fmt::Result {
        encoder.write_str(match self {
            Outcome::Record => "record",
            Outcome::None => "none",
            Outcome::Fault => "fault",
            Outcome::Spared => "spared",
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    network: String,
    outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Network {
    network: String,
}

#[derive(Clone)]
pub(crate) struct NetworkMetrics {
    asked: Family<Asked, Counter>,
    lasted: Family<Network, Histogram, fn() -> Histogram>,
}

impl NetworkMetrics {
    pub(crate) fn new() -> Self {
        Self {
            asked: Family::default(),
            lasted: Family::new_with_constructor(histogram),
        }
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        let help = "Questions to data networks";
        registry.register("network_requests", help, self.asked.clone());
        registry.register_with_unit(
            "network_request_duration",
            "How long data networks took",
            Unit::Seconds,
            self.lasted.clone(),
        );
    }

    pub(crate) fn note(&self, network: &NetworkId, outcome: Outcome, lasted: Option<Duration>) {
        let network = network.to_string();
        if let Some(lasted) = lasted {
            let label = Network {
                network: network.clone(),
            };
            let lasted = lasted.as_secs_f64();
            self.lasted.get_or_create(&label).observe(lasted);
        }
        self.asked.get_or_create(&Asked { network, outcome }).inc();
    }
}
