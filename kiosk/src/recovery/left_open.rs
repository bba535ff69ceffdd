//! What a crash left open, as the journal has it.

use devices::cash::CashCounters;
use journal::Journal;
use request::ServiceRequest;

use crate::evidence;

/// A request that was never closed, and what its devices had counted.
#[derive(Clone, Debug)]
pub struct LeftOpen {
    pub request: ServiceRequest,
    /// Beside its newest entry about money; none when another request had the
    /// cash devices after it.
    pub cash: Option<CashCounters>,
    /// Sides the printer had printed before the sheet that was begun.
    pub impressions: Option<u64>,
    /// The payment terminal's newest transaction before the one that was begun.
    pub trace: Option<u32>,
}

impl LeftOpen {
    /// All of them, oldest first.
    ///
    /// # Errors
    /// When the journal cannot be read or written.
    pub fn read(journal: &mut Journal) -> Result<Vec<Self>, journal::Error> {
        let cash = journal.device_counters(evidence::CASH)?;
        let printer = journal.device_counters(evidence::DOCUMENT_PRINTER)?;
        let terminal = journal.device_counters(evidence::PAYMENT_TERMINAL)?;
        let mut open = Vec::new();
        for id in journal.open_requests()? {
            let Some(request) = journal.request(&id)? else {
                continue;
            };
            // Cash devices that have counted nothing have nothing to tell.
            let counted = |it: &&journal::DeviceCounters| !it.counters.is_empty();
            let cash = cash.as_ref().filter(|it| it.request == id).filter(counted);
            let terminal = terminal.as_ref().filter(|it| it.request == id);
            let printer = printer.as_ref().filter(|it| it.request == id);
            open.push(Self {
                cash: cash.map(|it| evidence::read_cash(&it.counters)),
                impressions: printer.and_then(|it| evidence::read_impressions(&it.counters)),
                trace: terminal.and_then(|it| evidence::read_trace(&it.counters)),
                request,
            });
        }
        Ok(open)
    }
}
