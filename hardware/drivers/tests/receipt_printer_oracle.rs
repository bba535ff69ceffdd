//! The driver against emupos, a receipt printer that somebody else wrote.
//!
//! `make oracle-test` installs emupos and runs this; `MINWON_FREEZE=1` keeps what
//! it printed and said for the tests that run without it.

#![allow(clippy::unwrap_used)]

#[path = "receipt_printer/dialogue.rs"]
mod dialogue;
#[path = "receipt_printer_oracle/emupos.rs"]
mod emupos;
#[path = "receipt_printer/receipt.rs"]
mod receipt;

use std::time::{Duration, Instant};

use devices::{
    DeviceState,
    printer::{Evidence, JobId, PrinterFault, Supply},
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};
use dialogue::{Turn, frozen};
use drivers::{
    Driver, Input, Output,
    port::{SerialSettings, start},
    receipt_printer::{Typeface, escpos_thermal::EscPosThermal},
};
use emupos::Emupos;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::timeout,
};
use tokio_serial::{SerialPortBuilderExt, SerialStream};

const BAUD: u32 = 9600;
const PATIENCE: Duration = Duration::from_secs(30);
/// So long nothing more comes; a picture is drawn in less.
const SILENCE: Duration = Duration::from_secs(2);

struct Counter {
    orders: UnboundedSender<ReceiptPrinterOrder>,
    told: UnboundedReceiver<ReceiptPrinterEvent>,
}

impl Counter {
    async fn open(printer: &Emupos) -> Self {
        let settings = SerialSettings {
            path: printer.port(),
            baud: BAUD,
        };
        let driver = EscPosThermal::new(Typeface::of_debian().unwrap());
        let (tell, told) = unbounded_channel();
        let orders = start(driver, settings, move |event| drop(tell.send(event)));
        let mut counter = Self { orders, told };
        counter.until(None).await;
        counter
    }

    fn print(&self, job: &str) {
        self.orders.send(receipt::order(job)).unwrap();
    }

    async fn until(&mut self, wanted: Option<PrinterFault>) {
        let state = match wanted {
            None => DeviceState::Ready,
            Some(_) => DeviceState::Faulted,
        };
        let is_wanted = |event: &ReceiptPrinterEvent| {
            matches!(event, ReceiptPrinterEvent::Status(status)
                if status.state == state && status.fault == wanted)
        };
        while !is_wanted(&self.any().await) {}
    }

    /// The next event that ends a job.
    async fn end(&mut self) -> ReceiptPrinterEvent {
        loop {
            let event = self.any().await;
            if !matches!(event, ReceiptPrinterEvent::Status(_)) {
                return event;
            }
        }
    }

    async fn any(&mut self) -> ReceiptPrinterEvent {
        timeout(PATIENCE, self.told.recv()).await.unwrap().unwrap()
    }
}

fn printed(job: &str) -> ReceiptPrinterEvent {
    ReceiptPrinterEvent::Printed {
        job: JobId::new(job),
        evidence: Evidence::Fence,
    }
}

#[tokio::test]
#[ignore = "needs emupos: make oracle-test"]
async fn a_receipt_comes_out_of_a_foreign_printer_and_its_code_is_read() {
    let printer = Emupos::start("receipt");
    let mut counter = Counter::open(&printer).await;

    counter.print("r-1");
    assert_eq!(counter.end().await, printed("r-1"));

    let picture = printer.picture(1).await;
    assert_eq!(emupos::read_code(&picture), receipt::QR);
    printer.assert_understood();
    emupos::keep(&picture);
}

#[tokio::test]
#[ignore = "needs emupos: make oracle-test"]
async fn a_foreign_printer_that_is_stuck_is_known_and_prints_again_after_it() {
    let printer = Emupos::start("stuck");
    let mut counter = Counter::open(&printer).await;

    for (fault, told) in [
        ("paper-out", PrinterFault::PaperOut),
        ("cover-open", PrinterFault::CoverOpen),
        ("offline", PrinterFault::Offline),
    ] {
        printer.happens(fault);
        counter.until(Some(told)).await;
        counter.print(fault);
        let job = JobId::new(fault);
        assert_eq!(
            counter.end().await,
            ReceiptPrinterEvent::NotPrinted { job, fault: told }
        );
        printer.happens("well");
        counter.until(None).await;
    }
    counter.print("r-2");
    assert_eq!(counter.end().await, printed("r-2"));
    assert_eq!(emupos::read_code(&printer.picture(1).await), receipt::QR);
    printer.assert_understood();
}

/// The roll ends between the printer's word that it has paper and the job, which
/// no program can time from outside: the driver is carried by hand here.
#[tokio::test]
#[ignore = "needs emupos: make oracle-test"]
async fn a_roll_that_ends_under_a_job_withholds_the_fence_until_it_is_changed() {
    let printer = Emupos::start("ends");
    let mut hand = Hand::open(&printer).await;
    hand.give(Input::Connected).await;
    let status = hand.hear().await;
    hand.give(Input::Wire(status)).await;
    hand.give(Input::Order(receipt::order("r-4"))).await;
    let has_paper = hand.hear().await;
    assert_eq!(has_paper, [0x12]);

    printer.happens("paper-out");
    hand.give(Input::Wire(has_paper)).await;
    let held = hand.hear().await;
    assert_eq!(held, [0x18, 0x00, 0x0f, 0x00]);
    let told = hand.give(Input::Wire(held)).await;
    assert!(
        matches!(&told[..], [ReceiptPrinterEvent::Status(status)]
            if status.fault == Some(PrinterFault::PaperOut)),
        "{told:?}"
    );

    printer.happens("well");
    let done = hand.hear().await;
    let told = hand.give(Input::Wire(done)).await;
    assert_eq!(told.last(), Some(&printed("r-4")));
    printer.picture(1).await;
    printer.assert_understood();
}

/// The driver on the printer's line, one step at a time.
struct Hand {
    driver: EscPosThermal,
    line: SerialStream,
}

impl Hand {
    async fn open(printer: &Emupos) -> Self {
        let line = tokio_serial::new(printer.port().to_string_lossy(), BAUD)
            .open_native_async()
            .unwrap();
        let driver = EscPosThermal::new(Typeface::of_debian().unwrap());
        Self { driver, line }
    }

    async fn give(&mut self, input: Input<ReceiptPrinterOrder>) -> Vec<ReceiptPrinterEvent> {
        self.driver.handle(input, Instant::now());
        let mut told = Vec::new();
        while let Some(output) = self.driver.poll_output() {
            match output {
                Output::Wire(bytes) => self.line.write_all(&bytes).await.unwrap(),
                Output::Tell(event) => told.push(event),
                Output::HangUp => panic!("it breaks nothing off"),
            }
        }
        told
    }

    async fn hear(&mut self) -> Vec<u8> {
        let mut said = Vec::new();
        let mut buffer = [0; 64];
        while let Ok(count) = timeout(SILENCE, self.line.read(&mut buffer)).await {
            said.extend(&buffer[..count.unwrap()]);
        }
        said
    }
}

#[tokio::test]
#[ignore = "needs emupos: make oracle-test"]
async fn a_roll_about_to_end_is_told_and_still_prints() {
    let printer = Emupos::start("low");
    let mut counter = Counter::open(&printer).await;

    printer.happens("paper-near-end");
    let is_low = |event: &ReceiptPrinterEvent| {
        matches!(event, ReceiptPrinterEvent::Status(status)
            if status.paper == Supply::Low && status.fault.is_none())
    };
    while !is_low(&counter.any().await) {}
    counter.print("r-3");

    assert_eq!(counter.end().await, printed("r-3"));
}

#[tokio::test]
#[ignore = "needs emupos: make oracle-test"]
async fn the_frozen_dialogue_is_the_foreign_printers() {
    let freezing = std::env::var_os("MINWON_FREEZE").is_some();
    if freezing {
        std::fs::write(frozen("receipt.escpos"), receipt::job()).unwrap();
    }
    let job = std::fs::read(frozen("receipt.escpos")).unwrap();
    assert!(job == receipt::job(), "the driver sends other bytes");
    let printer = Emupos::start("dialogue");
    let mut line = tokio_serial::new(printer.port().to_string_lossy(), BAUD)
        .open_native_async()
        .unwrap();
    let (mut turns, mut papers) = (Vec::new(), 0);
    for turn in dialogue::read() {
        match &turn {
            Turn::Happens(what) => printer.happens(what),
            Turn::Sent(bytes) => line.write_all(bytes).await.unwrap(),
            Turn::SentReceipt => {
                papers += 1;
                line.write_all(&job).await.unwrap();
            }
            Turn::Says(wanted) => {
                let mut said = Vec::new();
                while said.len() < wanted.len() || wanted.is_empty() || freezing {
                    let mut buffer = [0; 64];
                    match timeout(SILENCE, line.read(&mut buffer)).await {
                        Ok(count) => said.extend(&buffer[..count.unwrap()]),
                        Err(_) => break,
                    }
                }
                turns.push(Turn::Says(said));
                continue;
            }
        }
        turns.push(turn);
    }

    printer.picture(papers).await;
    printer.assert_understood();
    if freezing {
        std::fs::write(frozen("dialogue.txt"), dialogue::write(&turns)).unwrap();
    }
    assert_eq!(
        dialogue::write(&turns),
        std::fs::read_to_string(frozen("dialogue.txt")).unwrap()
    );
}
