//! The camera: somebody holds a paper with a code before it.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use bench::{
    camera::{Camera as Twin, Mood as TwinMood, PATH},
    socket::Called,
};
use devices::barcode_reader::{BarcodeReaderEvent, BarcodeReaderOrder};
use drivers::{
    Driver, Input, Output,
    barcode_reader::camera::{Camera, CameraEvent, CameraOrder, look},
};

use crate::{
    line::{Bench, Device, Line},
    mood::Mood,
    suite::{Subject, Told, Wired},
};

const CODE: &str = "MT1:6BF+70790T9WJWG.FKY*4GO0";
/// It takes five seconds to miss a picture, and as many to see that nobody answers.
const PATIENCE: Duration = Duration::from_secs(14);
/// In the middle of a picture.
const MID_FRAME: usize = 3_000;

impl Device for Twin {
    fn hangs_up(&mut self) -> bool {
        Called::hangs_up(self)
    }

    fn hung_up(&mut self) {
        Called::hung_up(self);
    }
}

/// A camera whose pictures are looked at in no time.
pub(crate) struct AtOnce {
    camera: Camera,
    outputs: VecDeque<Output<BarcodeReaderEvent>>,
}

impl AtOnce {
    fn look(&mut self, now: Instant) {
        while let Some(output) = self.camera.poll_output() {
            let output = match output {
                Output::Wire(bytes) => Output::Wire(bytes),
                Output::HangUp => Output::HangUp,
                Output::Tell(CameraEvent::Reader(event)) => Output::Tell(event),
                Output::Tell(CameraEvent::Look(picture)) => {
                    let seen = CameraOrder::Seen(look(&picture));
                    self.camera.handle(Input::Order(seen), now);
                    continue;
                }
            };
            self.outputs.push_back(output);
        }
    }
}

impl Driver for AtOnce {
    type Order = BarcodeReaderOrder;
    type Event = BarcodeReaderEvent;

    fn handle(&mut self, input: Input<BarcodeReaderOrder>, now: Instant) {
        let input = match input {
            Input::Order(order) => Input::Order(CameraOrder::Reader(order)),
            Input::Wire(bytes) => Input::Wire(bytes),
            Input::Connected => Input::Connected,
            Input::HungUp => Input::HungUp,
        };
        self.camera.handle(input, now);
        self.look(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.camera.handle_timeout(now);
        self.look(now);
    }

    fn poll_output(&mut self) -> Option<Output<BarcodeReaderEvent>> {
        self.outputs.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.camera.poll_timeout()
    }

    fn wants_line(&self) -> bool {
        self.camera.wants_line()
    }
}

pub(crate) struct Counter(Bench<AtOnce, Twin>);

impl Subject for Counter {
    const DRIVER: &'static str = "camera";
    const JUDGE: &'static str = "ffmpeg";
    const UNITS: u32 = 1;

    fn open() -> Self {
        let settings = format!("http://bench{PATH}").parse().unwrap();
        let driver = AtOnce {
            camera: Camera::new(settings, Instant::now()),
            outputs: VecDeque::new(),
        };
        Self(Bench::connected(driver, Twin::default()))
    }

    fn expected(mood: Mood) -> Option<&'static str> {
        match mood {
            Mood::Well | Mood::Slow => Some("Done"),
            Mood::Dead => Some("called off, BCR-07"),
            Mood::Lying | Mood::Garbage => Some("called off, BCR-08"),
            Mood::Unplugged => Some("called off, BCR-01"),
            Mood::NearEnd | Mood::UsedUp | Mood::CoverOpen | Mood::Jammed => None,
        }
    }

    fn fall_into(&mut self, mood: Mood) {
        match mood {
            Mood::Slow => self.0.twin.set_mood(TwinMood::Slow),
            Mood::Dead => self.0.twin.set_mood(TwinMood::Dead),
            Mood::Lying => self.0.twin.set_mood(TwinMood::Miscounting),
            Mood::Garbage => self.0.line = Line::Noisy,
            Mood::Unplugged => self.0.pulled_after = Some(MID_FRAME),
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
        self.0.twin.hold(CODE);
        self.0.order(BarcodeReaderOrder::Read);
        let is_end = |event: &BarcodeReaderEvent| !matches!(event, BarcodeReaderEvent::Status(_));
        let end = self.0.until(PATIENCE, is_end);
        self.0.order(BarcodeReaderOrder::Cancel);
        self.0.twin.take_away();
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

    /// A camera keeps no books: what counts is what was read.
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

impl Wired for Counter {
    fn storm(&mut self, seed: u64) {
        self.0.storm(seed);
    }

    fn calm(&mut self) {
        self.0.mend();
        self.0.pass(PATIENCE);
    }
}
