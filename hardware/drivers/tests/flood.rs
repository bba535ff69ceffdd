//! Megabytes of noise: no driver keeps them. A program of its own, because what is measured is
//! the memory of all of it.

#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use bench::model::Dice;
use devices::{
    auxiliaries::AuxiliariesOrder,
    barcode_reader::BarcodeReaderOrder,
    card_reader::CardReaderOrder,
    cash::CashOrder,
    lights::{FlashRate, Light, Lights},
    payment_terminal::PaymentTerminalOrder,
    payment_terminal::TransactionKey,
};
use drivers::{
    Driver, Input,
    auxiliaries::{
        modbus::{ModbusModule, ModbusSettings},
        nut::{NutClient, UpsName},
    },
    barcode_reader::{
        Ending, Framing, SerialScanner,
        camera::{Camera, CameraOrder},
    },
    biometric::LibfprintReader,
    card_reader::{magnetic_stripe::MagneticStripeReader, motor::MotorCardReader},
    cash::{
        CashSettings, CashUnit,
        ccnet::{BillValidatorOrder, CcnetBillValidator},
    },
    payment_terminal::{ZvtSettings, ZvtTerminal},
    receipt_printer::{Typeface, escpos_thermal::EscPosThermal},
};
use jiff::civil::date;

/// As a line reads it at once.
const PIECE: usize = 1024;
const PIECES: usize = 8 * 1024;
/// More than anything that a device has to say.
const KEPT_MAX: u64 = 2 << 20;
/// What one piece makes a driver say, at most: an event for each byte.
const OUTPUTS_MAX: usize = PIECE + 16;

/// Bytes of memory that this program has in use.
fn resident() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages: u64 = statm.split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4096
}

/// Noise for as long as somebody waits, and what of it stays.
fn flood<D: Driver>(name: &str, driver: D, order: Option<D::Order>) {
    flood_behind(b"", name, driver, order);
}

/// The same after something that makes sense, such as the beginning of an answer.
fn flood_behind<D: Driver>(beginning: &[u8], name: &str, mut driver: D, order: Option<D::Order>) {
    let mut now = Instant::now();
    let mut dice = Dice::new(11);
    driver.handle(Input::Connected, now);
    if let Some(order) = order {
        driver.handle(Input::Order(order), now);
    }
    driver.handle(Input::Wire(beginning.to_vec()), now);
    let mut before = None;
    for piece in 0..PIECES {
        let bytes = (0..PIECE).map(|_| u8::try_from(dice.below(256)).unwrap());
        driver.handle(Input::Wire(bytes.collect()), now);
        now += Duration::from_millis(3);
        if driver.poll_timeout().is_some_and(|due| due <= now) {
            driver.handle_timeout(now);
        }
        let outputs = std::iter::from_fn(|| driver.poll_output()).count();
        assert!(outputs <= OUTPUTS_MAX, "{name}: {outputs} at once");
        if piece == 64 {
            before = Some(resident());
        }
    }
    let kept = resident().saturating_sub(before.unwrap());
    assert!(kept <= KEPT_MAX, "{name} keeps {kept} bytes");
}

#[test]
fn megabytes_of_noise_leave_nothing_behind_in_any_driver() {
    let stripe = MagneticStripeReader::new(|| date(2026, 11, 24));
    flood("magnetic stripe", stripe, Some(CardReaderOrder::Accept));
    let motor = MotorCardReader::new(|| date(2026, 11, 24));
    flood("motor card reader", motor, Some(CardReaderOrder::Accept));
    for ending in [Ending::Line, Ending::Suffix(vec![3, 4]), Ending::Silence] {
        let framing = Framing {
            ending,
            ..Framing::default()
        };
        let order = Some(BarcodeReaderOrder::Read);
        flood("barcode scanner", SerialScanner::new(framing), order);
    }
    let camera = || Camera::new("http://camera/".parse().unwrap(), Instant::now());
    let read = || Some(CameraOrder::Reader(BarcodeReaderOrder::Read));
    flood("camera", camera(), read());
    let endless_picture = b"HTTP/1.1 200 OK\r\n\
        Content-Type: multipart/x-mixed-replace;boundary=b\r\n\r\n\
        --b\r\nContent-Type: image/jpeg\r\n\r\n";
    flood_behind(endless_picture, "camera's picture", camera(), read());
    let fingerprint = LibfprintReader::new(Duration::from_secs(30));
    flood("fingerprint", fingerprint, None);
    let receipt = EscPosThermal::new(Typeface::of_debian().unwrap());
    flood("receipt printer", receipt, None);
    let cash = CashUnit::new(CashSettings {
        coin_acceptor: 2,
        bill_validator: 40,
        hoppers: Vec::new(),
    });
    flood("cash", cash, Some(CashOrder::Collect { amount_won: 500 }));
    let ccnet = CcnetBillValidator::default();
    flood("ccnet validator", ccnet, Some(BillValidatorOrder::Open));
    let terminal = ZvtTerminal::new(ZvtSettings::default(), Instant::now());
    let key = TransactionKey::new("a");
    let order = PaymentTerminalOrder::Authorise {
        key,
        amount_won: 400,
    };
    flood("payment terminal", terminal, Some(order));
    let module = ModbusModule::new(ModbusSettings::default(), Instant::now());
    let lights = Lights::default().with(Light::Cash, FlashRate::Quick);
    flood("auxiliaries", module, Some(AuxiliariesOrder::Shine(lights)));
    let supply = NutClient::new(UpsName::parse("kiosk").unwrap(), Instant::now());
    flood("power supply", supply, None);
}
