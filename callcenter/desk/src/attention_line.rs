//! Asks and tells the exchange as an agent, over a line of the agent's own.

use std::sync::{Arc, mpsc::Sender};

use link::{LinkFault, Wire};
use serde::{Deserialize, Serialize};

use crate::{
    asking::{Unanswered, read},
    attention::{
        AttentionCommand, AttentionEvent, AttentionFault, Decision, Doubt, Ground, Quarantined,
        Verdict, Waiting, Wedged,
    },
    happening::Happening,
};

/// The agent's line; without a certificate there is none.
pub(crate) struct AttentionLine {
    wire: Option<Arc<Wire>>,
    happenings: Sender<Happening>,
}

#[derive(Deserialize)]
struct WedgedAnswer {
    wedged: Vec<Wedged>,
}

#[derive(Deserialize)]
struct QuarantineAnswer {
    quarantine: Vec<Quarantined>,
}

#[derive(Deserialize)]
struct DoubtsAnswer {
    doubts: Vec<Doubt>,
}

#[derive(Serialize)]
struct Judgment {
    verdict: &'static str,
    ground: &'static str,
}

#[derive(Serialize)]
struct Found {
    finding: &'static str,
    ground: &'static str,
}

#[derive(Serialize)]
struct Release {
    ground: &'static str,
}

impl AttentionLine {
    pub(crate) fn new(agent: Option<link::Settings>, happenings: Sender<Happening>) -> Self {
        Self {
            wire: agent.map(|settings| Arc::new(Wire::new(settings))),
            happenings,
        }
    }

    /// Carries a command out on the runtime; the answer comes as a happening.
    pub(crate) fn carry_out(&self, command: AttentionCommand, runtime: &tokio::runtime::Handle) {
        let Some(wire) = self.wire.clone() else {
            return;
        };
        let happenings = self.happenings.clone();
        runtime.spawn(async move {
            let event = match command {
                AttentionCommand::Ask => {
                    AttentionEvent::Told(ask(&wire).await.map_err(|it| fault(&it)))
                }
                AttentionCommand::Decide { decision, ground } => {
                    let done = decide(&wire, &decision, ground).await;
                    AttentionEvent::Done(done.map_err(|it| fault(&it)))
                }
            };
            // The desk ends only with the program.
            let _ = happenings.send(Happening::Attention(event));
        });
    }
}

async fn ask(wire: &Wire) -> Result<Waiting, LinkFault> {
    let quarantine: QuarantineAnswer = read(wire, "/v1/quarantine").await?;
    let wedged: WedgedAnswer = read(wire, "/v1/wedged").await?;
    let doubts: DoubtsAnswer = read(wire, "/v1/doubts").await?;
    Ok(Waiting {
        quarantined: quarantine.quarantine,
        wedged: wedged.wedged,
        doubts: doubts.doubts,
    })
}

async fn decide(wire: &Wire, decision: &Decision, ground: Ground) -> Result<(), LinkFault> {
    let ground = ground.code();
    let answer = match decision {
        Decision::Release(station) => {
            let path = format!("/v1/quarantine/{station}/release");
            wire.post::<serde_json::Value>(&path, &Release { ground })
                .await
        }
        Decision::Settle {
            station,
            incarnation,
            number,
            verdict,
        } => {
            let incarnation = incarnation.as_str();
            let path = format!("/v1/wedged/{station}/{incarnation}/{number}");
            let verdict = match verdict {
                Verdict::Apply => "apply",
                Verdict::Discard => "discard",
            };
            wire.post(&path, &Judgment { verdict, ground }).await
        }
        Decision::LookInto {
            station,
            incarnation,
            number,
            finding,
        } => {
            let incarnation = incarnation.as_str();
            let path = format!("/v1/doubts/{station}/{incarnation}/{number}");
            let finding = match finding {
                Verdict::Apply => "done",
                Verdict::Discard => "not_done",
            };
            wire.post(&path, &Found { finding, ground }).await
        }
    };
    answer.map(drop)
}

fn fault(fault: &LinkFault) -> AttentionFault {
    match Unanswered::noted(fault, "attention") {
        Unanswered::Forbidden => AttentionFault::Forbidden,
        Unanswered::Gone => AttentionFault::Gone,
        Unanswered::Conflict => AttentionFault::StillUnreadable,
        Unanswered::Unproven
        | Unanswered::Petition(_)
        | Unanswered::Delivery(_)
        | Unanswered::Malformed
        | Unanswered::Unreachable => AttentionFault::Unreachable,
    }
}
