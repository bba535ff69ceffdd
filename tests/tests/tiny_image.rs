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

use std::{
    fs,
    time::{Duration, Instant},
};

use bench::kiosk_bench::KioskBench;
use emupos::Emupos;
use machine::Machine;
use picture::Picture;
use slint::ComponentHandle;
use tests::{
    office::{Office, TUESDAY_10_00},
    stand::Stand,
    walk::CITIZEN,
};
use verify::{Trust, Verdict, examine};

const PANEL: (f32, f32) = (1080.0, 1920.0);
const PATIENCE: Duration = Duration::from_secs(120);
const MOMENT: Duration = Duration::from_millis(100);

/// The visit in the machine, and the same one before a window.
struct Visits {
    machine: Machine,
    bench: KioskBench,
    window: Stand,
}

impl Visits {
    fn drawn(&mut self) -> Picture {
        self.window.view();
        Picture::of_window(&self.window.window.window().take_snapshot().unwrap())
    }

    /// Both show the same; answers what the machine's screen shows.
    fn agree(&mut self, what: &str) -> Picture {
        let wanted = self.drawn();
        self.machine.until(what, &wanted)
    }

    /// Where a control is, as soon as it can be used.
    fn locate(&mut self, label: &str) -> (f32, f32) {
        let given_up = Instant::now() + PATIENCE;
        loop {
            self.window.view();
            if let Some(place) = dock::finger::locate(&self.window.window, label) {
                return place;
            }
            assert!(Instant::now() < given_up, "nothing is called {label:?}");
            std::thread::sleep(MOMENT);
        }
    }

    /// A finger for each, once the machine shows what the window does.
    fn touch(&mut self, label: &str) {
        let place = self.locate(label);
        self.agree(label);
        self.machine.tap(place, PANEL);
        self.window.touch(label);
    }

    /// Many keys of one screen, one after the other.
    fn type_digits(&mut self, digits: &str) {
        self.agree("a field for digits");
        for digit in digits.chars() {
            let label = digit.to_string();
            let place = self.locate(&label);
            self.machine.tap(place, PANEL);
            self.window.touch(&label);
        }
    }

    fn insert_card(&mut self) {
        self.agree("a slot for the card");
        let now = Instant::now();
        self.bench
            .card_reader
            .with(|reader| reader.insert(CITIZEN, now));
        self.window.insert_card(CITIZEN);
    }

    fn drop_coins(&mut self, coins: &[u32]) {
        assert!(self.window.slot_opens());
        self.agree("an open slot for coins");
        let given_up = Instant::now() + PATIENCE;
        while !self.bench.cash.with(|cash| cash.takes_coins()) {
            assert!(Instant::now() < given_up, "the coin slot stays shut");
            std::thread::sleep(MOMENT);
        }
        for value_won in coins {
            for cash in [&self.bench.cash, &self.window.bench.cash] {
                cash.with(|cash| cash.insert_coin(*value_won));
            }
        }
    }

    fn pull_card(&mut self) {
        self.agree("a card that is to be taken");
        self.bench.card_reader.with(|reader| reader.pull());
        self.window.pull_card();
    }
}

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
    let window = Stand::open(TUESDAY_10_00);
    let machine = twin::start(&office, &bench);
    let mut visits = Visits {
        machine,
        bench,
        window,
    };

    let first = visits.agree("the first screen");
    let first_seconds = visits.machine.started.elapsed().as_secs_f64();
    first.write(&keep("first-screen.png"));
    println!("the first screen stands after {first_seconds:.1} s");

    visits.touch("시작하기");
    visits.window.wait_for("find");
    visits.touch("주민등록표 등본");
    visits.window.wait_for("service");
    visits.touch("신청 시작하기");
    visits.window.wait_for("insert-card");
    visits.insert_card();
    visits.window.wait_for("resident-number");
    visits.type_digits(CITIZEN.resident_number);
    visits.touch("다 입력했어요");
    visits.window.wait_for("options");
    visits.touch("계속하기");
    visits.window.wait_for("consent");
    visits.touch("동의해요");
    visits.window.wait_for("review");
    visits.touch("이대로 신청하기");
    visits.window.wait_for("pay");
    visits.touch("현금으로 내기");
    visits.drop_coins(&[100, 100]);
    visits.window.wait_for("take-paper");
    visits.touch("증명서 챙겼어요");
    visits.window.wait_for("receipt");
    visits.touch("영수증 받기");
    visits.window.wait_for("take-card");
    visits.pull_card();
    visits.window.wait_for("farewell");
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
