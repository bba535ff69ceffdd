//! An ESC/POS thermal printer on a serial line.
//!
//! A job is sent once, in one piece, and ends with a fence. Only the fence's
//! answer proves that the paper came out; nothing before the job was sent can
//! have left a trace on paper.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use devices::{
    DeviceState,
    printer::{Evidence, JobId, PrinterFault, PrinterStatus, Supply},
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};

use super::{
    Typeface,
    encoding::{ASK_ONLINE, ASK_PAPER, STATUS_BACK, clear_away, job},
    layout::lay_out,
    status::{Ear, Said},
};
use crate::{Driver, Input, Output};

const ANSWER_TIMEOUT: Duration = Duration::from_secs(1);
/// A receipt takes two seconds; a roll is changed in a minute.
const JOB_TIMEOUT: Duration = Duration::from_secs(20);
const HEALTH: Duration = Duration::from_secs(5);
/// Unanswered questions before the printer counts as dead.
const PATIENCE: u32 = 3;

pub struct EscPosThermal {
    typeface: Typeface,
    connected: bool,
    ear: Ear,
    status: PrinterStatus,
    phase: Phase,
    /// The line was lost while a job was on it.
    broken_off: bool,
    unanswered: u32,
    health_due: Option<Instant>,
    outputs: VecDeque<Output<ReceiptPrinterEvent>>,
}

enum Phase {
    Idle,
    /// Asked whether it lives; nothing was sent.
    Asking {
        job: JobId,
        bytes: Vec<u8>,
        due: Instant,
    },
    /// The job is out; the fence tells.
    Printing {
        job: JobId,
        due: Instant,
    },
}

impl EscPosThermal {
    pub fn new(typeface: Typeface) -> Self {
        Self {
            typeface,
            connected: false,
            ear: Ear::default(),
            status: PrinterStatus {
                state: DeviceState::Absent,
                paper: Supply::Unknown,
                fault: Some(PrinterFault::Offline),
            },
            phase: Phase::Idle,
            broken_off: false,
            unanswered: 0,
            health_due: None,
            outputs: VecDeque::new(),
        }
    }
}

impl Driver for EscPosThermal {
    type Order = ReceiptPrinterOrder;
    type Event = ReceiptPrinterEvent;

    fn handle(&mut self, input: Input<ReceiptPrinterOrder>, now: Instant) {
        match input {
            Input::Order(ReceiptPrinterOrder::Print { job: id, sheet }) => {
                let bytes = job(&lay_out(&sheet, &self.typeface));
                self.begin(id, bytes, now);
            }
            Input::Wire(bytes) => {
                for byte in bytes {
                    if let Some(said) = self.ear.hear(byte) {
                        self.heard(said, now);
                    }
                }
            }
            Input::Connected => {
                self.connected = true;
                self.ear.forget();
                self.unanswered = 0;
                self.health_due = Some(now + ANSWER_TIMEOUT);
                // The printer may still wait for the rest: it takes whatever comes for it.
                if std::mem::take(&mut self.broken_off) {
                    self.send(&clear_away());
                }
                self.send(&STATUS_BACK);
                self.change(DeviceState::Starting, Supply::Unknown, None);
            }
            Input::HungUp => {
                self.connected = false;
                self.health_due = None;
                self.broken_off |= matches!(self.phase, Phase::Printing { .. });
                self.give_up(PrinterFault::Offline);
                self.change(
                    DeviceState::Absent,
                    Supply::Unknown,
                    Some(PrinterFault::Offline),
                );
            }
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        match &self.phase {
            Phase::Asking { due, .. } if *due <= now => {
                self.give_up(PrinterFault::Silent);
                self.change(
                    DeviceState::Faulted,
                    self.status.paper,
                    Some(PrinterFault::Silent),
                );
            }
            Phase::Printing { due, .. } if *due <= now => {
                self.give_up(self.status.fault.unwrap_or(PrinterFault::Silent));
            }
            Phase::Idle | Phase::Asking { .. } | Phase::Printing { .. } => {}
        }
        if self.health_due.is_some_and(|due| due <= now) {
            self.ask_health(now);
        }
    }

    fn poll_output(&mut self) -> Option<Output<ReceiptPrinterEvent>> {
        self.outputs.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        let phase = match &self.phase {
            Phase::Idle => None,
            Phase::Asking { due, .. } | Phase::Printing { due, .. } => Some(*due),
        };
        [phase, self.health_due].into_iter().flatten().min()
    }
}

impl EscPosThermal {
    fn begin(&mut self, id: JobId, bytes: Vec<u8>, now: Instant) {
        let busy = !matches!(self.phase, Phase::Idle);
        let fault = if !self.connected {
            Some(PrinterFault::Offline)
        } else if busy {
            Some(PrinterFault::Refused)
        } else {
            self.status.fault
        };
        if let Some(fault) = fault {
            self.tell(ReceiptPrinterEvent::NotPrinted { job: id, fault });
            return;
        }
        self.ear.asked_online(false);
        self.send(&ASK_PAPER);
        self.phase = Phase::Asking {
            job: id,
            bytes,
            due: now + ANSWER_TIMEOUT,
        };
    }

    fn heard(&mut self, said: Said, now: Instant) {
        self.unanswered = 0;
        self.health_due = Some(now + HEALTH);
        match said {
            Said::Status { fault, paper } => {
                let state = if fault.is_some() {
                    DeviceState::Faulted
                } else {
                    DeviceState::Ready
                };
                self.change(state, paper, fault);
            }
            Said::Paper(paper) => self.paper_known(paper, now),
            Said::Online(online) => {
                if online && self.is_stuck() {
                    self.change(DeviceState::Ready, self.status.paper, None);
                }
            }
            Said::Fence => match std::mem::replace(&mut self.phase, Phase::Idle) {
                Phase::Printing { job, .. } => self.tell(ReceiptPrinterEvent::Printed {
                    job,
                    evidence: Evidence::Fence,
                }),
                // Of nothing that was sent.
                phase @ (Phase::Idle | Phase::Asking { .. }) => self.phase = phase,
            },
        }
    }

    fn paper_known(&mut self, paper: Supply, now: Instant) {
        let fault = match (paper, self.status.fault) {
            (Supply::Out, _) => Some(PrinterFault::PaperOut),
            // What only a silence had said is over.
            (_, Some(PrinterFault::PaperOut | PrinterFault::Silent)) => None,
            (_, fault) => fault,
        };
        let state = if fault.is_some() {
            DeviceState::Faulted
        } else {
            DeviceState::Ready
        };
        self.change(state, paper, fault);
        match std::mem::replace(&mut self.phase, Phase::Idle) {
            Phase::Asking { job, .. } if fault.is_some() => {
                let fault = fault.unwrap_or(PrinterFault::Refused);
                self.tell(ReceiptPrinterEvent::NotPrinted { job, fault });
            }
            Phase::Asking { job, bytes, .. } => {
                self.send(&bytes);
                self.phase = Phase::Printing {
                    job,
                    due: now + JOB_TIMEOUT,
                };
            }
            phase @ (Phase::Idle | Phase::Printing { .. }) => self.phase = phase,
        }
    }

    /// Ends a job with what is certain about it.
    fn give_up(&mut self, fault: PrinterFault) {
        match std::mem::replace(&mut self.phase, Phase::Idle) {
            Phase::Idle => {}
            Phase::Asking { job, .. } => {
                self.tell(ReceiptPrinterEvent::NotPrinted { job, fault });
            }
            Phase::Printing { job, .. } => self.tell(ReceiptPrinterEvent::Unknown { job, fault }),
        }
    }

    fn ask_health(&mut self, now: Instant) {
        self.unanswered += 1;
        if self.unanswered > PATIENCE {
            self.change(
                DeviceState::Faulted,
                self.status.paper,
                Some(PrinterFault::Silent),
            );
        }
        self.health_due = Some(now + HEALTH);
        // A printer tells its status when it changes; noise that looked like one would stand.
        let stuck = self.is_stuck();
        self.ear.asked_online(stuck);
        self.send(if stuck { &ASK_ONLINE } else { &ASK_PAPER });
    }

    /// By what only its own status has said.
    fn is_stuck(&self) -> bool {
        match self.status.fault {
            Some(PrinterFault::PaperOut | PrinterFault::Silent) | None => false,
            Some(
                PrinterFault::PaperJam
                | PrinterFault::CoverOpen
                | PrinterFault::Cutter
                | PrinterFault::Offline
                | PrinterFault::Refused
                | PrinterFault::Other(_),
            ) => true,
        }
    }

    fn change(&mut self, state: DeviceState, paper: Supply, fault: Option<PrinterFault>) {
        let status = PrinterStatus {
            state,
            paper,
            fault,
        };
        if status != self.status {
            self.status = status.clone();
            self.tell(ReceiptPrinterEvent::Status(status));
        }
    }

    fn send(&mut self, bytes: &[u8]) {
        self.outputs.push_back(Output::Wire(bytes.to_vec()));
    }

    fn tell(&mut self, event: ReceiptPrinterEvent) {
        self.outputs.push_back(Output::Tell(event));
    }
}
