//! Which devices a station has, as its settings say, and the starting of their drivers: a
//! kiosk's and the XFS4IoT edge's alike.

mod barcode_reader;
mod cabinet;
mod devices;
mod event;
mod settings;

pub use self::{
    barcode_reader::{BarcodeReaderSettings, SerialScannerSettings},
    cabinet::{AuxiliariesSettings, PowerSupplySettings},
    devices::{DeviceError, Devices},
    event::DeviceEvent,
    settings::{
        CardReaderSettings, CashSettings, DeviceSettings, DocumentPrinterSettings, Hopper,
        PaymentTerminalSettings, SerialLine,
    },
};
