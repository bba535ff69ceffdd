//! A serial insertion reader for magnetic stripes (ISO/IEC 7811, text output).
//!
//! The reader sends a line when a card goes in (`I`), when it leaves (`R`), and
//! between them track 3 as the stripe holds it: `+`, the data, `?` and the check
//! character, which is the exclusive or of all before it.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use devices::{
    DeviceState,
    card_reader::{
        CardFault, CardHolder, CardReaderEvent, CardReaderOrder, CardReaderStatus, Track,
    },
};
use jiff::civil::Date;
use privacy::Personal;
use zeroize::Zeroize;

use super::identity_profile::read_profile;
use crate::{Driver, Input, Output};

/// Longer than any track; more is noise.
const LINE_MAX: usize = 256;
/// After so long a silence no more comes of a line.
const SILENCE: Duration = Duration::from_millis(500);
/// From insertion to the track; a stripe is read while the card goes in.
const READ_TIMEOUT: Duration = Duration::from_secs(3);

pub struct MagneticStripeReader {
    today: Box<dyn Fn() -> Date + Send>,
    /// A card is wanted; what is read otherwise is nobody's business.
    accepting: bool,
    tells_tracks: bool,
    inserted: bool,
    due: Option<Instant>,
    line: Vec<u8>,
    /// The line is too long; everything up to its end is noise.
    overlong: bool,
    last_byte: Option<Instant>,
    outputs: VecDeque<Output<CardReaderEvent>>,
}

impl MagneticStripeReader {
    /// `today` is asked whenever a card is read: a card counts up to the end of
    /// its last month.
    pub fn new(today: impl Fn() -> Date + Send + 'static) -> Self {
        Self {
            today: Box::new(today),
            accepting: false,
            tells_tracks: false,
            inserted: false,
            due: None,
            line: Vec::new(),
            overlong: false,
            last_byte: None,
            outputs: VecDeque::new(),
        }
    }

    /// Also tells what stands on a stripe, whoever's card it is.
    #[must_use]
    pub fn telling_tracks(self) -> Self {
        Self {
            tells_tracks: true,
            ..self
        }
    }
}

impl Driver for MagneticStripeReader {
    type Order = CardReaderOrder;
    type Event = CardReaderEvent;

    fn handle(&mut self, input: Input<CardReaderOrder>, now: Instant) {
        match input {
            Input::Order(CardReaderOrder::Accept) => {
                self.accepting = true;
                // A stripe is read while it goes in; one that lies in already has
                // to come out again, and whoever waits has to be told so.
                if self.inserted && self.due.is_none() {
                    self.due = Some(now + READ_TIMEOUT);
                }
            }
            Input::Order(CardReaderOrder::Release) => {
                self.accepting = false;
                self.due = None;
                // The latch opens; a reader without one ignores it.
                self.outputs.push_back(Output::Wire(b"E\r".to_vec()));
            }
            Input::Wire(bytes) => {
                let silent = |last| now.saturating_duration_since(last) >= SILENCE;
                // Noise that nothing ended must not swallow the card that comes next.
                if self.last_byte.replace(now).is_some_and(silent) {
                    self.forget_line();
                }
                bytes.into_iter().for_each(|byte| self.receive(byte, now));
            }
            Input::Connected => {
                self.forget_line();
                self.status(DeviceState::Ready);
                // Asks whether a card is in.
                self.outputs.push_back(Output::Wire(b"S\r".to_vec()));
            }
            Input::HungUp => {
                self.forget_line();
                if std::mem::take(&mut self.inserted) {
                    self.tell(CardReaderEvent::Removed);
                }
                self.due = None;
                self.status(DeviceState::Absent);
            }
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        if self.due.is_some_and(|due| due <= now) {
            self.due = None;
            self.tell(CardReaderEvent::Refused(CardFault::Unreadable));
        }
    }

    fn poll_output(&mut self) -> Option<Output<CardReaderEvent>> {
        self.outputs.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.due
    }
}

impl MagneticStripeReader {
    fn receive(&mut self, byte: u8, now: Instant) {
        if byte == b'\r' || byte == b'\n' {
            let mut line = std::mem::take(&mut self.line);
            if !std::mem::take(&mut self.overlong) && !line.is_empty() {
                self.read(&line, now);
            }
            line.zeroize();
        } else if self.line.len() < LINE_MAX {
            self.line.push(byte);
        } else {
            self.overlong = true;
        }
    }

    fn read(&mut self, line: &[u8], now: Instant) {
        match line {
            b"I" if !self.inserted => {
                self.inserted = true;
                self.tell(CardReaderEvent::Inserted);
                self.due = self.accepting.then(|| now + READ_TIMEOUT);
            }
            b"R" if self.inserted => {
                self.inserted = false;
                self.due = None;
                self.tell(CardReaderEvent::Removed);
            }
            // Said twice, or a track nobody asked for.
            b"I" | b"R" => {}
            track @ [b'+', ..] if self.due.is_some() => {
                self.due = None;
                if self.tells_tracks {
                    let data = data(track).map(<[u8]>::to_vec).map(Personal::new);
                    self.tell(CardReaderEvent::Track(data.map(|data| Track { data })));
                }
                self.tell(match read_track(track, (self.today)()) {
                    Ok(holder) => CardReaderEvent::Read(holder),
                    Err(fault) => CardReaderEvent::Refused(fault),
                });
            }
            _ => {}
        }
    }

    fn forget_line(&mut self) {
        self.line.zeroize();
        self.overlong = false;
    }

    fn status(&mut self, state: DeviceState) {
        self.tell(CardReaderEvent::Status(CardReaderStatus { state }));
    }

    fn tell(&mut self, event: CardReaderEvent) {
        self.outputs.push_back(Output::Tell(event));
    }
}

/// What stands between the sentinels, if the check character confirms it.
fn data(track: &[u8]) -> Result<&[u8], CardFault> {
    let [b'+', data @ .., b'?', check] = track else {
        return Err(CardFault::Unreadable);
    };
    let sum = track[..track.len() - 1]
        .iter()
        .fold(0, |sum, byte| sum ^ byte);
    if printable(sum) != *check {
        return Err(CardFault::Damaged);
    }
    Ok(data)
}

/// Takes a track apart: sentinels, check character, profile.
fn read_track(track: &[u8], today: Date) -> Result<CardHolder, CardFault> {
    read_profile(data(track)?, today)
}

/// A check character as readers print it: six bits above the space.
fn printable(sum: u8) -> u8 {
    (sum & 0x3f) + b' '
}
