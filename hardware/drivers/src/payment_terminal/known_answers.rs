//! Our codec against a real terminal's captured packets and a stranger's library.
//!
//! The packets are from the `zvt` crate (qwello, MIT or Apache-2.0), captured at a
//! terminal of Feig; only those without a card's whole number.

#![allow(clippy::unwrap_used)]

use std::time::Instant;

use devices::payment_terminal::{Approval, PaymentTerminalOrder, Progress, TransactionKey};
use proptest::prelude::*;
use zvt::{ZvtSerializer, packets};

use super::{
    ZvtSettings, ZvtTerminal,
    apdu::{Apdu, Inbox, control},
    meaning::progress,
    status_information::StatusInformation,
};
use crate::{Driver, Input, Output};

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex
        .chars()
        .filter_map(|it| it.to_digit(16))
        .filter_map(|it| u8::try_from(it).ok())
        .collect();
    digits.chunks(2).map(|it| it[0] << 4 | it[1]).collect()
}

fn frame(bytes: &[u8]) -> Apdu {
    let mut inbox = Inbox::default();
    inbox.hear(bytes);
    let apdu = inbox.next().unwrap().unwrap();
    assert_eq!(apdu.encode(), bytes);
    apdu
}

#[test]
fn a_real_terminals_payment_is_read() {
    let apdu = frame(&bytes(
        "040f 5a27 0004 0000 0000 2500 4909 780c 2255 580d 0405 22f0 f855 9883 eeee ee80 \
         7487 0231 3b37 3530 3037 3100 000b 0009 7519 6029 5252 3535 0e24 058a 068c 018b \
         f1f1 4d61 7374 6572 4361 7264 002a 3830 3430 3131 3932 3620 2020 2020 20",
    ));

    assert_eq!(apdu.control, control::STATUS_INFORMATION);
    let information = StatusInformation::decode(&apdu.data).unwrap();
    let Approval {
        trace,
        receipt,
        terminal,
        number,
        card,
        ..
    } = information.approval(2_500, Some(974)).unwrap();
    assert_eq!((trace, receipt), (975, 231));
    assert_eq!((terminal.as_str(), number.as_str()), ("52523535", "750071"));
    assert_eq!(card.unwrap().reveal(), "****-****-****-8074");
    assert_eq!(information.approval(2_501, Some(974)), None, "another sum");
    assert_eq!(information.approval(2_500, Some(975)), None, "an old one");
}

#[test]
fn a_real_terminals_reversal_and_its_day_are_read() {
    let reversed = frame(&bytes(
        "040f a427 0004 0000 0000 0000 4909 780c 2255 580d 0405 22f0 f855 9883 eeee ee80 \
         7487 0232 3b37 3530 3037 3100 000b 0009 7719 6029 5252 3535 0e24 058a 068c 018b \
         f1f1 4d61 7374 6572 4361 7264 002a 3830 3430 3131 3932 3620 2020 2020 203c f0f7 \
         f041 532d 5072 6f63 2d43 6f64 653d 2030 3020 3037 3620 3036 0d43 6170 742e 2d52 \
         6566 2e3d 2030 3039 390d 4149 4435 393d 2030 3831 3532 300d 2044 4155 4552 2020 \
         2037 2054 4147 45",
    ));
    let information = StatusInformation::decode(&reversed.data).unwrap();
    assert_eq!(
        (information.amount, information.trace, information.receipt),
        (Some(0), Some(977), Some(232))
    );

    let day = [
        &bytes("040f 4d27 0004 0000 0000 0958 0b00 0982 0d04 060c 0817 0660 f0f5 f302 3302 34")[..],
        &[0; 49],
    ]
    .concat();
    let information = StatusInformation::decode(&frame(&day).data).unwrap();
    assert_eq!(
        (information.amount, information.trace),
        (Some(958), Some(982))
    );
}

#[test]
fn a_real_terminals_other_words_are_read() {
    let completed = frame(&bytes("060f 0a19 1029 5252 3535 4909 78"));
    assert_eq!(completed.control, control::COMPLETION);
    let broken_off = frame(&bytes("061e 04b8 87ff ff"));
    assert_eq!(broken_off.control, control::ABORTED);
    let waits = frame(&bytes("04ff 0117"));
    assert_eq!(waits.control, control::INTERMEDIATE_STATUS);
    assert_eq!(progress(waits.data[0]), Progress::Processing);
}

/// What our driver says first, and then to an order, to a terminal that answers.
fn said(order: Option<PaymentTerminalOrder>) -> Vec<Vec<u8>> {
    let now = Instant::now();
    let settings = ZvtSettings {
        password: 123_456,
        currency: 978,
    };
    let mut driver = ZvtTerminal::new(settings, now);
    driver.handle(Input::Connected, now);
    for reply in ["8000 00", "060f 00", "8000 00", "061e 0183"] {
        driver.handle(Input::Wire(bytes(reply)), now);
    }
    order.map(|order| driver.handle(Input::Order(order), now));
    let outputs = std::iter::from_fn(|| driver.poll_output());
    let wire = outputs.filter_map(|output| match output {
        Output::Wire(bytes) => Some(bytes),
        Output::Tell(_) => None,
    });
    wire.filter(|it| *it != [0x80, 0x00, 0x00]).collect()
}

/// The same with the data of another command, for a library that lacks ours.
fn as_command(said: &[u8], skip: usize, control: [u8; 2]) -> Vec<u8> {
    let data = frame(said).data[skip..].to_vec();
    Apdu::new(control, data).encode()
}

#[test]
fn a_stranger_understands_what_our_driver_says() {
    let said_first = said(None);
    let [registration, newest] = said_first.as_slice() else {
        panic!("{said_first:?}");
    };
    let real = bytes("0600 0612 3456 de09 78");
    let understood = packets::Registration::zvt_deserialize(registration)
        .unwrap()
        .0;
    let expected = packets::Registration {
        config_byte: 0xbe,
        ..packets::Registration::zvt_deserialize(&real).unwrap().0
    };
    assert_eq!(understood, expected);
    assert_eq!(frame(newest).control, control::REPEAT_RECEIPT);
    let enquiry = as_command(newest, 0, control::STATUS_ENQUIRY);
    let enquiry = packets::StatusEnquiry::zvt_deserialize(&enquiry).unwrap().0;
    assert_eq!(
        (enquiry.password, enquiry.service_byte),
        (Some(123_456), Some(3))
    );

    let key = || TransactionKey::new("a");
    let order = PaymentTerminalOrder::Authorise {
        key: key(),
        amount_won: 1_500,
    };
    let paid = as_command(said(Some(order)).last().unwrap(), 0, [0x06, 0x22]);
    let expected = packets::Reservation {
        amount: Some(1_500),
        currency: Some(978),
        ..packets::Reservation::default()
    };
    assert_eq!(
        packets::Reservation::zvt_deserialize(&paid).unwrap().0,
        expected
    );

    let order = PaymentTerminalOrder::Reverse {
        key: key(),
        receipt: 231,
        approved_won: 1_500,
        amount_won: 1_500,
    };
    let back = as_command(said(Some(order)).last().unwrap(), 3, [0x06, 0x23]);
    let expected = packets::PartialReversal {
        receipt_no: Some(231),
        amount: Some(1_500),
        currency: Some(978),
        ..packets::PartialReversal::default()
    };
    assert_eq!(
        packets::PartialReversal::zvt_deserialize(&back).unwrap().0,
        expected
    );
}

proptest! {
    #[test]
    fn whatever_a_stranger_writes_we_read(
        amount in 1_usize..4_000_000_000,
        trace in 1_usize..1_000_000,
        receipt in 1_usize..10_000,
        terminal in 1_usize..100_000_000,
        number in "[0-9A-Z]{8}",
    ) {
        let information = packets::StatusInformation {
            result_code: Some(0),
            amount: Some(amount),
            trace_number: Some(trace),
            receipt_no: Some(receipt),
            terminal_id: Some(terminal),
            aid_authorization_attribute: Some(number.clone()),
            ..packets::StatusInformation::default()
        };
        let apdu = frame(&information.zvt_serialize());
        let theirs = packets::StatusInformation::zvt_deserialize(&apdu.encode()).unwrap().0;

        let ours = StatusInformation::decode(&apdu.data).unwrap();

        prop_assert_eq!(ours.amount.map(|it| it as usize), theirs.amount);
        prop_assert_eq!(ours.trace.map(|it| it as usize), theirs.trace_number);
        prop_assert_eq!(ours.receipt.map(|it| it as usize), theirs.receipt_no);
    }

    #[test]
    fn whatever_a_terminal_says_nothing_falls_over(said: Vec<u8>, size in 1_usize..9) {
        let now = Instant::now();
        let mut driver = ZvtTerminal::new(ZvtSettings::default(), now);
        driver.handle(Input::Connected, now);
        for piece in said.chunks(size) {
            driver.handle(Input::Wire(piece.to_vec()), now);
        }
        while driver.poll_output().is_some() {}
        let _ = StatusInformation::decode(&said);
    }
}
