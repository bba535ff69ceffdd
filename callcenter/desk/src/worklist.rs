//! The requests prepared at this desk, and how far each has come.
//!
//! Four verbs, no I/O. That a request is ready or refused is published to the
//! desk; whether it was collected is asked by its code, one request at a time. A
//! code is read again only to a caller who knew what the request was.

mod row;
#[cfg(test)]
mod tests;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use privacy::Personal;
use request::{Applicant, RequestEvent, RequestId};
use sync::TicketAnswer;
use ticket::Code;

use crate::Outbox;

pub(crate) use row::state_after;
pub use row::{Row, RowState};

/// Rows that are kept in view; what is older is found by its code at the exchange.
pub const ROWS_MAX: usize = 200;
/// Between two questions about rows that may have been collected meanwhile.
const ASK_EVERY: Duration = Duration::from_secs(60);
/// Questions about the request that a caller has to answer right …
const KNEW_LEAST: usize = 2;
/// … of so many.
pub const QUESTIONS: usize = 3;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorklistTouch {
    Up,
    Down,
    Select {
        row: usize,
    },
    /// Has the selected row's code read again, if the caller knows the request.
    ReadAgain,
    Knew {
        question: usize,
    },
    Next,
    Back,
    /// Asks about every row that may have changed.
    CheckNow,
}

#[derive(Clone, Debug)]
pub enum WorklistEvent {
    Touched(WorklistTouch),
    Prepared(Box<Row>),
    Published {
        request: RequestId,
        event: RequestEvent,
    },
    LookedUp {
        code: Code,
        answer: Option<TicketAnswer>,
    },
    /// What the journal still tells, after something was erased from it.
    Journaled(Vec<Row>),
    Connected,
    Away,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorklistCommand {
    /// Ask the exchange what became of a code.
    LookUp(Code),
}

/// What the agent does with the selected row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    Nothing,
    /// The caller is asked about the request.
    Checking {
        knew: [bool; QUESTIONS],
        refused: bool,
    },
    Reading {
        group: usize,
    },
}

#[derive(Debug)]
pub struct Worklist {
    /// The newest first.
    rows: Vec<Row>,
    selected: usize,
    doing: Doing,
    linked: bool,
    asking: VecDeque<Code>,
    next_row: usize,
    ask_at: Option<Instant>,
    commands: VecDeque<WorklistCommand>,
}

impl Worklist {
    /// `rows` are what the journal still tells, the newest first.
    pub fn new(mut rows: Vec<Row>) -> Self {
        rows.truncate(ROWS_MAX);
        Self {
            rows,
            selected: 0,
            doing: Doing::Nothing,
            linked: false,
            asking: VecDeque::new(),
            next_row: 0,
            ask_at: None,
            commands: VecDeque::new(),
        }
    }

    pub fn handle(&mut self, event: WorklistEvent, now: Instant) {
        match event {
            WorklistEvent::Touched(touch) => self.touched(touch),
            WorklistEvent::Prepared(row) => self.prepared(*row),
            WorklistEvent::Published { request, event } => self.published(&request, &event),
            WorklistEvent::LookedUp { code, answer } => self.looked_up(&code, answer.as_ref()),
            WorklistEvent::Journaled(rows) => self.forget(&rows),
            WorklistEvent::Connected => {
                self.linked = true;
                self.ask_at = Some(now);
            }
            WorklistEvent::Away => {
                self.linked = false;
                self.ask_at = None;
                self.asking.clear();
            }
        }
    }

    /// Asks about one more row that may have been collected.
    pub fn handle_timeout(&mut self, now: Instant) {
        if self.ask_at.is_none_or(|due| due > now) {
            return;
        }
        self.ask_at = Some(now + ASK_EVERY);
        let (before, after) = self.rows.split_at(self.next_row.min(self.rows.len()));
        let turn = after.iter().chain(before).enumerate();
        let next = turn
            .filter(|(_, row)| row.state.is_worth_asking())
            .map(|(step, row)| (step, row.code.clone()))
            .next();
        if let Some((step, code)) = next {
            self.next_row = (self.next_row + step + 1) % self.rows.len();
            self.commands.push_back(WorklistCommand::LookUp(code));
        }
    }

    pub fn poll_command(&mut self) -> Option<WorklistCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        self.ask_at
    }

    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub fn selected(&self) -> usize {
        self.selected
    }

    pub fn doing(&self) -> Doing {
        self.doing
    }

    pub fn selected_row(&self) -> Option<&Row> {
        self.rows.get(self.selected)
    }

    /// Whether the exchange has confirmed a row's entries.
    pub fn is_sent(row: &Row, outbox: Outbox) -> bool {
        outbox.waiting == 0 || outbox.since.is_some_and(|since| row.asked_at < since)
    }

    /// The newest request of the same number, by which a caller can be checked.
    pub fn known_of(&self, applicant: &Applicant) -> Option<&Row> {
        let same = |row: &&Row| {
            let known = row.applicant.as_ref();
            known.is_some_and(|it| it.resident_number == applicant.resident_number)
        };
        self.rows.iter().find(same)
    }

    /// Requests a call is about: those it names, and those asked for from its number.
    pub fn concerning(
        &self,
        requests: &[RequestId],
        caller: Option<&Personal<String>>,
    ) -> Vec<&Row> {
        let concerns = |row: &&Row| {
            requests.contains(&row.request) || (caller.is_some() && row.caller.as_ref() == caller)
        };
        self.rows.iter().filter(concerns).collect()
    }

    fn prepared(&mut self, row: Row) {
        self.rows.insert(0, row);
        self.rows.truncate(ROWS_MAX);
        self.selected = 0;
        self.doing = Doing::Nothing;
    }

    /// Who asked is known no longer than the journal knows it.
    fn forget(&mut self, journaled: &[Row]) {
        for row in &mut self.rows {
            let kept = journaled.iter().find(|it| it.request == row.request);
            row.applicant = kept.and_then(|it| it.applicant.clone());
            if kept.is_none_or(|it| it.applicant.is_none()) {
                row.caller = None;
            }
        }
    }

    fn touched(&mut self, touch: WorklistTouch) {
        let last = self.rows.len().saturating_sub(1);
        match (self.doing, touch) {
            (Doing::Nothing, WorklistTouch::Up) => self.selected = self.selected.saturating_sub(1),
            (Doing::Nothing, WorklistTouch::Down) => self.selected = (self.selected + 1).min(last),
            (Doing::Nothing, WorklistTouch::Select { row }) => self.selected = row.min(last),
            (Doing::Nothing, WorklistTouch::ReadAgain) if self.may_be_read() => {
                self.doing = Doing::Checking {
                    knew: [false; QUESTIONS],
                    refused: false,
                };
            }
            (Doing::Checking { mut knew, .. }, WorklistTouch::Knew { question }) => {
                if let Some(knew) = knew.get_mut(question) {
                    *knew = !*knew;
                }
                self.doing = Doing::Checking {
                    knew,
                    refused: false,
                };
            }
            (Doing::Checking { knew, .. }, WorklistTouch::Next) => {
                let enough = knew.iter().filter(|knew| **knew).count() >= KNEW_LEAST;
                self.doing = if enough {
                    Doing::Reading { group: 0 }
                } else {
                    Doing::Checking {
                        knew,
                        refused: true,
                    }
                };
            }
            (Doing::Reading { group }, WorklistTouch::Next) if group < 3 => {
                self.doing = Doing::Reading { group: group + 1 };
            }
            (Doing::Reading { .. }, WorklistTouch::ReadAgain) => {
                self.doing = Doing::Reading { group: 0 };
            }
            (Doing::Reading { .. }, WorklistTouch::Next | WorklistTouch::Back)
            | (Doing::Checking { .. }, WorklistTouch::Back) => self.doing = Doing::Nothing,
            (_, WorklistTouch::CheckNow) => self.check_now(),
            (Doing::Nothing | Doing::Checking { .. } | Doing::Reading { .. }, _) => {}
        }
    }

    fn may_be_read(&self) -> bool {
        self.selected_row().is_some_and(|row| !row.state.is_final())
    }

    fn check_now(&mut self) {
        if !self.linked || !self.asking.is_empty() {
            return;
        }
        let open = self.rows.iter().filter(|row| row.state.is_worth_asking());
        self.asking = open.map(|row| row.code.clone()).collect();
        self.ask_next();
    }

    /// One question at a time, so that nothing else on the line has to wait.
    fn ask_next(&mut self) {
        if let Some(code) = self.asking.front() {
            self.commands
                .push_back(WorklistCommand::LookUp(code.clone()));
        }
    }

    fn published(&mut self, request: &RequestId, event: &RequestEvent) {
        let Some(row) = self.rows.iter_mut().find(|it| it.request == *request) else {
            return;
        };
        if let Some(state) = state_after(event)
            && !row.state.is_final()
        {
            row.state = state;
        }
    }

    fn looked_up(&mut self, code: &Code, answer: Option<&TicketAnswer>) {
        if self.asking.front() == Some(code) {
            self.asking.pop_front();
            if answer.is_none() {
                self.asking.clear();
            }
            self.ask_next();
        }
        let row = self.rows.iter_mut().find(|it| it.code == *code);
        if let (Some(row), Some(answer)) = (row, answer) {
            row.state = match answer {
                TicketAnswer::Ready { .. } => RowState::Ready,
                TicketAnswer::Waiting { fault, .. } => RowState::Waiting(*fault),
                TicketAnswer::Declined { reason, .. } => RowState::Declined(*reason),
                TicketAnswer::Busy => RowState::Collecting,
                TicketAnswer::Used => RowState::Collected,
                // It has not reached the exchange, or nobody may ask just now.
                TicketAnswer::Unknown | TicketAnswer::TooManyTries | TicketAnswer::Owed { .. } => {
                    row.state
                }
            };
        }
    }
}
