//! What devices have counted, as the journal keeps it beside its entries.

use std::collections::BTreeMap;

use devices::cash::CashCounters;
use request::RequestEvent;

/// Whose counters they are.
pub(crate) const CASH: &str = "cash";
pub(crate) const DOCUMENT_PRINTER: &str = "document_printer";

const COIN_EVENTS: &str = "coin_events";
const NOTE_EVENTS: &str = "note_events";
const PAID_WON: &str = "paid_won";
const IMPRESSIONS: &str = "impressions";

/// The device whose counters go with an entry: they will decide, after a crash,
/// what became of the deed it announces, or what happened after what it tells.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the rest moves neither money nor paper"
)]
pub(crate) fn device_of(event: &RequestEvent) -> Option<&'static str> {
    match event {
        RequestEvent::IssueBegun { .. } => Some(DOCUMENT_PRINTER),
        RequestEvent::PaymentBegun { .. }
        | RequestEvent::CoinTaken { .. }
        | RequestEvent::NoteEscrowed { .. }
        | RequestEvent::NoteStacked { .. }
        | RequestEvent::NoteReturned { .. }
        | RequestEvent::PayoutBegun { .. }
        | RequestEvent::PaidOut { .. } => Some(CASH),
        _ => None,
    }
}

pub(crate) fn write_cash(counted: CashCounters) -> BTreeMap<String, u64> {
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

pub(crate) fn write_impressions(impressions: Option<u64>) -> BTreeMap<String, u64> {
    let counted = impressions.map(|it| (IMPRESSIONS.to_owned(), it));
    counted.into_iter().collect()
}

pub(crate) fn read_impressions(counters: &BTreeMap<String, u64>) -> Option<u64> {
    counters.get(IMPRESSIONS).copied()
}

#[cfg(test)]
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
    }
}
