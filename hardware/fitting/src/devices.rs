//! A station's devices: started from the settings, told what to do.

use std::{cell::Cell, path::Path, time::Instant};

use devices::{
    auxiliaries::AuxiliariesOrder,
    barcode_reader::BarcodeReaderOrder,
    card_reader::CardReaderOrder,
    cash::{CashCounters, CashEvent, CashOrder},
    document_printer::DocumentPrinterOrder,
    payment_terminal::PaymentTerminalOrder,
    power_supply::PowerSupplyOrder,
    receipt_printer::ReceiptPrinterOrder,
};
use drivers::{
    auxiliaries::{modbus::ModbusModule, nut::NutClient},
    barcode_reader::{SerialScanner, camera},
    card_reader::{
        magnetic_stripe::MagneticStripeReader,
        motor::MotorCardReader,
        pcsc::{self, PcscError, PcscSettings},
    },
    cash::{CashUnit, HopperSettings},
    document_printer::ipp_everywhere::{self, IppSettings, NoPrinter},
    payment_terminal::{ZvtSettings, ZvtTerminal},
    port::{self, SerialSettings},
    receipt_printer::{Typeface, TypefaceError, escpos_thermal::EscPosThermal},
    tcp,
};
use jiff::civil::Date;
use tokio::sync::mpsc::UnboundedSender;

use crate::{
    BarcodeReaderSettings, CardReaderSettings, CashSettings, DeviceEvent, DeviceSettings,
    PaymentTerminalSettings,
};

/// One actor for each device; they end when this is dropped.
pub struct Devices {
    card_readers: Vec<UnboundedSender<CardReaderOrder>>,
    document_printer: UnboundedSender<DocumentPrinterOrder>,
    receipt_printer: UnboundedSender<ReceiptPrinterOrder>,
    /// Not every kiosk has one.
    barcode_reader: Option<UnboundedSender<BarcodeReaderOrder>>,
    /// None where there are no such devices.
    cash: Option<UnboundedSender<CashOrder>>,
    payment_terminal: Option<UnboundedSender<PaymentTerminalOrder>>,
    auxiliaries: Option<UnboundedSender<AuxiliariesOrder>>,
    power_supply: Option<UnboundedSender<PowerSupplyOrder>>,
}

/// Why a device cannot even be started. A device that is merely away is not
/// among these: its driver waits for it.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    #[error("the chip-card reader cannot be used")]
    CardReader(#[from] PcscError),
    #[error("the document printer's address is wrong")]
    DocumentPrinter(#[from] NoPrinter),
    #[error("the receipts' typeface cannot be had")]
    Typeface(#[from] TypefaceError),
}

impl Devices {
    /// Starts all drivers within the present Tokio runtime. `today` is the date on the
    /// wall, by which cards expire. After a crash the cash devices tell what happened
    /// since they had counted `seen`.
    ///
    /// # Errors
    /// When a driver cannot be started at all.
    pub fn start(
        settings: &DeviceSettings,
        today: impl Fn() -> Date + Clone + Send + 'static,
        seen: Option<CashCounters>,
        tell: impl Fn(DeviceEvent) + Clone + Send + 'static,
    ) -> Result<Self, DeviceError> {
        let card_readers = settings.card_readers.iter().enumerate();
        let card_readers = card_readers.map(|(index, reader)| {
            let tell = teller(&tell, move |event| DeviceEvent::Card(index, event));
            let today = today.clone();
            match reader {
                CardReaderSettings::MagneticStripe { line, baud } => {
                    let mut reader = MagneticStripeReader::new(today);
                    if settings.tracks_told {
                        reader = reader.telling_tracks();
                    }
                    Ok(port::start(reader, serial(line, *baud), tell))
                }
                CardReaderSettings::Motor { line, baud } => Ok(port::start(
                    MotorCardReader::new(today),
                    serial(line, *baud),
                    tell,
                )),
                CardReaderSettings::Pcsc { reader } => {
                    let reader = reader.clone();
                    pcsc::start(&PcscSettings { reader }, today, tell)
                }
            }
        });
        let typeface = Typeface::of_debian()?;
        let uri = settings.document_printer.uri.clone();
        Ok(Self {
            card_readers: card_readers.collect::<Result<_, _>>()?,
            document_printer: ipp_everywhere::start(
                &IppSettings { uri },
                teller(&tell, DeviceEvent::DocumentPrinter),
            )?,
            receipt_printer: port::start(
                EscPosThermal::new(typeface),
                serial(
                    &settings.receipt_printer.line,
                    settings.receipt_printer.baud,
                ),
                teller(&tell, DeviceEvent::ReceiptPrinter),
            ),
            barcode_reader: settings.barcode_reader.as_ref().map(|settings| {
                let tell = teller(&tell, DeviceEvent::Barcode);
                match settings {
                    BarcodeReaderSettings::Serial(scanner) => port::start(
                        SerialScanner::new(scanner.framing()),
                        serial(&scanner.line, scanner.baud),
                        tell,
                    ),
                    BarcodeReaderSettings::Camera { url } => camera::start(url.clone(), tell),
                }
            }),
            cash: settings.cash.as_ref().map(|cash| {
                port::start(
                    CashUnit::new(cash_unit(cash)).resuming(seen.unwrap_or_default()),
                    serial(&cash.line, cash.baud),
                    cash_teller(&tell),
                )
            }),
            payment_terminal: settings.payment_terminal.as_ref().map(|settings| {
                tcp::start(
                    payment_terminal(settings),
                    settings.address.clone(),
                    teller(&tell, DeviceEvent::PaymentTerminal),
                )
            }),
            auxiliaries: settings.auxiliaries.as_ref().map(|settings| {
                port::start(
                    ModbusModule::new(settings.wiring(), Instant::now()),
                    serial(&settings.line, settings.baud),
                    teller(&tell, DeviceEvent::Auxiliaries),
                )
            }),
            power_supply: settings.power_supply.as_ref().map(|settings| {
                tcp::start(
                    NutClient::new(settings.ups.clone(), Instant::now()),
                    settings.address.clone(),
                    teller(&tell, DeviceEvent::PowerSupply),
                )
            }),
        })
    }

    pub fn card(&self, order: CardReaderOrder) {
        for reader in &self.card_readers {
            send(reader, order);
        }
    }

    /// To one of the readers, by its index.
    pub fn card_reader(&self, index: usize, order: CardReaderOrder) {
        if let Some(reader) = self.card_readers.get(index) {
            send(reader, order);
        }
    }

    pub fn document_printer(&self, order: DocumentPrinterOrder) {
        send(&self.document_printer, order);
    }

    pub fn receipt_printer(&self, order: ReceiptPrinterOrder) {
        send(&self.receipt_printer, order);
    }

    pub fn cash(&self, order: CashOrder) {
        if let Some(cash) = &self.cash {
            send(cash, order);
        }
    }

    pub fn payment_terminal(&self, order: PaymentTerminalOrder) {
        if let Some(terminal) = &self.payment_terminal {
            send(terminal, order);
        }
    }

    pub fn auxiliaries(&self, order: AuxiliariesOrder) {
        if let Some(module) = &self.auxiliaries {
            send(module, order);
        }
    }

    pub fn power_supply(&self, order: PowerSupplyOrder) {
        if let Some(supply) = &self.power_supply {
            send(supply, order);
        }
    }

    pub fn barcode_reader(&self, order: BarcodeReaderOrder) {
        if let Some(reader) = &self.barcode_reader {
            send(reader, order);
        }
    }
}

fn serial(line: &Path, baud: u32) -> SerialSettings {
    SerialSettings {
        path: line.to_owned(),
        baud,
    }
}

fn payment_terminal(settings: &PaymentTerminalSettings) -> ZvtTerminal {
    let settings = ZvtSettings {
        password: settings.password,
        ..ZvtSettings::default()
    };
    ZvtTerminal::new(settings, Instant::now())
}

fn cash_unit(settings: &CashSettings) -> drivers::cash::CashSettings {
    let hoppers = settings.hoppers.iter().map(|hopper| HopperSettings {
        address: hopper.address,
        value_won: hopper.value_won,
        coins: hopper.coins,
        coins_paid_before: hopper.coins_paid_before,
    });
    drivers::cash::CashSettings {
        coin_acceptor: settings.coin_acceptor,
        bill_validator: settings.bill_validator,
        hoppers: hoppers.collect(),
    }
}

fn teller<E>(
    tell: &(impl Fn(DeviceEvent) + Clone + Send + 'static),
    wrap: impl Fn(E) -> DeviceEvent + Send + 'static,
) -> impl Fn(E) + Send + 'static {
    let tell = tell.clone();
    move |event| tell(wrap(event))
}

/// Counters travel with the event they include: nothing comes between the two.
fn cash_teller(
    tell: &(impl Fn(DeviceEvent) + Clone + Send + 'static),
) -> impl Fn(CashEvent) + Send + 'static {
    let tell = tell.clone();
    let counted = Cell::new(CashCounters::default());
    move |event| {
        if let CashEvent::Counted(counters) = event {
            counted.set(counters);
        }
        let counters = counted.get();
        tell(DeviceEvent::Cash { event, counters });
    }
}

/// A driver that has died is a bug; the visit's own deadlines cover for it.
fn send<Order>(driver: &UnboundedSender<Order>, order: Order) {
    if driver.send(order).is_err() {
        tracing::error!("A driver has ended");
    }
}
