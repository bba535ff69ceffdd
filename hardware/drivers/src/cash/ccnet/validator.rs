//! What a bill validator is asked and told, as a pure machine between orders and bytes.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use devices::DeviceState;

use super::{
    BillValidatorEvent, BillValidatorFault, BillValidatorOrder, BillValidatorStatus,
    bill_table::BillTable,
    line::{Command, Line, Reply},
    note::{Note, Route},
    state::{self, State},
};
use crate::{Driver, Input, Output};

/// From one poll to the next (2.7: between 100 and 200 ms).
const POLL: Duration = Duration::from_millis(200);
/// A validator that stands still finds out that a hand has helped when it is reset.
const ONCE_MORE: Duration = Duration::from_secs(10);

#[derive(Default)]
pub struct CcnetBillValidator {
    line: Line,
    connected: bool,
    silent: bool,
    /// As it was polled last, and nothing was said since that may change it.
    state: Option<State>,
    table: Option<BillTable>,
    wanted_open: bool,
    /// Whether the slot takes notes, as far as is known.
    open: Option<bool>,
    shut_owed: bool,
    note: Note,
    fault: Option<BillValidatorFault>,
    poll_at: Option<Instant>,
    reset_at: Option<Instant>,
    told: Option<BillValidatorStatus>,
    outputs: VecDeque<Output<BillValidatorEvent>>,
}

impl Driver for CcnetBillValidator {
    type Order = BillValidatorOrder;
    type Event = BillValidatorEvent;

    fn handle(&mut self, input: Input<BillValidatorOrder>, now: Instant) {
        match input {
            Input::Order(order) => self.obey(order, now),
            Input::Wire(bytes) => {
                if let Some((command, reply)) = self.line.receive(&bytes, now) {
                    self.answered(command, &reply, now);
                }
            }
            Input::Connected => {
                self.connected = true;
                self.silent = false;
                self.start_over();
            }
            Input::HungUp => {
                self.connected = false;
                self.start_over();
            }
        }
        self.go_on(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        if let Some((command, reply)) = self.line.handle_timeout(now) {
            self.answered(command, &reply, now);
        }
        self.go_on(now);
    }

    fn poll_output(&mut self) -> Option<Output<BillValidatorEvent>> {
        self.outputs.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        let polls = self.poll_at.filter(|_| self.connected);
        self.line.poll_timeout().or(polls)
    }
}

impl CcnetBillValidator {
    fn obey(&mut self, order: BillValidatorOrder, now: Instant) {
        match order {
            BillValidatorOrder::Open => {
                self.wanted_open = true;
                self.shut_owed = false;
            }
            BillValidatorOrder::Shut => {
                self.wanted_open = false;
                self.shut_owed = true;
            }
            BillValidatorOrder::Stack => self.note.route(Route::Stack, now),
            BillValidatorOrder::Return => self.note.route(Route::Return, now),
        }
    }

    fn go_on(&mut self, now: Instant) {
        if self.connected
            && self.line.is_free(now)
            && let Some(command) = self.next_command(now)
        {
            self.line.ask(command, now);
        }
        while let Some(bytes) = self.line.poll_wire() {
            self.outputs.push_back(Output::Wire(bytes));
        }
        self.tell_shut();
        self.tell_status();
    }

    /// One thing for each state that was seen, and then it is looked again.
    fn next_command(&mut self, now: Instant) -> Option<Command> {
        let command = self.state.and_then(|state| match state {
            State::PowerUp(_) => Some(Command::Reset),
            State::Fault(fault) if needs_reset(fault) => self.due_reset(now),
            State::Escrow(_) | State::Holding => {
                self.note.due_route(now).map(|route| match route {
                    Some(Route::Stack) => Command::Stack,
                    Some(Route::Return) => Command::Return,
                    None => Command::Hold,
                })
            }
            State::Idling | State::Disabled => self.setting(),
            State::Initialising
            | State::Accepting
            | State::Stacking
            | State::Returning
            | State::Busy
            | State::Hindered
            | State::Rejecting
            | State::Fault(_)
            | State::Stacked(_)
            | State::Returned(_) => None,
        });
        command.or_else(|| {
            let due = self.poll_at.is_none_or(|at| at <= now);
            due.then_some(Command::Poll)
        })
    }

    fn due_reset(&mut self, now: Instant) -> Option<Command> {
        let due = self.reset_at.is_none_or(|at| at <= now);
        due.then(|| {
            self.reset_at = Some(now + ONCE_MORE);
            Command::Reset
        })
    }

    /// What a validator at rest has still to tell, or to be told.
    fn setting(&self) -> Option<Command> {
        let Some(table) = &self.table else {
            return Some(Command::GetBillTable);
        };
        let mask = match self.wanted_open {
            true => table.mask(),
            false => [0; 3],
        };
        (self.open != Some(self.wanted_open)).then_some(Command::EnableBillTypes(mask))
    }

    fn answered(&mut self, command: Command, reply: &Reply, now: Instant) {
        self.state = None;
        self.poll_at = Some(now);
        match (command, reply) {
            (Command::Poll, Reply::Data(data)) => {
                self.poll_at = Some(now + POLL);
                self.silent = false;
                if let Some(state) = state::read(data) {
                    self.see(state, now);
                }
            }
            (Command::Poll, Reply::Silent) => self.fall_silent(now),
            // No state: it is asked again, and not at once.
            (Command::Poll, _) => self.poll_at = Some(now + POLL),
            (Command::GetBillTable, Reply::Data(data)) => {
                self.table = BillTable::read(data);
                if self.table.is_none() {
                    tracing::debug!("The bill validator told no bill table");
                }
            }
            (Command::EnableBillTypes(mask), Reply::Acknowledged) => {
                self.open = Some(mask != [0; 3]);
            }
            (
                Command::Reset
                | Command::EnableBillTypes(_)
                | Command::GetBillTable
                | Command::Stack
                | Command::Return
                | Command::Hold,
                _,
            ) => {}
        }
    }

    fn see(&mut self, state: State, now: Instant) {
        self.state = Some(state);
        match state {
            State::Fault(fault) => self.fault = Some(fault),
            // Neither says that what was the matter is over.
            State::Busy | State::Hindered => {}
            State::PowerUp(_) | State::Initialising => {
                self.open = None;
                self.fault = None;
            }
            State::Idling
            | State::Accepting
            | State::Stacking
            | State::Returning
            | State::Disabled
            | State::Holding
            | State::Rejecting
            | State::Escrow(_)
            | State::Stacked(_)
            | State::Returned(_) => self.fault = None,
        }
        // It says so by itself what its slot does.
        if state == State::Disabled && self.open == Some(true) {
            self.open = None;
        }
        let table = self.table.as_ref();
        let value_won = |kind| table.and_then(|table| table.value_won(kind));
        let news = self.note.see(state, value_won, self.wanted_open, now);
        self.outputs.extend(news.into_iter().map(Output::Tell));
    }

    fn fall_silent(&mut self, now: Instant) {
        if !self.silent {
            tracing::warn!("The bill validator does not answer");
        }
        self.silent = true;
        self.open = None;
        self.poll_at = Some(now + POLL);
    }

    /// A note that was told stays one: the validator will say what became of it.
    fn start_over(&mut self) {
        self.line.forget();
        self.state = None;
        self.table = None;
        self.open = None;
        self.fault = None;
        self.poll_at = None;
        self.reset_at = None;
    }

    fn is_set(&self) -> bool {
        self.table.is_some() && self.open == Some(self.wanted_open)
    }

    fn tell_shut(&mut self) {
        // Into one that stands still nothing comes.
        let shut = self.open == Some(false) || self.fault.is_some();
        if self.shut_owed && shut && !self.note.is_held() {
            self.shut_owed = false;
            self.tell(BillValidatorEvent::Shut);
        }
    }

    fn tell_status(&mut self) {
        let silent = self.silent.then_some(BillValidatorFault::Silent);
        let status = BillValidatorStatus {
            state: if !self.connected || self.silent {
                DeviceState::Absent
            } else if self.fault.is_some() {
                DeviceState::Faulted
            } else if self.is_set() || self.note.is_held() {
                DeviceState::Ready
            } else {
                DeviceState::Starting
            },
            fault: silent.or(self.fault).filter(|_| self.connected),
        };
        if self.told.replace(status) != Some(status) {
            self.tell(BillValidatorEvent::Status(status));
        }
    }

    fn tell(&mut self, event: BillValidatorEvent) {
        self.outputs.push_back(Output::Tell(event));
    }
}

/// A box is put back or emptied by a hand, and the validator goes on by itself.
fn needs_reset(fault: BillValidatorFault) -> bool {
    match fault {
        BillValidatorFault::Jammed | BillValidatorFault::BoxJammed | BillValidatorFault::Broken => {
            true
        }
        BillValidatorFault::BoxFull | BillValidatorFault::BoxOut | BillValidatorFault::Silent => {
            false
        }
    }
}
