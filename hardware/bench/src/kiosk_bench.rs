//! All devices of one kiosk, switched on.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{
    barcode_reader::BarcodeReader,
    cash_box::{CashBox, HOPPERS},
    chip_card::ChipCardReader,
    document_printer::DocumentPrinter,
    io_module::{IoModule, UNIT},
    magnetic_stripe_reader::MagneticStripeReader,
    payment_terminal::{PaymentTerminal, Socket},
    power_supply::{NAME, PowerSupply},
    pty::Plug,
    receipt_printer::ReceiptPrinter,
    socket,
};

pub struct KioskBench {
    pub card_reader: Plug<MagneticStripeReader>,
    /// A machine has one virtual slot, so not every bench can have it.
    pub chip_reader: Option<ChipCardReader>,
    pub document_printer: DocumentPrinter,
    pub receipt_printer: Plug<ReceiptPrinter>,
    /// The line of another maker's, which stands in the place of ours.
    pub foreign_receipt_printer: Option<PathBuf>,
    pub cash: Plug<CashBox>,
    pub barcode_reader: Plug<BarcodeReader>,
    pub payment_terminal: Socket,
    /// Not every kiosk has them.
    pub cabinet: Option<Cabinet>,
}

/// Lights and contacts, and the power behind them.
pub struct Cabinet {
    pub module: Plug<IoModule>,
    pub power_supply: socket::Socket<PowerSupply>,
}

impl KioskBench {
    /// What the A4 printer prints lies in `folder`.
    ///
    /// # Errors
    /// When the machine lacks pseudo-terminals or the printer's program.
    pub fn start(folder: &Path) -> io::Result<Self> {
        Ok(Self {
            card_reader: Plug::host(MagneticStripeReader::default())?,
            chip_reader: None,
            document_printer: DocumentPrinter::start(folder)?,
            receipt_printer: Plug::host(ReceiptPrinter::default())?,
            foreign_receipt_printer: None,
            cash: Plug::host(CashBox::default())?,
            barcode_reader: Plug::host(BarcodeReader::default())?,
            payment_terminal: Socket::host(PaymentTerminal::default())?,
            cabinet: None,
        })
    }

    /// Adds a chip-card reader; waits for the machine's one slot.
    ///
    /// # Errors
    /// When PC/SC is not installed or the slot is not given up.
    pub fn fit_chip_reader(&mut self) -> io::Result<()> {
        self.chip_reader = Some(ChipCardReader::plug_in()?);
        Ok(())
    }

    /// Adds lights, contacts and a power supply.
    ///
    /// # Errors
    /// When the machine lacks pseudo-terminals or ports.
    pub fn fit_cabinet(&mut self) -> io::Result<()> {
        self.cabinet = Some(Cabinet {
            module: Plug::host(IoModule::default())?,
            power_supply: socket::Socket::host(PowerSupply::default())?,
        });
        Ok(())
    }

    /// The `devices` part of a `kiosk.toml` that finds them.
    pub fn settings(&self) -> String {
        let mut settings = format!(
            "[[devices.card_reader]]\nmodel = \"magnetic_stripe\"\nline = {:?}\nbaud = 9600\n\n\
             [devices.document_printer]\nuri = {:?}\n\n\
             [devices.receipt_printer]\nline = {:?}\nbaud = 115200\n\n\
             [devices.barcode_reader]\nmodel = \"serial\"\nline = {:?}\nbaud = 9600\n\n\
             [devices.payment_terminal]\naddress = {:?}\n\n\
             [devices.cash]\nline = {:?}\nbaud = 9600\n",
            self.card_reader.path(),
            self.document_printer.uri(),
            self.foreign_receipt_printer
                .as_deref()
                .unwrap_or_else(|| self.receipt_printer.path()),
            self.barcode_reader.path(),
            self.payment_terminal.address(),
            self.cash.path(),
        );
        if self.chip_reader.is_some() {
            settings += &format!(
                "[[devices.card_reader]]\nmodel = \"pcsc\"\nreader = {:?}\n\n",
                ChipCardReader::NAME
            );
        }
        if let Some(cabinet) = &self.cabinet {
            settings += &format!(
                "[devices.auxiliaries]\nline = {:?}\nbaud = 19200\nunit = {UNIT}\n\n\
                 [devices.power_supply]\naddress = {:?}\nups = {NAME:?}\n\n",
                cabinet.module.path(),
                cabinet.power_supply.address(),
            );
        }
        for hopper in HOPPERS {
            settings += &format!(
                "[[devices.cash.hopper]]\naddress = {}\nvalue_won = {}\ncoins = {}\n",
                hopper.address, hopper.value_won, hopper.coins,
            );
        }
        settings
    }
}
