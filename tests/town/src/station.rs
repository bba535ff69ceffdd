//! A station: its disk, its end of replication, and the trade it follows.

use std::{collections::VecDeque, time::Instant};

use devices::document_printer::DocumentPrinterOrder;
use journal::Journal;
use kiosk::{
    recovery::{self, Recovery},
    visit::Command,
};
use request::{RequestEvent, RequestId, StationId, Timestamp};

use crate::{
    cable::Cable, copy::Copied, crash::InDoubt, desk::Desk, disk::Disk, lease::Leasing,
    machine::Machine, written::Written,
};

pub(crate) struct Station {
    pub(crate) id: StationId,
    pub(crate) journal: Journal,
    pub(crate) disk: Disk,
    pub(crate) replication: sync::Station,
    pub(crate) trade: Trade,
    pub(crate) written: Written,
    /// Counts the times it was started; what was meant for an earlier life is lost.
    pub(crate) life: u32,
    /// Copies are switched off in the evening.
    pub(crate) running: bool,
    pub(crate) cable: Cable,
    /// How far its clock is ahead of the town's, in milliseconds.
    pub(crate) clock_millis: i64,
    pub(crate) journal_broken: bool,
    /// What a shell with a bug will write with the next entry.
    pub(crate) unwritten: Option<(RequestId, RequestEvent)>,
    /// What was being written when the power went.
    pub(crate) in_doubt: Option<InDoubt>,
    /// How many entries the disk has room for, when it is almost full.
    pub(crate) room: Option<u32>,
    /// When the power goes, again and again.
    pub(crate) power: VecDeque<PowerCut>,
    pub(crate) leasing: Leasing,
    /// A copy of its disk that was made and not started yet.
    pub(crate) copied: Option<Copied>,
    /// By its own clock: the newest entry of the last offer, and the newest that
    /// the exchange has. Only a shell with a bug looks at them.
    pub(crate) newest_offered: Option<Timestamp>,
    pub(crate) newest_acknowledged: Option<Timestamp>,
}

/// When the power goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PowerCut {
    /// After so many more steps of the station's shell.
    AfterSteps(u32),
    /// While the disk writes one of the next entries.
    InWrite(u32),
    /// When the intention to print is written down, and the printer does not know of
    /// it yet; after so many sheets.
    BeforePrintOrder(u32),
    /// Right after the printer has its next order.
    AfterPrintOrder,
    /// Right after the cash box has its next order to stack, return or pay.
    AfterCashOrder,
}

pub(crate) enum Trade {
    Kiosk(Box<Machine>),
    Desk(Box<Desk>),
}

impl Station {
    pub(crate) fn kiosk(&self) -> Option<&Machine> {
        match &self.trade {
            Trade::Kiosk(machine) => Some(machine),
            Trade::Desk(_) => None,
        }
    }

    pub(crate) fn kiosk_mut(&mut self) -> Option<&mut Machine> {
        match &mut self.trade {
            Trade::Kiosk(machine) => Some(machine),
            Trade::Desk(_) => None,
        }
    }

    pub(crate) fn desk_mut(&mut self) -> Option<&mut Desk> {
        match &mut self.trade {
            Trade::Kiosk(_) => None,
            Trade::Desk(desk) => Some(desk),
        }
    }

    pub(crate) fn poll_recovery(&mut self) -> Option<recovery::Command> {
        self.kiosk_mut()?.recovery.as_mut()?.poll_command()
    }

    pub(crate) fn poll_visit(&mut self) -> Option<Command> {
        self.kiosk_mut()?.visit.poll_command()
    }

    pub(crate) fn poll_timeout(&self) -> Option<Instant> {
        if !self.running {
            return None;
        }
        let visit = self.kiosk().and_then(|it| it.visit.poll_timeout());
        [visit, self.recovery_due(), self.replication.poll_timeout()]
            .into_iter()
            .flatten()
            .min()
    }

    pub(crate) fn recovery_due(&self) -> Option<Instant> {
        let recovery = self.kiosk().and_then(|it| it.recovery.as_ref());
        recovery.and_then(Recovery::poll_timeout)
    }

    /// Whether the power goes at this step.
    pub(crate) fn power_goes(&mut self) -> bool {
        match self.power.front_mut() {
            Some(PowerCut::AfterSteps(0)) => {
                self.power.pop_front();
                true
            }
            Some(PowerCut::AfterSteps(left)) => {
                *left -= 1;
                false
            }
            _ => false,
        }
    }

    /// Whether the power goes while the disk writes this entry.
    pub(crate) fn power_goes_in_write(&mut self) -> bool {
        match self.power.front_mut() {
            Some(PowerCut::InWrite(0)) => {
                self.power.pop_front();
                true
            }
            Some(PowerCut::InWrite(left)) => {
                *left -= 1;
                false
            }
            _ => false,
        }
    }

    /// Whether the power goes before the visit's next command is done.
    pub(crate) fn power_goes_before(&mut self, command: &Command) -> bool {
        let prints = matches!(
            command,
            Command::DocumentPrinter(DocumentPrinterOrder::Print { .. })
        );
        match self.power.front_mut() {
            Some(PowerCut::BeforePrintOrder(0)) if prints => {
                self.power.pop_front();
                true
            }
            Some(PowerCut::BeforePrintOrder(left)) if prints => {
                *left -= 1;
                false
            }
            _ => self.power_goes(),
        }
    }

    /// Whether the power goes right after such an order.
    pub(crate) fn power_goes_after(&mut self, order: PowerCut) -> bool {
        let goes = self.power.front() == Some(&order);
        if goes {
            self.power.pop_front();
        }
        goes
    }

    /// Whether the disk takes no entry more.
    pub(crate) fn is_full(&mut self) -> bool {
        match &mut self.room {
            Some(0) => true,
            Some(left) => {
                *left -= 1;
                false
            }
            None => false,
        }
    }
}
