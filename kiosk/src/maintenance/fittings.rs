//! What every device has last said of itself, and what began its trouble.

use std::collections::BTreeMap;

use devices::{
    DeviceState,
    auxiliaries::{AuxiliariesStatus, Sensors},
    barcode_reader::BarcodeReaderStatus,
    cash::CashStatus,
    payment_terminal::PaymentTerminalStatus,
    power_supply::{Power, PowerSupplyStatus},
    printer::{PrinterStatus, Supply},
};
use request::Timestamp;

use super::faults::Fault;

/// A place in which a kiosk has a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// By its place in the settings.
    CardReader(usize),
    DocumentPrinter,
    ReceiptPrinter,
    BarcodeReader,
    Cash,
    PaymentTerminal,
    Auxiliaries,
    PowerSupply,
}

/// What a driver tells of its device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    CardReader(usize, DeviceState),
    DocumentPrinter(PrinterStatus),
    ReceiptPrinter(PrinterStatus),
    BarcodeReader(BarcodeReaderStatus),
    Cash(CashStatus),
    PaymentTerminal(PaymentTerminalStatus),
    Auxiliaries(AuxiliariesStatus),
    /// What its contacts say.
    Sensed(Sensors),
    PowerSupply(PowerSupplyStatus),
}

/// How it stands with one device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub state: DeviceState,
    pub fault: Option<Fault>,
    /// What was wrong first, and when; later faults may only follow from it.
    pub first: Option<(Fault, Timestamp)>,
}

#[derive(Debug, Default)]
pub struct Fittings {
    standing: BTreeMap<Slot, Standing>,
    supplies: BTreeMap<Slot, Supply>,
    change_won: u32,
    sensors: Option<Sensors>,
    power: Option<Power>,
}

impl Fittings {
    pub fn note(&mut self, told: &Told, at: Timestamp) {
        let (slot, state, fault) = match told {
            Told::CardReader(place, state) => {
                let fault = (*state == DeviceState::Faulted).then_some(Fault::Card);
                (Slot::CardReader(*place), *state, fault)
            }
            Told::DocumentPrinter(status) => self.printer(Slot::DocumentPrinter, status),
            Told::ReceiptPrinter(status) => self.printer(Slot::ReceiptPrinter, status),
            Told::BarcodeReader(status) => {
                let fault = status.fault.map(Fault::Scanner);
                (Slot::BarcodeReader, status.state, fault)
            }
            Told::Cash(status) => {
                self.change_won = status.change_won;
                (Slot::Cash, status.state, status.fault.map(Fault::Cash))
            }
            Told::Sensed(sensors) => {
                self.sensors = Some(*sensors);
                return;
            }
            Told::Auxiliaries(status) => {
                let fault = status.fault.map(Fault::Auxiliaries);
                (Slot::Auxiliaries, status.state, fault)
            }
            Told::PowerSupply(status) => {
                self.power = status.power;
                let fault = status.fault.map(Fault::PowerSupply);
                (Slot::PowerSupply, status.state, fault)
            }
            Told::PaymentTerminal(status) => {
                let fault = status.fault.map(Fault::Terminal);
                (Slot::PaymentTerminal, status.state, fault)
            }
        };
        let absent = (state == DeviceState::Absent).then_some(Fault::Absent);
        let fault = fault.or(absent);
        let standing = self.standing.entry(slot).or_default();
        standing.first = match (fault, standing.first) {
            (None, _) => None,
            (Some(fault), None) => Some((fault, at)),
            (Some(_), first) => first,
        };
        (standing.state, standing.fault) = (state, fault);
    }

    fn printer(
        &mut self,
        slot: Slot,
        status: &PrinterStatus,
    ) -> (Slot, DeviceState, Option<Fault>) {
        self.supplies.insert(slot, status.paper);
        let empty = (status.paper == Supply::Out).then_some(Fault::PaperOut);
        let fault = status.fault.map(Fault::Printer).or(empty);
        (slot, status.state, fault)
    }

    /// A device that has told nothing yet is not there.
    pub fn standing(&self, slot: Slot) -> Standing {
        let silent = Standing {
            fault: Some(Fault::Absent),
            ..Standing::default()
        };
        self.standing.get(&slot).copied().unwrap_or(silent)
    }

    pub fn supply(&self, slot: Slot) -> Supply {
        self.supplies.get(&slot).copied().unwrap_or_default()
    }

    /// What the cabinet's contacts said last.
    pub fn sensors(&self) -> Option<Sensors> {
        self.sensors
    }

    /// Where the power comes from, where that is known.
    pub fn power(&self) -> Option<Power> {
        self.power
    }

    /// What the hoppers can pay.
    pub fn change_won(&self) -> u32 {
        self.change_won
    }
}

#[cfg(test)]
mod tests {
    use devices::printer::PrinterFault;

    use super::*;

    fn printer(state: DeviceState, fault: Option<PrinterFault>) -> Told {
        Told::DocumentPrinter(PrinterStatus {
            state,
            paper: Supply::Full,
            fault,
        })
    }

    #[test]
    fn the_first_cause_stands_until_the_device_is_well_again() {
        let mut fittings = Fittings::default();
        let at = Timestamp::from_millis;
        let slot = Slot::DocumentPrinter;
        let jam = Fault::Printer(PrinterFault::PaperJam);

        fittings.note(
            &printer(DeviceState::Faulted, Some(PrinterFault::PaperJam)),
            at(1),
        );
        fittings.note(
            &printer(DeviceState::Faulted, Some(PrinterFault::CoverOpen)),
            at(2),
        );

        let standing = fittings.standing(slot);
        assert_eq!(
            standing.fault,
            Some(Fault::Printer(PrinterFault::CoverOpen))
        );
        assert_eq!(standing.first, Some((jam, at(1))));
        fittings.note(&printer(DeviceState::Ready, None), at(3));
        assert_eq!(fittings.standing(slot).first, None);
    }

    #[test]
    fn what_is_unplugged_or_empty_has_a_fault_of_its_own() {
        let mut fittings = Fittings::default();
        let at = Timestamp::from_millis(1);
        fittings.note(&Told::CardReader(0, DeviceState::Absent), at);
        fittings.note(
            &Told::ReceiptPrinter(PrinterStatus {
                state: DeviceState::Ready,
                paper: Supply::Out,
                fault: None,
            }),
            at,
        );

        let fault = |slot| fittings.standing(slot).fault.map(Fault::code);
        assert_eq!(fault(Slot::CardReader(0)).as_deref(), Some("DEV-01"));
        assert_eq!(fault(Slot::ReceiptPrinter).as_deref(), Some("PTR-01"));
    }
}
