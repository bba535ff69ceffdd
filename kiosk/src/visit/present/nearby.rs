//! Where to go when this kiosk cannot and another can.

use request::Timestamp;

use crate::visit::{
    Moment, Visit,
    step::Step,
    view::{FailureReason, Nearby, Trouble},
};

impl Visit {
    /// The nearest kiosk that is open, where what fails is of this kiosk alone. Whether
    /// all works there is not known here.
    pub(super) fn nearby(&self, now: Moment) -> Option<Nearby> {
        let elsewhere = match self.step {
            Step::Resting => self
                .fittings
                .out_of_service()
                .or_else(|| self.fittings.printer_trouble()),
            Step::Explaining => {
                let service = self.service()?;
                // The agency is closed for other kiosks, too.
                self.unavailable(service, now)
                    .filter(|it| *it != Trouble::OutsideHours || !self.is_open(now))
            }
            Step::OfferingTicket => self.ticket_offer().unavailable,
            Step::Failing => self.person.failure.and_then(of_device),
            _ => None,
        };
        elsewhere
            .is_some_and(of_this_kiosk)
            .then(|| self.nearest(now.wall))?
    }

    fn nearest(&self, now: Timestamp) -> Option<Nearby> {
        let language = self.language();
        let now = now.local();
        let (kiosk, metres) = self.catalog.nearest_kiosk(&self.site.station, now)?;
        let until = kiosk.hours().open_until(self.catalog.calendar(), now);
        Some(Nearby {
            place: kiosk.place.in_language(language).to_owned(),
            address: kiosk.address.in_language(language).to_owned(),
            distance: distance(metres),
            until: until.map_or_else(String::new, |it| it.to_string()),
        })
    }
}

/// Nobody walks by the metre.
fn distance(metres: u32) -> String {
    match metres {
        0..950 => format!("{} m", metres.div_ceil(50).max(1) * 50),
        _ => {
            let tenths = metres.saturating_add(50) / 100;
            format!("{}.{} km", tenths / 10, tenths % 10)
        }
    }
}

/// Whether another kiosk is likely to be without it.
fn of_this_kiosk(trouble: Trouble) -> bool {
    match trouble {
        Trouble::OutsideHours
        | Trouble::CardReader
        | Trouble::Printer
        | Trouble::PrinterPaper
        | Trouble::PrinterJam
        | Trouble::PrinterCover
        | Trouble::ReceiptPrinter
        | Trouble::Cash
        | Trouble::PaymentTerminal
        | Trouble::NoChange
        | Trouble::Journal
        | Trouble::Cabinet
        | Trouble::Power
        | Trouble::ClosedByOffice => true,
        Trouble::ExchangeAway | Trouble::AwayTooLong | Trouble::AgencyAway => false,
    }
}

/// The device a request failed by.
fn of_device(reason: FailureReason) -> Option<Trouble> {
    match reason {
        FailureReason::PrinterOutOfPaper => Some(Trouble::PrinterPaper),
        FailureReason::PrinterJammed => Some(Trouble::PrinterJam),
        FailureReason::PrinterCoverOpen => Some(Trouble::PrinterCover),
        FailureReason::PrinterSilent => Some(Trouble::Printer),
        FailureReason::CashFault => Some(Trouble::Cash),
        FailureReason::NetworkDown
        | FailureReason::NetworkSlow
        | FailureReason::NetworkNonsense
        | FailureReason::NoSuchRecord
        | FailureReason::NotInRecords
        | FailureReason::Unprintable
        | FailureReason::OutsideHours
        | FailureReason::PaperUnknown
        | FailureReason::CardPulled
        | FailureReason::CardUnknown
        | FailureReason::CardNotReversed
        | FailureReason::NoChange
        | FailureReason::TooManyTries
        | FailureReason::NotVouched
        | FailureReason::TicketUnreachable
        | FailureReason::TicketUnknown
        | FailureReason::TicketNotReady
        | FailureReason::TicketUsed
        | FailureReason::TicketBusy
        | FailureReason::TicketNotYours
        | FailureReason::TicketTries
        | FailureReason::Bug => None,
    }
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances_are_told_as_people_tell_them() {
        for (metres, told) in [
            (0, "50 m"),
            (120, "150 m"),
            (940, "950 m"),
            (960, "1.0 km"),
            (1_240, "1.2 km"),
            (12_370, "12.4 km"),
        ] {
            assert_eq!(distance(metres), told);
        }
    }
}
