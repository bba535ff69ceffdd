//! What a foreign printer (emupos, `make oracle-test`) once printed and said is
//! what the driver sends and the bench's printer says.

#![allow(clippy::unwrap_used)]

#[path = "receipt_printer/dialogue.rs"]
mod dialogue;
#[path = "receipt_printer/receipt.rs"]
mod receipt;

use std::time::Instant;

use bench::{
    Twin,
    receipt_printer::{Mood, ReceiptPrinter},
};
use dialogue::{Turn, frozen};

#[test]
fn the_driver_sends_the_bytes_that_the_foreign_printer_printed() {
    let printed = std::fs::read(frozen("receipt.escpos")).unwrap();

    let same = receipt::job() == printed;

    assert!(same, "`MINWON_FREEZE=1 make oracle-test` asks the printer");
}

#[test]
fn the_bench_printer_answers_as_the_foreign_printer_did() {
    let now = Instant::now();
    let job = std::fs::read(frozen("receipt.escpos")).unwrap();
    let mut twin = ReceiptPrinter::default();
    let turns = dialogue::read();
    assert!(turns.len() > 20, "the dialogue is there");
    let mut papers = 0;
    for (line, turn) in turns.into_iter().enumerate() {
        match turn {
            Turn::Happens(what) => twin.set_mood(mood(&what)),
            Turn::Sent(bytes) => twin.receive(&bytes, now),
            Turn::SentReceipt => {
                papers += 1;
                twin.receive(&job, now);
            }
            Turn::Says(wanted) => {
                let mut said = Vec::new();
                while let Some(bytes) = twin.poll_wire() {
                    said.extend(bytes);
                }
                assert_eq!(said, wanted, "in line {}", line + 1);
            }
        }
    }
    assert_eq!(twin.papers().len(), papers);
}

fn mood(what: &str) -> Mood {
    match what {
        "well" => Mood::Well,
        "paper-out" => Mood::PaperOut,
        "paper-near-end" => Mood::PaperLow,
        "cover-open" => Mood::CoverOpen,
        "offline" => Mood::Offline,
        _ => panic!("{what} never happened to a printer"),
    }
}
