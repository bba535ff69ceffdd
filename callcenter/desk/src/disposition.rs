//! How the call ended that is wrapped up: its agent chooses one of the center's codes.
//!
//! Four verbs, no I/O; nothing is due here, for when a wrap-up is over is the shift's
//! business. The switch writes down what is said; what it has not acknowledged is said
//! again when the line is back.

mod present;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use cti::{Disposition, DispositionRefusal, Dispositions, WrapUp};

pub use present::{ChoiceState, ChoiceView, DispositionView};

/// What is told until the next choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DispositionNotice {
    /// The center wants to know it before the wrap-up is over.
    ChooseFirst,
    /// It is said when the switch is back.
    Kept,
    Refused(DispositionRefusal),
}

#[derive(Clone, Debug)]
pub enum DispositionEvent {
    /// The center's codes, after signing in.
    Codes(Dispositions),
    /// A call is to be wrapped up, or what was said of it is written down.
    Told(WrapUp),
    Refused {
        call: u64,
        why: DispositionRefusal,
    },
    /// The switch knows who works here, for the first time or again.
    Known,
    Away,
    SignedOut,
    /// The agent is in the next call: what was said of the one before has been said.
    CallBegan,
    /// The n-th of what is offered.
    Chosen(usize),
}

/// To be said to the switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub call: u64,
    pub disposition: String,
}

#[derive(Debug, Default)]
pub struct CallDisposition {
    codes: Dispositions,
    online: bool,
    /// The last call that was to be wrapped up.
    wrap_up: Option<WrapUp>,
    /// Chosen for it, and not acknowledged.
    chosen: Option<String>,
    /// The agent was asked for it before the wrap-up was over.
    asked_first: bool,
    /// It has come up by itself.
    came_up: bool,
    notice: Option<DispositionNotice>,
    commands: VecDeque<Said>,
}

impl CallDisposition {
    pub fn handle(&mut self, event: DispositionEvent) {
        match event {
            DispositionEvent::Codes(codes) => self.codes = codes,
            DispositionEvent::Told(wrap_up) => self.told(wrap_up),
            DispositionEvent::Refused { call, why } => self.refused(call, why),
            DispositionEvent::Known => {
                self.online = true;
                self.notice = self.notice.filter(|it| *it != DispositionNotice::Kept);
                self.say();
            }
            DispositionEvent::Away => {
                self.online = false;
                if self.chosen.is_some() {
                    self.notice = Some(DispositionNotice::Kept);
                }
            }
            DispositionEvent::SignedOut => *self = Self::default(),
            DispositionEvent::CallBegan => {
                (self.wrap_up, self.chosen, self.notice) = (None, None, None);
            }
            DispositionEvent::Chosen(index) => self.choose(index),
        }
    }

    pub fn poll_command(&mut self) -> Option<Said> {
        self.commands.pop_front()
    }

    /// Whether anybody asks how a call ended.
    pub fn is_asked(&self) -> bool {
        self.wrap_up.is_some()
    }

    /// Whether anything is left of an agent who has signed out.
    pub fn is_somebodys(&self) -> bool {
        self.online || self.wrap_up.is_some() || !self.codes.codes.is_empty()
    }

    /// Whether the wrap-up is not to be over yet; said once for each call.
    pub fn asks_first(&mut self) -> bool {
        let open = self.wrap_up.as_ref().is_some_and(|it| it.said.is_none());
        let asks = self.codes.required && open && self.chosen.is_none() && !self.asked_first;
        if asks {
            self.asked_first = true;
            self.notice = Some(DispositionNotice::ChooseFirst);
        }
        asks
    }

    /// Whether it may come up by itself; once for each call.
    pub fn comes_up(&mut self) -> bool {
        self.is_asked() && !std::mem::replace(&mut self.came_up, true)
    }

    fn told(&mut self, wrap_up: WrapUp) {
        let same = self.wrap_up.as_ref().map(|it| it.call) == Some(wrap_up.call);
        if !same {
            self.chosen = None;
            self.notice = None;
            (self.asked_first, self.came_up) = (false, false);
        } else if wrap_up.said.is_some() && wrap_up.said == self.chosen {
            self.chosen = None;
            self.notice = None;
        }
        self.wrap_up = Some(wrap_up);
    }

    fn refused(&mut self, call: u64, why: DispositionRefusal) {
        if self.wrap_up.as_ref().is_some_and(|it| it.call == call) {
            self.chosen = None;
            self.notice = Some(DispositionNotice::Refused(why));
        }
    }

    fn choose(&mut self, index: usize) {
        let wrap_up = self.wrap_up.as_ref();
        let Some(chosen) = wrap_up.and_then(|it| it.choices.get(index)).cloned() else {
            return;
        };
        self.notice = (!self.online).then_some(DispositionNotice::Kept);
        self.chosen = Some(chosen);
        self.say();
    }

    /// Said now, or when the switch is back.
    fn say(&mut self) {
        if let (true, Some(wrap_up), Some(chosen)) = (self.online, &self.wrap_up, &self.chosen) {
            self.commands.push_back(Said {
                call: wrap_up.call,
                disposition: chosen.clone(),
            });
        }
    }

    fn code(&self, id: &str) -> Option<&Disposition> {
        self.codes.codes.iter().find(|it| it.id == id)
    }
}
