//! Receipts, and what is certain about them.

#![allow(clippy::unwrap_used)]

use std::time::{Duration, Instant};

use bench::{
    Twin,
    pty::Plug,
    receipt_printer::{Mood, ReceiptPrinter},
};
use devices::{
    printer::{Evidence, JobId, PrinterFault},
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};
use drivers::{
    Driver, Input, Output,
    port::{SerialSettings, start},
    receipt_printer::{Typeface, escpos_thermal::EscPosThermal, lay_out},
};
use sheet::{Line, Sheet};

fn sheet() -> Sheet {
    Sheet::new([
        Line::Heading("영수증".to_owned()),
        Line::Note("한빛시 가온구청".to_owned()),
        Line::Rule,
        Line::Field {
            label: "받은 증명서".to_owned(),
            value: "주민등록표 등본".to_owned(),
        },
        Line::Amount {
            label: "수수료".to_owned(),
            amount_won: 400,
        },
        Line::Text(
            "기계에 잔돈이 없어 돌려드리지 못했어요. 이 종이를 창구에 보여 주세요.".to_owned(),
        ),
        Line::Qr {
            text: "MWT:7-ABCD-EFGH".to_owned(),
            caption: "창구에서 읽어요".to_owned(),
        },
        Line::Code("ABCD-EFGH".to_owned()),
    ])
}

struct Counter {
    twin: ReceiptPrinter,
    driver: EscPosThermal,
    now: Instant,
}

impl Counter {
    fn open() -> Self {
        let driver = EscPosThermal::new(Typeface::of_debian().unwrap());
        let mut counter = Self {
            twin: ReceiptPrinter::default(),
            driver,
            now: Instant::now(),
        };
        counter.driver.handle(Input::Connected, counter.now);
        counter.talk();
        counter
    }

    fn print(&mut self) -> Vec<ReceiptPrinterEvent> {
        let order = ReceiptPrinterOrder::Print {
            job: JobId::new("r-1"),
            sheet: sheet(),
        };
        self.driver.handle(Input::Order(order), self.now);
        self.talk()
    }

    /// Lets both speak until neither has anything more to say.
    fn talk(&mut self) -> Vec<ReceiptPrinterEvent> {
        let mut told = Vec::new();
        loop {
            let said = self.twin.poll_wire();
            if let Some(bytes) = &said {
                bytes
                    .iter()
                    .for_each(|byte| self.driver.handle(Input::Wire(vec![*byte]), self.now));
            }
            match self.driver.poll_output() {
                Some(Output::Wire(bytes)) => self.twin.receive(&bytes, self.now),
                Some(Output::Tell(ReceiptPrinterEvent::Status(_))) => {}
                Some(Output::Tell(event)) => told.push(event),
                Some(Output::HangUp) => panic!("it breaks nothing off"),
                None if said.is_none() => return told,
                None => {}
            }
        }
    }

    fn later(&mut self, seconds: u64) -> Vec<ReceiptPrinterEvent> {
        self.now += Duration::from_secs(seconds);
        self.driver.handle_timeout(self.now);
        self.talk()
    }
}

fn job() -> JobId {
    JobId::new("r-1")
}

#[test]
fn a_receipt_counts_as_printed_when_the_fence_says_so_and_is_what_was_laid_out() {
    let mut counter = Counter::open();

    let told = counter.print();

    assert_eq!(
        told,
        [ReceiptPrinterEvent::Printed {
            job: job(),
            evidence: Evidence::Fence
        }]
    );
    let [paper] = counter.twin.papers() else {
        panic!("one paper")
    };
    let wanted = lay_out(&sheet(), &Typeface::of_debian().unwrap());
    assert_eq!(paper.rows[..wanted.height()], wanted.rows);
    assert!(wanted.rows.iter().flatten().any(|bits| *bits != 0));
}

#[test]
fn a_printer_known_to_be_stuck_prints_nothing_and_says_why() {
    for (mood, fault) in [
        (Mood::PaperOut, PrinterFault::PaperOut),
        (Mood::CoverOpen, PrinterFault::CoverOpen),
        (Mood::CutterStuck, PrinterFault::Cutter),
    ] {
        let mut counter = Counter::open();
        counter.twin.set_mood(mood);
        counter.talk();

        assert_eq!(
            counter.print(),
            [ReceiptPrinterEvent::NotPrinted { job: job(), fault }]
        );
        assert!(counter.twin.papers().is_empty());
    }
}

#[test]
fn a_dead_printer_is_found_out_before_anything_is_sent() {
    let mut counter = Counter::open();
    counter.twin.set_mood(Mood::Dead);

    assert_eq!(counter.print(), []);
    let fault = PrinterFault::Silent;
    assert_eq!(
        counter.later(2),
        [ReceiptPrinterEvent::NotPrinted { job: job(), fault }]
    );
}

#[test]
fn a_roll_that_ends_in_the_middle_leaves_it_unknown_until_it_is_refilled_in_time() {
    let mut counter = Counter::open();
    counter.twin.set_mood(Mood::PaperEnds { rows: 100 });
    assert_eq!(counter.print(), []);

    let mut patient = Counter::open();
    patient.twin.set_mood(Mood::PaperEnds { rows: 100 });
    assert_eq!(patient.print(), []);

    let fault = PrinterFault::PaperOut;
    assert_eq!(
        counter.later(30),
        [ReceiptPrinterEvent::Unknown { job: job(), fault }]
    );
    patient.twin.set_mood(Mood::Well);
    let evidence = Evidence::Fence;
    assert_eq!(
        patient.talk(),
        [ReceiptPrinterEvent::Printed {
            job: job(),
            evidence
        }]
    );
}

#[test]
fn a_line_that_breaks_while_it_prints_leaves_it_unknown() {
    let mut counter = Counter::open();
    counter.twin.set_mood(Mood::PaperEnds { rows: 100 });
    counter.print();

    counter.driver.handle(Input::HungUp, counter.now);

    let fault = PrinterFault::Offline;
    assert_eq!(
        counter.talk(),
        [ReceiptPrinterEvent::Unknown { job: job(), fault }]
    );
}

#[tokio::test]
async fn a_receipt_goes_over_a_real_line() {
    let plug = Plug::host(ReceiptPrinter::default()).unwrap();
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let settings = SerialSettings {
        path: plug.path().to_path_buf(),
        baud: 115_200,
    };
    let driver = EscPosThermal::new(Typeface::of_debian().unwrap());
    let orders = start(driver, settings, move |event| drop(tell.send(event)));
    let mut next = async || {
        tokio::time::timeout(Duration::from_secs(20), told.recv())
            .await
            .unwrap()
            .unwrap()
    };
    let ready = |event: &ReceiptPrinterEvent| {
        matches!(event, ReceiptPrinterEvent::Status(status) if status.fault.is_none()
            && status.state == devices::DeviceState::Ready)
    };
    while !ready(&next().await) {}

    orders
        .send(ReceiptPrinterOrder::Print {
            job: job(),
            sheet: sheet(),
        })
        .unwrap();

    let evidence = Evidence::Fence;
    assert_eq!(
        next().await,
        ReceiptPrinterEvent::Printed {
            job: job(),
            evidence
        }
    );
    let mut png = Vec::new();
    plug.with(|printer| printer.papers()[0].write_png(&mut png))
        .unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    if let Some(file) = std::env::var_os("MINWON_KEEP_RECEIPT") {
        std::fs::write(file, png).unwrap();
    }
}
