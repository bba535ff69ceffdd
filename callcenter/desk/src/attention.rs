//! What waits for a person at the exchange: wedged entries, stations in quarantine,
//! deeds in doubt.
//!
//! Four verbs, no I/O. Only an agent whose certificate the exchange lists may look
//! and decide; a decision takes two steps and a reason.

mod waiting;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use request::StationId;
use sync::Incarnation;

use waiting::Case;
pub use waiting::{Deed, Doubt, Quarantined, Waiting, Wedged};

/// While the pane is up.
const ASK_EVERY: Duration = Duration::from_secs(30);

/// Why the exchange does not tell, or did not do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttentionFault {
    Unreachable,
    /// The agent's certificate does not allow it.
    Forbidden,
    /// It is not there any more: somebody else was quicker.
    Gone,
    /// The entry can still not be read by any release that is running.
    StillUnreadable,
}

/// Why an agent decides as they do; the exchange keeps it in its audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Somebody has looked at the machine.
    CheckedOnSite,
    /// The operator has said which disk counts.
    OperatorConfirmed,
    /// The paper and the money were compared by hand.
    ComparedByHand,
}

impl Ground {
    pub const ALL: [Self; 3] = [
        Self::CheckedOnSite,
        Self::OperatorConfirmed,
        Self::ComparedByHand,
    ];

    /// As the exchange writes it down.
    pub fn code(self) -> &'static str {
        match self {
            Ground::CheckedOnSite => "checked_on_site",
            Ground::OperatorConfirmed => "operator_confirmed",
            Ground::ComparedByHand => "compared_by_hand",
        }
    }
}

/// A yes or a no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The entry is a fact; the deed was done.
    Apply,
    /// The entry is given up; the deed was not done.
    Discard,
}

/// A decision and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Release(StationId),
    Settle {
        station: StationId,
        incarnation: Incarnation,
        number: u64,
        verdict: Verdict,
    },
    /// What was found of a deed in doubt.
    LookInto {
        station: StationId,
        incarnation: Incarnation,
        number: u64,
        finding: Verdict,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttentionTouch {
    Up,
    Down,
    Select {
        row: usize,
    },
    /// Releases the selected station.
    Release,
    /// Applies or gives up the selected entry; says that the selected deed was done, or not.
    Settle(Verdict),
    Ground(Ground),
    /// Does what was chosen, once a ground is given.
    Confirm,
    Back,
    CheckNow,
}

#[derive(Clone, Debug)]
pub enum AttentionEvent {
    Touched(AttentionTouch),
    /// The pane comes up, or goes.
    Shown(bool),
    Told(Result<Waiting, AttentionFault>),
    Done(Result<(), AttentionFault>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttentionCommand {
    Ask,
    Decide { decision: Decision, ground: Ground },
}

/// A decision on its way to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deciding {
    pub decision: Decision,
    pub ground: Option<Ground>,
    /// It is at the exchange.
    pub asked: bool,
}

#[derive(Debug)]
pub struct Attention {
    /// Whether an agent's certificate belongs to this desk.
    may_ask: bool,
    shown: bool,
    waiting: Option<Waiting>,
    fault: Option<AttentionFault>,
    selected: usize,
    deciding: Option<Deciding>,
    ask_at: Option<Instant>,
    commands: VecDeque<AttentionCommand>,
}

impl Attention {
    pub fn new(may_ask: bool) -> Self {
        Self {
            may_ask,
            shown: false,
            waiting: None,
            fault: None,
            selected: 0,
            deciding: None,
            ask_at: None,
            commands: VecDeque::new(),
        }
    }

    pub fn handle(&mut self, event: AttentionEvent, now: Instant) {
        if !self.may_ask {
            return;
        }
        match event {
            AttentionEvent::Touched(touch) => self.touched(touch, now),
            AttentionEvent::Shown(shown) => {
                if shown && !self.shown {
                    self.ask(now);
                }
                self.shown = shown;
                if !shown {
                    self.ask_at = None;
                    self.deciding = None;
                }
            }
            AttentionEvent::Told(Ok(waiting)) => {
                self.fault = None;
                self.selected = self.selected.min(waiting.count().saturating_sub(1));
                self.waiting = Some(waiting);
            }
            AttentionEvent::Told(Err(fault)) => self.fault = Some(fault),
            AttentionEvent::Done(done) => {
                self.fault = done.err();
                self.deciding = None;
                self.ask(now);
            }
        }
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        if self.ask_at.is_some_and(|due| due <= now) {
            self.ask(now);
        }
    }

    pub fn poll_command(&mut self) -> Option<AttentionCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        self.ask_at
    }

    pub fn may_ask(&self) -> bool {
        self.may_ask
    }

    /// What waits, as far as it was told; `None` when it never was.
    pub fn waiting(&self) -> Option<&Waiting> {
        self.waiting.as_ref()
    }

    pub fn fault(&self) -> Option<AttentionFault> {
        self.fault
    }

    /// Stations first, then entries, then doubts.
    pub fn selected(&self) -> usize {
        self.selected
    }

    pub fn deciding(&self) -> Option<&Deciding> {
        self.deciding.as_ref()
    }

    fn touched(&mut self, touch: AttentionTouch, now: Instant) {
        let count = self.waiting.as_ref().map_or(0, Waiting::count);
        let last = count.saturating_sub(1);
        match (&mut self.deciding, touch) {
            (None, AttentionTouch::Up) => self.selected = self.selected.saturating_sub(1),
            (None, AttentionTouch::Down) => self.selected = (self.selected + 1).min(last),
            (None, AttentionTouch::Select { row }) => self.selected = row.min(last),
            (None, AttentionTouch::Release) => self.propose(None),
            (None, AttentionTouch::Settle(verdict)) => self.propose(Some(verdict)),
            (None, AttentionTouch::CheckNow) => self.ask(now),
            (Some(deciding), AttentionTouch::Ground(ground)) if !deciding.asked => {
                deciding.ground = Some(ground);
            }
            (Some(deciding), AttentionTouch::Confirm) if !deciding.asked => {
                if let Some(ground) = deciding.ground {
                    deciding.asked = true;
                    let decision = deciding.decision.clone();
                    self.commands
                        .push_back(AttentionCommand::Decide { decision, ground });
                }
            }
            (Some(deciding), AttentionTouch::Back) if !deciding.asked => self.deciding = None,
            (None | Some(_), _) => {}
        }
    }

    /// A station is released, of everything else a yes or a no is said; neither
    /// does for the other.
    fn propose(&mut self, verdict: Option<Verdict>) {
        let Some(waiting) = &self.waiting else {
            return;
        };
        let decision = match (waiting.case(self.selected), verdict) {
            (Some(Case::Station(it)), None) => Decision::Release(it.station.clone()),
            (Some(Case::Entry(it)), Some(verdict)) => Decision::Settle {
                station: it.station.clone(),
                incarnation: it.incarnation.clone(),
                number: it.number,
                verdict,
            },
            (Some(Case::Doubt(it)), Some(finding)) => Decision::LookInto {
                station: it.station.clone(),
                incarnation: it.incarnation.clone(),
                number: it.number,
                finding,
            },
            (Some(Case::Station(_)), Some(_))
            | (Some(Case::Entry(_) | Case::Doubt(_)), None)
            | (None, _) => return,
        };
        self.deciding = Some(Deciding {
            decision,
            ground: None,
            asked: false,
        });
    }

    fn ask(&mut self, now: Instant) {
        self.ask_at = Some(now + ASK_EVERY);
        self.commands.push_back(AttentionCommand::Ask);
    }
}

#[cfg(test)]
mod tests;
