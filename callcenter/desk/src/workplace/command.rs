//! What the workplace hears and what it wants done.

use badge::SignedBadge;
use handover::{Attempt, DeskAnswer, DeskQuestion, RoomFault};
use request::{NetworkId, RequestEvent, RequestId, ServiceId, ServiceRequest, Terms};
use softphone::SoundSettings;
use sync::TicketAnswer;
use ticket::Code;
use vouching::CheckFault;

use super::{Touch, View};
use crate::{
    Contact, Outbox,
    attention::{AttentionCommand, AttentionEvent},
    knowledge::{KnowledgeCommand, KnowledgeEvent},
    petitions::{PetitionsCommand, PetitionsEvent},
    postings::{PostingsCommand, PostingsEvent},
    sending::{SendingCommand, SendingEvent},
    telephone::{TelephoneEvent, TelephoneOrder},
    worklist::Row,
};

#[derive(Clone, Debug)]
pub enum Event {
    Touched(Touch),
    /// The journal has a new request.
    Opened(Box<ServiceRequest>),
    /// A prepared request is durable in the journal.
    Prepared(Box<Row>),
    /// The exchange has told something about a request; the journal has it.
    Published {
        request: RequestId,
        event: RequestEvent,
    },
    LookedUp {
        code: Code,
        answer: Option<TicketAnswer>,
    },
    /// What the journal still tells, after something was erased from it.
    Journaled(Vec<Row>),
    Connected,
    Away,
    /// The exchange takes nothing over from this desk.
    Quarantined,
    NetworksAway(Vec<NetworkId>),
    LastContact(Contact),
    Outbox(Outbox),
    /// Whether the journal's disk has room for something new.
    Room(bool),
    /// The journal cannot be written: nothing more may be prepared.
    JournalBroken,
    Telephone(TelephoneEvent),
    Attention(AttentionEvent),
    Petitions(PetitionsEvent),
    Knowledge(KnowledgeEvent),
    Postings(PostingsEvent),
    Sending(SendingEvent),
    /// The exchange's answer about kiosks that wait for an agent.
    RoomsAnswered(Attempt, Result<DeskAnswer, RoomFault>),
    /// The exchange's answer about two-person checks.
    ChecksAnswered(vouching::Attempt, Result<vouching::DeskAnswer, CheckFault>),
}

#[derive(Clone, Debug)]
pub enum Command {
    Show(Box<View>),
    Open {
        service: ServiceId,
        version: u32,
        language: &'static str,
        terms: Terms,
    },
    /// Write it down; later commands must not be carried out before it is durable.
    Record {
        request: RequestId,
        event: RequestEvent,
    },
    /// Say so again once everything before this is durable.
    Prepared(Box<Row>),
    LookUp(Code),
    Attention(AttentionCommand),
    Petitions(PetitionsCommand),
    Knowledge(KnowledgeCommand),
    Postings(PostingsCommand),
    Sending(SendingCommand),
    /// Ask the exchange about kiosks that wait for an agent.
    AskRooms(Attempt, DeskQuestion),
    /// Ask the exchange about two-person checks.
    AskChecks(vouching::Attempt, vouching::DeskQuestion),
    /// Show the exchange, with all that is asked of it from now on, who works here.
    Wear(Option<SignedBadge>),
    /// Use these devices from now on, also after a restart.
    RememberSound(SoundSettings),
    Telephone(TelephoneOrder),
}

impl Command {
    /// Whether it may be carried out though nothing can be written down any more.
    pub(super) fn needs_no_journal(&self) -> bool {
        match self {
            Command::Telephone(_)
            | Command::Attention(_)
            | Command::Knowledge(_)
            | Command::Postings(_)
            | Command::Sending(_)
            | Command::LookUp(_)
            | Command::AskRooms(..)
            | Command::AskChecks(..)
            | Command::RememberSound(_)
            | Command::Wear(_) => true,
            Command::Petitions(command) => !matches!(command, PetitionsCommand::WriteDown { .. }),
            Command::Show(_)
            | Command::Open { .. }
            | Command::Record { .. }
            | Command::Prepared(_) => false,
        }
    }
}
