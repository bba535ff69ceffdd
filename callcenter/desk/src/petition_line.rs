//! Asks and tells the exchange about petitions, as the agent who works here.

use std::{
    sync::{Arc, mpsc::Sender},
    time::Duration,
};

use badge::SignedBadge;
use link::{LinkFault, Wire};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use privacy::Personal;
use request::{Decision, Enclosure, JoinGround, OfficeId, RequestId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use sync::PetitionRefusal;

use crate::{
    happening::Happening,
    petitions::{Deed, OfficeFound, PAGE, Page, PetitionsCommand, PetitionsEvent, PetitionsFault},
    saved_files::{NotSaved, SavedFiles},
};

const PATIENCE: Duration = Duration::from_secs(10);
/// A file may be some megabytes.
const FILE_PATIENCE: Duration = Duration::from_secs(60);

/// With a switch the desk's own line and the agent's badge, otherwise the line of the
/// agent whose certificate lies here.
pub(crate) struct PetitionLine {
    wire: Option<Arc<Wire>>,
    saved: SavedFiles,
    happenings: Sender<Happening>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<Decision>,
}

#[derive(Serialize)]
struct Transfer<'a> {
    office: &'a OfficeId,
    reason: &'a Personal<String>,
}

#[derive(Serialize)]
struct Why<'a> {
    reason: &'a Personal<String>,
}

#[derive(Serialize)]
struct Joining<'a> {
    leading: &'a RequestId,
    ground: JoinGround,
}

#[derive(Serialize)]
struct Nothing {}

#[derive(Deserialize)]
struct Offices {
    offices: Vec<OfficeFound>,
}

impl PetitionLine {
    pub(crate) fn new(
        wire: Option<Arc<Wire>>,
        saved: SavedFiles,
        happenings: Sender<Happening>,
    ) -> Self {
        // After a crash nobody works here yet.
        saved.forget();
        Self {
            wire,
            saved,
            happenings,
        }
    }

    /// Shows who works here with all that is asked over this line.
    pub(crate) fn wear(&self, badge: Option<SignedBadge>) {
        if let Some(wire) = &self.wire {
            wire.wear(badge);
        }
    }

    /// Carries out, on the runtime, what the exchange has to do with; the answer comes
    /// as a happening.
    pub(crate) fn carry_out(&self, command: PetitionsCommand, runtime: &tokio::runtime::Handle) {
        if command == PetitionsCommand::ForgetFiles {
            self.saved.forget();
            return;
        }
        let Some(wire) = self.wire.clone() else {
            return;
        };
        let (happenings, saved) = (self.happenings.clone(), self.saved.clone());
        runtime.spawn(async move {
            if let Some(event) = ask(&wire, &saved, command).await {
                // The desk ends only with the program.
                let _ = happenings.send(Happening::Petitions(event));
            }
        });
    }
}

async fn ask(wire: &Wire, saved: &SavedFiles, command: PetitionsCommand) -> Option<PetitionsEvent> {
    Some(match command {
        PetitionsCommand::Ask(begin) => {
            let page = list(wire, begin.as_deref()).await;
            PetitionsEvent::Told(begin, page.map_err(fault))
        }
        PetitionsCommand::Open(request) => {
            let letter = read(wire, &format!("/v1/petitions/{request}")).await;
            PetitionsEvent::Opened(request, letter.map_err(fault))
        }
        PetitionsCommand::Take { request, over } => {
            let taken = take(wire, &request, over).await;
            PetitionsEvent::Taken(request, taken.map_err(fault))
        }
        PetitionsCommand::Send {
            request,
            text,
            decision,
        } => {
            let sent = tell(wire, &request, "reply", &Reply { text, decision }).await;
            PetitionsEvent::Sent(request, sent.map_err(fault))
        }
        PetitionsCommand::Find(sought) => {
            let found = offices(wire, &sought).await;
            PetitionsEvent::Found(sought, found.map_err(fault))
        }
        PetitionsCommand::Do { request, deed } => {
            let done = do_it(wire, &request, &deed).await;
            PetitionsEvent::Done(request, deed.act(), done.map_err(fault))
        }
        PetitionsCommand::Save { request, enclosure } => {
            let kept = save(wire, saved, &request, &enclosure).await;
            PetitionsEvent::Saved(enclosure.sha256, kept)
        }
        // The journal's, or done.
        PetitionsCommand::WriteDown { .. }
        | PetitionsCommand::Erase(_)
        | PetitionsCommand::ForgetFiles => return None,
    })
}

async fn read<T: DeserializeOwned>(wire: &Wire, path: &str) -> Result<T, LinkFault> {
    let answer = wire.get(path, PATIENCE).await?;
    serde_json::from_slice(&answer).map_err(|_| LinkFault::Nonsense)
}

async fn list(wire: &Wire, begin: Option<&str>) -> Result<Page, LinkFault> {
    let after = begin.map(|it| format!("&after={}", encoded(it)));
    let after = after.unwrap_or_default();
    read(wire, &format!("/v1/petitions?limit={PAGE}{after}")).await
}

async fn take(wire: &Wire, request: &RequestId, to: Option<String>) -> Result<String, LinkFault> {
    let path = format!("/v1/petitions/{request}/assign");
    let taken: Assigned = wire.post(&path, &Assignment { to }).await?;
    Ok(taken.assigned_to)
}

async fn tell(
    wire: &Wire,
    request: &RequestId,
    deed: &str,
    said: &impl Serialize,
) -> Result<(), LinkFault> {
    let path = format!("/v1/petitions/{request}/{deed}");
    wire.post::<Value>(&path, said).await.map(drop)
}

async fn do_it(wire: &Wire, request: &RequestId, deed: &Deed) -> Result<(), LinkFault> {
    match deed {
        Deed::HandOver { office, reason } => {
            tell(wire, request, "transfer", &Transfer { office, reason }).await
        }
        Deed::Extend { reason } => tell(wire, request, "extend", &Why { reason }).await,
        Deed::Join { leading, ground } => {
            let ground = *ground;
            tell(wire, request, "join", &Joining { leading, ground }).await
        }
        Deed::Separate => tell(wire, request, "separate", &Nothing {}).await,
    }
}

async fn offices(wire: &Wire, sought: &Personal<String>) -> Result<Vec<OfficeFound>, LinkFault> {
    // It names an office, not a person.
    let find = encoded(sought.reveal());
    let found: Offices = read(wire, &format!("/v1/offices?find={find}")).await?;
    Ok(found.offices)
}

async fn save(
    wire: &Wire,
    saved: &SavedFiles,
    request: &RequestId,
    enclosure: &Enclosure,
) -> Result<Personal<String>, PetitionsFault> {
    let path = format!("/v1/petitions/{request}/files/{}", enclosure.sha256);
    let content = wire.get(&path, FILE_PATIENCE).await.map_err(fault)?;
    let (saved, enclosure) = (saved.clone(), enclosure.clone());
    let kept = tokio::task::spawn_blocking(move || saved.save(&enclosure, &content)).await;
    match kept {
        Ok(Ok(place)) => Ok(place),
        Ok(Err(NotSaved::Altered)) => Err(PetitionsFault::Altered),
        Ok(Err(NotSaved::Disk(error))) => {
            tracing::warn!(kind = ?error.kind(), "A file of a petition was not saved");
            Err(PetitionsFault::NotSaved)
        }
        Err(_) => Err(PetitionsFault::NotSaved),
    }
}

fn encoded(words: &str) -> String {
    utf8_percent_encode(words, NON_ALPHANUMERIC).to_string()
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
        LinkFault::Petition(refusal) => of_petition(refusal),
        LinkFault::Refused(status, _) => match status.as_u16() {
            401 | 403 => PetitionsFault::Forbidden,
            404 => PetitionsFault::Gone,
            409 => PetitionsFault::Answered,
            422 => PetitionsFault::Malformed,
            _ => PetitionsFault::Unreachable,
        },
        LinkFault::CoSigner(_)
        | LinkFault::CoSignerUnreadable
        | LinkFault::Forged(_)
        | LinkFault::Unreachable(_)
        | LinkFault::Room(_)
        | LinkFault::Check(_)
        | LinkFault::Delivery(_)
        | LinkFault::Slow
        | LinkFault::Nonsense => PetitionsFault::Unreachable,
    }
}

fn of_petition(refusal: PetitionRefusal) -> PetitionsFault {
    match refusal {
        PetitionRefusal::Taken => PetitionsFault::Taken,
        PetitionRefusal::Answered => PetitionsFault::Answered,
        PetitionRefusal::Over => PetitionsFault::Gone,
        PetitionRefusal::SameOffice => PetitionsFault::SameOffice,
        PetitionRefusal::Extended => PetitionsFault::Extended,
        PetitionRefusal::NoExtension => PetitionsFault::NoExtension,
        PetitionRefusal::Joined => PetitionsFault::Joined,
        PetitionRefusal::NotJoined => PetitionsFault::NotJoined,
        PetitionRefusal::NoLead => PetitionsFault::NoLead,
    }
}
