//! A camera that gives its pictures as JPEG over HTTP, one replacing the other
//! (`multipart/x-mixed-replace`).
//!
//! It sees people: it is asked for pictures only while a code is wanted, for a moment after,
//! and now and then for one, to know that it would serve. Of the pictures the newest is looked
//! at, a few times a second; somebody else does that ([`look`]), because it takes long.

mod answer;
mod chunks;
mod eye;
mod head;
mod nonsense;
mod parts;
mod picture;
mod repeats;
mod settings;
mod sight;
mod stream;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use devices::{
    DeviceState,
    barcode_reader::{
        BarcodeReaderEvent, BarcodeReaderFault, BarcodeReaderOrder, BarcodeReaderStatus,
    },
};
use nonsense::Nonsense;
use repeats::Repeats;
use stream::Stream;

pub use eye::start;
pub use picture::{BYTES_MAX, Picture};
pub use settings::{CameraAddressFault, CameraSettings};
pub use sight::{Sight, look};

use crate::{Driver, Input, Output};

/// From one look to the next.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// A camera that is well sends ten pictures or more in it.
const PICTURE_WAIT: Duration = Duration::from_secs(5);
/// What answered with nonsense is left alone for so long.
const REST: Duration = Duration::from_secs(3);
/// The next code is often wanted soon, and whether the last one is still held there is seen.
const LINGER: Duration = Duration::from_secs(10);
/// Whether it would serve is asked so often while nobody wants it.
const CHECK_EVERY: Duration = Duration::from_secs(300);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CameraOrder {
    Reader(BarcodeReaderOrder),
    /// What the look that was asked for has brought.
    Seen(Sight),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CameraEvent {
    Reader(BarcodeReaderEvent),
    /// Look at it; no other picture is given out before [`CameraOrder::Seen`].
    Look(Picture),
}

pub struct Camera {
    settings: CameraSettings,
    /// While its line is open.
    stream: Option<Stream>,
    /// A code is wanted.
    reading: bool,
    /// It was, a moment ago.
    lingers_until: Option<Instant>,
    /// A picture is wanted, to know that it serves.
    checking: bool,
    check_at: Option<Instant>,
    rests_until: Option<Instant>,
    picture_due: Option<Instant>,
    /// Since the last picture that was one.
    heard: Heard,
    newest: Option<Picture>,
    looking: Option<Look>,
    next_look_at: Option<Instant>,
    repeats: Repeats,
    /// It was told already that a code is of no use.
    refused: bool,
    status: Option<BarcodeReaderStatus>,
    outputs: VecDeque<Output<CameraEvent>>,
}

/// A picture that somebody looks at.
struct Look {
    /// A code was wanted when it began, and has been since.
    wanted: bool,
}

/// What there is to tell of a camera that sends no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heard {
    Nothing,
    /// It could be connected to.
    Connected,
    /// Something came that is no picture.
    Garbled,
}

impl Camera {
    pub fn new(settings: CameraSettings, now: Instant) -> Self {
        Self {
            settings,
            stream: None,
            reading: false,
            lingers_until: None,
            checking: true,
            check_at: None,
            rests_until: None,
            picture_due: Some(now + PICTURE_WAIT),
            heard: Heard::Nothing,
            newest: None,
            looking: None,
            next_look_at: None,
            repeats: Repeats::default(),
            refused: false,
            status: None,
            outputs: VecDeque::new(),
        }
    }

    fn order(&mut self, order: BarcodeReaderOrder, now: Instant) {
        match order {
            BarcodeReaderOrder::Read => {
                if !std::mem::replace(&mut self.reading, true) {
                    self.refused = false;
                    // While nobody looks, nobody knows how long it has been there.
                    if self.stream.is_none() {
                        self.repeats.out_of_view(now);
                    }
                }
                self.lingers_until = None;
            }
            BarcodeReaderOrder::Cancel => {
                self.reading = false;
                self.lingers_until = None;
                if let Some(look) = &mut self.looking {
                    look.wanted = false;
                }
            }
        }
    }

    fn receive(&mut self, bytes: &[u8], now: Instant) {
        let Some(stream) = &mut self.stream else {
            return;
        };
        match stream.push(bytes) {
            Ok(()) => {
                if let Some(picture) = stream.newest() {
                    self.newest = Some(picture);
                }
            }
            Err(nonsense) => self.hear_nonsense(nonsense, now),
        }
    }

    fn hear_nonsense(&mut self, nonsense: Nonsense, now: Instant) {
        if self.set_fault(Some(BarcodeReaderFault::NoPictureStream)) {
            tracing::warn!(%nonsense, "A camera sent no stream of pictures");
        }
        self.rests_until = Some(now + REST);
    }

    fn seen(&mut self, sight: Sight, now: Instant) {
        let Some(look) = self.looking.take() else {
            return;
        };
        if sight == Sight::NoPicture {
            self.heard = Heard::Garbled;
            return;
        }
        self.heard = Heard::Nothing;
        self.checking = false;
        self.picture_due = Some(now + PICTURE_WAIT);
        self.set_fault(None);
        let wanted = self.reading && look.wanted;
        if !matches!(sight, Sight::Code(_)) {
            self.repeats.forget_unsure();
        }
        match sight {
            Sight::Code(code) if self.repeats.is_repeat(&code, now) => return,
            Sight::Code(code) if wanted && self.repeats.is_sure(&code) => {
                self.repeats.tell(code.clone(), now);
                self.reading = false;
                self.lingers_until = Some(now + LINGER);
                self.tell(BarcodeReaderEvent::Scanned(code));
            }
            Sight::Illegible(fault) if wanted => {
                if !std::mem::replace(&mut self.refused, true) {
                    self.tell(BarcodeReaderEvent::Refused(fault));
                }
            }
            Sight::Code(_) | Sight::Illegible(_) | Sight::Nothing | Sight::NoPicture => {}
        }
        self.repeats.out_of_view(now);
    }

    /// No picture came for long.
    fn miss_pictures(&mut self, now: Instant) {
        if self.looking.is_some() {
            self.picture_due = Some(now + PICTURE_WAIT);
            return;
        }
        let heard = std::mem::replace(&mut self.heard, Heard::Nothing);
        self.set_fault(Some(match heard {
            Heard::Nothing => BarcodeReaderFault::Offline,
            Heard::Connected => BarcodeReaderFault::NoPictures,
            Heard::Garbled => BarcodeReaderFault::NoPictureStream,
        }));
        self.picture_due = Some(now + PICTURE_WAIT);
        if self.stream.is_some() {
            self.rests_until = Some(now + REST);
        }
    }

    /// Follows from what is wanted now, whatever changed it.
    fn settle(&mut self, now: Instant) {
        if self.is_wanted() {
            self.check_at = None;
        } else {
            self.check_at.get_or_insert(now + CHECK_EVERY);
        }
        if !self.wants_line() {
            self.newest = None;
            self.picture_due = None;
            if self.stream.take().is_some() {
                self.outputs.push_back(Output::HangUp);
            }
            return;
        }
        self.picture_due.get_or_insert(now + PICTURE_WAIT);
        let rested = self.next_look_at.is_none_or(|at| at <= now);
        if rested
            && self.looking.is_none()
            && let Some(picture) = self.newest.take()
        {
            let wanted = self.reading;
            self.looking = Some(Look { wanted });
            self.next_look_at = Some(now + LOOK_EVERY);
            self.outputs
                .push_back(Output::Tell(CameraEvent::Look(picture)));
        }
    }

    fn is_wanted(&self) -> bool {
        self.reading || self.lingers_until.is_some() || self.checking
    }

    /// Whether it is news.
    fn set_fault(&mut self, fault: Option<BarcodeReaderFault>) -> bool {
        // It is asked until it serves again.
        self.checking |= fault.is_some();
        let state = match fault {
            None => DeviceState::Ready,
            Some(BarcodeReaderFault::Offline) => DeviceState::Absent,
            Some(
                BarcodeReaderFault::Flood
                | BarcodeReaderFault::NoPictures
                | BarcodeReaderFault::NoPictureStream,
            ) => DeviceState::Faulted,
        };
        let status = BarcodeReaderStatus { state, fault };
        let news = self.status.replace(status) != Some(status);
        if news {
            self.tell(BarcodeReaderEvent::Status(status));
        }
        news
    }

    fn tell(&mut self, event: BarcodeReaderEvent) {
        self.outputs
            .push_back(Output::Tell(CameraEvent::Reader(event)));
    }
}

impl Driver for Camera {
    type Order = CameraOrder;
    type Event = CameraEvent;

    fn handle(&mut self, input: Input<CameraOrder>, now: Instant) {
        match input {
            Input::Order(CameraOrder::Reader(order)) => self.order(order, now),
            Input::Order(CameraOrder::Seen(sight)) => self.seen(sight, now),
            Input::Wire(bytes) => self.receive(&bytes, now),
            Input::Connected => {
                self.stream = Some(Stream::default());
                if self.heard == Heard::Nothing {
                    self.heard = Heard::Connected;
                }
                if self.wants_line() {
                    let question = self.settings.question();
                    self.outputs.push_back(Output::Wire(question));
                }
            }
            Input::HungUp => {
                self.stream = None;
                self.newest = None;
            }
        }
        self.settle(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        let due = |at: &mut Instant| *at <= now;
        self.rests_until.take_if(due);
        self.lingers_until.take_if(due);
        self.checking |= self.check_at.take_if(due).is_some();
        if self.picture_due.take_if(due).is_some() {
            self.miss_pictures(now);
        }
        self.settle(now);
    }

    fn poll_output(&mut self) -> Option<Output<CameraEvent>> {
        self.outputs.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        let waits = self.newest.is_some() && self.looking.is_none();
        let look_at = self.next_look_at.filter(|_| waits);
        [
            self.rests_until,
            self.lingers_until,
            self.check_at,
            self.picture_due,
            look_at,
        ]
        .into_iter()
        .flatten()
        .min()
    }

    fn wants_line(&self) -> bool {
        self.rests_until.is_none() && self.is_wanted()
    }
}
