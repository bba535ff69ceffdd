//! The chip-card reader, through the machine's own PC/SC service.

use std::time::Duration;

use bench::{
    chip_card::{ChipCardReader, Mood as TwinMood},
    people::PEOPLE,
};
use devices::{
    DeviceState,
    card_reader::{CardReaderEvent, CardReaderOrder},
};
use drivers::card_reader::pcsc::{PcscSettings, start};
use jiff::civil::date;
use tokio::{
    runtime::{Builder, Runtime},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::timeout,
};

use crate::{
    mood::Mood,
    suite::{Subject, Told},
};

const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct ChipCard {
    runtime: Runtime,
    reader: ChipCardReader,
    orders: UnboundedSender<CardReaderOrder>,
    news: UnboundedReceiver<CardReaderEvent>,
    told: Vec<CardReaderEvent>,
    mood: TwinMood,
}

impl ChipCard {
    fn until(&mut self, wanted: impl Fn(&CardReaderEvent) -> bool) -> CardReaderEvent {
        loop {
            let next = async { timeout(PATIENCE, self.news.recv()).await };
            let event = self.runtime.block_on(next).expect("told in time").unwrap();
            self.told.push(event.clone());
            if wanted(&event) {
                return event;
            }
        }
    }
}

impl Subject for ChipCard {
    const DRIVER: &'static str = "chip card";
    const JUDGE: &'static str = "pcscd+vpcd";
    const UNITS: u32 = 1;

    fn open() -> Self {
        let reader = ChipCardReader::plug_in().unwrap();
        let settings = PcscSettings {
            reader: ChipCardReader::NAME.to_owned(),
        };
        let (tell, news) = unbounded_channel();
        let today = || date(2026, 11, 25);
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let orders = {
            let _within = runtime.enter();
            start(&settings, today, move |event| drop(tell.send(event))).unwrap()
        };
        let mut subject = Self {
            runtime,
            reader,
            orders,
            news,
            told: Vec::new(),
            mood: TwinMood::Well,
        };
        subject.until(
            |event| matches!(event, CardReaderEvent::Status(it) if it.state == DeviceState::Ready),
        );
        subject
    }

    fn expected(mood: Mood) -> Option<&'static str> {
        match mood {
            Mood::Well | Mood::Slow => Some("Done"),
            Mood::Dead | Mood::Garbage => Some("NotDone Unreadable"),
            Mood::Lying => Some("NotDone Damaged"),
            Mood::Unplugged => Some("NotDone removed"),
            Mood::NearEnd | Mood::UsedUp | Mood::CoverOpen | Mood::Jammed => None,
        }
    }

    fn fall_into(&mut self, mood: Mood) {
        self.mood = match mood {
            Mood::Slow => TwinMood::Slow,
            Mood::Dead => TwinMood::Mute,
            Mood::Garbage => TwinMood::Garbled,
            Mood::Lying => TwinMood::Damaged,
            Mood::Unplugged => TwinMood::Snatched,
            _ => TwinMood::Well,
        };
    }

    fn recover(&mut self) {
        self.mood = TwinMood::Well;
    }

    fn deed(&mut self) -> Told {
        self.orders.send(CardReaderOrder::Accept).unwrap();
        self.reader.insert(PEOPLE[0], self.mood).unwrap();
        let end = self.until(|event| *event != CardReaderEvent::Inserted);
        self.orders.send(CardReaderOrder::Release).unwrap();
        self.reader.pull();
        if end != CardReaderEvent::Removed {
            self.until(|event| *event == CardReaderEvent::Removed);
        }
        match end {
            CardReaderEvent::Read(_) => Told::Done { units: 1 },
            CardReaderEvent::Refused(fault) => Told::NotDone {
                units: 0,
                why: format!("{fault:?}"),
            },
            CardReaderEvent::Removed => Told::NotDone {
                units: 0,
                why: "removed".to_owned(),
            },
            other => panic!("{other:?}"),
        }
    }

    /// Readers keep no books: what counts is who was read.
    fn books(&self) -> u32 {
        let right = |event: &&CardReaderEvent| {
            matches!(event, CardReaderEvent::Read(holder)
                if holder.name.reveal() == PEOPLE[0].name
                && holder.resident_number.reveal() == PEOPLE[0].resident_number)
        };
        u32::try_from(self.told.iter().filter(right).count()).unwrap()
    }

    fn ends(&self) -> usize {
        let is_end = |it: &&CardReaderEvent| {
            matches!(it, CardReaderEvent::Read(_) | CardReaderEvent::Refused(_))
        };
        self.told.iter().filter(is_end).count()
    }

    fn trouble(&self) -> Option<String> {
        let status = self.told.iter().rev().find_map(|event| match event {
            CardReaderEvent::Status(status) => Some(status.state),
            _ => None,
        });
        status
            .filter(|state| *state != DeviceState::Ready)
            .map(|state| format!("{state:?}"))
    }
}
