//! A kiosk brings to an end what a crash left open, by what its devices can prove: with
//! the real [`Recovery`], in a shell like `kiosk/src/carry_out.rs`.
//!
//! [`Recovery`]: kiosk::recovery::Recovery

use devices::{
    DeviceState,
    cash::{CashEvent, CashStatus},
    document_printer::{DocumentPrinterEvent, DocumentPrinterOrder},
    printer::{JobId, PrinterFault},
};
use kiosk::{
    evidence::Counted,
    recovery::{self, LeftOpen},
    visit::Event,
};
use request::{DocumentNumber, PaperState, RequestEvent, RequestId, SpoilReason};

use crate::{bug::Bug, town::Town};

impl Town {
    /// What a kiosk finds in its journal when it is started.
    pub(crate) fn left_open(&mut self, at: usize) -> Vec<LeftOpen> {
        let mut open = LeftOpen::read(&mut self.stations[at].journal).unwrap();
        match self.bug {
            Some(Bug::ForgetsToRecover) => open.clear(),
            Some(Bug::IgnoresTheCounters) => {
                for open in &mut open {
                    (open.cash, open.impressions, open.trace) = (None, None, None);
                }
            }
            Some(Bug::PrintsAgain) => {
                let documents = open
                    .iter()
                    .flat_map(|it| it.request.paper.documents.clone());
                let begun = documents.filter(|(_, state)| *state == PaperState::Begun);
                let numbers: Vec<_> = begun.map(|(document, _)| document.number).collect();
                numbers.iter().for_each(|it| self.print_again(at, it));
            }
            _ => {}
        }
        open
    }

    pub(crate) fn recover(&mut self, at: usize, event: recovery::Event) {
        let now = self.now;
        if let Some(kiosk) = self.stations[at].kiosk_mut()
            && let Some(recovery) = &mut kiosk.recovery
        {
            recovery.handle(event, now);
        }
    }

    pub(crate) fn for_recovery(&mut self, at: usize, command: recovery::Command) {
        let broken = self.stations[at].journal_broken;
        let Some(kiosk) = self.stations[at].kiosk_mut() else {
            return;
        };
        if broken {
            kiosk.recovery = None;
            return;
        }
        match command {
            recovery::Command::Record { request, event } => {
                let recorded = self.record(at, &request, &event);
                if let RequestEvent::Spoiled {
                    number,
                    reason: SpoilReason::Unknown,
                } = &event
                    && recorded
                    && self.bug == Some(Bug::IssuesAgainAfterUnknown)
                {
                    self.print_again(at, number);
                }
            }
            recovery::Command::DocumentPrinter(order) => {
                if let DocumentPrinterOrder::Resolve { job, .. } = &order {
                    kiosk.mistaken.asked_about = Some(job.clone());
                }
                self.order_printer(at, &order);
            }
            recovery::Command::Cash(order) => self.order_cash(at, order),
            recovery::Command::PaymentTerminal(order) => self.order_terminal(at, &order),
            recovery::Command::Finish => {
                kiosk.recovery = None;
                self.recoveries += 1;
                let open = self.stations[at].journal.open_requests().unwrap();
                self.require("a recovery leaves nothing open", open.is_empty(), || {
                    format!("{open:?}")
                });
                self.tell_within(at, Event::Recovered);
            }
        }
    }

    /// A device has not told what it was asked.
    pub(crate) fn recovery_is_overdue(&mut self, at: usize) {
        let (now, bug) = (self.now, self.bug);
        let Some(kiosk) = self.stations[at].kiosk_mut() else {
            return;
        };
        let (asked, seen) = (&kiosk.mistaken.asked_about, kiosk.mistaken.seen);
        let Some(recovery) = &mut kiosk.recovery else {
            return;
        };
        match (bug, asked, seen) {
            (Some(Bug::TakesSilenceForNothing), Some(job), _) => {
                let (job, fault) = (job.clone(), PrinterFault::Silent);
                let nothing = DocumentPrinterEvent::NotPrinted { job, fault };
                recovery.handle(recovery::Event::DocumentPrinter(nothing), now);
            }
            (Some(Bug::TakesSilenceForNoPayout), None, Some(counters)) => {
                let event = CashEvent::Status(CashStatus {
                    state: DeviceState::Ready,
                    change_won: 0,
                    fault: None,
                });
                recovery.handle(recovery::Event::Cash { event, counters }, now);
            }
            _ => recovery.handle_timeout(now),
        }
    }

    /// Notes what the devices had counted, for the entry that is written next;
    /// `false` when the power has gone.
    pub(crate) fn note_counters(
        &mut self,
        at: usize,
        id: &RequestId,
        event: &RequestEvent,
    ) -> bool {
        let late = self.bug == Some(Bug::NotesOldCounters);
        let station = &mut self.stations[at];
        let Some(kiosk) = station.kiosk() else {
            return true;
        };
        let counted: &Counted = if late {
            &kiosk.mistaken.counted_before
        } else {
            &kiosk.counted
        };
        let Some(beside) = counted.beside(event) else {
            return true;
        };
        let goes = station.power_goes_in_write();
        let journal = &mut station.journal;
        let mut note = || {
            let noted = journal.note_device_counters(beside.device, id, &beside.counters);
            noted.unwrap();
        };
        if goes {
            let image = station.disk.cut_while(&mut self.dice, note);
            let current = kiosk::visit::Command::Record {
                request: id.clone(),
                event: event.clone(),
            };
            self.crash_with(at, Some(current), &image);
            return false;
        }
        note();
        true
    }

    fn print_again(&mut self, at: usize, number: &DocumentNumber) {
        let order = DocumentPrinterOrder::Print {
            job: JobId::new(number.as_str()),
            document: b"%PDF".as_slice().into(),
            pages: 1,
        };
        if let Some(kiosk) = self.stations[at].kiosk_mut() {
            let ahead = kiosk.printer.order(&order);
            self.plan_devices(at, ahead);
        }
    }
}
