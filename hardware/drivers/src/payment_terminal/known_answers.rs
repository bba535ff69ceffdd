//! Our codec against a real terminal's captured packets, and against anything.
//!
//! The packets are from the `zvt` crate (qwello, MIT or Apache-2.0), captured at a
//! terminal of Feig; only those without a card's whole number. The crate itself judges
//! driver and bench in `tests/oracle/zvt.rs`.

#![allow(clippy::unwrap_used)]

use std::time::Instant;

use devices::payment_terminal::{Approval, MaskedCard, Progress};
use proptest::prelude::*;

use super::{
    ZvtSettings, ZvtTerminal,
    apdu::{Apdu, Inbox, control},
    meaning::progress,
    status_information::StatusInformation,
};
use crate::{Driver, Input};

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
    assert_eq!(card, MaskedCard::of("8074"));
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

proptest! {
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
