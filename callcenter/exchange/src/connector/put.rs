//! One question put to a network: in its turn, in time, and noted how it went.

use std::{
    sync::PoisonError,
    time::{Duration, Instant},
};

use catalog::Network;
use registry::{Answer, Fault, Question, read};
use request::NetworkFault;
use serde_json::Value;

use super::{Breaker, Connector, NetworkState, Outcome, Refused, refused};
use crate::metrics;

/// Before a question is put again to a network that was not reached.
const MOMENT: Duration = Duration::from_millis(200);

impl Connector {
    /// Asks a network that is not known to be away, and notes how it did.
    #[tracing::instrument(name = "ask network", skip_all, fields(otel.kind = "client", network = %network.id))]
    pub(super) async fn asked<T>(
        &self,
        network: &Network,
        question: &Question,
        check: impl FnOnce(Value) -> Result<T, Fault>,
    ) -> Result<T, Refused> {
        let away = Refused::Fault(NetworkFault::Unreachable);
        let is_down = |breaker: &mut Breaker| breaker.state(Instant::now()) == NetworkState::Down;
        let spare = || {
            let outcome = metrics::Outcome::Spared;
            self.metrics.note(&network.id, outcome, None);
        };
        if self.with_breaker(network, is_down) {
            spare();
            return Err(away);
        }
        let turn = tokio::time::timeout(network.timeout(), self.turns.wait_for(network));
        let Ok(_turn) = turn.await else {
            tracing::warn!(network = %network.id, "A question was not put: others wait before it");
            return Err(Refused::Fault(NetworkFault::Slow));
        };
        // It may have gone away meanwhile.
        if !self.with_breaker(network, |breaker| breaker.admits(Instant::now())) {
            spare();
            return Err(away);
        }
        let begun = Instant::now();
        let answered =
            tokio::time::timeout(network.timeout(), self.put_until_heard(network, question))
                .await
                .unwrap_or(Err(Fault::TimedOut))
                .and_then(check);
        let outcome = outcome(answered.as_ref().err().copied());
        let lasted = Some(begun.elapsed());
        let counted = match outcome {
            Outcome::Well if answered.is_ok() => metrics::Outcome::Record,
            Outcome::Well => metrics::Outcome::None,
            Outcome::Failed | Outcome::Throttled(_) => metrics::Outcome::Fault,
        };
        self.metrics.note(&network.id, counted, lasted);
        self.with_breaker(network, |breaker| breaker.note(outcome, Instant::now()));
        answered.map_err(|fault| {
            match fault {
                Fault::Unsent | Fault::Rejected => {
                    tracing::error!(network = %network.id, %fault, "A question did not leave the house");
                }
                Fault::Unreachable
                | Fault::TimedOut
                | Fault::Undelivered
                | Fault::Failing(_)
                | Fault::Throttled(_)
                | Fault::NotFound
                | Fault::Nonsense => {
                    tracing::warn!(network = %network.id, %fault, "A network gave no record");
                }
            }
            refused(fault)
        })
    }

    /// Puts a question once more when nobody was there. That is safe: it only reads, and
    /// its id says that it is the same. Who hears and fails is not asked again at once.
    async fn put_until_heard(
        &self,
        network: &Network,
        question: &Question,
    ) -> Result<Value, Fault> {
        match self.put(network, question).await {
            Err(Fault::Unreachable) => {
                tokio::time::sleep(MOMENT).await;
                self.put(network, question).await
            }
            heard => heard,
        }
    }

    async fn put(&self, network: &Network, question: &Question) -> Result<Value, Fault> {
        let way = self.access.to(&network.id);
        let reply = self.lines.post(way, question.message().into()).await?;
        let header = |name: &str| Some(reply.headers.get(name)?.to_str().ok()?.to_owned());
        read(
            question,
            &Answer {
                status: reply.status,
                header: &header,
                body: &reply.body,
            },
        )
    }

    fn with_breaker<T>(&self, network: &Network, act: impl FnOnce(&mut Breaker) -> T) -> T {
        let mut breakers = self.breakers.lock().unwrap_or_else(PoisonError::into_inner);
        act(breakers.entry(network.id.clone()).or_default())
    }
}

/// A network that answers "no such record" is well.
fn outcome(fault: Option<Fault>) -> Outcome {
    match fault {
        None | Some(Fault::NotFound | Fault::Rejected) => Outcome::Well,
        Some(Fault::Throttled(wish)) => Outcome::Throttled(wish),
        Some(
            Fault::Unreachable
            | Fault::TimedOut
            | Fault::Unsent
            | Fault::Undelivered
            | Fault::Failing(_)
            | Fault::Nonsense,
        ) => Outcome::Failed,
    }
}
