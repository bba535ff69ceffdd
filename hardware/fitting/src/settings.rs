//! What provisioning has written down about a station's devices: the table `[devices]`.

use std::path::PathBuf;

use serde::Deserialize;

use crate::{AuxiliariesSettings, BarcodeReaderSettings, PowerSupplySettings};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceSettings {
    #[serde(default, rename = "card_reader")]
    pub card_readers: Vec<CardReaderSettings>,
    pub document_printer: DocumentPrinterSettings,
    pub receipt_printer: SerialLine,
    /// Without one, papers are asked about by their number, and tickets by their digits.
    #[serde(default)]
    pub barcode_reader: Option<BarcodeReaderSettings>,
    /// Without it this kiosk takes cards alone.
    #[serde(default)]
    pub cash: Option<CashSettings>,
    /// Without it this kiosk takes cash alone.
    #[serde(default)]
    pub payment_terminal: Option<PaymentTerminalSettings>,
    /// Without it no light shows where to go, and nobody knows whether the cabinet is open.
    #[serde(default)]
    pub auxiliaries: Option<AuxiliariesSettings>,
    /// Without it the power is taken for granted.
    #[serde(default)]
    pub power_supply: Option<PowerSupplySettings>,
    /// Readers of magnetic stripes tell what stands on them, too: for whoever reads cards for
    /// others. Never a kiosk's.
    #[serde(skip)]
    pub tracks_told: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "model", rename_all = "snake_case", deny_unknown_fields)]
pub enum CardReaderSettings {
    MagneticStripe {
        line: PathBuf,
        baud: u32,
    },
    /// One that draws the card in and holds it, of the CRT-591 kind.
    Motor {
        line: PathBuf,
        baud: u32,
    },
    /// A chip-card reader, by its name in PC/SC or how that begins.
    Pcsc {
        reader: String,
    },
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentPrinterSettings {
    /// Such as `ipp://printer.local/ipp/print`.
    pub uri: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SerialLine {
    /// Such as a name below `/dev/serial/by-path`.
    pub line: PathBuf,
    pub baud: u32,
}

/// A terminal for payment cards that speaks ZVT over TCP.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentTerminalSettings {
    /// Host and port, such as `terminal.example:20007`.
    pub address: String,
    /// Six digits at most; terminals come with 000000.
    #[serde(default)]
    pub password: u32,
}

/// Coins, notes and change on one ccTalk line.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CashSettings {
    pub line: PathBuf,
    pub baud: u32,
    #[serde(default = "coin_acceptor")]
    pub coin_acceptor: u8,
    #[serde(default = "bill_validator")]
    pub bill_validator: u8,
    #[serde(default, rename = "hopper")]
    pub hoppers: Vec<Hopper>,
}

/// A hopper as it was last filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hopper {
    pub address: u8,
    pub value_won: u32,
    pub coins: u32,
    /// Its own count of coins paid at that time.
    #[serde(default)]
    pub coins_paid_before: u32,
}

/// The usual addresses (ccTalk part 3, appendix 1).
fn coin_acceptor() -> u8 {
    2
}

fn bill_validator() -> u8 {
    40
}
