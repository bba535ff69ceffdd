//! Asks the exchange for articles of the knowledge base, and tells it what desks think of
//! them.

use std::{
    sync::{Arc, mpsc::Sender},
    time::Duration,
};

use link::{LinkFault, Wire};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use privacy::Personal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    happening::Happening,
    knowledge::{Article, KnowledgeCommand, KnowledgeEvent, KnowledgeFault},
};

const PATIENCE: Duration = Duration::from_secs(10);

/// The line of whoever works here; none where there is no way to say who that is.
pub(crate) struct KnowledgeLine {
    wire: Option<Arc<Wire>>,
    happenings: Sender<Happening>,
}

#[derive(Deserialize)]
struct Articles {
    articles: Vec<Article>,
}

#[derive(Serialize)]
struct Feedback {
    version: u32,
    verdict: &'static str,
    sentence: Personal<String>,
}

impl KnowledgeLine {
    pub(crate) fn new(wire: Option<Arc<Wire>>, happenings: Sender<Happening>) -> Self {
        Self { wire, happenings }
    }

    /// Carries a command out on the runtime; the answer comes as a happening.
    pub(crate) fn carry_out(&self, command: KnowledgeCommand, runtime: &tokio::runtime::Handle) {
        let Some(wire) = self.wire.clone() else {
            return;
        };
        let happenings = self.happenings.clone();
        runtime.spawn(async move {
            let event = match command {
                KnowledgeCommand::Find(sought) => {
                    let found = find(&wire, &sought).await;
                    KnowledgeEvent::Found(sought, found.map_err(fault))
                }
                KnowledgeCommand::Judge {
                    article,
                    version,
                    verdict,
                    sentence,
                } => {
                    let path = format!("/v1/knowledge/{article}/feedback");
                    let verdict = verdict.word();
                    let said = Feedback {
                        version,
                        verdict,
                        sentence,
                    };
                    let judged = wire.post::<Value>(&path, &said).await;
                    KnowledgeEvent::Judged(article, judged.map(drop).map_err(fault))
                }
            };
            // The desk ends only with the program.
            let _ = happenings.send(Happening::Knowledge(event));
        });
    }
}

async fn find(wire: &Wire, sought: &Personal<String>) -> Result<Vec<Article>, LinkFault> {
    let q = utf8_percent_encode(sought.reveal(), NON_ALPHANUMERIC);
    let answer = wire.get(&format!("/v1/knowledge?q={q}"), PATIENCE).await?;
    let answer: Articles = serde_json::from_slice(&answer).map_err(|_| LinkFault::Nonsense)?;
    Ok(answer.articles)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "an answer is read once and dropped"
)]
fn fault(fault: LinkFault) -> KnowledgeFault {
    tracing::warn!(fault = fault.code(), %fault, "A question to the knowledge base was not answered");
    match fault {
        LinkFault::Certificate(_) | LinkFault::Credentials(_) => KnowledgeFault::Forbidden,
        LinkFault::Unproven(_) => KnowledgeFault::Unproven,
        LinkFault::Refused(status, _) => match status.as_u16() {
            401 | 403 => KnowledgeFault::Forbidden,
            404 => KnowledgeFault::Gone,
            422 => KnowledgeFault::Malformed,
            _ => KnowledgeFault::Unreachable,
        },
        LinkFault::CoSigner(_)
        | LinkFault::CoSignerUnreadable
        | LinkFault::Forged(_)
        | LinkFault::Unreachable(_)
        | LinkFault::Room(_)
        | LinkFault::Check(_)
        | LinkFault::Petition(_)
        | LinkFault::Delivery(_)
        | LinkFault::Slow
        | LinkFault::Nonsense => KnowledgeFault::Unreachable,
    }
}
