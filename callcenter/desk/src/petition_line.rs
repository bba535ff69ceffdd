//! Asks and tells the exchange about petitions, as the agent who works here.

use std::{
    sync::{Arc, mpsc::Sender},
    time::Duration,
};

use badge::SignedBadge;
use link::{LinkFault, Wire};
use privacy::Personal;
use request::RequestId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    happening::Happening,
    petitions::{Letter, Petition, PetitionsCommand, PetitionsEvent, PetitionsFault},
};

const PATIENCE: Duration = Duration::from_secs(10);

/// With a switch the desk's own line and the agent's badge, otherwise the line of the
/// agent whose certificate lies here.
pub(crate) struct PetitionLine {
    wire: Option<Arc<Wire>>,
    happenings: Sender<Happening>,
}

#[derive(Deserialize)]
struct Petitions {
    petitions: Vec<Petition>,
}

#[derive(Serialize)]
struct Assignment {
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
}

#[derive(Deserialize)]
struct Assigned {
    assigned_to: String,
}

#[derive(Serialize)]
struct Reply {
    text: Personal<String>,
}

impl PetitionLine {
    pub(crate) fn new(way: Option<link::Settings>, happenings: Sender<Happening>) -> Self {
        Self {
            wire: way.map(|settings| Arc::new(Wire::new(settings))),
            happenings,
        }
    }

    pub(crate) fn wear(&self, badge: Option<SignedBadge>) {
        if let Some(wire) = &self.wire {
            wire.wear(badge);
        }
    }

    /// Carries out, on the runtime, what the exchange has to do with; the answer comes
    /// as a happening.
    pub(crate) fn carry_out(&self, command: PetitionsCommand, runtime: &tokio::runtime::Handle) {
        let Some(wire) = self.wire.clone() else {
            return;
        };
        let happenings = self.happenings.clone();
        runtime.spawn(async move {
            let event = match command {
                PetitionsCommand::Ask => PetitionsEvent::Told(list(&wire).await.map_err(fault)),
                PetitionsCommand::Open(request) => {
                    let letter = open(&wire, &request).await;
                    PetitionsEvent::Opened(request, letter.map_err(fault))
                }
                PetitionsCommand::Take { request, over } => {
                    let taken = take(&wire, &request, over).await;
                    PetitionsEvent::Taken(request, taken.map_err(fault))
                }
                PetitionsCommand::Send { request, text } => {
                    let path = format!("/v1/petitions/{request}/reply");
                    let sent = wire.post::<Value>(&path, &Reply { text }).await;
                    PetitionsEvent::Sent(request, sent.map(drop).map_err(fault))
                }
                // The journal's.
                PetitionsCommand::WriteDown { .. } | PetitionsCommand::Erase(_) => return,
            };
            // The desk ends only with the program.
            let _ = happenings.send(Happening::Petitions(event));
        });
    }
}

async fn list(wire: &Wire) -> Result<Vec<Petition>, LinkFault> {
    let answer = wire.get("/v1/petitions", PATIENCE).await?;
    let answer: Petitions = serde_json::from_slice(&answer).map_err(|_| LinkFault::Nonsense)?;
    Ok(answer.petitions)
}

async fn open(wire: &Wire, request: &RequestId) -> Result<Box<Letter>, LinkFault> {
    let path = format!("/v1/petitions/{request}");
    let answer = wire.get(&path, PATIENCE).await?;
    serde_json::from_slice(&answer).map_err(|_| LinkFault::Nonsense)
}

async fn take(wire: &Wire, request: &RequestId, to: Option<String>) -> Result<String, LinkFault> {
    let path = format!("/v1/petitions/{request}/assign");
    let taken: Assigned = wire.post(&path, &Assignment { to }).await?;
    Ok(taken.assigned_to)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "an answer is read once and dropped"
)]
fn fault(fault: LinkFault) -> PetitionsFault {
    tracing::warn!(fault = fault.code(), %fault, "A question about petitions was not answered");
    match fault {
        LinkFault::Certificate(_) | LinkFault::Credentials(_) => PetitionsFault::Forbidden,
        LinkFault::Unproven(_) => PetitionsFault::Unproven,
        LinkFault::Refused(status, _) => match status.as_u16() {
            401 | 403 => PetitionsFault::Forbidden,
            404 => PetitionsFault::Gone,
            409 => PetitionsFault::Answered,
            422 => PetitionsFault::Malformed,
            423 => PetitionsFault::Taken,
            _ => PetitionsFault::Unreachable,
        },
        LinkFault::CoSigner(_)
        | LinkFault::CoSignerUnreadable
        | LinkFault::Forged(_)
        | LinkFault::Unreachable(_)
        | LinkFault::Room(_)
        | LinkFault::Check(_)
        | LinkFault::Slow
        | LinkFault::Nonsense => PetitionsFault::Unreachable,
    }
}
