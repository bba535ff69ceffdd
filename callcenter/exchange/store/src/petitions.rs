//! Petitions: what an agent reads, takes on, hands over and answers.
//!
//! What the station that a letter came by has to know is published to it; it sends the
//! answer. All else is kept here alone. Of two agents who answer at once one is told that
//! the other was quicker.

mod attachments;
mod citizen;
mod deeds;
mod facts;
mod reading;
mod routing;

use request::{
    Action, AgentId, Decision, Enclosure, JoinGround, OfficeId, Outcome, Refusal, RequestId,
    ServiceRequest, Stage, StationId, Timestamp,
};
use rusqlite::{OptionalExtension, Transaction, params};

use privacy::Personal;

use crate::{StoreError, history::replay};

pub use attachments::Attachment;
pub(crate) use facts::refresh;
pub use reading::{Petition, PetitionPage, Step, Urgency};

/// What an agent does with a petition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attention {
    /// Takes it on oneself, unless another has it.
    Take,
    /// Gives it to somebody, whoever has it.
    Assign {
        to: String,
    },
    /// Hands it to another office.
    Transfer {
        office: OfficeId,
        reason: Personal<String>,
    },
    /// Takes longer.
    Extend {
        due_at: Timestamp,
        reason: Personal<String>,
    },
    /// Handles it together with another open one.
    Join {
        leading: RequestId,
        ground: JoinGround,
    },
    Separate,
    /// Lays a file to it that is kept here.
    Attach {
        enclosure: Enclosure,
        with_answer: bool,
    },
    /// Answers, unless another has it. Said again it has been done. Those that are
    /// joined to it are answered like it.
    Reply {
        text: Personal<String>,
        decision: Option<Decision>,
        /// Until when the answer may be rated or appealed against, where it has a
        /// receipt number.
        open_until: Option<Timestamp>,
    },
}

/// Why a deed was not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDone {
    #[error("no such petition waits")]
    Unknown,
    #[error("another agent has taken it")]
    Taken,
    #[error("petitions are joined to one that leads, and that one waits, too")]
    NoLead,
    #[error(transparent)]
    Refused(Refusal),
}

impl Attention {
    /// The action of the core, and what the audit calls it.
    fn by(self, agent: &str) -> (&'static str, Action) {
        let (name, id) = (agent.to_owned(), AgentId::new(agent));
        match self {
            Attention::Take => ("taken", Action::Assign { agent: name }),
            Attention::Assign { to } => ("assigned", Action::Assign { agent: to }),
            Attention::Transfer { office, reason } => (
                "transferred",
                Action::Transfer {
                    office,
                    agent: id,
                    reason,
                },
            ),
            Attention::Extend { due_at, reason } => (
                "extended",
                Action::Extend {
                    due_at,
                    agent: id,
                    reason,
                },
            ),
            Attention::Join { leading, ground } => (
                "joined",
                Action::Join {
                    leading,
                    ground,
                    agent: id,
                },
            ),
            Attention::Separate => ("separated", Action::Separate { agent: id }),
            Attention::Attach {
                enclosure,
                with_answer,
            } => (
                "attached to",
                Action::Attach {
                    agent: id,
                    enclosure,
                    with_answer,
                },
            ),
            Attention::Reply { text, decision, .. } => (
                "answered",
                Action::Reply {
                    agent: name,
                    text,
                    decision,
                },
            ),
        }
    }
}

/// Where a petition stands in the table.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) station: StationId,
    pub(crate) submitted_at: Timestamp,
}

/// Of a petition to which something may still happen.
pub(crate) fn open(
    transaction: &Transaction<'_>,
    id: &RequestId,
) -> Result<Option<Place>, StoreError> {
    let row = transaction
        .prepare_cached(
            "SELECT station, submitted_at FROM petition WHERE request_id = ?1 AND NOT concluded",
        )?
        .query_row([id.as_str()], |row| {
            Ok(Place {
                station: StationId::new(row.get::<_, String>(0)?),
                submitted_at: Timestamp::from_millis(row.get(1)?),
            })
        })
        .optional()?;
    Ok(row)
}

/// A request was submitted: whether it is a petition, which waits from now on.
pub(crate) fn submitted(
    transaction: &Transaction<'_>,
    id: &RequestId,
    station: &StationId,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let request = replay(transaction, id)?;
    if !request.is_some_and(|it| it.waits_for_a_person() && it.stage == Stage::Submitted) {
        return Ok(false);
    }
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO petition (request_id, station, submitted_at) VALUES (?1, ?2, ?3)",
        )?
        .execute(params![id.as_str(), station.as_str(), at.as_millis()])?;
    facts::refresh(transaction, id)?;
    Ok(true)
}

/// Its station's part is over. Without a receipt number nobody can come back to it.
pub(crate) fn closed(
    transaction: &Transaction<'_>,
    id: &RequestId,
    outcome: Outcome,
) -> Result<(), StoreError> {
    let goes_on = matches!(outcome, Outcome::Queued | Outcome::Done);
    let request = replay(transaction, id)?;
    if goes_on && request.is_some_and(|it| it.handling.receipt.is_some()) {
        return Ok(());
    }
    transaction
        .prepare_cached("DELETE FROM petition WHERE request_id = ?1")?
        .execute([id.as_str()])?;
    Ok(())
}

/// Whether a petition still waits for an answer.
pub(crate) fn is_unanswered(request: &ServiceRequest) -> bool {
    let letters = &request.correspondence;
    letters.reply.is_none() || facts::is_lost(letters)
}
