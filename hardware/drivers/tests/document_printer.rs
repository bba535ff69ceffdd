//! Certificates on a printer that somebody else wrote.

#![allow(clippy::unwrap_used)]

use std::{path::PathBuf, sync::Arc, time::Duration};

use bench::document_printer::{DocumentPrinter, Mood};
use devices::{
    DeviceState,
    document_printer::{DocumentPrinterEvent, DocumentPrinterOrder},
    printer::{Evidence, JobId, PrinterFault},
};
use drivers::document_printer::ipp_everywhere::{IppSettings, start};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

const DOCUMENT: &[u8] = b"%PDF-1.7\n%invented\n";

struct Office {
    printer: DocumentPrinter,
    orders: UnboundedSender<DocumentPrinterOrder>,
    told: UnboundedReceiver<DocumentPrinterEvent>,
    folder: PathBuf,
}

impl Office {
    async fn open(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("minwon-a4-{name}-{}", std::process::id()));
        let printer = DocumentPrinter::start(&folder).unwrap();
        let (tell, told) = unbounded_channel();
        let settings = IppSettings { uri: printer.uri() };
        let orders = start(&settings, move |event| drop(tell.send(event))).unwrap();
        let mut office = Self {
            printer,
            orders,
            told,
            folder,
        };
        office
            .until(|status| status == (DeviceState::Ready, None))
            .await;
        office
    }

    fn print(&self, name: &str) {
        let order = DocumentPrinterOrder::Print {
            job: JobId::new(name),
            document: Arc::from(DOCUMENT),
            pages: 1,
        };
        self.orders.send(order).unwrap();
    }

    async fn until(&mut self, wanted: impl Fn((DeviceState, Option<PrinterFault>)) -> bool) {
        loop {
            if let DocumentPrinterEvent::Status(status) = self.any().await
                && wanted((status.state, status.fault))
            {
                return;
            }
        }
    }

    /// The next event that ends a job.
    async fn end(&mut self) -> DocumentPrinterEvent {
        loop {
            let event = self.any().await;
            let goes_on = matches!(
                event,
                DocumentPrinterEvent::Status(_)
                    | DocumentPrinterEvent::Accepted { .. }
                    | DocumentPrinterEvent::Printing { .. }
            );
            if !goes_on {
                return event;
            }
        }
    }

    async fn any(&mut self) -> DocumentPrinterEvent {
        tokio::time::timeout(Duration::from_secs(60), self.told.recv())
            .await
            .unwrap()
            .unwrap()
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[tokio::test]
async fn a_document_comes_out_byte_for_byte_and_the_printer_vouches_for_it() {
    let mut office = Office::open("well").await;

    office.print("2611-AAAA");

    let event = office.end().await;
    let DocumentPrinterEvent::Printed {
        job,
        evidence: Evidence::IppCompleted { sheets, .. },
    } = event
    else {
        panic!("{event:?}");
    };
    assert_eq!((job.as_str(), sheets), ("2611-AAAA", 1));
    assert_eq!(
        office.printer.printed().unwrap(),
        [("2611-AAAA.pdf".to_owned(), DOCUMENT.to_vec())]
    );
}

#[tokio::test]
async fn an_empty_tray_is_known_beforehand_and_a_refill_helps() {
    let mut office = Office::open("empty").await;
    office.printer.set_mood(Mood::PaperOut).unwrap();
    office
        .until(|status| status == (DeviceState::Faulted, Some(PrinterFault::PaperOut)))
        .await;

    office.print("2611-BBBB");
    let job = JobId::new("2611-BBBB");
    let fault = PrinterFault::PaperOut;
    assert_eq!(
        office.end().await,
        DocumentPrinterEvent::NotPrinted { job, fault }
    );

    office.printer.set_mood(Mood::Well).unwrap();
    office
        .until(|status| status == (DeviceState::Ready, None))
        .await;
    office.print("2611-CCCC");
    assert!(matches!(
        office.end().await,
        DocumentPrinterEvent::Printed { .. }
    ));
    assert_eq!(office.printer.printed().unwrap().len(), 1);
}

#[tokio::test]
async fn a_jam_before_the_sheet_is_proven_not_printed() {
    let mut office = Office::open("jam").await;
    office.printer.set_mood(Mood::Jam).unwrap();

    office.print("2611-DDDD");

    let event = office.end().await;
    assert!(
        matches!(
            event,
            DocumentPrinterEvent::NotPrinted {
                fault: PrinterFault::PaperJam,
                ..
            }
        ),
        "{event:?}"
    );
    assert!(office.printer.printed().unwrap().is_empty());
}

#[tokio::test]
async fn a_printer_that_is_switched_off_is_told_and_found_again() {
    let mut office = Office::open("gone").await;
    office.printer.set_mood(Mood::Gone).unwrap();
    office
        .until(|(state, _)| state == DeviceState::Absent)
        .await;

    office.print("2611-EEEE");
    assert!(matches!(
        office.end().await,
        DocumentPrinterEvent::NotPrinted { .. }
    ));

    office.printer.set_mood(Mood::Well).unwrap();
    office
        .until(|status| status == (DeviceState::Ready, None))
        .await;
}
