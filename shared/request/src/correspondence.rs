//! Letters to and from whoever wrote a petition.

use std::collections::BTreeMap;

use privacy::Personal;
use serde::{Deserialize, Serialize};

use crate::RequestEvent;

/// Who wrote, as the letter itself says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// Empty when the letter gives none.
    pub name: Personal<String>,
    pub address: Personal<String>,
    /// The letter's own id, which an answer refers to (RFC 5322, 3.6.4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<Personal<String>>,
}

/// A file that came with a letter; the mail server keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    /// Empty when it has none.
    pub name: Personal<String>,
    /// Such as `image/png`, as the letter says.
    pub media_type: String,
    /// Of what it is when it is decoded.
    pub bytes: u64,
    /// SHA-256 of the same, in lower-case hexadecimal.
    pub sha256: String,
}

/// What an office sends to whoever wrote a petition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letter {
    /// That it came, and under which number.
    Acknowledgement,
    Reply,
}

impl Letter {
    pub const ALL: [Self; 2] = [Self::Acknowledgement, Self::Reply];
}

/// Why a letter that was begun is not known to have gone out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotSentReason {
    /// The mail server cannot take it now; it is tried again.
    Deferred,
    /// The mail server never takes it, or was tried for long enough.
    Refused,
    /// A crash came between: it may have gone out. Nobody sends it twice unasked.
    Unknown,
}

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterState {
    /// Given to the mail server; it may have gone out.
    Begun,
    Sent,
    NotSent(NotSentReason),
}

/// An agent's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub agent: String,
    pub text: Personal<String>,
}

/// The letters of one petition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correspondence {
    pub sender: Option<Sender>,
    pub enclosures: Vec<Enclosure>,
    pub assigned_to: Option<String>,
    pub reply: Option<Reply>,
    /// Answers that were appealed against.
    pub earlier_replies: Vec<Reply>,
    states: BTreeMap<Letter, LetterState>,
    tries: BTreeMap<Letter, u32>,
}

impl Correspondence {
    /// What became of a letter; none when it was never begun.
    pub fn state(&self, letter: Letter) -> Option<LetterState> {
        self.states.get(&letter).copied()
    }

    /// How often a letter was given to the mail server.
    pub fn tries(&self, letter: Letter) -> u32 {
        self.tries.get(&letter).copied().unwrap_or(0)
    }

    /// Whether a letter is still to go out.
    pub fn is_due(&self, letter: Letter) -> bool {
        let written = match letter {
            Letter::Acknowledgement => self.sender.is_some(),
            Letter::Reply => self.reply.is_some(),
        };
        let open = match self.state(letter) {
            None | Some(LetterState::NotSent(NotSentReason::Deferred)) => true,
            Some(
                LetterState::Begun
                | LetterState::Sent
                | LetterState::NotSent(NotSentReason::Refused | NotSentReason::Unknown),
            ) => false,
        };
        written && open
    }

    pub fn reply_is_sent(&self) -> bool {
        self.state(Letter::Reply) == Some(LetterState::Sent)
    }

    /// Whether an answer went, as far as is known, to nobody: another may be given.
    pub(crate) fn reply_is_lost(&self) -> bool {
        match self.state(Letter::Reply) {
            Some(LetterState::NotSent(NotSentReason::Refused | NotSentReason::Unknown)) => true,
            None
            | Some(
                LetterState::Begun
                | LetterState::Sent
                | LetterState::NotSent(NotSentReason::Deferred),
            ) => false,
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only the events about letters count here"
    )]
    pub(crate) fn apply(&mut self, event: &RequestEvent) {
        match event {
            RequestEvent::SenderNamed { sender } => self.sender = Some(sender.clone()),
            RequestEvent::Enclosed { enclosures } => self.enclosures = enclosures.clone(),
            RequestEvent::Assigned { agent } => self.assigned_to = Some(agent.clone()),
            RequestEvent::Replied { agent, text, .. } => {
                self.reply = Some(Reply {
                    agent: agent.clone(),
                    text: text.clone(),
                });
                self.states.remove(&Letter::Reply);
                self.tries.remove(&Letter::Reply);
            }
            RequestEvent::Appealed { .. } => {
                self.earlier_replies.extend(self.reply.take());
                self.assigned_to = None;
                self.states.remove(&Letter::Reply);
                self.tries.remove(&Letter::Reply);
            }
            RequestEvent::SendingBegun { letter } => {
                self.states.insert(*letter, LetterState::Begun);
                *self.tries.entry(*letter).or_default() += 1;
            }
            RequestEvent::Sent { letter } => {
                self.states.insert(*letter, LetterState::Sent);
            }
            RequestEvent::NotSent { letter, reason } => {
                self.states.insert(*letter, LetterState::NotSent(*reason));
            }
            _ => {}
        }
    }
}
