//! The training room's line to the exchange that keeps the roster.

use std::sync::Arc;

use anyhow::Context;
use link::Wire;
use serde::Serialize;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};
use training::{Kind, TrainingRecord};

/// It is down when this is dropped.
pub(crate) struct RosterLine {
    wire: Arc<Wire>,
    runtime: Option<Runtime>,
}

#[derive(Serialize)]
struct Told {
    records: Vec<Fact>,
}

/// What the roster has of a record: how it went, and not what was done wrong.
#[derive(Debug, Serialize)]
struct Fact {
    agent: String,
    kind: Kind,
    scenario: String,
    version: u32,
    seed: u64,
    points: u32,
    passed: bool,
    ended_at: request::Timestamp,
}

impl From<TrainingRecord> for Fact {
    fn from(record: TrainingRecord) -> Self {
        Self {
            agent: record.agent,
            kind: record.kind,
            scenario: record.scenario,
            version: record.version,
            seed: record.seed,
            points: record.score.points,
            passed: record.score.passed,
            ended_at: record.ended_at,
        }
    }
}

impl RosterLine {
    /// # Errors
    /// When the system has no thread.
    pub(crate) fn start(settings: link::Settings) -> anyhow::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("roster-line")
            .enable_all()
            .build()
            .context("the machine has no threads left")?;
        Ok(Self {
            wire: Arc::new(Wire::new(settings)),
            runtime: Some(runtime),
        })
    }

    /// Tells the exchange; `done` hears whether it has all of it.
    pub(crate) fn tell(
        &self,
        records: Vec<TrainingRecord>,
        done: impl FnOnce(bool) + Send + 'static,
    ) {
        let Some(runtime) = &self.runtime else {
            return;
        };
        let wire = Arc::clone(&self.wire);
        let records = records.into_iter().map(Fact::from).collect();
        runtime.spawn(async move {
            let told = wire.post::<Value>("/v1/training", &Told { records }).await;
            if let Err(fault) = &told {
                tracing::warn!(fault = fault.code(), %fault, "The roster did not take what was practised");
            }
            done(told.is_ok());
        });
    }
}

impl Drop for RosterLine {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use request::Timestamp;
    use training::Score;

    use super::*;

    #[test]
    fn the_roster_is_told_how_it_went_and_nothing_of_what_was_done_wrong() {
        let record = TrainingRecord {
            agent: "kim.2".to_owned(),
            kind: Kind::Examination,
            scenario: "catalog".to_owned(),
            version: 2,
            seed: 7,
            ended_at: Timestamp::from_millis(5),
            score: Score {
                points: 70,
                passed: false,
                findings: Vec::new(),
            },
        };

        let told = serde_json::to_string(&Told {
            records: vec![record.into()],
        });

        assert_eq!(
            told.unwrap(),
            r#"{"records":[{"agent":"kim.2","kind":"examination","scenario":"catalog","version":2,"seed":7,"points":70,"passed":false,"ended_at":5}]}"#
        );
    }
}
