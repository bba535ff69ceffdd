//! What is ordered of the devices that move paper and money, by visit and recovery.

use std::time::Duration;

use bench::model::{Next, Told};
use devices::{
    cash::CashOrder,
    document_printer::{DocumentPrinterEvent, DocumentPrinterOrder},
    payment_terminal::PaymentTerminalOrder,
    printer::Evidence,
};

use crate::{bug::Bug, station::PowerCut, town::Town};

impl Town {
    pub(crate) fn order_printer(&mut self, at: usize, order: &DocumentPrinterOrder) {
        let remembers = self.bug == Some(Bug::TrustsAnOldCount);
        if let Some(kiosk) = self.stations[at].kiosk_mut() {
            if !remembers {
                kiosk.counted.printer_ordered(order);
            }
            let ahead = kiosk.printer.order(order);
            self.plan_devices(at, ahead);
            self.believe_silence(at, order);
            self.after_order(at, PowerCut::AfterPrintOrder);
        }
    }

    pub(crate) fn order_cash(&mut self, at: usize, order: CashOrder) {
        let moves = !matches!(order, CashOrder::Collect { .. } | CashOrder::Stop);
        if let Some(kiosk) = self.stations[at].kiosk_mut() {
            let ahead = kiosk.cash.order(order);
            self.plan_devices(at, ahead);
            if moves {
                self.after_order(at, PowerCut::AfterCashOrder);
            }
        }
    }

    pub(crate) fn order_terminal(&mut self, at: usize, order: &PaymentTerminalOrder) {
        let moves = match order {
            PaymentTerminalOrder::Authorise { .. } | PaymentTerminalOrder::Reverse { .. } => true,
            PaymentTerminalOrder::Abort { .. } | PaymentTerminalOrder::Resolve { .. } => false,
        };
        if let Some(kiosk) = self.stations[at].kiosk_mut() {
            kiosk.counted.terminal_ordered(order);
            let ahead = kiosk.terminal.order(order);
            self.plan_devices(at, ahead);
            if moves {
                self.after_order(at, PowerCut::AfterCashOrder);
            }
        }
    }

    /// The power may go; and a shell with a bug writes down what it has just done.
    fn after_order(&mut self, at: usize, order: PowerCut) {
        let station = &mut self.stations[at];
        if station.power_goes_after(order) {
            return self.crash(at, None);
        }
        let held_back = station
            .kiosk_mut()
            .and_then(|it| it.mistaken.held_back.take());
        if let Some((id, event)) = held_back {
            self.record(at, &id, &event);
        }
    }

    fn believe_silence(&mut self, at: usize, order: &DocumentPrinterOrder) {
        if let DocumentPrinterOrder::Print { job, .. } = order
            && self.bug == Some(Bug::BelievesSilence)
        {
            let printed = DocumentPrinterEvent::Printed {
                job: job.clone(),
                evidence: Evidence::Fence,
            };
            let believed = Next::Told(Told::DocumentPrinter(printed));
            self.plan_devices(at, vec![(Duration::from_secs(8), believed)]);
        }
    }
}
