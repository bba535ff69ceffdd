//! The document printer, which somebody else wrote: a sheet comes out, once.

use std::{path::PathBuf, sync::Arc, time::Duration};

use bench::{
    cable::Cable,
    document_printer::{DocumentPrinter, Mood as TwinMood},
};
use devices::{
    DeviceState,
    document_printer::{DocumentPrinterEvent, DocumentPrinterOrder},
    printer::{JobId, PrinterStatus, Supply},
};
use drivers::document_printer::ipp_everywhere::{IppSettings, start};
use tokio::{
    runtime::{Builder, Runtime},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::timeout,
};

use crate::{
    mood::Mood,
    suite::{Subject, Told},
};

/// Longer than a job is waited for.
const PATIENCE: Duration = Duration::from_secs(90);

pub(crate) struct Document {
    runtime: Runtime,
    printer: DocumentPrinter,
    cable: Cable,
    orders: UnboundedSender<DocumentPrinterOrder>,
    news: UnboundedReceiver<DocumentPrinterEvent>,
    told: Vec<DocumentPrinterEvent>,
    /// The cable is cut as soon as the printer has the document.
    cuts: bool,
    /// Its tray is about to be empty, which it tells with the next job.
    low: bool,
    jobs: u32,
    folder: PathBuf,
}

impl Document {
    fn next(&mut self) -> DocumentPrinterEvent {
        let next = async { timeout(PATIENCE, self.news.recv()).await };
        let event = self.runtime.block_on(next).expect("told in time").unwrap();
        self.told.push(event.clone());
        event
    }

    fn status(&self) -> Option<&PrinterStatus> {
        self.told.iter().rev().find_map(|event| match event {
            DocumentPrinterEvent::Status(status) => Some(status),
            _ => None,
        })
    }

    fn until_status(&mut self, wanted: impl Fn(&PrinterStatus) -> bool) {
        while !self.status().is_some_and(&wanted) {
            self.next();
        }
    }
}

fn is_end(event: &DocumentPrinterEvent) -> bool {
    matches!(
        event,
        DocumentPrinterEvent::Printed { .. }
            | DocumentPrinterEvent::NotPrinted { .. }
            | DocumentPrinterEvent::Unknown { .. }
    )
}

impl Subject for Document {
    const DRIVER: &'static str = "document printer";
    const JUDGE: &'static str = "ippeveprinter";
    const UNITS: u32 = 1;

    fn open() -> Self {
        let folder = std::env::temp_dir().join(format!("minwon-laws-{}", std::process::id()));
        let printer = DocumentPrinter::start(&folder).unwrap();
        let port = printer.uri();
        let port = port.split([':', '/']).find_map(|it| it.parse::<u16>().ok());
        let cable = Cable::to(([127, 0, 0, 1], port.unwrap()).into()).unwrap();
        let settings = IppSettings {
            uri: format!("{}/ipp/print", cable.url().replace("https", "ipp")),
        };
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let (tell, news) = unbounded_channel();
        let starting = async { start(&settings, move |event| drop(tell.send(event))) };
        let orders = runtime.block_on(starting).unwrap();
        let mut subject = Self {
            runtime,
            printer,
            cable,
            orders,
            news,
            told: Vec::new(),
            cuts: false,
            low: false,
            jobs: 0,
            folder,
        };
        subject.until_status(|status| status.state == DeviceState::Ready);
        subject
    }

    fn expected(mood: Mood) -> Option<&'static str> {
        match mood {
            Mood::Well | Mood::Slow => Some("Done"),
            Mood::NearEnd => Some("Done, paper low"),
            Mood::UsedUp => Some("NotDone PTR-01"),
            // It keeps the sheet, and prints it when the cover is shut.
            Mood::CoverOpen => Some("Unknown PTR-03"),
            Mood::Jammed => Some("NotDone PTR-02"),
            Mood::Dead | Mood::Unplugged | Mood::Garbage => Some("Unknown PTR-06"),
            // This one's own words are its evidence.
            Mood::Lying => None,
        }
    }

    fn fall_into(&mut self, mood: Mood) {
        let twin = match mood {
            Mood::Slow | Mood::Unplugged => TwinMood::Slow,
            Mood::NearEnd => TwinMood::PaperLow,
            Mood::UsedUp => TwinMood::PaperOut,
            Mood::CoverOpen => TwinMood::CoverOpen,
            Mood::Jammed => TwinMood::Jam,
            Mood::Dead => TwinMood::Dead,
            Mood::Well | Mood::Lying | Mood::Garbage => TwinMood::Well,
        };
        self.printer.set_mood(twin).unwrap();
        self.cuts = mood == Mood::Unplugged;
        self.low = mood == Mood::NearEnd;
        if mood == Mood::Garbage {
            self.cable.spoil();
        }
        if mood == Mood::UsedUp {
            self.until_status(|status| status.fault.is_some());
        }
    }

    fn recover(&mut self) {
        self.cable.mend();
        self.low = false;
        self.cuts = false;
        self.printer.set_mood(TwinMood::Well).unwrap();
        self.until_status(|status| {
            status.state == DeviceState::Ready
                && status.fault.is_none()
                && status.paper == Supply::Full
        });
    }

    fn deed(&mut self) -> Told {
        self.jobs += 1;
        let order = DocumentPrinterOrder::Print {
            job: JobId::new(format!("2611-{:04}", self.jobs)),
            document: Arc::from(&b"%PDF-1.7\n%invented\n"[..]),
            pages: 1,
        };
        self.orders.send(order).unwrap();
        let end = loop {
            let event = self.next();
            if is_end(&event) {
                break event;
            }
            if self.cuts && matches!(event, DocumentPrinterEvent::Accepted { .. }) {
                self.cable.cut();
            }
        };
        if self.low {
            self.until_status(|status| status.paper == Supply::Low);
        }
        match end {
            DocumentPrinterEvent::Printed { .. } => Told::Done { units: 1 },
            DocumentPrinterEvent::NotPrinted { fault, .. } => Told::NotDone {
                units: 0,
                why: fault.code(),
            },
            DocumentPrinterEvent::Unknown { fault, .. } => Told::Unknown {
                most: 1,
                why: fault.code(),
            },
            other => panic!("{other:?}"),
        }
    }

    fn books(&self) -> u32 {
        u32::try_from(self.printer.printed().unwrap().len()).unwrap()
    }

    fn ends(&self) -> usize {
        self.told.iter().filter(|event| is_end(event)).count()
    }

    fn trouble(&self) -> Option<String> {
        let status = self.status()?;
        let low = || (status.paper == Supply::Low).then(|| "paper low".to_owned());
        status.fault.map(|fault| fault.code()).or_else(low)
    }
}

impl Drop for Document {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
