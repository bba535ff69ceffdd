//! The steps of a preparation and what leads from one to the next.

use request::{IdentityLevel, ServiceRequest, Stage};

use super::{Preparation, PreparationCommand, PreparationTouch};
use crate::{Moment, Reach};

/// Groups of four digits in a code.
pub(super) const GROUPS: usize = 4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Idle,
    Finding,
    /// The chosen service is explained.
    Explaining,
    Identifying,
    Filling,
    Consenting,
    Reviewing,
    /// The code is read aloud; the caller writes down this group.
    Reading {
        group: usize,
    },
}

impl Preparation {
    /// The transition table.
    pub(super) fn touched(&mut self, touch: PreparationTouch, reach: &Reach, now: Moment) {
        match (self.step, touch) {
            (Step::Idle, PreparationTouch::Begin) if !self.journal_broken => {
                self.step = Step::Finding;
            }
            (Step::Idle, _) => {}
            (_, PreparationTouch::Type { field, text }) => self.typed(&field, text),
            (Step::Reading { .. }, PreparationTouch::Abandon | PreparationTouch::Back) => {
                self.forget();
            }
            (_, PreparationTouch::Abandon) => self.abandon(),

            (Step::Finding, PreparationTouch::Choose(id)) => self.choose(&id),
            (Step::Finding, PreparationTouch::Next) => self.choose_meant(),
            (Step::Finding, PreparationTouch::Back) => self.abandon(),
            (Step::Explaining, PreparationTouch::Next) => self.begin(reach, now),
            (Step::Explaining, PreparationTouch::Back) => {
                self.draft.service = None;
                self.draft.opening = false;
                self.step = Step::Finding;
            }
            (Step::Identifying, PreparationTouch::Caller(caller)) => self.say_how(caller),
            (Step::Identifying, PreparationTouch::Knew { question }) => self.knew(question),
            (Step::Identifying, PreparationTouch::Next) => self.identify(),
            (Step::Filling, PreparationTouch::PickSuggestion { question, index }) => {
                self.pick_suggestion(&question, index);
            }
            (Step::Filling, PreparationTouch::PickOption { option, choice }) => {
                self.pick_option(option, choice);
            }
            (Step::Filling, PreparationTouch::MoreCopies) => self.more_copies(),
            (Step::Filling, PreparationTouch::FewerCopies) => {
                self.draft.copies = self.draft.copies.saturating_sub(1).max(1);
            }
            (Step::Filling, PreparationTouch::Next) => self.filled(now),
            (Step::Filling, PreparationTouch::Back) if self.needs_identity() => {
                self.step = Step::Identifying;
            }
            (Step::Consenting, PreparationTouch::Consented) => self.consent(),
            (Step::Consenting, PreparationTouch::Back) => self.step = Step::Filling,
            (Step::Reviewing, PreparationTouch::MessageToCaller) => self.message_to_caller(),
            (Step::Reviewing, PreparationTouch::Next) => self.submit(),
            (Step::Reviewing, PreparationTouch::Back) => self.step = Step::Filling,
            (Step::Reading { group }, PreparationTouch::Next) if group + 1 < GROUPS => {
                self.step = Step::Reading { group: group + 1 };
            }
            (Step::Reading { .. }, PreparationTouch::Next) => self.forget(),
            (Step::Reading { .. }, PreparationTouch::ReadAgain) => {
                self.step = Step::Reading { group: 0 };
            }
            _ => {}
        }
    }

    /// Takes a new request on; one whose caller has gone meanwhile is withdrawn.
    pub(super) fn opened(&mut self, request: ServiceRequest) {
        let wanted = self.step == Step::Explaining
            && self.draft.opening
            && self.draft.service.as_ref() == Some(&request.service);
        if !wanted {
            if request.stage == Stage::Draft
                && let Ok(event) = request.decide(request::Action::Withdraw)
            {
                let request = request.id;
                self.commands
                    .push_back(PreparationCommand::Record { request, event });
            }
            return;
        }
        self.draft.opening = false;
        self.draft.request = Some(request);
        self.step = if self.needs_identity() {
            Step::Identifying
        } else {
            Step::Filling
        };
    }

    pub(super) fn needs_identity(&self) -> bool {
        self.service()
            .is_some_and(|it| it.identity > IdentityLevel::None)
    }
}
