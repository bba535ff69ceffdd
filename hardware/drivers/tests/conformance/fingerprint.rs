//! The fingerprint reader: `minwon-fingerprint` with libfprint's virtual reader, and fingers
//! of nobody on it.

use std::time::Duration;

use bench::fingerprint_reader::{Finger, FingerprintReader, Impression, Process, Touch, program};
use devices::{
    DeviceState,
    biometric::{BiometricEvent, BiometricOrder, BiometricStatus, Template, Verdict},
};
use drivers::biometric::{LibfprintSettings, start};
use tempfile::TempDir;
use tokio::{
    runtime::{Builder, Runtime},
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::timeout,
};

use crate::{
    mood::Mood,
    suite::{Subject, Told},
};

const LOOKING: Duration = Duration::from_secs(3);
const PATIENCE: Duration = Duration::from_secs(30);
/// Nothing is told in the middle of a slow image.
const SILENCE: Duration = Duration::from_millis(200);

pub(crate) struct Fingerprint {
    runtime: Runtime,
    reader: FingerprintReader,
    orders: UnboundedSender<BiometricOrder>,
    news: UnboundedReceiver<BiometricEvent>,
    told: Vec<BiometricEvent>,
    template: Option<Template>,
    look: Impression,
    mood: Mood,
    stopped: Option<Process>,
    _folder: TempDir,
}

impl Fingerprint {
    fn until(&mut self, wanted: impl Fn(&BiometricEvent) -> bool) -> BiometricEvent {
        loop {
            let next = async { timeout(PATIENCE, self.news.recv()).await };
            let event = self.runtime.block_on(next).expect("told in time").unwrap();
            self.told.push(event.clone());
            if wanted(&event) {
                return event;
            }
        }
    }

    fn order(&self, order: BiometricOrder) {
        self.orders.send(order).unwrap();
    }

    fn status(&self) -> Option<BiometricStatus> {
        self.told.iter().rev().find_map(|event| match event {
            BiometricEvent::Status(status) => Some(*status),
            _ => None,
        })
    }

    fn until_ready(&mut self) {
        let ready = |it: BiometricStatus| it.state == DeviceState::Ready;
        if !self.status().is_some_and(ready) {
            self.until(|event| matches!(event, BiometricEvent::Status(it) if ready(*it)));
        }
    }

    fn until_trouble(&mut self) {
        self.until(|event| matches!(event, BiometricEvent::Status(it) if it.fault.is_some()));
    }

    /// The process may be another one, which knows of no finger.
    fn import(&mut self) {
        self.until_ready();
        let template = self.template.clone().unwrap();
        self.order(BiometricOrder::Import(template));
        self.until(|event| *event == BiometricEvent::Imported);
    }

    /// Somebody was asked to put the finger on.
    fn present(&mut self) {
        match self.mood {
            Mood::Slow => self.press_slowly(),
            Mood::Dead => self.stopped = Some(Process::of_this_program().unwrap().stop().unwrap()),
            Mood::Lying => self.reader.press(&Impression::blank()).unwrap(),
            Mood::Garbage => {
                let mut contact = self.reader.touch().unwrap();
                // libfprint may hang up before it has all of it.
                let _ = contact.bytes(&[0x7e; 4000]);
            }
            Mood::Unplugged => {
                let mut contact = self.reader.touch().unwrap();
                contact.by_hand().unwrap();
                contact.put_on().unwrap();
                self.until(|event| *event == BiometricEvent::SubjectDetected);
                contact.unplug().unwrap();
            }
            _ => self.reader.press(&self.look).unwrap(),
        }
    }

    fn press_slowly(&mut self) {
        let mut contact = self.reader.touch().unwrap();
        contact.by_hand().unwrap();
        contact.put_on().unwrap();
        self.until(|event| *event == BiometricEvent::SubjectDetected);
        let image = self.look.to_message();
        for piece in image.chunks(image.len() / 4) {
            let silence = async { timeout(SILENCE, self.news.recv()).await };
            assert!(self.runtime.block_on(silence).is_err(), "half an image");
            contact.bytes(piece).unwrap();
        }
        self.until(|event| *event == BiometricEvent::RemoveSubject);
        contact.take_off().unwrap();
    }
}

impl Subject for Fingerprint {
    const DRIVER: &'static str = "fingerprint";
    const JUDGE: &'static str = "libfprint";
    const UNITS: u32 = 1;

    fn open() -> Self {
        let folder = TempDir::new().unwrap();
        let socket = folder.path().join("reader");
        let settings = LibfprintSettings {
            program: program(),
            driver: "virtual_image".to_owned(),
            patience: LOOKING,
            virtual_reader: Some(socket.clone()),
        };
        let (tell, news) = unbounded_channel();
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let orders = {
            let _within = runtime.enter();
            start(settings, move |event| drop(tell.send(event)))
        };
        let finger = Finger::new(1);
        let touch = Touch {
            turned: 6.0,
            shifted: (8.0, -9.0),
            seed: 3,
            ..Touch::default()
        };
        let mut subject = Self {
            runtime,
            reader: FingerprintReader::new(&socket),
            orders,
            news,
            told: Vec::new(),
            template: None,
            look: finger.put_on(touch),
            mood: Mood::Well,
            stopped: None,
            _folder: folder,
        };
        subject.until_ready();
        subject.order(BiometricOrder::Read);
        let enrolled = finger.put_on(Touch::default());
        while subject.template.is_none() {
            let news = [BiometricEvent::PresentSubject];
            let end = subject
                .until(|event| news.contains(event) || matches!(event, BiometricEvent::Read(_)));
            match end {
                BiometricEvent::Read(template) => subject.template = Some(template),
                _ => subject.reader.press(&enrolled).unwrap(),
            }
        }
        subject.told.clear();
        subject.order(BiometricOrder::Clear);
        subject.until(|event| *event == BiometricEvent::DataCleared);
        subject.import();
        subject
    }

    fn expected(mood: Mood) -> Option<&'static str> {
        match mood {
            Mood::Well | Mood::Slow => Some("Done"),
            Mood::Dead => Some("NotDone BIO-11, BIO-05"),
            Mood::Lying | Mood::Garbage => Some("NotDone BIO-11"),
            Mood::Unplugged => Some("NotDone BIO-13, BIO-02"),
            Mood::NearEnd | Mood::UsedUp | Mood::CoverOpen | Mood::Jammed => None,
        }
    }

    fn fall_into(&mut self, mood: Mood) {
        self.mood = mood;
    }

    fn recover(&mut self) {
        self.mood = Mood::Well;
        self.stopped = None;
        self.import();
    }

    fn deed(&mut self) -> Told {
        self.order(BiometricOrder::Match);
        let end = loop {
            let next = self.until(|event| {
                matches!(
                    event,
                    BiometricEvent::PresentSubject
                        | BiometricEvent::Compared(_)
                        | BiometricEvent::Failed(_)
                )
            });
            match next {
                BiometricEvent::PresentSubject => self.present(),
                end => break end,
            }
        };
        if matches!(self.mood, Mood::Dead | Mood::Unplugged) {
            self.until_trouble();
        }
        match end {
            BiometricEvent::Compared(Verdict::Matched) => Told::Done { units: 1 },
            BiometricEvent::Failed(fault) => Told::NotDone {
                units: 0,
                why: fault.code().to_owned(),
            },
            other => panic!("{other:?}"),
        }
    }

    /// A reader keeps no books: what counts is how often the right finger was known.
    fn books(&self) -> u32 {
        let known = BiometricEvent::Compared(Verdict::Matched);
        u32::try_from(self.told.iter().filter(|it| **it == known).count()).unwrap()
    }

    fn ends(&self) -> usize {
        let is_end = |it: &&BiometricEvent| {
            matches!(it, BiometricEvent::Compared(_) | BiometricEvent::Failed(_))
        };
        self.told.iter().filter(is_end).count()
    }

    fn trouble(&self) -> Option<String> {
        Some(self.status()?.fault?.code().to_owned())
    }
}
