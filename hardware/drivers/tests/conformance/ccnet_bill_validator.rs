//! The CCNET bill validator: a note into the escrow, and on into the box.

use std::time::Duration;

use bench::ccnet_bill_validator::{CcnetBillValidator as Twin, Mood as TwinMood};
use drivers::cash::ccnet::{
    BillValidatorEvent as Event, BillValidatorOrder as Order, CcnetBillValidator,
};

use crate::{
    line::{Bench, Device, Line},
    mood::Mood,
    suite::{Subject, Told, Wired},
};

const NOTE_WON: u32 = 10_000;
const SETTLES: Duration = Duration::from_secs(20);
const SOON: Duration = Duration::from_secs(15);
const PATIENCE: Duration = Duration::from_secs(60);
/// In the middle of an answer about the note.
const MID_FRAME: usize = 17;

impl Device for Twin {}

pub(crate) struct CcnetNote {
    bench: Bench<CcnetBillValidator, Twin>,
    /// The line is pulled in the middle of the deed.
    pulls: bool,
}

impl CcnetNote {
    fn until(&mut self, wanted: impl Fn(&Event) -> bool) -> Option<Event> {
        self.bench.until(SOON, wanted)
    }

    fn why(&self) -> String {
        self.trouble().unwrap_or_else(|| "Rejected".to_owned())
    }
}

impl Subject for CcnetNote {
    const DRIVER: &'static str = "ccnet validator";
    const JUDGE: &'static str = "cashcode";
    const UNITS: u32 = NOTE_WON;

    fn open() -> Self {
        let mut bench = Bench::connected(CcnetBillValidator::default(), Twin::default());
        bench.pass(SETTLES);
        Self {
            bench,
            pulls: false,
        }
    }

    fn expected(mood: Mood) -> Option<&'static str> {
        match mood {
            Mood::Well | Mood::Slow | Mood::Lying => Some("Done"),
            Mood::UsedUp => Some("NotDone BoxFull"),
            Mood::Jammed => Some("Unknown Jammed"),
            Mood::Dead | Mood::Garbage => Some("NotDone Silent"),
            Mood::Unplugged => Some("Unknown Absent"),
            Mood::NearEnd | Mood::CoverOpen => None,
        }
    }

    fn fall_into(&mut self, mood: Mood) {
        self.pulls = mood == Mood::Unplugged;
        match mood {
            Mood::Slow => self.bench.line = Line::Slow(Duration::from_millis(5)),
            Mood::Garbage => self.bench.line = Line::Noisy,
            Mood::Dead => self.bench.twin.mood = TwinMood::Dead,
            Mood::Jammed => self.bench.twin.mood = TwinMood::Jammed,
            Mood::UsedUp => self.bench.twin.mood = TwinMood::Full,
            Mood::Lying => self.bench.twin.mood = TwinMood::Stuttering,
            _ => {}
        }
        self.bench.pass(SETTLES);
    }

    fn recover(&mut self) {
        self.pulls = false;
        self.bench.twin.clear_jam();
        self.bench.mend();
        self.bench.pass(PATIENCE);
    }

    fn deed(&mut self) -> Told {
        self.bench.forget();
        self.bench.order(Order::Open);
        self.bench.pass(SOON);
        self.bench.twin.insert(NOTE_WON, self.bench.now);
        let escrowed = self.until(|it| matches!(it, Event::Escrowed { .. }));
        let mut end = None;
        if escrowed.is_some() {
            if self.pulls {
                self.bench.pulled_after = Some(MID_FRAME);
            }
            self.bench.order(Order::Stack);
            end = self.until(|it| matches!(it, Event::Stacked { .. } | Event::Returned { .. }));
        }
        self.bench.order(Order::Shut);
        self.until(|it| *it == Event::Shut);
        match end {
            Some(Event::Stacked { value_won }) => Told::Done { units: value_won },
            None if escrowed.is_some() => Told::Unknown {
                most: NOTE_WON,
                why: self.why(),
            },
            _ => Told::NotDone {
                units: 0,
                why: self.why(),
            },
        }
    }

    fn books(&self) -> u32 {
        self.bench.twin.stacked_won()
    }

    fn ends(&self) -> usize {
        let is_end = |it: &&Event| matches!(it, Event::Stacked { .. });
        self.bench.told.iter().filter(is_end).count()
    }

    fn trouble(&self) -> Option<String> {
        let status = self.bench.told.iter().rev().find_map(|event| match event {
            Event::Status(status) => Some(*status),
            _ => None,
        })?;
        let absent = status.state == devices::DeviceState::Absent;
        let absent = absent.then(|| format!("{:?}", status.state));
        status.fault.map(|fault| format!("{fault:?}")).or(absent)
    }
}

impl Wired for CcnetNote {
    fn storm(&mut self, seed: u64) {
        self.bench.storm(seed);
    }

    fn calm(&mut self) {
        self.recover();
    }
}
