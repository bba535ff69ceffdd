//! One suite for every driver: in whatever mood its device is, what it tells is what the
//! device's own books say, and it serves again when the mood is over.
//!
//! `make devices-test` prints what came out as a table of drivers and moods.

#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

#[path = "conformance/auxiliaries.rs"]
mod auxiliaries;
#[path = "conformance/barcode_scanner.rs"]
mod barcode_scanner;
#[path = "conformance/camera.rs"]
mod camera;
#[path = "conformance/cash.rs"]
mod cash;
#[path = "conformance/ccnet_bill_validator.rs"]
mod ccnet_bill_validator;
#[path = "conformance/chip_card.rs"]
mod chip_card;
#[path = "conformance/document_printer.rs"]
mod document_printer;
#[path = "conformance/fingerprint.rs"]
mod fingerprint;
#[path = "conformance/line.rs"]
mod line;
#[path = "conformance/magnetic_stripe.rs"]
mod magnetic_stripe;
#[path = "conformance/mood.rs"]
mod mood;
#[path = "conformance/motor_card_reader.rs"]
mod motor_card_reader;
#[path = "conformance/payment_terminal.rs"]
mod payment_terminal;
#[path = "conformance/power_supply.rs"]
mod power_supply;
#[path = "conformance/receipt_printer.rs"]
mod receipt_printer;
#[path = "conformance/row.rs"]
mod row;
#[path = "conformance/suite.rs"]
mod suite;

/// A test for each driver, of a law it is held to.
macro_rules! conformance {
    ($law:ident: $($story:ident: $subject:ty,)*) => {
        $(
            #[test]
            fn $story() {
                suite::$law::<$subject>();
            }
        )*
    };
}

conformance! { judge:
    a_magnetic_stripe_reader_keeps_the_laws: magnetic_stripe::Stripe,
    a_motor_card_reader_keeps_the_laws: motor_card_reader::Motor,
    a_chip_card_reader_keeps_the_laws: chip_card::ChipCard,
    a_barcode_scanner_keeps_the_laws: barcode_scanner::Scanner,
    a_camera_keeps_the_laws: camera::Counter,
    a_fingerprint_reader_keeps_the_laws: fingerprint::Fingerprint,
    a_receipt_printer_keeps_the_laws: receipt_printer::Receipt,
    a_document_printer_keeps_the_laws: document_printer::Document,
    a_coin_acceptor_keeps_the_laws: cash::Coin,
    a_bill_validator_keeps_the_laws: cash::Note,
    a_hopper_keeps_the_laws: cash::Change,
    a_ccnet_validator_keeps_the_laws: ccnet_bill_validator::CcnetNote,
    a_payment_terminal_keeps_the_laws: payment_terminal::Card,
    a_module_with_contacts_keeps_the_laws: auxiliaries::Cabinet,
    a_power_supply_keeps_the_laws: power_supply::Supply,
}

conformance! { weather:
    a_magnetic_stripe_reader_hears_through_a_storm: magnetic_stripe::Stripe,
    a_motor_card_reader_hears_through_a_storm: motor_card_reader::Motor,
    a_barcode_scanner_hears_through_a_storm: barcode_scanner::Scanner,
    a_camera_hears_through_a_storm: camera::Counter,
    a_receipt_printer_hears_through_a_storm: receipt_printer::Receipt,
    a_coin_acceptor_hears_through_a_storm: cash::Coin,
    a_bill_validator_hears_through_a_storm: cash::Note,
    a_hopper_hears_through_a_storm: cash::Change,
    a_ccnet_validator_hears_through_a_storm: ccnet_bill_validator::CcnetNote,
    a_payment_terminal_hears_through_a_storm: payment_terminal::Card,
    a_module_with_contacts_hears_through_a_storm: auxiliaries::Cabinet,
    a_power_supply_hears_through_a_storm: power_supply::Supply,
}
