//! Receipts by a form.

use std::time::Instant;

use bench::{
    Twin,
    receipt_printer::{Mood, Paper, ReceiptPrinter},
};
use devices::{printer::JobId, receipt_printer::ReceiptPrinterOrder};
use drivers::{
    Driver, Input, Output,
    receipt_printer::{Typeface, escpos_thermal::EscPosThermal},
};
use serde_json::{Value, json};
use sheet::{Line, Sheet};

use crate::{
    client::{SUCCESS, end},
    station::Station,
};

const PRINT: &str = "Printer.PrintForm";

fn form(fields: Value) -> Value {
    json!({ "formName": "lines", "mediaControl": { "cut": true }, "fields": fields })
}

/// What the same sheet looks like on a printer of its own.
fn paper(lines: Vec<Line>) -> Paper {
    let (mut driver, mut printer) = (
        EscPosThermal::new(Typeface::of_debian().unwrap()),
        ReceiptPrinter::default(),
    );
    let now = Instant::now();
    driver.handle(Input::Connected, now);
    let order = ReceiptPrinterOrder::Print {
        job: JobId::new("1"),
        sheet: Sheet::new(lines),
    };
    driver.handle(Input::Order(order), now);
    loop {
        let mut quiet = true;
        while let Some(output) = driver.poll_output() {
            if let Output::Wire(bytes) = output {
                printer.receive(&bytes, now);
                quiet = false;
            }
        }
        while let Some(bytes) = printer.poll_wire() {
            driver.handle(Input::Wire(bytes), now);
            quiet = false;
        }
        if quiet {
            return printer.papers()[0].clone();
        }
    }
}

#[test]
fn a_receipt_is_on_paper_when_its_completion_says_so() {
    let station = Station::open();
    let mut client = station.client("Printer");

    let forms = client.ask("Printer.GetFormList", json!({}));
    let printed = client.ask(
        PRINT,
        form(json!({ "heading": "접수증", "lines": ["한빛나 님", "수수료 1,000원"] })),
    );
    let short = client.ask(PRINT, form(json!({ "lines": "고맙습니다" })));

    assert_eq!(forms["payload"]["formList"], json!(["lines"]));
    assert_eq!((end(&printed), end(&short)), (SUCCESS, SUCCESS));
    let papers = station.printer.with(|it| it.papers().to_vec());
    let wanted = [
        paper(vec![
            Line::Heading("접수증".to_owned()),
            Line::Text("한빛나 님".to_owned()),
            Line::Text("수수료 1,000원".to_owned()),
        ]),
        paper(vec![Line::Text("고맙습니다".to_owned())]),
    ];
    assert!(papers == wanted, "{} papers", papers.len());
    assert!(!station.log().contains("한빛나"));
}

#[test]
fn what_is_no_receipt_is_refused_by_its_name() {
    let station = Station::open();
    let mut client = station.client("Printer");
    let long = vec!["줄"; 201];

    for (payload, error) in [
        (json!({ "formName": "passbook" }), "formNotFound"),
        (json!({ "formName": "lines" }), "fieldSpecFailure"),
        (form(json!({ "amount": "1" })), "fieldSpecFailure"),
        (form(json!({ "lines": [1] })), "fieldSpecFailure"),
        (form(json!({ "lines": "\u{1b}@" })), "charSetData"),
        (form(json!({ "lines": long })), "mediaOverflow"),
        (
            json!({ "formName": "lines", "paperSource": "lower", "fields": { "lines": "1" } }),
            "sourceInvalid",
        ),
    ] {
        let refused = client.ask(PRINT, payload);
        assert_eq!(end(&refused), ("commandErrorCode", Some(error)));
    }
    assert!(station.printer.with(|it| it.papers().is_empty()));
}

#[test]
fn a_printer_without_paper_says_so_and_prints_again_with_it() {
    let station = Station::open();
    let mut client = station.client("Printer");

    station.printer.with(|it| it.set_mood(Mood::PaperOut));
    client.until("/printer/paper/upper", "out");
    let without = client.ask(PRINT, form(json!({ "lines": "1" })));
    let status = client.ask("Common.Status", json!({}));
    station.printer.with(|it| it.set_mood(Mood::Well));
    client.until_online();
    let with = client.ask(PRINT, form(json!({ "lines": "2" })));

    assert_eq!(end(&without), ("commandErrorCode", Some("paperOut")));
    assert_eq!(status["payload"]["common"]["device"], "userError");
    assert_eq!(end(&with), SUCCESS);
}
