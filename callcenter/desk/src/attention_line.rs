//! Asks and tells the exchange as an agent, over a line of the agent's own.

use std::{
    sync::{Arc, mpsc::Sender},
    time::Duration,
};

use link::{LinkFault, Wire};
use serde::{Deserialize, Serialize};

use crate::{
    attention::{
        AttentionCommand, AttentionEvent, AttentionFault, Decision, Doubt, Ground, Quarantined,
        Verdict, Waiting, Wedged,
    },
    happening::Happening,
};

const PATIENCE: Duration = Duration::from_secs(10);
const FORBIDDEN: [u16; 2] = [401, 403];
const GONE: u16 = 404;
const STILL_UNREADABLE: u16 = 409;

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
                AttentionCommand::Ask => AttentionEvent::Told(ask(&wire).await.map_err(fault)),
                AttentionCommand::Decide { decision, ground } => {
                    let done = decide(&wire, &decision, ground).await;
                    AttentionEvent::Done(done.map_err(fault))
                }
            };
            // The desk ends only with the program.
            let _ = happenings.send(Happening::Attention(event));
        });
    }
}

async fn ask(wire: &Wire) -> Result<Waiting, LinkFault> {
    let quarantine = wire.get("/v1/quarantine", PATIENCE).await?;
    let wedged = wire.get("/v1/wedged", PATIENCE).await?;
    let doubts = wire.get("/v1/doubts", PATIENCE).await?;
    let quarantine: QuarantineAnswer = read(&quarantine)?;
    let wedged: WedgedAnswer = read(&wedged)?;
    let doubts: DoubtsAnswer = read(&doubts)?;
    Ok(Waiting {
        quarantined: quarantine.quarantine,
        wedged: wedged.wedged,
        doubts: doubts.doubts,
    })
}

fn read<'a, T: Deserialize<'a>>(answer: &'a [u8]) -> Result<T, LinkFault> {
    serde_json::from_slice(answer).map_err(|_| LinkFault::Nonsense)
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

#[expect(
    clippy::needless_pass_by_value,
    reason = "an answer is read once and dropped"
)]
fn fault(fault: LinkFault) -> AttentionFault {
    tracing::warn!(fault = fault.code(), %fault, "An agent's question was not answered");
    match fault {
        LinkFault::Certificate(_) | LinkFault::Credentials(_) => AttentionFault::Forbidden,
        LinkFault::Refused(status, _) if FORBIDDEN.contains(&status.as_u16()) => {
            AttentionFault::Forbidden
        }
        LinkFault::Refused(status, _) if status.as_u16() == GONE => AttentionFault::Gone,
        LinkFault::Refused(status, _) if status.as_u16() == STILL_UNREADABLE => {
            AttentionFault::StillUnreadable
        }
        LinkFault::Refused(..)
        | LinkFault::CoSigner(_)
        | LinkFault::CoSignerUnreadable
        | LinkFault::Forged(_)
        | LinkFault::Unreachable(_)
        | LinkFault::Room(_)
        | LinkFault::Check(_)
        | LinkFault::Petition(_)
        | LinkFault::Delivery(_)
        | LinkFault::Unproven(_)
        | LinkFault::Slow
        | LinkFault::Nonsense => AttentionFault::Unreachable,
    }
}
