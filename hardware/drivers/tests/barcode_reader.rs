//! Codes, as a scanner tells them: the driver before the bench's twin in all its moods,
//! frames of every kind, noise, and a real line.

#![allow(clippy::unwrap_used)]

#[path = "barcode_reader/frames.rs"]
mod frames;
#[path = "barcode_reader/noise.rs"]
mod noise;

use std::time::{Duration, Instant};

use bench::{
    Twin,
    barcode_reader::{BarcodeReader as BenchReader, Mood},
    pty::Plug,
};
use devices::{
    DeviceState,
    barcode_reader::{
        BarcodeReaderEvent, BarcodeReaderFault, BarcodeReaderOrder, BarcodeReaderStatus, ScanFault,
    },
};
use drivers::{
    Driver, Input, Output,
    barcode_reader::{Framing, SerialScanner},
    port::{SerialSettings, start},
};

const CODE: &str = "MT1:6BF+70790T9WJWG.FKY*4GO0";

fn told(driver: &mut SerialScanner) -> Vec<BarcodeReaderEvent> {
    let mut told = Vec::new();
    while let Some(output) = driver.poll_output() {
        match output {
            Output::Tell(event) => told.push(event),
            Output::Wire(bytes) => panic!("a scanner takes no orders: {bytes:?}"),
            Output::HangUp => panic!("it breaks nothing off"),
        }
    }
    told
}

fn scanned(event: &BarcodeReaderEvent) -> Option<&str> {
    match event {
        BarcodeReaderEvent::Scanned(code) => Some(code.text.reveal()),
        BarcodeReaderEvent::Refused(_) | BarcodeReaderEvent::Status(_) => None,
    }
}

fn status(fault: Option<BarcodeReaderFault>) -> BarcodeReaderEvent {
    let state = match fault {
        None => DeviceState::Ready,
        Some(BarcodeReaderFault::Offline) => DeviceState::Absent,
        Some(
            BarcodeReaderFault::Flood
            | BarcodeReaderFault::NoPictures
            | BarcodeReaderFault::NoPictureStream,
        ) => DeviceState::Faulted,
    };
    BarcodeReaderEvent::Status(BarcodeReaderStatus { state, fault })
}

/// A scanner on the bench and its driver, in virtual time.
struct Counter {
    now: Instant,
    twin: BenchReader,
    driver: SerialScanner,
}

impl Counter {
    fn open(mood: Mood) -> Self {
        let now = Instant::now();
        let (mut twin, mut driver) = (
            BenchReader::default(),
            SerialScanner::new(Framing::default()),
        );
        twin.set_mood(mood);
        driver.handle(Input::Connected, now);
        assert_eq!(told(&mut driver), [status(None)]);
        Self { now, twin, driver }
    }

    fn order(&mut self, order: BarcodeReaderOrder) {
        self.driver.handle(Input::Order(order), self.now);
    }

    fn hold(&mut self, code: &str) {
        self.twin.hold(code.as_bytes(), self.now);
    }

    /// Lets time go by in steps, bytes going over the line as they come.
    fn pass(&mut self, time: Duration) -> Vec<BarcodeReaderEvent> {
        let until = self.now + time;
        let mut heard = Vec::new();
        while self.now < until {
            self.now += Duration::from_millis(1);
            if self.twin.poll_timeout().is_some_and(|due| due <= self.now) {
                self.twin.handle_timeout(self.now);
            }
            while let Some(bytes) = self.twin.poll_wire() {
                for piece in bytes.chunks(7) {
                    self.driver.handle(Input::Wire(piece.to_vec()), self.now);
                }
            }
            if self
                .driver
                .poll_timeout()
                .is_some_and(|due| due <= self.now)
            {
                self.driver.handle_timeout(self.now);
            }
            heard.extend(told(&mut self.driver));
        }
        heard
    }
}

/// What is told when a paper is held to a scanner of this mood.
fn hold(mood: Mood) -> Vec<BarcodeReaderEvent> {
    let mut counter = Counter::open(mood);
    counter.order(BarcodeReaderOrder::Read);
    counter.hold(CODE);
    counter.pass(Duration::from_secs(3))
}

#[test]
fn a_code_is_told_once_however_slowly_or_often_it_comes() {
    for mood in [Mood::Well, Mood::Slow, Mood::Stuttering] {
        let told = hold(mood);

        assert_eq!(told.len(), 1, "{mood:?}: {told:?}");
        assert_eq!(scanned(&told[0]), Some(CODE), "{mood:?}");
    }
}

#[test]
fn what_is_no_code_is_refused_by_its_name_and_once() {
    for (mood, fault, name) in [
        (Mood::Garbage, ScanFault::Garbage, "BCR-05"),
        (Mood::CutOff, ScanFault::CutOff, "BCR-03"),
    ] {
        assert_eq!(hold(mood), [BarcodeReaderEvent::Refused(fault)], "{mood:?}");
        assert_eq!(fault.code(), name);
    }
    assert_eq!(hold(Mood::Dead), []);
}

#[test]
fn a_scanner_that_sends_without_end_is_out_of_service_until_it_is_quiet() {
    let mut counter = Counter::open(Mood::Flood);
    counter.order(BarcodeReaderOrder::Read);
    counter.hold(CODE);

    let flooded = [
        BarcodeReaderEvent::Refused(ScanFault::TooLong),
        status(Some(BarcodeReaderFault::Flood)),
    ];
    assert_eq!(counter.pass(Duration::from_secs(5)), flooded);
    assert_eq!(BarcodeReaderFault::Flood.code(), "BCR-02");

    counter.twin.set_mood(Mood::Well);
    assert_eq!(counter.pass(Duration::from_secs(2)), [status(None)]);
    counter.hold(CODE);
    let told = counter.pass(Duration::from_secs(1));
    assert_eq!(told.iter().map(scanned).collect::<Vec<_>>(), [Some(CODE)]);
}

#[test]
fn a_code_that_nobody_wants_or_that_began_before_is_nobodys() {
    let mut counter = Counter::open(Mood::Well);
    counter.hold(CODE);
    assert_eq!(counter.pass(Duration::from_secs(1)), []);

    counter.twin.set_mood(Mood::Slow);
    counter.hold("too early");
    counter.pass(Duration::from_millis(100));
    counter.order(BarcodeReaderOrder::Read);
    assert_eq!(counter.pass(Duration::from_secs(1)), []);

    counter.twin.set_mood(Mood::Well);
    counter.hold("in time");
    counter.hold("a second one");
    let told = counter.pass(Duration::from_secs(1));
    let texts: Vec<_> = told.iter().filter_map(scanned).collect();
    assert_eq!(texts, ["in time"]);

    counter.order(BarcodeReaderOrder::Read);
    counter.order(BarcodeReaderOrder::Cancel);
    counter.hold("too late");
    assert_eq!(counter.pass(Duration::from_secs(1)), []);
}

#[test]
fn what_a_code_says_stays_out_of_every_log() {
    let told = hold(Mood::Well);

    assert!(!format!("{told:?}").contains(CODE), "{told:?}");
}

#[tokio::test]
async fn a_code_comes_over_a_real_line_which_may_be_pulled_and_put_back() {
    let plug = Plug::host(BenchReader::default()).unwrap();
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let settings = SerialSettings {
        path: plug.path().to_path_buf(),
        baud: 9600,
    };
    let driver = SerialScanner::new(Framing::default());
    let orders = start(driver, settings, move |event| drop(tell.send(event)));
    let mut next = async || {
        tokio::time::timeout(Duration::from_secs(20), told.recv())
            .await
            .unwrap()
            .unwrap()
    };
    assert_eq!(next().await, status(None));

    orders.send(BarcodeReaderOrder::Read).unwrap();
    plug.with(|reader| reader.hold(CODE.as_bytes(), Instant::now()));
    assert_eq!(scanned(&next().await), Some(CODE));

    plug.unplug();
    assert_eq!(next().await, status(Some(BarcodeReaderFault::Offline)));
    orders.send(BarcodeReaderOrder::Read).unwrap();
    plug.plug();
    assert_eq!(next().await, status(None));
    plug.with(|reader| reader.hold(CODE.as_bytes(), Instant::now()));
    assert_eq!(scanned(&next().await), Some(CODE));
}
