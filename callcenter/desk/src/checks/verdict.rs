//! The verdict of one of the two persons: each names its reason.

use std::time::Instant;

use vouching::{Doubt, ExaminerEvent, Ground, Part};

use super::{ChecksNotice, ChecksTouch, IdentityChecks};

/// What the first person may go by.
const GROUNDS_OF_FIRST: [Ground; 4] = [
    Ground::AnsweredReadily,
    Ground::SpokenWith,
    Ground::Seen,
    Ground::DocumentShown,
];
/// The second has read the log, too.
const GROUNDS_OF_SECOND: [Ground; 5] = [
    Ground::LogRead,
    Ground::AnsweredReadily,
    Ground::SpokenWith,
    Ground::Seen,
    Ground::DocumentShown,
];
pub(super) const DOUBTS: [Doubt; 5] = [
    Doubt::Prompted,
    Doubt::Hesitated,
    Doubt::NotThePerson,
    Doubt::NotOfFreeWill,
    Doubt::Other,
];

/// A verdict that is being given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Believe(Option<Ground>),
    Refuse(Option<Doubt>),
}

impl IdentityChecks {
    pub(super) fn giving_verdict(&mut self, touch: &ChecksTouch, now: Instant) {
        match touch {
            ChecksTouch::Back => self.verdict = None,
            ChecksTouch::Pick(index) => self.choose_reason(*index),
            ChecksTouch::Next => {
                let event = match self.verdict {
                    Some(Verdict::Believe(Some(ground))) => ExaminerEvent::Believe(ground),
                    Some(Verdict::Refuse(Some(doubt))) => ExaminerEvent::Refuse(doubt),
                    Some(Verdict::Believe(None) | Verdict::Refuse(None)) | None => {
                        self.notice = Some(ChecksNotice::ChooseReason);
                        return;
                    }
                };
                self.do_now(event, now);
            }
            ChecksTouch::GiveBack => self.go_back(now),
            ChecksTouch::Believe
            | ChecksTouch::Refuse
            | ChecksTouch::AskMore
            | ChecksTouch::Up
            | ChecksTouch::Down
            | ChecksTouch::Select(_)
            | ChecksTouch::Type(_) => {}
        }
    }

    fn choose_reason(&mut self, index: usize) {
        let grounds = self.grounds();
        match &mut self.verdict {
            Some(Verdict::Believe(ground)) => *ground = grounds.get(index).copied().or(*ground),
            Some(Verdict::Refuse(doubt)) => *doubt = DOUBTS.get(index).copied().or(*doubt),
            None => {}
        }
    }

    pub(super) fn grounds(&self) -> &'static [Ground] {
        match self.with.as_ref().map(|it| it.sheet.part) {
            Some(Part::Second) => &GROUNDS_OF_SECOND,
            Some(Part::First) | None => &GROUNDS_OF_FIRST,
        }
    }
}
