//! The receipt printer: a receipt comes out, whole, and is cut off.

use std::time::Duration;

use bench::receipt_printer::{Mood as TwinMood, ReceiptPrinter as Twin};
use devices::{
    printer::{JobId, PrinterStatus, Supply},
    receipt_printer::{ReceiptPrinterEvent, ReceiptPrinterOrder},
};
use drivers::receipt_printer::{Typeface, escpos_thermal::EscPosThermal, lay_out};
use sheet::{Line as SheetLine, Sheet};

use crate::{
    line::{Bench, Device, Line},
    mood::Mood,
    suite::{Subject, Told, Wired},
};

const SETTLES: Duration = Duration::from_secs(30);
const PATIENCE: Duration = Duration::from_secs(60);
/// In the middle of a picture.
const MID_FRAME: usize = 4_000;

impl Device for Twin {}

pub(crate) struct Receipt {
    bench: Bench<EscPosThermal, Twin>,
    jobs: u32,
}

fn sheet() -> Sheet {
    Sheet::new([
        SheetLine::Heading("영수증".to_owned()),
        SheetLine::Rule,
        SheetLine::Amount {
            label: "수수료".to_owned(),
            amount_won: 400,
        },
        SheetLine::Code("ABCD-EFGH".to_owned()),
    ])
}

impl Receipt {
    fn status(&self) -> Option<&PrinterStatus> {
        self.bench.told.iter().rev().find_map(|event| match event {
            ReceiptPrinterEvent::Status(status) => Some(status),
            _ => None,
        })
    }
}

impl Subject for Receipt {
    const DRIVER: &'static str = "receipt printer";
    const JUDGE: &'static str = "emupos";
    const UNITS: u32 = 1;

    fn open() -> Self {
        let driver = EscPosThermal::new(Typeface::of_debian().unwrap());
        Self {
            bench: Bench::connected(driver, Twin::default()),
            jobs: 0,
        }
    }

    fn expected(mood: Mood) -> Option<&'static str> {
        Some(match mood {
            Mood::Well | Mood::Slow => "Done",
            Mood::NearEnd => "Done, paper low",
            Mood::UsedUp => "NotDone PTR-01",
            Mood::CoverOpen => "NotDone PTR-03",
            Mood::Jammed => "NotDone PTR-04",
            Mood::Dead | Mood::Garbage => "NotDone PTR-05",
            Mood::Lying => "Unknown PTR-05",
            Mood::Unplugged => "Unknown PTR-06",
        })
    }

    fn fall_into(&mut self, mood: Mood) {
        let twin = match mood {
            Mood::NearEnd => TwinMood::PaperLow,
            Mood::UsedUp => TwinMood::PaperOut,
            Mood::CoverOpen => TwinMood::CoverOpen,
            Mood::Jammed => TwinMood::CutterStuck,
            Mood::Dead => TwinMood::Dead,
            Mood::Lying => TwinMood::Lying,
            Mood::Well | Mood::Slow | Mood::Unplugged | Mood::Garbage => TwinMood::Well,
        };
        self.bench.twin.set_mood(twin);
        match mood {
            Mood::Slow => self.bench.line = Line::Slow(Duration::from_millis(150)),
            Mood::Garbage => self.bench.line = Line::Noisy,
            Mood::Unplugged => self.bench.pulled_after = Some(MID_FRAME),
            // It is found out when the next receipt is printed.
            Mood::Dead => {}
            _ => self.bench.pass(SETTLES),
        }
    }

    fn recover(&mut self) {
        self.bench.mend();
        self.bench.twin.set_mood(TwinMood::Well);
        self.bench.pass(SETTLES);
    }

    fn deed(&mut self) -> Told {
        self.jobs += 1;
        self.bench.forget();
        self.bench.order(ReceiptPrinterOrder::Print {
            job: JobId::new(format!("r-{}", self.jobs)),
            sheet: sheet(),
        });
        let is_end = |event: &ReceiptPrinterEvent| !matches!(event, ReceiptPrinterEvent::Status(_));
        match self.bench.until(PATIENCE, is_end).unwrap() {
            ReceiptPrinterEvent::Printed { .. } => Told::Done { units: 1 },
            ReceiptPrinterEvent::NotPrinted { fault, .. } => Told::NotDone {
                units: 0,
                why: fault.code(),
            },
            ReceiptPrinterEvent::Unknown { fault, .. } => Told::Unknown {
                most: 1,
                why: fault.code(),
            },
            ReceiptPrinterEvent::Status(_) => unreachable!(),
        }
    }

    /// Papers with the whole receipt and nothing before it.
    fn books(&self) -> u32 {
        let wanted = lay_out(&sheet(), &Typeface::of_debian().unwrap());
        let papers = self.bench.twin.papers().iter();
        let whole = papers.filter(|it| it.rows.starts_with(&wanted.rows));
        u32::try_from(whole.count()).unwrap()
    }

    fn ends(&self) -> usize {
        let is_end = |it: &&ReceiptPrinterEvent| !matches!(it, ReceiptPrinterEvent::Status(_));
        self.bench.told.iter().filter(is_end).count()
    }

    fn trouble(&self) -> Option<String> {
        let status = self.status()?;
        let low = || (status.paper == Supply::Low).then(|| "paper low".to_owned());
        status.fault.map(|fault| fault.code()).or_else(low)
    }
}

impl Wired for Receipt {
    fn storm(&mut self, seed: u64) {
        self.bench.storm(seed);
    }

    fn calm(&mut self) {
        self.bench.mend();
        self.bench.pass(PATIENCE);
    }
}
