//! The tiny image, whole: a machine that QEMU plays boots to the kiosk's first screen, and a
//! citizen walks away with a certificate and a receipt.
//!
//! Beside it the same visit runs before a window in memory. What that window draws is what
//! the machine's screen has to show, and where its controls are is where the finger goes.
//! `make image-test` builds the image and runs this.

#![allow(clippy::unwrap_used)]

#[path = "../../hardware/drivers/tests/receipt_printer_oracle/emupos.rs"]
#[allow(dead_code, reason = "the driver's own tests let it have faults, too")]
mod emupos;
#[path = "tiny_image/machine.rs"]
mod machine;
#[path = "tiny_image/picture.rs"]
mod picture;
#[path = "tiny_image/twin.rs"]
mod twin;
#[path = "tiny_image/visits.rs"]
mod visits;

use std::fs;

use bench::kiosk_bench::KioskBench;
use emupos::Emupos;
use picture::Picture;
use tests::{
    office::{Office, TUESDAY_10_00},
    stand::Stand,
};
use verify::{Trust, Verdict, examine};
use visits::Visits;

fn keep(name: &str) -> std::path::PathBuf {
    twin::folder().join(name)
}

#[test]
#[ignore = "needs QEMU and an image: make image-test"]
#[allow(clippy::print_stdout)]
fn the_tiny_image_boots_and_a_citizen_walks_away_with_certificate_and_receipt() {
    let office = Office::open(TUESDAY_10_00);
    let mut bench = KioskBench::start(&office.folder().join("a4")).unwrap();
    let foreign = std::env::var_os("MINWON_EMUPOS").map(|_| Emupos::start("image"));
    bench.foreign_receipt_printer = foreign.as_ref().map(Emupos::port);
    let mut window = Stand::open(TUESDAY_10_00);
    let mut machine = twin::start(&office, &bench);
    let mut visits = Visits {
        machine: &mut machine,
        bench: &bench,
        window: &mut window,
    };

    let first = visits.agree("the first screen");
    let first_seconds = visits.machine.started.elapsed().as_secs_f64();
    first.write(&keep("first-screen.png"));
    println!("the first screen stands after {first_seconds:.1} s");

    visits.walk_to_farewell();
    visits.agree("a farewell").write(&keep("farewell.png"));

    let sheets = visits.bench.document_printer.printed().unwrap();
    let [(_, certificate)] = sheets.as_slice() else {
        panic!("one certificate, and not {}", sheets.len());
    };
    fs::write(keep("certificate.pdf"), certificate).unwrap();
    let trust = Trust::read(&office.trust()).unwrap();
    assert!(matches!(
        examine(certificate, &trust),
        Verdict::Genuine { .. }
    ));
    match foreign {
        Some(printer) => {
            let picture = office.handle().block_on(printer.picture(1));
            printer.assert_understood();
            // Every receipt has a number of its own; otherwise it is the window's.
            let dots = Picture::dots_of_receipt(&picture);
            let papers = visits
                .window
                .bench
                .receipt_printer
                .with(|it| it.papers().to_vec());
            let [paper] = papers.as_slice() else {
                panic!("one receipt, and not {}", papers.len());
            };
            let burnt: u32 = paper.rows.iter().flatten().map(|it| it.count_ones()).sum();
            let burnt = burnt as usize;
            assert!(
                dots.abs_diff(burnt) < burnt / 20,
                "{dots} dots instead of {burnt}"
            );
            fs::copy(picture, keep("receipt.png")).unwrap();
        }
        None => {
            println!("the receipt fell out of our own printer: emupos is not here");
            let papers = visits.bench.receipt_printer.with(|it| it.papers().len());
            assert_eq!(papers, 1);
        }
    }

    visits.machine.press_power_button();
    let out = visits.machine.until_it_is_out();
    let console = visits.machine.console();
    fs::write(keep("console.txt"), &console).unwrap();
    assert!(out.success(), "{console}");
    assert!(
        console.contains("the power button was pressed"),
        "{console}"
    );
    let whole_seconds = visits.machine.started.elapsed().as_secs_f64();
    println!("the machine is out after {whole_seconds:.1} s");
}
