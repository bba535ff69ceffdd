//! A hardware model, as its file in `images/models` describes it.

use std::fmt;

use serde::Deserialize;
use toml::Spanned;

use crate::{
    Refusal,
    refusal::{complaints, line_of},
};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// As its file is called, without the ending.
    pub id: String,
    pub name: String,
    pub station: Station,
    #[serde(rename = "display")]
    pub displays: Vec<Display>,
    #[serde(default)]
    pub touch: Option<Touch>,
    #[serde(default, rename = "port")]
    pub ports: Vec<Spanned<Port>>,
    #[serde(default, rename = "network")]
    pub network_ports: Vec<NetworkPort>,
    #[serde(default)]
    pub watchdog: Option<Watchdog>,
    pub tpm: Tpm,
    #[serde(default)]
    pub kernel: Kernel,
    pub firmware: Firmware,
}

/// What the machine is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Station {
    Kiosk,
    Desk,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Display {
    /// As the kernel calls it, such as `HDMI-A-1`.
    pub connector: String,
    pub mode: Mode,
    /// How the picture is turned on it, clockwise.
    #[serde(default)]
    pub rotation: Rotation,
    /// The kernel module that drives it.
    pub module: String,
}

/// Pixels, as the panel has them before the picture is turned: `1080x1920`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Mode {
    pub width: u32,
    pub height: u32,
}

impl TryFrom<String> for Mode {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let side = |text: &str| text.parse().ok().filter(|it| (320..=8_192).contains(it));
        text.split_once('x')
            .and_then(|(width, height)| Some((side(width)?, side(height)?)))
            .map(|(width, height)| Self { width, height })
            .ok_or("a mode is written as 1080x1920")
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}x{}", self.width, self.height)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u32")]
pub struct Rotation(u32);

impl TryFrom<u32> for Rotation {
    type Error = &'static str;

    fn try_from(degrees: u32) -> Result<Self, Self::Error> {
        match degrees {
            0 | 90 | 180 | 270 => Ok(Self(degrees)),
            _ => Err("a picture is turned by 0, 90, 180 or 270 degrees"),
        }
    }
}

impl Rotation {
    pub fn degrees(self) -> u32 {
        self.0
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Touch {
    pub at: Place,
    /// The kernel module that drives it.
    pub module: String,
}

/// Where something is plugged in, or how what is plugged in calls itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Usb(UsbId),
    /// As udev's `ID_PATH` says it, such as `pci-0000:00:14.0-usb-0:3:1.0`.
    Path(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsbId {
    pub vendor: Hex,
    pub product: Hex,
    /// Without one any of its kind is taken.
    #[serde(default)]
    pub serial: Option<String>,
}

/// Four hexadecimal digits in small letters, as sysfs has them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Hex(String);

impl TryFrom<String> for Hex {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digit = |it: u8| it.is_ascii_digit() || (b'a'..=b'f').contains(&it);
        if text.len() == 4 && text.bytes().all(digit) {
            Ok(Self(text))
        } else {
            Err("a USB number is four hexadecimal digits in small letters")
        }
    }
}

impl fmt::Display for Hex {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Port {
    pub role: Role,
    pub at: Place,
    /// Of a serial line: what makes one of USB.
    #[serde(default)]
    pub chip: Option<SerialChip>,
    #[serde(default)]
    pub baud: Option<u32>,
    /// Of a chip-card reader: how its name in PC/SC begins.
    #[serde(default)]
    pub reader: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    CardReader,
    ReceiptPrinter,
    BarcodeReader,
    Cash,
    ChipCardReader,
    FingerprintReader,
    Keypad,
    Headphones,
    Handset,
}

impl Role {
    /// Whether the kiosk speaks to it over a serial line.
    pub fn is_serial(self) -> bool {
        match self {
            Self::CardReader | Self::ReceiptPrinter | Self::BarcodeReader | Self::Cash => true,
            Self::ChipCardReader
            | Self::FingerprintReader
            | Self::Keypad
            | Self::Headphones
            | Self::Handset => false,
        }
    }

    pub fn makes_sound(self) -> bool {
        matches!(self, Self::Headphones | Self::Handset)
    }

    /// As its name below `/dev/minwon` is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::CardReader => "card-reader",
            Self::ReceiptPrinter => "receipt-printer",
            Self::BarcodeReader => "barcode-reader",
            Self::Cash => "cash",
            Self::ChipCardReader => "chip-card-reader",
            Self::FingerprintReader => "fingerprint-reader",
            Self::Keypad => "keypad",
            Self::Headphones => "headphones",
            Self::Handset => "handset",
        }
    }
}

/// What makes a serial line of USB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SerialChip {
    Ftdi,
    Cp210x,
    Pl2303,
    Ch341,
    /// The device is one by itself (communications device class).
    Cdc,
}

impl SerialChip {
    pub fn module(self) -> &'static str {
        match self {
            Self::Ftdi => "ftdi_sio",
            Self::Cp210x => "cp210x",
            Self::Pl2303 => "pl2303",
            Self::Ch341 => "ch341",
            Self::Cdc => "cdc_acm",
        }
    }

    /// The class of its device nodes, as systemd's `DeviceAllow=` names it.
    pub fn node_class(self) -> &'static str {
        match self {
            Self::Ftdi | Self::Cp210x | Self::Pl2303 | Self::Ch341 => "char-ttyUSB",
            Self::Cdc => "char-ttyACM",
        }
    }
}

/// A device that is spoken to over the network; where it is, a site may say otherwise.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkPort {
    pub role: NetworkRole,
    pub address: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NetworkRole {
    DocumentPrinter,
    PaymentTerminal,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watchdog {
    pub module: String,
    pub timeout_seconds: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tpm {
    Required,
    /// For machines that keep nothing: a twin in memory.
    None,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kernel {
    /// Beyond those that displays, ports and the watchdog name.
    #[serde(default)]
    pub modules: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Firmware {
    /// What a technician sets before the first start, in this order.
    pub checklist: Vec<String>,
}

impl Model {
    /// Reads the file of the model `id`.
    ///
    /// # Errors
    /// When it is no TOML, has a key that is not known, or describes no machine that can be.
    pub fn parse(id: &str, text: &str) -> Result<Self, Refusal> {
        let model: Self = toml::from_str(text).map_err(|error| Refusal::Syntax {
            line: error.span().map_or(1, |span| line_of(text, span.start)),
            message: error.message().to_owned(),
        })?;
        let found = complaints(&model, id, text);
        if found.is_empty() {
            Ok(model)
        } else {
            Err(Refusal::Flaws(found))
        }
    }

    pub fn ports(&self) -> impl Iterator<Item = &Port> {
        self.ports.iter().map(Spanned::get_ref)
    }

    pub fn port(&self, role: Role) -> Option<&Port> {
        self.ports().find(|it| it.role == role)
    }

    /// A port's serial line: its chip and how fast it is.
    pub fn serial_ports(&self) -> impl Iterator<Item = (&Port, SerialChip, u32)> {
        self.ports()
            .filter_map(|port| Some((port, port.chip?, port.baud?)))
    }
}
