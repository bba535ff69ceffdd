//! What devices have counted, as the journal keeps it beside its entries: the
//! evidence that decides after a crash what became of a deed.

use std::collections::BTreeMap;

use devices::{
    cash::CashCounters,
    document_printer::{DocumentPrinterEvent, DocumentPrinterOrder},
    payment_terminal::{PaymentTerminalEvent, PaymentTerminalOrder},
    printer::JobId,
};
use request::{CardFact, Means, RequestEvent};

/// Whose counters they are.
pub(crate) const CASH: &str = "cash";
pub(crate) const DOCUMENT_PRINTER: &str = "document_printer";
pub(crate) const PAYMENT_TERMINAL: &str = "payment_terminal";

const COIN_EVENTS: &str = "coin_events";
const NOTE_EVENTS: &str = "note_events";
const PAID_WON: &str = "paid_won";
const IMPRESSIONS: &str = "impressions";
const TRACE: &str = "trace";

/// What the devices have counted by themselves, as far as they have told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    cash: CashCounters,
    /// Sides the document printer has printed in its life; none while that is not
    /// known for certain.
    impressions: Option<u64>,
    /// The sheet that was ordered, until it is known what became of it.
    sheet: Option<JobId>,
    /// The payment terminal's newest transaction; none while one is under way.
    trace: Option<u32>,
}

/// Counters that belong beside an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// Whose they are.
    pub device: &'static str,
    /// By their names.
    pub counters: BTreeMap<String, u64>,
}

impl Counted {
    /// The cash devices have counted so far, the event that is told with it included.
    pub fn cash_told(&mut self, counters: CashCounters) {
        self.cash = counters;
    }

    /// A count that is told while a sheet is under way may be of before it.
    pub fn printer_told(&mut self, event: &DocumentPrinterEvent) {
        match event {
            DocumentPrinterEvent::Counted { impressions } if self.sheet.is_none() => {
                self.impressions = Some(*impressions);
            }
            DocumentPrinterEvent::Printed { job, .. }
            | DocumentPrinterEvent::NotPrinted { job, .. }
            | DocumentPrinterEvent::Unknown { job, .. } => {
                self.sheet.take_if(|sheet| sheet == job);
            }
            DocumentPrinterEvent::Counted { .. }
            | DocumentPrinterEvent::Accepted { .. }
            | DocumentPrinterEvent::Printing { .. }
            | DocumentPrinterEvent::Status(_) => {}
        }
    }

    /// A printer tells that a sheet is out before it tells its new count: until then
    /// the old one is not what there was before the next sheet.
    pub fn printer_ordered(&mut self, order: &DocumentPrinterOrder) {
        if let DocumentPrinterOrder::Print { job, .. } = order {
            self.impressions = None;
            self.sheet = Some(job.clone());
        }
    }

    pub fn terminal_told(&mut self, event: &PaymentTerminalEvent) {
        if let PaymentTerminalEvent::Counted { trace } = event {
            self.trace = Some(*trace);
        }
    }

    /// Until the terminal tells anew, nobody knows which transaction is its newest.
    pub fn terminal_ordered(&mut self, order: &PaymentTerminalOrder) {
        match order {
            PaymentTerminalOrder::Authorise { .. } | PaymentTerminalOrder::Reverse { .. } => {
                self.trace = None;
            }
            PaymentTerminalOrder::Abort { .. } | PaymentTerminalOrder::Resolve { .. } => {}
        }
    }

    /// What is to be noted before an entry is written: it will decide, after a
    /// crash, what became of the deed that the entry announces, or what happened
    /// after what it tells.
    pub fn beside(&self, event: &RequestEvent) -> Option<Beside> {
        let device = device_of(event)?;
        let counters = match device {
            CASH => write_cash(self.cash),
            PAYMENT_TERMINAL => write_trace(self.trace),
            _ => write_impressions(self.impressions),
        };
        Some(Beside { device, counters })
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the rest moves neither money nor paper"
)]
fn device_of(event: &RequestEvent) -> Option<&'static str> {
    match event {
        RequestEvent::IssueBegun { .. } => Some(DOCUMENT_PRINTER),
        RequestEvent::Card(
            CardFact::AuthorisationBegun { .. } | CardFact::ReversalBegun { .. },
        ) => Some(PAYMENT_TERMINAL),
        RequestEvent::PaymentBegun {
            means: Means::Cash, ..
        }
        | RequestEvent::CoinTaken { .. }
        | RequestEvent::NoteEscrowed { .. }
        | RequestEvent::NoteStacked { .. }
        | RequestEvent::NoteReturned { .. }
        | RequestEvent::PayoutBegun { .. }
        | RequestEvent::PaidOut { .. }
        // With the money goes what tells of more of it.
        | RequestEvent::BroughtForward { .. } => Some(CASH),
        _ => None,
    }
}

fn write_cash(counted: CashCounters) -> BTreeMap<String, u64> {
    let counters = [
        (COIN_EVENTS, counted.coin_events.map(u64::from)),
        (NOTE_EVENTS, counted.note_events.map(u64::from)),
        (PAID_WON, counted.paid_won),
    ];
    counters
        .into_iter()
        .filter_map(|(name, count)| Some((name.to_owned(), count?)))
        .collect()
}

pub(crate) fn read_cash(counters: &BTreeMap<String, u64>) -> CashCounters {
    let events = |name: &str| counters.get(name).and_then(|it| u8::try_from(*it).ok());
    CashCounters {
        coin_events: events(COIN_EVENTS),
        note_events: events(NOTE_EVENTS),
        paid_won: counters.get(PAID_WON).copied(),
    }
}

fn write_trace(trace: Option<u32>) -> BTreeMap<String, u64> {
    let counted = trace.map(|it| (TRACE.to_owned(), u64::from(it)));
    counted.into_iter().collect()
}

pub(crate) fn read_trace(counters: &BTreeMap<String, u64>) -> Option<u32> {
    counters.get(TRACE).and_then(|it| u32::try_from(*it).ok())
}

fn write_impressions(impressions: Option<u64>) -> BTreeMap<String, u64> {
    let counted = impressions.map(|it| (IMPRESSIONS.to_owned(), it));
    counted.into_iter().collect()
}

pub(crate) fn read_impressions(counters: &BTreeMap<String, u64>) -> Option<u64> {
    counters.get(IMPRESSIONS).copied()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_read_as_they_were_written() {
        let counted = CashCounters {
            coin_events: Some(7),
            note_events: None,
            paid_won: Some(123_400),
        };

        assert_eq!(read_cash(&write_cash(counted)), counted);
        assert_eq!(read_impressions(&write_impressions(Some(9))), Some(9));
        assert_eq!(read_impressions(&write_impressions(None)), None);
        assert_eq!(read_trace(&write_trace(Some(9))), Some(9));
    }

    #[test]
    fn the_count_before_one_sheet_is_not_the_count_before_the_next() {
        let number = request::DocumentNumber::new("2611-ABCD");
        let begun = RequestEvent::IssueBegun { number };
        let before = |it: &Counted| read_impressions(&it.beside(&begun).unwrap().counters);
        let mut counted = Counted::default();
        counted.printer_told(&DocumentPrinterEvent::Counted { impressions: 9 });
        assert_eq!(before(&counted), Some(9));

        let job = JobId::new("2611-ABCD");
        counted.printer_ordered(&DocumentPrinterOrder::Print {
            job: job.clone(),
            document: b"%PDF".as_slice().into(),
            pages: 1,
        });
        counted.printer_told(&DocumentPrinterEvent::Counted { impressions: 9 });
        assert_eq!(before(&counted), None, "it is under way");
        counted.printer_told(&DocumentPrinterEvent::Printed {
            job,
            evidence: devices::printer::Evidence::Fence,
        });
        assert_eq!(before(&counted), None, "it is out, and not yet counted");

        counted.printer_told(&DocumentPrinterEvent::Counted { impressions: 10 });
        assert_eq!(before(&counted), Some(10));
    }
}
