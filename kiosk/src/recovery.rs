//! Brings what a crash left open to an honest end, by what the devices can prove.
//!
//! Whoever stood here is gone, or waits. The printer is asked what became of a
//! sheet that was begun, the cash devices what moved since the last entry; each
//! has a deadline. What is proven is written down as it was; what nobody can
//! tell is said to be unknown: the number is void, the money owed.
//!
//! Four verbs, no I/O, like a visit: a [`Command::Record`] comes before the deed
//! it announces.

mod left_open;
mod money;
mod terminal;

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use devices::{
    DeviceState,
    cash::{CashCounters, CashEvent, CashOrder},
    document_printer::{DocumentPrinterEvent, DocumentPrinterOrder, PageCount},
    payment_terminal::{PaymentTerminalEvent, PaymentTerminalOrder, TransactionKey},
    printer::JobId,
};
use request::{
    Action, DocumentNumber, PaperState, RequestEvent, RequestId, ServiceRequest, SpoilReason, Stage,
};
use ticket::Issuer;

pub use left_open::LeftOpen;

/// Longer than a driver follows a job and calls it back.
const PAPER: Duration = Duration::from_secs(75);
/// The cash devices are identified, stand still and have told their counters; a
/// hopper that still pays takes longest.
const MONEY: Duration = Duration::from_secs(60);

/// What a device or the exchange tells.
#[derive(Clone, Debug)]
pub enum Event {
    DocumentPrinter(DocumentPrinterEvent),
    /// `counters` include the event.
    Cash {
        event: CashEvent,
        counters: CashCounters,
    },
    PaymentTerminal(PaymentTerminalEvent),
    /// The exchange has told something; the journal has it.
    Published {
        request: RequestId,
        event: RequestEvent,
    },
}

/// What is to be done, in the order it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Record {
        request: RequestId,
        event: RequestEvent,
    },
    DocumentPrinter(DocumentPrinterOrder),
    Cash(CashOrder),
    PaymentTerminal(PaymentTerminalOrder),
    /// Nothing is open any more.
    Finish,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// The printer is asked about this sheet.
    Paper(DocumentNumber),
    /// The cash devices have not told everything yet.
    Counting,
    /// A note was routed.
    Note,
    /// The payment terminal is asked about this transaction, or gives its money back.
    Card(TransactionKey),
    Finished,
}

/// All that a crash left open, one request after the other.
pub struct Recovery {
    open: VecDeque<LeftOpen>,
    /// Writes the tickets for what is owed.
    tickets: Arc<Issuer>,
    step: Step,
    deadline: Option<Instant>,
    /// How the cash devices are; absent until they say so.
    cash: DeviceState,
    counted: CashCounters,
    /// A note lies in the escrow.
    note_there: bool,
    commands: VecDeque<Command>,
}

impl Recovery {
    /// Oldest first.
    pub fn new(open: Vec<LeftOpen>, tickets: Arc<Issuer>, now: Instant) -> Self {
        let mut recovery = Self {
            open: open.into(),
            tickets,
            step: Step::Finished,
            deadline: None,
            cash: DeviceState::Absent,
            counted: CashCounters::default(),
            note_there: false,
            commands: VecDeque::new(),
        };
        recovery.go_on(now);
        recovery
    }

    pub fn handle(&mut self, event: Event, now: Instant) {
        match event {
            Event::DocumentPrinter(event) => self.printer(event, now),
            Event::Cash { event, counters } => self.cash(event, counters, now),
            Event::PaymentTerminal(event) => self.terminal(event, now),
            Event::Published { request, event } => {
                let open = self.open.iter_mut().find(|it| it.request.id == request);
                if let Some(open) = open {
                    open.request.apply(&event);
                }
            }
        }
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        if self.deadline.is_none_or(|due| now < due) {
            return;
        }
        tracing::warn!(step = self.step_name(), "A device cannot tell what it did");
        match self.step.clone() {
            Step::Paper(number) => self.sheet(number, Sheet::Unknown, now),
            Step::Counting | Step::Note => {
                // Never asked again: what is left is settled without evidence.
                if let Some(open) = self.open.front_mut() {
                    open.cash = None;
                }
                self.go_on(now);
            }
            Step::Card(_) => {
                self.lose_card();
                self.go_on(now);
            }
            Step::Finished => {}
        }
    }

    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        self.deadline
    }

    fn printer(&mut self, event: DocumentPrinterEvent, now: Instant) {
        let (job, sheet) = match event {
            DocumentPrinterEvent::Printed { job, .. } => (job, Sheet::Out),
            DocumentPrinterEvent::NotPrinted { job, .. } => (job, Sheet::None),
            DocumentPrinterEvent::Unknown { job, .. } => (job, Sheet::Unknown),
            DocumentPrinterEvent::Accepted { .. }
            | DocumentPrinterEvent::Printing { .. }
            | DocumentPrinterEvent::Status(_)
            | DocumentPrinterEvent::Counted { .. } => return,
        };
        let number = DocumentNumber::new(job.as_str());
        if self.step == Step::Paper(number.clone()) {
            self.sheet(number, sheet, now);
        }
    }

    fn sheet(&mut self, number: DocumentNumber, sheet: Sheet, now: Instant) {
        let spoil = |reason| Action::Spoil {
            number: number.clone(),
            reason,
        };
        let action = match sheet {
            Sheet::Out => Action::Issue {
                number: number.clone(),
            },
            Sheet::None => spoil(SpoilReason::NotPrinted),
            Sheet::Unknown => spoil(SpoilReason::Unknown),
        };
        self.act(0, action);
        self.go_on(now);
    }

    /// The next thing that is still to be found out; then the end of the request.
    fn go_on(&mut self, now: Instant) {
        while let Some(open) = self.open.front() {
            if let Some((number, pages)) = begun(&open.request) {
                let before = open.impressions;
                let before = before.map(|impressions| PageCount { impressions, pages });
                let job = JobId::new(number.as_str());
                let order = DocumentPrinterOrder::Resolve { job, before };
                self.commands.push_back(Command::DocumentPrinter(order));
                return self.wait(Step::Paper(number), PAPER, now);
            }
            if let Some(before) = open.cash.filter(|_| open.request.stage == Stage::Prepared) {
                if !self.has_counted(&open.request, before) {
                    return self.wait(Step::Counting, MONEY, now);
                }
                if self.note_there {
                    return self.route_note(now);
                }
                self.account_for_payout(before);
            }
            if self.ask_terminal(now) {
                return;
            }
            self.close();
        }
        self.step = Step::Finished;
        self.deadline = None;
        self.commands.push_back(Command::Finish);
    }

    fn wait(&mut self, step: Step, patience: Duration, now: Instant) {
        if self.step != step {
            self.step = step;
            self.deadline = Some(now + patience);
        }
    }

    /// Nothing more can be found out about the first request.
    fn close(&mut self) {
        let Some(open) = self.open.pop_front() else {
            return;
        };
        let id = open.request.id.clone();
        tracing::warn!(request = %id, "Ended a request that was left open");
        let ticket = self.tickets.refund_code(id.as_str()).digits();
        for event in request::recovery(&open.request, &ticket) {
            let request = id.clone();
            self.commands.push_back(Command::Record { request, event });
        }
    }

    fn act(&mut self, place: usize, action: Action) {
        match self.open.get(place).map(|it| it.request.decide(action)) {
            Some(Ok(event)) => self.record(place, event),
            Some(Err(refusal)) => {
                tracing::warn!(%refusal, "A device told what the request does not expect");
            }
            None => {}
        }
    }

    fn record(&mut self, place: usize, event: RequestEvent) {
        if let Some(open) = self.open.get_mut(place) {
            open.request.apply(&event);
            let request = open.request.id.clone();
            self.commands.push_back(Command::Record { request, event });
        }
    }

    fn step_name(&self) -> &'static str {
        match self.step {
            Step::Paper(_) => "paper",
            Step::Counting => "counting",
            Step::Note => "note",
            Step::Card(_) => "card",
            Step::Finished => "finished",
        }
    }
}

/// What is certain about a sheet.
#[derive(Clone, Copy)]
enum Sheet {
    Out,
    /// Proven: none came out.
    None,
    Unknown,
}

/// The sheet that was begun, and how many pages it has.
fn begun(request: &ServiceRequest) -> Option<(DocumentNumber, u32)> {
    let mut documents = request.paper.documents.iter();
    let (document, _) = documents.find(|(_, state)| *state == PaperState::Begun)?;
    Some((document.number.clone(), document.pages))
}

#[cfg(test)]
mod tests;
