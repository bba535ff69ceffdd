//! How it stands with each device, in the words of the machine's pulse.

use std::collections::BTreeMap;

use devices::DeviceState;
use serde::Serialize;

use super::{Maintenance, fittings::Slot};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PortState {
    Well,
    /// It answers, and needs a hand.
    Trouble,
    Absent,
}

impl Maintenance {
    /// By their roles, as hardware models name them. Of several card readers the worst counts.
    pub fn ports(&self) -> BTreeMap<&'static str, PortState> {
        let mut ports = BTreeMap::new();
        for slot in self.slots() {
            let role = match slot {
                Slot::CardReader(_) => "card-reader",
                Slot::DocumentPrinter => "document-printer",
                Slot::ReceiptPrinter => "receipt-printer",
                Slot::BarcodeReader => "barcode-reader",
                Slot::Cash => "cash",
                Slot::PaymentTerminal => "payment-terminal",
                Slot::Auxiliaries => "auxiliaries",
                Slot::PowerSupply => "power-supply",
            };
            let standing = self.fittings.standing(slot);
            let state = match standing.state {
                DeviceState::Absent | DeviceState::Starting => PortState::Absent,
                DeviceState::Faulted => PortState::Trouble,
                DeviceState::Ready | DeviceState::Busy => match standing.fault {
                    Some(_) => PortState::Trouble,
                    None => PortState::Well,
                },
            };
            let worst = ports.entry(role).or_insert(state);
            if *worst == PortState::Well {
                *worst = state;
            }
        }
        ports
    }
}
