//! Recording: on, off, and paused for a reason.

use std::collections::BTreeSet;

use super::{ConversationCommand, Sensitive};

/// Why nothing is recorded although recording is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PauseReason {
    Sensitive(Sensitive),
    /// The caller hears music: what is said meanwhile is not his conversation.
    CallerAway,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tape {
    #[default]
    Off,
    On,
    Paused(PauseReason),
}

/// Recording goes on only when no reason is left to pause.
#[derive(Debug, Default)]
pub(super) struct Recording {
    pub(super) wanted: bool,
    pub(super) sensitive: BTreeSet<Sensitive>,
    /// As it was ordered last.
    pub(super) tape: Tape,
}

impl Recording {
    fn tape(&self, caller_away: bool) -> Tape {
        match self.sensitive.first() {
            _ if !self.wanted => Tape::Off,
            Some(what) => Tape::Paused(PauseReason::Sensitive(*what)),
            None if caller_away => Tape::Paused(PauseReason::CallerAway),
            None => Tape::On,
        }
    }

    /// What is to be ordered so that the tape does what it should.
    pub(super) fn follow(&mut self, caller_away: bool) -> Vec<ConversationCommand> {
        let next = self.tape(caller_away);
        let before = std::mem::replace(&mut self.tape, next);
        match (before, next) {
            (before, next) if before == next => vec![],
            (Tape::Off, Tape::Paused(reason)) => vec![
                ConversationCommand::StartRecording,
                ConversationCommand::PauseRecording(reason),
            ],
            (Tape::Off, _) => vec![ConversationCommand::StartRecording],
            (_, Tape::Off) => vec![ConversationCommand::StopRecording],
            (_, Tape::Paused(reason)) => vec![ConversationCommand::PauseRecording(reason)],
            (_, Tape::On) => vec![ConversationCommand::ResumeRecording],
        }
    }
}
