//! The scanner: somebody holds a code to it.

use std::time::Duration;

use bench::barcode_reader::{BarcodeReader as Twin, Mood as TwinMood};
use devices::barcode_reader::{BarcodeReaderEvent, BarcodeReaderOrder};
use drivers::barcode_reader::{Framing, SerialScanner};

use crate::{
    line::{Bench, Device, Line},
    mood::Mood,
    suite::{Subject, Told, Wired},
};

const CODE: &str = "MT1:6BF+70790T9WJWG.FKY*4GO0";
const PATIENCE: Duration = Duration::from_secs(5);

impl Device for Twin {}

pub(crate) struct Scanner(Bench<SerialScanner, Twin>);

impl Subject for Scanner {
    const DRIVER: &'static str = "barcode scanner";
    const JUDGE: &'static str = "emupos";
    const UNITS: u32 = 1;

    fn open() -> Self {
        let driver = SerialScanner::new(Framing::default());
        Self(Bench::connected(driver, Twin::default()))
    }

    fn expected(mood: Mood) -> Option<&'static str> {
        match mood {
            Mood::Well | Mood::Slow | Mood::Lying => Some("Done"),
            Mood::Dead => Some("called off"),
            Mood::Unplugged => Some("called off, BCR-01"),
            Mood::Garbage => Some("NotDone BCR-03"),
            Mood::NearEnd | Mood::UsedUp | Mood::CoverOpen | Mood::Jammed => None,
        }
    }

    fn fall_into(&mut self, mood: Mood) {
        match mood {
            Mood::Slow => self.0.line = Line::Slow(Duration::from_millis(50)),
            Mood::Dead => self.0.twin.set_mood(TwinMood::Dead),
            Mood::Lying => self.0.twin.set_mood(TwinMood::Stuttering),
            Mood::Garbage => self.0.line = Line::Noisy,
            Mood::Unplugged => self.0.pulled_after = Some(CODE.len() / 2),
            _ => {}
        }
    }

    fn recover(&mut self) {
        self.0.twin.set_mood(TwinMood::Well);
        self.0.mend();
        self.0.pass(PATIENCE);
    }

    fn deed(&mut self) -> Told {
        self.0.forget();
        self.0.order(BarcodeReaderOrder::Read);
        self.0.twin.hold(CODE.as_bytes(), self.0.now);
        let is_end = |event: &BarcodeReaderEvent| !matches!(event, BarcodeReaderEvent::Status(_));
        let end = self.0.until(PATIENCE, is_end);
        self.0.order(BarcodeReaderOrder::Cancel);
        self.0.pass(PATIENCE);
        match end {
            Some(BarcodeReaderEvent::Scanned(_)) => Told::Done { units: 1 },
            Some(BarcodeReaderEvent::Refused(fault)) => Told::NotDone {
                units: 0,
                why: fault.code().to_owned(),
            },
            Some(BarcodeReaderEvent::Status(_)) | None => Told::CalledOff,
        }
    }

    /// A scanner keeps no books: what counts is what was read.
    fn books(&self) -> u32 {
        let right = |event: &&BarcodeReaderEvent| matches!(event, BarcodeReaderEvent::Scanned(code) if code.text.reveal() == CODE);
        u32::try_from(self.0.told.iter().filter(right).count()).unwrap()
    }

    fn ends(&self) -> usize {
        let is_end = |it: &&BarcodeReaderEvent| !matches!(it, BarcodeReaderEvent::Status(_));
        self.0.told.iter().filter(is_end).count()
    }

    fn trouble(&self) -> Option<String> {
        let status = self.0.told.iter().rev().find_map(|event| match event {
            BarcodeReaderEvent::Status(status) => Some(*status),
            _ => None,
        });
        Some(status?.fault?.code().to_owned())
    }
}

impl Wired for Scanner {
    fn storm(&mut self, seed: u64) {
        self.0.storm(seed);
    }

    fn calm(&mut self) {
        self.0.mend();
        self.0.pass(PATIENCE);
    }
}
