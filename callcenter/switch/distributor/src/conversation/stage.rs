//! Every state of a conversation, set up for tests.

use std::time::Instant;

use super::{
    AGENT, Action, Conversation, ConversationCommand, ConversationEvent, Destination, Forbidden,
    LegId, Phase, Target,
};
use crate::{AgentId, Departure, EntryId, QueueId};

pub(super) const SECOND: LegId = LegId(2);
pub(super) const THIRD: LegId = LegId(3);

/// The states, and how one comes there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Talking,
    Held,
    /// A colleague's telephone rings.
    Asking,
    /// A colleague answered.
    Consulting,
    /// An office answered.
    ConsultingOffice,
    /// Caller, agent and colleague.
    Conference,
    /// Caller, agent and office.
    OfficeConference,
    /// The office's telephone rings.
    Forwarding,
    /// Caller and office, no agent.
    SentOut,
    /// A queue was asked.
    HandingOver,
}

pub(super) const STATES: [State; 10] = [
    State::Talking,
    State::Held,
    State::Asking,
    State::Consulting,
    State::ConsultingOffice,
    State::Conference,
    State::OfficeConference,
    State::Forwarding,
    State::SentOut,
    State::HandingOver,
];

pub(super) fn colleague() -> Target {
    Target::Agent(AgentId(2))
}

pub(super) fn office() -> EntryId {
    EntryId("tax-office".into())
}

pub(super) struct Stage {
    pub(super) conversation: Conversation,
    pub(super) now: Instant,
}

impl Stage {
    pub(super) fn at(state: State) -> Self {
        let mut stage = Self {
            conversation: Conversation::new(AgentId(1)),
            now: Instant::now(),
        };
        let answered = ConversationEvent::DialAnswered { leg: SECOND };
        let asked = |action| ConversationEvent::Asked { by: AGENT, action };
        let consult = asked(Action::Consult(colleague()));
        let consult_office = asked(Action::Consult(Target::Entry(office())));
        let events = match state {
            State::Talking => vec![],
            State::Held => vec![asked(Action::Hold)],
            State::Asking => vec![consult],
            State::Consulting => vec![consult, answered],
            State::ConsultingOffice => vec![consult_office, answered],
            State::Conference => vec![consult, answered, asked(Action::Conference)],
            State::OfficeConference => {
                vec![consult_office, answered, asked(Action::Conference)]
            }
            State::Forwarding => vec![asked(Action::Transfer(Destination::Entry(office())))],
            State::SentOut => {
                vec![consult_office, answered, asked(Action::CompleteTransfer)]
            }
            State::HandingOver => {
                let queue = QueueId("tax".into());
                vec![asked(Action::Transfer(Destination::Queue(queue)))]
            }
        };
        for event in events {
            stage
                .conversation
                .handle(event, stage.now)
                .expect("allowed");
        }
        stage.commands();
        stage
    }

    pub(super) fn commands(&mut self) -> Vec<ConversationCommand> {
        std::iter::from_fn(|| self.conversation.poll_command()).collect()
    }

    pub(super) fn after(&mut self, event: ConversationEvent) -> Vec<ConversationCommand> {
        self.conversation.handle(event, self.now).expect("allowed");
        self.commands()
    }

    pub(super) fn asked(&mut self, action: Action) -> Result<Vec<ConversationCommand>, Forbidden> {
        let by = AGENT;
        let event = ConversationEvent::Asked { by, action };
        self.conversation.handle(event, self.now)?;
        Ok(self.commands())
    }

    pub(super) fn hears(&self, listener: LegId, speaker: LegId) -> bool {
        self.conversation.sound.matrix.hears(listener, speaker)
    }
}

/// What becomes of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Everybody's leg is ended.
    Ended,
    /// All but the caller's, who waits again.
    Returned,
    /// Those who are left talk with the caller.
    Talks,
    /// The caller hears music, and an agent knows.
    Holds,
    /// The caller talks with the office alone.
    WithOffice,
    /// Nothing changes for the caller.
    Unchanged,
}

pub(super) fn outcome(stage: &Stage, commands: &[ConversationCommand]) -> Outcome {
    let said = |it: &ConversationCommand| commands.contains(it);
    match stage.conversation.phase {
        Phase::Over if said(&ConversationCommand::ReturnCaller) => Outcome::Returned,
        Phase::Over => Outcome::Ended,
        Phase::Talking if said(&ConversationCommand::SentOut) => Outcome::WithOffice,
        Phase::Talking => Outcome::Talks,
        Phase::Held { .. } => Outcome::Holds,
        Phase::Consulting { .. } | Phase::Forwarding { .. } | Phase::HandingOver { .. } => {
            Outcome::Unchanged
        }
    }
}

pub(super) fn left(leg: LegId, how: Departure) -> ConversationEvent {
    ConversationEvent::Left { leg, how }
}
