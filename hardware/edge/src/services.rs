//! Which services a station has, by the devices its settings name.

use fitting::{CardReaderSettings, DeviceSettings};

use crate::{
    Dialect, Service, auxiliaries::Auxiliaries, barcode_reader::BarcodeReader,
    card_reader::CardReader, cash_acceptor::CashAcceptor, device_class::DeviceClass,
    document_printer::DocumentPrinter, lights::GuideLights, receipt_printer::ReceiptPrinter,
};

/// A service and the last part of its address.
pub struct Named {
    pub name: String,
    pub service: Service,
}

/// One for each device that the edge speaks for: chip cards and payment cards are none of
/// its business.
#[must_use]
pub fn services(devices: &DeviceSettings, dialect: Dialect) -> Vec<Named> {
    let mut services = Vec::new();
    let mut add = |name: String, class: Box<dyn DeviceClass>| {
        let service = Service::new(class, dialect);
        services.push(Named { name, service });
    };
    let stripes = devices.card_readers.iter().enumerate();
    let stripes = stripes.filter(|(_, it)| reads_stripes(it));
    for (number, (index, _)) in (1..).zip(stripes) {
        let name = match number {
            1 => "CardReader".to_owned(),
            further => format!("CardReader{further}"),
        };
        add(name, Box::new(CardReader::new(index)));
    }
    add("Printer".to_owned(), Box::<ReceiptPrinter>::default());
    add(
        "DocumentPrinter".to_owned(),
        Box::<DocumentPrinter>::default(),
    );
    if devices.barcode_reader.is_some() {
        add("BarcodeReader".to_owned(), Box::<BarcodeReader>::default());
    }
    if devices.cash.is_some() {
        let acceptor = CashAcceptor::new(dialect.storage);
        add("CashAcceptor".to_owned(), Box::new(acceptor));
    }
    let (module, supply) = (
        devices.auxiliaries.is_some(),
        devices.power_supply.is_some(),
    );
    if module {
        add("Lights".to_owned(), Box::<GuideLights>::default());
    }
    if module || supply {
        let auxiliaries = Auxiliaries::new(module, supply);
        add("Auxiliaries".to_owned(), Box::new(auxiliaries));
    }
    services
}

fn reads_stripes(reader: &CardReaderSettings) -> bool {
    match reader {
        CardReaderSettings::MagneticStripe { .. } => true,
        CardReaderSettings::Motor { .. } | CardReaderSettings::Pcsc { .. } => false,
    }
}
