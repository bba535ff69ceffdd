//! The motor card reader: somebody's card is drawn in, they are known by it, and it comes back.

use std::time::Duration;

use bench::{
    motor_card_reader::{Mood as TwinMood, MotorCardReader as Twin},
    people::PEOPLE,
};
use devices::{
    DeviceState,
    card_reader::{CardReaderEvent, CardReaderOrder},
};
use drivers::card_reader::motor::MotorCardReader;
use jiff::civil::date;

use crate::{
    line::{Bench, Device, Line},
    mood::Mood,
    suite::{Subject, Told, Wired},
};

const PATIENCE: Duration = Duration::from_secs(20);
/// The slot opens and a card is held to it.
const OPENS: Duration = Duration::from_secs(4);
/// Longer than a reset that never ends is waited for.
const SETTLES: Duration = Duration::from_secs(90);
/// From the card at the slot to the middle of its tracks.
const MID_FRAME: usize = 120;

impl Device for Twin {}

pub(crate) struct Motor {
    bench: Bench<MotorCardReader, Twin>,
    /// The line is pulled in the middle of the deed.
    pulls: bool,
}

impl Motor {
    fn is_right(event: &CardReaderEvent) -> bool {
        matches!(event, CardReaderEvent::Read(holder)
            if holder.name.reveal() == PEOPLE[0].name
            && holder.resident_number.reveal() == PEOPLE[0].resident_number)
    }

    fn hand_back(&mut self) {
        self.bench.order(CardReaderOrder::Release);
        self.bench.pass(PATIENCE);
        self.bench.twin.pull();
        self.bench.pass(PATIENCE);
    }
}

impl Subject for Motor {
    const DRIVER: &'static str = "motor card reader";
    const JUDGE: &'static str = "none";
    const UNITS: u32 = 1;

    fn open() -> Self {
        let driver = MotorCardReader::new(|| date(2026, 11, 24));
        let mut bench = Bench::connected(driver, Twin::default());
        bench.pass(PATIENCE);
        Self {
            bench,
            pulls: false,
        }
    }

    fn expected(mood: Mood) -> Option<&'static str> {
        match mood {
            Mood::Well | Mood::Slow | Mood::Lying => Some("Done"),
            Mood::Dead | Mood::Garbage => Some("called off, Absent"),
            Mood::Unplugged => Some("NotDone removed, Absent"),
            Mood::Jammed => Some("NotDone Unreadable, Faulted"),
            Mood::NearEnd | Mood::UsedUp | Mood::CoverOpen => None,
        }
    }

    fn fall_into(&mut self, mood: Mood) {
        self.pulls = mood == Mood::Unplugged;
        match mood {
            Mood::Slow => self.bench.line = Line::Slow(Duration::from_millis(10)),
            Mood::Dead => self.bench.line = Line::Dead,
            Mood::Garbage => self.bench.line = Line::Noisy,
            Mood::Jammed => self.bench.twin.mood = TwinMood::Jammed,
            Mood::Lying => self.bench.twin.mood = TwinMood::Straying,
            _ => {}
        }
    }

    fn recover(&mut self) {
        self.pulls = false;
        self.bench.twin.mood = TwinMood::Well;
        self.bench.mend();
        self.bench.pass(SETTLES);
        self.hand_back();
    }

    fn deed(&mut self) -> Told {
        self.bench.forget();
        self.bench.order(CardReaderOrder::Accept);
        self.bench.pass(OPENS);
        self.bench.twin.insert(PEOPLE[0], self.bench.now);
        if self.pulls {
            self.bench.pulled_after = Some(MID_FRAME);
        }
        let end = self.bench.until(PATIENCE, |event| {
            !matches!(
                event,
                CardReaderEvent::Inserted | CardReaderEvent::Status(_)
            )
        });
        self.hand_back();
        match end {
            Some(CardReaderEvent::Read(_)) => Told::Done { units: 1 },
            Some(CardReaderEvent::Refused(fault)) => Told::NotDone {
                units: 0,
                why: format!("{fault:?}"),
            },
            Some(_) => Told::NotDone {
                units: 0,
                why: "removed".to_owned(),
            },
            None => Told::CalledOff,
        }
    }

    /// Readers keep no books: what counts is who was read.
    fn books(&self) -> u32 {
        let right = self.bench.told.iter().filter(|event| Self::is_right(event));
        u32::try_from(right.count()).unwrap()
    }

    fn ends(&self) -> usize {
        let is_end = |it: &&CardReaderEvent| {
            matches!(it, CardReaderEvent::Read(_) | CardReaderEvent::Refused(_))
        };
        self.bench.told.iter().filter(is_end).count()
    }

    fn trouble(&self) -> Option<String> {
        let status = self.bench.told.iter().rev().find_map(|event| match event {
            CardReaderEvent::Status(status) => Some(status.state),
            _ => None,
        });
        status
            .filter(|state| *state != DeviceState::Ready)
            .map(|state| format!("{state:?}"))
    }
}

impl Wired for Motor {
    fn storm(&mut self, seed: u64) {
        self.bench.storm(seed);
    }

    fn calm(&mut self) {
        self.recover();
    }
}
