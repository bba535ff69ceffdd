//! What an agent does with the checks, and with the one that is taken.

use std::time::Instant;

use privacy::Personal;
use vouching::{CheckRefusal, ExaminerEvent};

use super::{ChecksNotice, IdentityChecks, Verdict};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChecksTouch {
    Up,
    Down,
    Select(usize),
    /// The n-th reason of a verdict; what the citizen has typed; a check that waits.
    Pick(usize),
    /// Takes the selected check, compares what is typed, or gives the verdict.
    Next,
    Believe,
    Refuse,
    AskMore,
    /// Not yet a verdict; back to the checks when this one is in other hands.
    Back,
    /// Lets go of the check, for another to take.
    GiveBack,
    Type(Personal<String>),
}

impl IdentityChecks {
    pub(super) fn touched(&mut self, touch: ChecksTouch, now: Instant) {
        let stays = [ChecksNotice::Away, ChecksNotice::Unheard];
        self.notice = self.notice.filter(|it| stays.contains(it));
        if let ChecksTouch::Type(text) = touch {
            self.typed = text;
        } else if self.with.is_none() {
            self.listing(&touch, now);
        } else if self.verdict.is_some() {
            self.giving_verdict(&touch, now);
        } else {
            self.in_check(&touch, now);
        }
    }

    fn listing(&mut self, touch: &ChecksTouch, now: Instant) {
        let last = self.waiting.len().saturating_sub(1);
        match touch {
            ChecksTouch::Up => self.selected = self.selected.saturating_sub(1),
            ChecksTouch::Down => self.selected = (self.selected + 1).min(last),
            ChecksTouch::Select(row) | ChecksTouch::Pick(row) => self.selected = (*row).min(last),
            ChecksTouch::Next => {
                if let Some(it) = self.waiting.get(self.selected) {
                    self.tell(ExaminerEvent::Take(it.check.clone()), now);
                }
            }
            // The exchange has not said yet whether it is taken.
            ChecksTouch::Back | ChecksTouch::GiveBack => self.tell(ExaminerEvent::Leave, now),
            ChecksTouch::Believe
            | ChecksTouch::Refuse
            | ChecksTouch::AskMore
            | ChecksTouch::Type(_) => {}
        }
    }

    fn in_check(&mut self, touch: &ChecksTouch, now: Instant) {
        let Some(with) = &self.with else { return };
        if !with.is_held() {
            if matches!(touch, ChecksTouch::Back | ChecksTouch::Next) {
                self.go_back(now);
            }
            return;
        }
        match touch {
            ChecksTouch::Next => self.answer(self.typed.clone(), now),
            ChecksTouch::Pick(0) => {
                if let Some(said) = with.sheet.said.clone() {
                    self.answer(said, now);
                }
            }
            ChecksTouch::Believe if with.sheet.may_believe => {
                self.verdict = Some(Verdict::Believe(None));
            }
            ChecksTouch::Believe => self.notice = Some(ChecksNotice::QuestionsFirst),
            ChecksTouch::Refuse => self.verdict = Some(Verdict::Refuse(None)),
            ChecksTouch::AskMore if with.sheet.may_ask_more => {
                self.do_now(ExaminerEvent::AskMore, now);
            }
            ChecksTouch::GiveBack => self.go_back(now),
            ChecksTouch::AskMore
            | ChecksTouch::Up
            | ChecksTouch::Down
            | ChecksTouch::Select(_)
            | ChecksTouch::Pick(_)
            | ChecksTouch::Back
            | ChecksTouch::Type(_) => {}
        }
    }

    /// The line stays until the exchange has said what came of it.
    fn answer(&mut self, text: Personal<String>, now: Instant) {
        let asked = self.with.as_ref().and_then(|it| it.sheet.question.as_ref());
        if let Some(question) = asked.map(|it| it.number) {
            if text.is_blank() {
                self.notice = Some(ChecksNotice::Refused(CheckRefusal::Empty));
            } else {
                self.do_now(ExaminerEvent::Answer { question, text }, now);
            }
        }
    }

    pub(super) fn do_now(&mut self, event: ExaminerEvent, now: Instant) {
        if self.examiner.is_doing() {
            self.notice = Some(ChecksNotice::OnItsWay);
        } else {
            self.tell(event, now);
        }
    }
}
