//! Answers that are typed, until they are written down.

use privacy::Personal;

use super::{Petitions, PetitionsCommand, PetitionsNotice, reading::Open};

/// Characters; what the exchange takes.
const CHARACTERS_MAX: usize = 20_000;

impl Petitions {
    /// Whether the agent may type an answer to a letter.
    pub(super) fn may_write(&self, open: &Open) -> bool {
        let petition = &open.letter.petition;
        let is_ours = petition.assigned_to.is_some() && petition.assigned_to == self.known_as;
        is_ours
            && petition.standing.wants_an_answer()
            && !self.written.contains_key(&petition.request)
    }

    /// What is typed so far. Another answer begins with the words of one that did not
    /// arrive.
    pub(super) fn begun(&self, open: &Open) -> Personal<String> {
        let typed = self.typed.get(open.request()).cloned();
        let before = open.letter.reply.as_ref();
        let before = before.map(|it| self.without_ground(open, &it.text));
        typed.or(before).unwrap_or_default()
    }

    pub(super) fn finish_answer(&mut self) {
        let Some(open) = self.open.as_ref().filter(|it| self.may_write(it)) else {
            return;
        };
        match self.answer_meant(open) {
            Ok(write) => self.commands.extend(write),
            Err(notice) => self.notice = Some(notice),
        }
    }

    fn answer_meant(&self, open: &Open) -> Result<Option<PetitionsCommand>, PetitionsNotice> {
        let own = self.begun(open);
        let text = self.with_ground(open, &own);
        let decision = self.decided(open).map(|it| it.decision);
        if self.journal_broken {
            Err(PetitionsNotice::NotWritten)
        } else if own.is_blank() {
            Err(PetitionsNotice::NoWords)
        } else if open.letter.decides && decision.is_none() {
            Err(PetitionsNotice::NoDecision)
        } else if self.lacks_ground(open) {
            Err(PetitionsNotice::NoGround)
        } else if text.chars() > CHARACTERS_MAX {
            Err(PetitionsNotice::TooLong)
        } else {
            Ok(self.agent.clone().map(|agent| PetitionsCommand::WriteDown {
                request: open.request().clone(),
                agent,
                text,
                decision,
            }))
        }
    }

    /// Said all the time, not when the last word is written.
    pub(super) fn writes_in_vain(&self) -> Option<PetitionsNotice> {
        let in_vain = self.journal_broken && self.is_writing();
        in_vain.then_some(PetitionsNotice::NotWritten)
    }
}
