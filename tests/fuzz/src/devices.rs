//! What stands on a kiosk's lines, each as a machine or as the reader of one answer.

use std::{cell::RefCell, time::Instant};

use ::devices::{
    barcode_reader::{BarcodeReaderEvent, BarcodeReaderOrder},
    card_reader::{CardReaderEvent, CardReaderOrder},
    cash::{CashEvent, CashOrder},
    payment_terminal::{Deed, PaymentTerminalEvent, PaymentTerminalOrder, TransactionKey},
    printer::JobId,
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};
use drivers::{
    barcode_reader::{
        Ending, Framing, SerialScanner,
        camera::{Camera, CameraEvent, CameraOrder, Picture, Sight, look},
    },
    card_reader::{
        magnetic_stripe::MagneticStripeReader,
        motor::{MotorCardReader, frame},
        read_template,
    },
    cash::{
        CashSettings, CashUnit, HopperSettings,
        ccnet::{self, BillValidatorEvent, BillValidatorOrder, CcnetBillValidator},
        cctalk::{Frame, HOST, header},
    },
    document_printer::{Question, read_answer},
    payment_terminal::{ZvtSettings, ZvtTerminal},
    receipt_printer::{Typeface, escpos_thermal::EscPosThermal},
};
use edge::{Dialect, Place};
use jiff::civil::{Date, date};
use sheet::Sheet;

use crate::line::play;

const TODAY: Date = date(2026, 11, 24);

fn as_it_is(_: &[u8], payload: &[u8]) -> Vec<u8> {
    payload.to_vec()
}

pub(crate) fn barcode_scanner(script: &[u8]) -> bool {
    let (first, script) = script.split_first().unwrap_or((&0, script));
    let ending = match first % 3 {
        0 => Ending::Line,
        1 => Ending::Suffix(vec![3, 4]),
        _ => Ending::Silence,
    };
    let framing = Framing {
        ending,
        identifies: first & 0x80 != 0,
        ..Framing::default()
    };
    let orders = |order| match order {
        0 => BarcodeReaderOrder::Cancel,
        _ => BarcodeReaderOrder::Read,
    };
    play(
        SerialScanner::new(framing),
        script,
        as_it_is,
        orders,
        |event| matches!(event, BarcodeReaderEvent::Scanned(_)),
    )
}

/// A payload is a part of the answer; it is understood when a picture is in it.
pub(crate) fn camera(script: &[u8]) -> bool {
    let Ok(settings) = "http://camera/video".parse() else {
        return false;
    };
    let part = |_: &[u8], payload: &[u8]| {
        let head = format!("--b\r\nContent-Length: {}\r\n\r\n", payload.len());
        [head.as_bytes(), payload, b"\r\n"].concat()
    };
    let orders = |order| match order % 4 {
        0 => CameraOrder::Reader(BarcodeReaderOrder::Cancel),
        1 => CameraOrder::Reader(BarcodeReaderOrder::Read),
        2 => CameraOrder::Seen(Sight::Nothing),
        _ => CameraOrder::Seen(Sight::NoPicture),
    };
    let camera = Camera::new(settings, Instant::now());
    play(camera, script, part, orders, |event| {
        matches!(event, CameraEvent::Look(_))
    })
}

/// One picture, as it is looked at.
pub(crate) fn camera_picture(jpeg: &[u8]) -> bool {
    let sight = Picture::new(jpeg.to_vec()).map(|picture| look(&picture));
    matches!(sight, Some(Sight::Code(_)))
}

pub(crate) fn magnetic_stripe(script: &[u8]) -> bool {
    let orders = |order| match order {
        0 => CardReaderOrder::Release,
        _ => CardReaderOrder::Accept,
    };
    let reader = MagneticStripeReader::new(|| TODAY);
    play(reader, script, as_it_is, orders, |event| {
        matches!(event, CardReaderEvent::Read(_))
    })
}

/// What is asked of the motor reader is acknowledged and answered by its own number.
pub(crate) fn motor_card_reader(script: &[u8]) -> bool {
    let answer = |asked: &[u8], payload: &[u8]| {
        let code = asked.get(5..7).unwrap_or_default();
        let (kind, rest) = payload.split_at(payload.len().min(1));
        let text = [kind, code, rest].concat();
        [frame::Control::Acknowledge.encode(), frame::encode(&text)].concat()
    };
    let orders = |order| match order {
        0 => CardReaderOrder::Release,
        _ => CardReaderOrder::Accept,
    };
    let reader = MotorCardReader::new(|| TODAY);
    play(reader, script, answer, orders, |event| {
        matches!(event, CardReaderEvent::Read(_))
    })
}

/// The data of a resident's card, as its file holds them.
pub(crate) fn chip_card(template: &[u8]) -> bool {
    read_template(template, TODAY).is_ok()
}

/// A coin acceptor, a bill validator and one hopper on a line.
#[must_use]
pub fn cash_unit() -> CashUnit {
    CashUnit::new(CashSettings {
        coin_acceptor: 2,
        bill_validator: 40,
        hoppers: vec![HopperSettings {
            address: 3,
            value_won: 100,
            coins: 50,
            coins_paid_before: 0,
        }],
    })
}

/// An answer comes from whom it was asked of, with the sum that ccTalk wants.
pub(crate) fn cash(script: &[u8]) -> bool {
    let answer = |asked: &[u8], payload: &[u8]| {
        let answer = Frame {
            destination: HOST,
            source: asked.first().copied().unwrap_or_default(),
            header: header::REPLY,
            data: payload.to_vec(),
        };
        // On one wire everybody hears themselves first.
        [asked, &answer.encode()].concat()
    };
    let orders = |order| match order % 8 {
        0 => CashOrder::Collect { amount_won: 1_500 },
        1 => CashOrder::Stop,
        2 => CashOrder::StackNote,
        3 => CashOrder::ReturnNote,
        4 => CashOrder::Fill {
            address: 3,
            coins: 20,
        },
        _ => CashOrder::Pay { amount_won: 300 },
    };
    play(cash_unit(), script, answer, orders, |event| match event {
        CashEvent::CoinAccepted { .. }
        | CashEvent::NoteEscrowed { .. }
        | CashEvent::NoteStacked { .. }
        | CashEvent::NoteReturned { .. }
        | CashEvent::Rejected
        | CashEvent::Paid { .. }
        | CashEvent::PaidShort { .. }
        | CashEvent::PayUnknown { .. } => true,
        CashEvent::Filled { .. }
        | CashEvent::Stopped
        | CashEvent::Status(_)
        | CashEvent::Counted(_) => false,
    })
}

/// An answer has the sum that CCNET wants.
pub(crate) fn ccnet_bill_validator(script: &[u8]) -> bool {
    let answer = |_: &[u8], payload: &[u8]| ccnet::frame::encode(payload);
    let orders = |order| match order % 4 {
        0 => BillValidatorOrder::Open,
        1 => BillValidatorOrder::Shut,
        2 => BillValidatorOrder::Stack,
        _ => BillValidatorOrder::Return,
    };
    let validator = CcnetBillValidator::default();
    play(validator, script, answer, orders, |event| match event {
        BillValidatorEvent::Escrowed { .. }
        | BillValidatorEvent::Stacked { .. }
        | BillValidatorEvent::Returned { .. }
        | BillValidatorEvent::Rejected
        | BillValidatorEvent::Unknown { .. }
        | BillValidatorEvent::Found(_) => true,
        BillValidatorEvent::Shut | BillValidatorEvent::Status(_) => false,
    })
}

/// A payload begins with class and instruction; its length is put between.
pub(crate) fn payment_terminal(script: &[u8]) -> bool {
    let terminal = ZvtTerminal::new(ZvtSettings::default(), Instant::now());
    let frame = |_: &[u8], payload: &[u8]| {
        let (control, data) = payload.split_at(payload.len().min(2));
        let length = u8::try_from(data.len()).unwrap_or(u8::MAX);
        [control, &[length], data].concat()
    };
    let key = || TransactionKey::new("2611-AAAA");
    let orders = |order| match order % 4 {
        0 => PaymentTerminalOrder::Authorise {
            key: key(),
            amount_won: 400,
        },
        1 => PaymentTerminalOrder::Abort { key: key() },
        2 => PaymentTerminalOrder::Reverse {
            key: key(),
            receipt: 1,
            approved_won: 400,
            amount_won: 400,
        },
        _ => PaymentTerminalOrder::Resolve {
            key: key(),
            deed: Deed::Authorisation,
            amount_won: 400,
            before: Some(1),
        },
    };
    play(terminal, script, frame, orders, |event| match event {
        PaymentTerminalEvent::Progress { .. }
        | PaymentTerminalEvent::Approved { .. }
        | PaymentTerminalEvent::Declined { .. }
        | PaymentTerminalEvent::Reversed { .. }
        | PaymentTerminalEvent::NotReversed { .. }
        | PaymentTerminalEvent::Counted { .. } => true,
        PaymentTerminalEvent::NotDone { .. }
        | PaymentTerminalEvent::Unknown { .. }
        | PaymentTerminalEvent::Status(_) => false,
    })
}

thread_local! {
    /// A printer's outlines, read once: they are the same for every receipt.
    static TYPEFACE: RefCell<Option<Typeface>> = const { RefCell::new(None) };
}

pub(crate) fn receipt_printer(script: &[u8]) -> bool {
    let typeface = TYPEFACE.with_borrow_mut(|kept| {
        if kept.is_none() {
            *kept = Typeface::of_debian().ok();
        }
        kept.clone()
    });
    let Some(typeface) = typeface else {
        return false;
    };
    let orders = |_| ReceiptPrinterOrder::Print {
        job: JobId::new("2611-AAAA"),
        sheet: Sheet::default(),
    };
    let printer = EscPosThermal::new(typeface);
    play(printer, script, as_it_is, orders, |event| {
        matches!(event, ReceiptPrinterEvent::Printed { .. })
    })
}

pub(crate) fn ipp_answer(message: &[u8]) -> bool {
    let name = JobId::new("2611-AAAA");
    let questions = [
        Question::PrinterAttributes,
        Question::JobAttributes { id: 7 },
        Question::FindJob { name },
    ];
    let mut answers = questions
        .iter()
        .map(|question| read_answer(question, message.to_vec()));
    answers.all(|answer| answer.is_ok())
}

/// A command of a client of the station's devices, in the newest form and in the first.
pub(crate) fn xfs4iot(message: &[u8]) -> bool {
    let newest = Dialect::default();
    let first = Dialect {
        timeout: Place::Payload,
        ..newest
    };
    [newest, first]
        .iter()
        .all(|it| edge::read(message, it).is_ok())
}
