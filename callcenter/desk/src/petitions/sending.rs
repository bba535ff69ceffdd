//! Answers that are in the journal: on their way, taken or not, or the agent's again.

use std::time::{Duration, Instant};

use journal::WrittenReply;
use request::RequestId;

use super::{Petitions, PetitionsCommand, PetitionsFault, PetitionsNotice, Replied, Standing};

/// After the exchange did not answer.
const PAUSE: Duration = Duration::from_secs(15);

/// An answer that is in the journal.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) reply: WrittenReply,
    pub(super) stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Goes then, in its author's name.
    Due(Instant),
    Sending,
    /// The exchange does not take it; the agent decides what becomes of it.
    Refused(PetitionsFault),
}

impl Petitions {
    pub(super) fn is_written(&mut self, reply: WrittenReply, now: Instant) {
        self.typed.remove(&reply.request);
        self.journaled(vec![reply], now);
    }

    pub(super) fn journaled(&mut self, replies: Vec<WrittenReply>, now: Instant) {
        let due = replies.into_iter().map(|reply| {
            let stage = Stage::Due(now);
            (reply.request.clone(), Written { reply, stage })
        });
        self.written.extend(due);
    }

    pub(super) fn connected(&mut self, now: Instant) {
        for written in self.written.values_mut() {
            if let Stage::Due(at) = &mut written.stage {
                *at = now;
            }
        }
    }

    pub(super) fn send_what_is_due(&mut self, now: Instant) {
        for (request, written) in &mut self.written {
            let is_authors = self.agent.as_ref() == Some(&written.reply.agent);
            if is_authors
                && let Stage::Due(at) = written.stage
                && at <= now
            {
                written.stage = Stage::Sending;
                self.commands.push_back(PetitionsCommand::Send {
                    request: request.clone(),
                    text: written.reply.text.clone(),
                    decision: written.reply.decision,
                });
            }
        }
    }

    pub(super) fn next_answer_due(&self) -> Option<Instant> {
        let ours = self.written.values();
        let ours = ours.filter(|it| self.agent.as_ref() == Some(&it.reply.agent));
        let due = ours.filter_map(|it| match it.stage {
            Stage::Due(at) => Some(at),
            Stage::Sending | Stage::Refused(_) => None,
        });
        due.min()
    }

    pub(super) fn is_sent(
        &mut self,
        request: RequestId,
        sent: Result<(), PetitionsFault>,
        now: Instant,
    ) {
        let Some(written) = self.written.get_mut(&request) else {
            return;
        };
        match sent {
            Ok(()) => {
                let reply = written.reply.clone();
                self.written.remove(&request);
                self.show_answered(reply);
                self.commands
                    .push_back(PetitionsCommand::Erase(request.clone()));
                self.tell_anew(request, now);
            }
            Err(PetitionsFault::Unreachable | PetitionsFault::Unproven) => {
                written.stage = Stage::Due(now + PAUSE);
            }
            Err(
                fault @ (PetitionsFault::Forbidden
                | PetitionsFault::Gone
                | PetitionsFault::Taken
                | PetitionsFault::Answered
                | PetitionsFault::Malformed
                | PetitionsFault::SameOffice
                | PetitionsFault::Extended
                | PetitionsFault::NoExtension
                | PetitionsFault::Joined
                | PetitionsFault::NotJoined
                | PetitionsFault::NoLead
                | PetitionsFault::Altered
                | PetitionsFault::NotSaved),
            ) => {
                written.stage = Stage::Refused(fault);
                self.tell_anew(request, now);
            }
        }
    }

    /// What the exchange has confirmed stands there before it is read anew, and whatever
    /// becomes of that.
    fn show_answered(&mut self, reply: WrittenReply) {
        self.decided.remove(&reply.request);
        self.listing.is_answered(&reply.request);
        let is_ours = self.agent.as_ref() == Some(&reply.agent);
        let known_as = self.known_as.clone().filter(|_| is_ours);
        let open = self.open.as_mut();
        if let Some(open) = open.filter(|it| *it.request() == reply.request) {
            let letter = &mut open.letter;
            letter.petition.standing = Standing::Replied;
            letter.decision = reply.decision;
            letter.reply = Some(Replied {
                agent: known_as.unwrap_or(reply.agent),
                text: reply.text,
            });
        }
    }

    /// An answer that has not gone is the agent's again. What the journal cannot forget
    /// would go after all.
    pub(super) fn take_back(&mut self) {
        let open = self.open.as_ref();
        let Some(request) = open.map(|it| it.letter.petition.request.clone()) else {
            return;
        };
        let agent = self.agent.clone();
        let Some(written) = self.written.get(&request) else {
            return;
        };
        if written.stage == Stage::Sending || Some(&written.reply.agent) != agent.as_ref() {
            return;
        }
        if self.journal_broken {
            self.notice = Some(PetitionsNotice::NotWritten);
            return;
        }
        let text = open.map(|it| self.without_ground(it, &written.reply.text));
        let decided = open.and_then(|it| self.decided_in(it, &written.reply));
        self.decided.extend(decided.map(|it| (request.clone(), it)));
        self.typed.insert(request.clone(), text.unwrap_or_default());
        self.written.remove(&request);
        self.opened = self.opened.wrapping_add(1);
        self.commands.push_back(PetitionsCommand::Erase(request));
    }

    /// Asks for what is shown of a petition that has changed.
    fn tell_anew(&mut self, request: RequestId, now: Instant) {
        if self.shown {
            self.ask(now);
            let open = self.open.as_ref();
            if open.is_some_and(|it| it.letter.petition.request == request) {
                self.read(request);
            }
        }
    }
}
