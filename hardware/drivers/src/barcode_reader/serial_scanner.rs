//! A scanner that sends each code it reads as text over a serial line.
//!
//! It takes no orders: a code that nobody wants is dropped here, and so is one that began
//! before it was wanted. What sends without a pause is no scanner that somebody holds a
//! paper to, and is out of service until it is quiet.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use devices::{
    DeviceState,
    barcode_reader::{
        Barcode, BarcodeReaderEvent, BarcodeReaderFault, BarcodeReaderOrder, BarcodeReaderStatus,
        DATA_MAX, ScanFault,
    },
};

use super::framing::{Collector, Framing};
use crate::{Driver, Input, Output};

/// So many bytes without a pause are of no hand that holds papers to a reader.
const FLOOD: usize = 4 * DATA_MAX;
/// After so long a silence a flood is over, and what comes is somebody's paper again.
const QUIET: Duration = Duration::from_secs(1);

pub struct SerialScanner {
    collector: Collector,
    /// A code is wanted.
    reading: bool,
    /// What comes began before it was wanted.
    stale: bool,
    connected: bool,
    flooded: bool,
    /// It was told already that what comes is no code.
    refused: bool,
    /// Bytes since it was last quiet.
    without_pause: usize,
    last_byte: Option<Instant>,
    outputs: VecDeque<Output<BarcodeReaderEvent>>,
}

impl SerialScanner {
    pub fn new(framing: Framing) -> Self {
        Self {
            collector: Collector::new(framing),
            reading: false,
            stale: false,
            connected: false,
            flooded: false,
            refused: false,
            without_pause: 0,
            last_byte: None,
            outputs: VecDeque::new(),
        }
    }

    fn receive(&mut self, bytes: &[u8], now: Instant) {
        self.notice_silence(now);
        self.last_byte = Some(now);
        self.without_pause = self.without_pause.saturating_add(bytes.len());
        for byte in bytes {
            if let Some(read) = self.collector.push(*byte) {
                self.read(read);
            }
            self.stale &= self.collector.is_within();
        }
        if self.without_pause > FLOOD && !self.flooded {
            self.flooded = true;
            self.status();
        }
    }

    /// What the time since the last byte says; a thread that slept may be told late.
    fn notice_silence(&mut self, now: Instant) {
        let Some(last) = self.last_byte else {
            return;
        };
        let silent = now.saturating_duration_since(last);
        if silent >= self.collector.gap() && self.collector.is_within() {
            if let Some(read) = self.collector.silence() {
                self.read(read);
            }
            self.stale = false;
        }
        if silent >= self.quiet() {
            self.last_byte = None;
            self.without_pause = 0;
            self.refused = false;
            if std::mem::take(&mut self.flooded) {
                self.status();
            }
        }
    }

    fn read(&mut self, read: Result<Barcode, ScanFault>) {
        if !self.reading || self.stale || self.flooded {
            return;
        }
        match read {
            Ok(code) => {
                self.reading = false;
                self.tell(BarcodeReaderEvent::Scanned(code));
            }
            // Noise is refused once, not line by line.
            Err(fault) => {
                if !std::mem::replace(&mut self.refused, true) {
                    self.tell(BarcodeReaderEvent::Refused(fault));
                }
            }
        }
    }

    fn quiet(&self) -> Duration {
        QUIET.max(self.collector.gap())
    }

    fn begin_anew(&mut self) {
        self.collector.forget();
        self.stale = false;
        self.flooded = false;
        self.refused = false;
        self.without_pause = 0;
        self.last_byte = None;
    }

    fn status(&mut self) {
        let (state, fault) = match (self.connected, self.flooded) {
            (false, _) => (DeviceState::Absent, Some(BarcodeReaderFault::Offline)),
            (true, true) => (DeviceState::Faulted, Some(BarcodeReaderFault::Flood)),
            (true, false) => (DeviceState::Ready, None),
        };
        self.tell(BarcodeReaderEvent::Status(BarcodeReaderStatus {
            state,
            fault,
        }));
    }

    fn tell(&mut self, event: BarcodeReaderEvent) {
        self.outputs.push_back(Output::Tell(event));
    }
}

impl Driver for SerialScanner {
    type Order = BarcodeReaderOrder;
    type Event = BarcodeReaderEvent;

    fn handle(&mut self, input: Input<BarcodeReaderOrder>, now: Instant) {
        match input {
            Input::Order(BarcodeReaderOrder::Read) => {
                self.notice_silence(now);
                if !std::mem::replace(&mut self.reading, true) {
                    self.stale = self.collector.is_within();
                    self.refused = false;
                }
            }
            Input::Order(BarcodeReaderOrder::Cancel) => self.reading = false,
            Input::Wire(bytes) => self.receive(&bytes, now),
            Input::Connected => {
                self.begin_anew();
                self.connected = true;
                self.status();
            }
            Input::HungUp => {
                self.begin_anew();
                self.connected = false;
                self.status();
            }
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.notice_silence(now);
    }

    fn poll_output(&mut self) -> Option<Output<BarcodeReaderEvent>> {
        self.outputs.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        let last = self.last_byte?;
        let within = self.collector.is_within();
        let wait = if within {
            self.collector.gap()
        } else {
            self.quiet()
        };
        Some(last + wait)
    }
}
