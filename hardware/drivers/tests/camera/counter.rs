//! A camera on the bench and its driver, in virtual time.

use std::time::{Duration, Instant};

use bench::{
    Twin,
    camera::{Camera as BenchCamera, Mood, PATH},
    socket::Called,
};
use devices::{
    DeviceState,
    barcode_reader::{
        BarcodeReaderEvent, BarcodeReaderFault, BarcodeReaderOrder, BarcodeReaderStatus,
    },
};
use drivers::{
    Driver, Input, Output,
    barcode_reader::camera::{Camera, CameraEvent, CameraOrder, Picture, look},
};

const STEP: Duration = Duration::from_millis(2);

pub(crate) fn scanned(event: &BarcodeReaderEvent) -> Option<&str> {
    match event {
        BarcodeReaderEvent::Scanned(code) => Some(code.text.reveal()),
        BarcodeReaderEvent::Refused(_) | BarcodeReaderEvent::Status(_) => None,
    }
}

pub(crate) fn status(fault: Option<BarcodeReaderFault>) -> BarcodeReaderEvent {
    let state = match fault {
        None => DeviceState::Ready,
        Some(BarcodeReaderFault::Offline) => DeviceState::Absent,
        Some(_) => DeviceState::Faulted,
    };
    BarcodeReaderEvent::Status(BarcodeReaderStatus { state, fault })
}

pub(crate) struct Counter {
    pub(crate) now: Instant,
    pub(crate) twin: BenchCamera,
    pub(crate) plugged: bool,
    /// Into so large pieces the line cuts what it carries.
    pub(crate) piece: usize,
    pub(crate) look_takes: Duration,
    /// Pictures that were looked at.
    pub(crate) looks: u32,
    pub(crate) last_picture: Option<Picture>,
    camera: Camera,
    connected: bool,
    looking: Option<(Instant, Picture)>,
    told: Vec<BarcodeReaderEvent>,
}

impl Counter {
    pub(crate) fn new(mood: Mood) -> Self {
        let now = Instant::now();
        let settings = format!("http://bench{PATH}").parse().unwrap();
        let mut twin = BenchCamera::default();
        twin.set_mood(mood);
        Self {
            now,
            twin,
            plugged: true,
            piece: 1024,
            look_takes: Duration::ZERO,
            looks: 0,
            last_picture: None,
            camera: Camera::new(settings, now),
            connected: false,
            looking: None,
            told: Vec::new(),
        }
    }

    /// It has shown that it serves, and nobody wants anything of it.
    pub(crate) fn open(mood: Mood) -> Self {
        let mut counter = Self::new(mood);
        assert_eq!(counter.pass(Duration::from_secs(4)), [status(None)]);
        counter.looks = 0;
        counter
    }

    pub(crate) fn order(&mut self, order: BarcodeReaderOrder) {
        self.handle(Input::Order(CameraOrder::Reader(order)));
    }

    /// What is told while time goes by.
    pub(crate) fn pass(&mut self, time: Duration) -> Vec<BarcodeReaderEvent> {
        let until = self.now + time;
        while self.now < until {
            self.now += STEP;
            self.step();
        }
        std::mem::take(&mut self.told)
    }

    pub(crate) fn codes_of(&mut self, time: Duration) -> Vec<String> {
        let told = self.pass(time);
        told.iter().filter_map(scanned).map(str::to_owned).collect()
    }

    fn step(&mut self) {
        if !self.connected && self.plugged && self.camera.wants_line() {
            self.connected = true;
            self.handle(Input::Connected);
        }
        if let Some((_, picture)) = self.looking.take_if(|(at, _)| *at <= self.now) {
            let seen = CameraOrder::Seen(look(&picture));
            self.looks += 1;
            self.last_picture = Some(picture);
            self.handle(Input::Order(seen));
        }
        if self.twin.poll_timeout().is_some_and(|due| due <= self.now) {
            self.twin.handle_timeout(self.now);
        }
        while let Some(bytes) = self.twin.poll_wire() {
            for piece in bytes.chunks(self.piece) {
                self.handle(Input::Wire(piece.to_vec()));
            }
        }
        if self.connected && self.twin.hangs_up() {
            self.hang_up();
        }
        let due = |due: Instant| due <= self.now;
        if self.camera.poll_timeout().is_some_and(due) {
            self.camera.handle_timeout(self.now);
            self.carry_out();
        }
    }

    fn hang_up(&mut self) {
        self.connected = false;
        self.twin.hung_up();
        self.handle(Input::HungUp);
    }

    fn handle(&mut self, input: Input<CameraOrder>) {
        self.camera.handle(input, self.now);
        self.carry_out();
    }

    fn carry_out(&mut self) {
        while let Some(output) = self.camera.poll_output() {
            match output {
                Output::Wire(bytes) => self.twin.receive(&bytes, self.now),
                Output::HangUp => self.hang_up(),
                Output::Tell(CameraEvent::Reader(event)) => self.told.push(event),
                Output::Tell(CameraEvent::Look(picture)) => {
                    assert!(self.looking.is_none(), "one look at a time");
                    self.looking = Some((self.now + self.look_takes, picture));
                }
            }
        }
    }
}
