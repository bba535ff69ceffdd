//! Asks the exchange for articles of the knowledge base, and tells it what desks think of
//! them.

use std::sync::{Arc, mpsc::Sender};

use link::{LinkFault, Wire};
use privacy::Personal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    asking::{Unanswered, encoded, read},
    happening::Happening,
    knowledge::{Article, KnowledgeCommand, KnowledgeEvent, KnowledgeFault},
};

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
                    KnowledgeEvent::Found(sought, found.map_err(|it| fault(&it)))
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
                    KnowledgeEvent::Judged(article, judged.map(drop).map_err(|it| fault(&it)))
                }
            };
            // The desk ends only with the program.
            let _ = happenings.send(Happening::Knowledge(event));
        });
    }
}

async fn find(wire: &Wire, sought: &Personal<String>) -> Result<Vec<Article>, LinkFault> {
    let q = encoded(sought.reveal());
    let answer: Articles = read(wire, &format!("/v1/knowledge?q={q}")).await?;
    Ok(answer.articles)
}

fn fault(fault: &LinkFault) -> KnowledgeFault {
    match Unanswered::noted(fault, "knowledge base") {
        Unanswered::Forbidden => KnowledgeFault::Forbidden,
        Unanswered::Unproven => KnowledgeFault::Unproven,
        Unanswered::Gone => KnowledgeFault::Gone,
        Unanswered::Malformed => KnowledgeFault::Malformed,
        Unanswered::Conflict
        | Unanswered::Petition(_)
        | Unanswered::Delivery(_)
        | Unanswered::Unreachable => KnowledgeFault::Unreachable,
    }
}
