//! What networks answered, and how long they took.

use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

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

/// What came of all questions to one network, for whoever reads it here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct NetworkFigures {
    pub(crate) records: u64,
    pub(crate) none: u64,
    pub(crate) faults: u64,
    pub(crate) spared: u64,
    pub(crate) longest: Duration,
    /// Of those whose answer was waited for.
    lasted: Duration,
    timed: u32,
}

impl NetworkFigures {
    pub(crate) fn asked(&self) -> u64 {
        self.records + self.none + self.faults
    }

    pub(crate) fn mean(&self) -> Option<Duration> {
        self.lasted.checked_div(self.timed)
    }

    fn note(&mut self, outcome: Outcome, lasted: Option<Duration>) {
        let count = match outcome {
            Outcome::Record => &mut self.records,
            Outcome::None => &mut self.none,
            Outcome::Fault => &mut self.faults,
            Outcome::Spared => &mut self.spared,
        };
        *count += 1;
        if let Some(lasted) = lasted {
            self.lasted = self.lasted.saturating_add(lasted);
            self.longest = self.longest.max(lasted);
            self.timed = self.timed.saturating_add(1);
        }
    }
}

#[derive(Clone)]
pub(crate) struct NetworkMetrics {
    figures: Arc<Mutex<BTreeMap<NetworkId, NetworkFigures>>>,
    asked: Family<Asked, Counter>,
    lasted: Family<Network, Histogram, fn() -> Histogram>,
}

impl NetworkMetrics {
    pub(crate) fn new() -> Self {
        Self {
            figures: Arc::default(),
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
        self.figures()
            .entry(network.clone())
            .or_default()
            .note(outcome, lasted);
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

    /// Since the exchange has been up.
    pub(crate) fn figures_of(&self, network: &NetworkId) -> NetworkFigures {
        self.figures().get(network).copied().unwrap_or_default()
    }

    fn figures(&self) -> MutexGuard<'_, BTreeMap<NetworkId, NetworkFigures>> {
        self.figures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_tell_what_came_of_questions_and_how_long_they_took() {
        let (metrics, network) = (NetworkMetrics::new(), NetworkId::new("land"));
        let ms = Duration::from_millis;
        for (outcome, lasted) in [
            (Outcome::Record, Some(ms(30))),
            (Outcome::None, Some(ms(10))),
            (Outcome::Fault, Some(ms(500))),
            (Outcome::Spared, None),
        ] {
            metrics.note(&network, outcome, lasted);
        }

        let figures = metrics.figures_of(&network);

        assert_eq!((figures.asked(), figures.spared), (3, 1));
        assert_eq!((figures.mean(), figures.longest), (Some(ms(180)), ms(500)));
        let other = metrics.figures_of(&NetworkId::new("tax"));
        assert_eq!((other.asked(), other.mean()), (0, None));
    }
}
