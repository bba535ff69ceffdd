//! A kiosk's driver, its process, and the reader before which somebody stands.

use std::{path::Path, time::Duration};

use bench::fingerprint_reader::{FingerprintReader, Impression};
use devices::{
    DeviceState,
    biometric::{BiometricEvent, BiometricFault, BiometricOrder, BiometricStatus, Template},
};
use drivers::biometric::{LibfprintSettings, start};
use tempfile::TempDir;
use tokio::{
    runtime::{Builder, Runtime},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::timeout,
};

const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Counter {
    pub(crate) reader: FingerprintReader,
    pub(crate) told: Vec<BiometricEvent>,
    pub(crate) template: Option<Template>,
    status: Option<BiometricStatus>,
    orders: UnboundedSender<BiometricOrder>,
    news: UnboundedReceiver<BiometricEvent>,
    runtime: Runtime,
    _folder: TempDir,
}

impl Counter {
    pub(crate) fn open(program: &Path, patience: Duration) -> Self {
        let mut counter = Self::begin(program, "virtual_image", patience);
        counter.until_ready();
        counter
    }

    pub(crate) fn begin(program: &Path, driver: &str, patience: Duration) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("reader");
        let settings = LibfprintSettings {
            program: program.to_owned(),
            driver: driver.to_owned(),
            patience,
            virtual_reader: Some(socket.clone()),
        };
        let (tell, news) = unbounded_channel();
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let orders = {
            let _within = runtime.enter();
            start(settings, move |event| drop(tell.send(event)))
        };
        Self {
            reader: FingerprintReader::new(&socket),
            told: Vec::new(),
            template: None,
            status: None,
            orders,
            news,
            runtime,
            _folder: folder,
        }
    }

    pub(crate) fn order(&self, order: BiometricOrder) {
        self.orders.send(order).unwrap();
    }

    pub(crate) fn next(&mut self) -> BiometricEvent {
        let next = async { timeout(PATIENCE, self.news.recv()).await };
        let event = self.runtime.block_on(next);
        let event = event.unwrap_or_else(|_| panic!("nothing after {:?}", self.told));
        let event = event.unwrap();
        if let BiometricEvent::Status(status) = event {
            self.status = Some(status);
        }
        self.told.push(event.clone());
        event
    }

    pub(crate) fn until(&mut self, wanted: &BiometricEvent) {
        while self.next() != *wanted {}
    }

    pub(crate) fn until_status(&mut self, state: DeviceState, fault: Option<BiometricFault>) {
        let wanted = Some(BiometricStatus { state, fault });
        while self.status != wanted {
            self.next();
        }
    }

    pub(crate) fn until_ready(&mut self) {
        self.until_status(DeviceState::Ready, None);
    }

    pub(crate) fn import(&mut self) {
        self.until_ready();
        let template = self.template.clone().unwrap();
        self.order(BiometricOrder::Import(template));
        self.until(&BiometricEvent::Imported);
    }

    /// Puts the finger on when it is asked for; answers the end.
    pub(crate) fn compare(&mut self, look: &Impression) -> BiometricEvent {
        self.order(BiometricOrder::Match);
        loop {
            match self.next() {
                BiometricEvent::PresentSubject => self.reader.press(look).unwrap(),
                end @ (BiometricEvent::Compared(_) | BiometricEvent::Failed(_)) => return end,
                _ => {}
            }
        }
    }
}
