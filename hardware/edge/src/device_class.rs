//! What stands behind a service: one device, told its commands one after the other.

use devices::{
    DeviceState, auxiliaries::AuxiliariesOrder, barcode_reader::BarcodeReaderOrder,
    card_reader::CardReaderOrder, cash::CashOrder, receipt_printer::ReceiptPrinterOrder,
};
use fitting::DeviceEvent;
use serde_json::{Map, Value};

use crate::{
    completion::{Completion, CompletionCode, Stop},
    envelope::Payload,
    interface::Interface,
};

/// An order to one of the station's devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceOrder {
    /// The reader's index, as the settings list them.
    Card(usize, CardReaderOrder),
    ReceiptPrinter(ReceiptPrinterOrder),
    Barcode(BarcodeReaderOrder),
    Cash(CashOrder),
    Auxiliaries(AuxiliariesOrder),
}

/// What a device wants done or said.
#[derive(Debug)]
pub(crate) enum Effect {
    Order(DeviceOrder),
    /// Of the command that runs.
    Event(&'static str, Payload),
    Unsolicited(&'static str, Payload),
    /// The command that runs has ended.
    Done(Completion),
}

/// A device class as the standard has it, between a service and its device. It knows no time:
/// the service stops what takes too long.
pub(crate) trait DeviceClass: Send {
    fn interface(&self) -> &'static Interface;

    /// Its part of `Common.Status`, beside `common`.
    fn status(&self) -> (&'static str, Map<String, Value>);

    fn state(&self) -> DeviceState;

    /// A hand is needed, not a technician: paper, a cover.
    fn needs_a_hand(&self) -> bool {
        false
    }

    /// Its part of `Common.Capabilities`.
    fn capabilities(&self) -> Map<String, Value>;

    /// What is answered at once, whatever runs.
    fn answer(&self, _command: &str) -> Option<Completion> {
        None
    }

    /// Begins a command of its interface; none runs.
    fn begin(&mut self, command: &str, payload: &Payload);

    /// The one that runs waits for a person: it ends by its own timeout, not by the device's.
    fn waits_for_a_person(&self) -> bool;

    /// The one that runs is to end, if it still can; its end is told as any.
    fn stop(&mut self, why: Stop);

    /// The device was waited for in vain: the one that runs is ended by the service.
    fn give_up(&mut self);

    fn told(&mut self, event: &DeviceEvent);

    /// To be asked until it has nothing more, after each of the verbs above.
    fn poll_effect(&mut self) -> Option<Effect>;
}

/// Why a device in this state cannot begin anything.
pub(crate) fn not_ready(state: DeviceState) -> Option<Completion> {
    match state {
        DeviceState::Ready | DeviceState::Busy => None,
        DeviceState::Absent | DeviceState::Starting => {
            Some(Completion::of(CompletionCode::DeviceNotReady))
        }
        DeviceState::Faulted => Some(Completion::of(CompletionCode::HardwareError)),
    }
}

/// An object of these members.
pub(crate) fn object<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    let members = members.into_iter();
    members.map(|(name, it)| (name.to_owned(), it)).collect()
}
