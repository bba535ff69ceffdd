//! Asks and tells the exchange about petitions, as the agent who works here.

use std::{
    sync::{Arc, mpsc::Sender},
    time::Duration,
};

use badge::SignedBadge;
use link::{LinkFault, Wire};
use privacy::Personal;
use request::{Decision, Enclosure, JoinGround, OfficeId, RequestId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sync::PetitionRefusal;

use crate::{
    asking::{Unanswered, encoded, read},
    happening::Happening,
    petitions::{Deed, OfficeFound, PAGE, Page, PetitionsCommand, PetitionsEvent, PetitionsFault},
    saved_files::{NotSaved, SavedFiles},
    shift_number::ShiftNumber,
};

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
        saved.end_shift();
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

    /// Whatever was asked until now is answered to nobody.
    pub(crate) fn end_shift(&self) {
        self.saved.end_shift();
    }

    /// Whether an answer is still somebody's. What became of a reply is its author's,
    /// whoever works here: the journal has it until then.
    pub(crate) fn is_believed(&self, asked_in: ShiftNumber, event: &PetitionsEvent) -> bool {
        asked_in == self.saved.shift() || matches!(event, PetitionsEvent::Sent(..))
    }

    /// Carries out, on the runtime, what the exchange has to do with; the answer comes
    /// as a happening.
    pub(crate) fn carry_out(&self, command: PetitionsCommand, runtime: &tokio::runtime::Handle) {
        if command == PetitionsCommand::ForgetFiles {
            self.end_shift();
            return;
        }
        let Some(wire) = self.wire.clone() else {
            return;
        };
        let (happenings, saved) = (self.happenings.clone(), self.saved.clone());
        let asked_in = saved.shift();
        runtime.spawn(async move {
            if let Some(event) = ask(&wire, &saved, asked_in, command).await {
                // The desk ends only with the program.
                let _ = happenings.send(Happening::Petitions(asked_in, event));
            }
        });
    }
}

async fn ask(
    wire: &Wire,
    saved: &SavedFiles,
    asked_in: ShiftNumber,
    command: PetitionsCommand,
) -> Option<PetitionsEvent> {
    Some(match command {
        PetitionsCommand::Ask(begin) => {
            let page = list(wire, begin.as_deref()).await;
            PetitionsEvent::Told(begin, page.map_err(|it| fault(&it)))
        }
        PetitionsCommand::Open(request) => {
            let letter = read(wire, &format!("/v1/petitions/{request}")).await;
            PetitionsEvent::Opened(request, letter.map_err(|it| fault(&it)))
        }
        PetitionsCommand::Take { request, over } => {
            let taken = take(wire, &request, over).await;
            PetitionsEvent::Taken(request, taken.map_err(|it| fault(&it)))
        }
        PetitionsCommand::Send {
            request,
            text,
            decision,
        } => {
            let sent = tell(wire, &request, "reply", &Reply { text, decision }).await;
            PetitionsEvent::Sent(request, sent.map_err(|it| fault(&it)))
        }
        PetitionsCommand::Find(sought) => {
            let found = offices(wire, &sought).await;
            PetitionsEvent::Found(sought, found.map_err(|it| fault(&it)))
        }
        PetitionsCommand::Do { request, deed } => {
            let done = do_it(wire, &request, &deed).await;
            PetitionsEvent::Done(request, deed.act(), done.map_err(|it| fault(&it)))
        }
        PetitionsCommand::Save { request, enclosure } => {
            let kept = save(wire, saved, asked_in, &request, &enclosure).await;
            PetitionsEvent::Saved(enclosure.sha256, kept)
        }
        // The journal's, or done.
        PetitionsCommand::WriteDown { .. }
        | PetitionsCommand::Erase(_)
        | PetitionsCommand::ForgetFiles => return None,
    })
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
    asked_in: ShiftNumber,
    request: &RequestId,
    enclosure: &Enclosure,
) -> Result<Personal<String>, PetitionsFault> {
    let path = format!("/v1/petitions/{request}/files/{}", enclosure.sha256);
    let content = wire
        .get(&path, FILE_PATIENCE)
        .await
        .map_err(|it| fault(&it))?;
    let (saved, enclosure) = (saved.clone(), enclosure.clone());
    let kept = tokio::task::spawn_blocking(move || saved.save(asked_in, &enclosure, &content));
    match kept.await {
        Ok(Ok(place)) => Ok(place),
        Ok(Err(NotSaved::Altered)) => Err(PetitionsFault::Altered),
        Ok(Err(NotSaved::Disk(error))) => {
            tracing::warn!(kind = ?error.kind(), "A file of a petition was not saved");
            Err(PetitionsFault::NotSaved)
        }
        // Whoever asked has gone.
        Ok(Err(NotSaved::ShiftOver)) | Err(_) => Err(PetitionsFault::NotSaved),
    }
}

fn fault(fault: &LinkFault) -> PetitionsFault {
    match Unanswered::noted(fault, "petitions") {
        Unanswered::Forbidden => PetitionsFault::Forbidden,
        Unanswered::Unproven => PetitionsFault::Unproven,
        Unanswered::Petition(refusal) => of_petition(refusal),
        Unanswered::Gone => PetitionsFault::Gone,
        Unanswered::Conflict => PetitionsFault::Answered,
        Unanswered::Malformed => PetitionsFault::Malformed,
        Unanswered::Delivery(_) | Unanswered::Unreachable => PetitionsFault::Unreachable,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_answer_is_nobodys_but_what_became_of_a_reply_is_its_authors() {
        let folder = format!("minwon-line-{}", std::process::id());
        let saved = SavedFiles::within(std::env::temp_dir().join(folder));
        let (happenings, _heard) = std::sync::mpsc::channel();
        let line = PetitionLine::new(None, saved.clone(), happenings);
        let asked_in = saved.shift();
        let told = PetitionsEvent::Told(None, Err(PetitionsFault::Forbidden));
        let sent = PetitionsEvent::Sent(RequestId::new("a"), Ok(()));
        assert!(line.is_believed(asked_in, &told));

        line.end_shift();

        assert!(!line.is_believed(asked_in, &told));
        assert!(line.is_believed(asked_in, &sent));
        assert!(line.is_believed(saved.shift(), &told));
    }
}
