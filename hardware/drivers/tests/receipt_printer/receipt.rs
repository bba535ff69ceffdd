//! A receipt such as a citizen gets, and the bytes the driver makes of it.

use std::time::Instant;

use devices::{printer::JobId, receipt_printer::ReceiptPrinterOrder};
use drivers::{
    Driver, Input, Output,
    receipt_printer::{Typeface, escpos_thermal::EscPosThermal},
};
use sheet::{Line, Sheet};

/// What the code on the receipt says to whoever reads it.
pub(crate) const QR: &str = "MWT:7-ABCD-EFGH";

pub(crate) fn receipt() -> Sheet {
    let field = |label: &str, value: &str| Line::Field {
        label: label.to_owned(),
        value: value.to_owned(),
    };
    let amount = |label: &str, amount_won| Line::Amount {
        label: label.to_owned(),
        amount_won,
    };
    Sheet::new([
        Line::Heading("영수증".to_owned()),
        Line::Note("한빛시 가온구청".to_owned()),
        Line::Rule,
        field("받은 증명서", "주민등록표 등본"),
        field("신청인", "한*나"),
        field("문서번호", "2611-0714-2290-0031"),
        Line::Rule,
        amount("수수료", 400),
        amount("거스름돈", 600),
        field("근거", "한빛시 수수료 징수 조례 제4조 (관내)"),
        Line::Rule,
        Line::Text(
            "기계에 잔돈이 없어 돌려드리지 못했어요. 이 종이를 창구에 보여 주세요.".to_owned(),
        ),
        Line::Qr {
            text: QR.to_owned(),
            caption: "창구에서 읽어요".to_owned(),
        },
        Line::Code("ABCD-EFGH".to_owned()),
        field("발급한 곳", "가온구청 1층 민원실"),
        field("발급한 때", "2026-11-25 18:05"),
        field("문의", "02-0000-0120"),
    ])
}

pub(crate) fn order(job: &str) -> ReceiptPrinterOrder {
    ReceiptPrinterOrder::Print {
        job: JobId::new(job),
        sheet: receipt(),
    }
}

/// What the driver sends once the printer has said that it has paper.
pub(crate) fn job() -> Vec<u8> {
    let now = Instant::now();
    let mut driver = EscPosThermal::new(Typeface::of_debian().unwrap());
    driver.handle(Input::Connected, now);
    driver.handle(Input::Wire(vec![0x10, 0, 0, 0]), now);
    driver.handle(Input::Order(order("r-1")), now);
    while driver.poll_output().is_some() {}
    driver.handle(Input::Wire(vec![0x12]), now);
    let mut sent = Vec::new();
    while let Some(output) = driver.poll_output() {
        if let Output::Wire(bytes) = output {
            sent.extend(bytes);
        }
    }
    sent
}
