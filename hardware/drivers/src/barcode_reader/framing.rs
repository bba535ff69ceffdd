//! Where one code ends and the next begins on a serial line.

use std::time::Duration;

use devices::barcode_reader::{Barcode, DATA_MAX, ScanFault, Symbology};
use privacy::Personal;
use zeroize::Zeroize;

use super::aim;

/// Stands between the elements of a GS1 code.
const GROUP: char = '\u{1d}';

/// Whether a code is text; what else stands in it is for machines.
pub(super) fn legible(code: &str) -> bool {
    code.chars().all(|it| !it.is_control() || it == GROUP)
}

/// How a scanner is set to send its codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framing {
    /// What stands before each code; usually nothing.
    pub prefix: Vec<u8>,
    pub ending: Ending,
    /// After so long a silence no more comes of a code.
    pub gap: Duration,
    /// Each code has the identifier of its symbology before it (ISO/IEC 15424).
    pub identifies: bool,
}

/// By what the end of a code is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// A carriage return, a line feed, or both.
    Line,
    Suffix(Vec<u8>),
    /// Nothing but the silence after it.
    Silence,
}

impl Default for Framing {
    /// As scanners leave their makers.
    fn default() -> Self {
        Self {
            prefix: Vec::new(),
            ending: Ending::Line,
            gap: Duration::from_millis(300),
            identifies: false,
        }
    }
}

/// Collects bytes until they are a code, or cannot be one.
#[derive(Debug)]
pub(super) struct Collector {
    framing: Framing,
    bytes: Vec<u8>,
    /// Everything up to the end is of a code that was refused already.
    refused: bool,
}

impl Collector {
    pub(super) fn new(framing: Framing) -> Self {
        Self {
            framing,
            bytes: Vec::new(),
            refused: false,
        }
    }

    pub(super) fn gap(&self) -> Duration {
        self.framing.gap
    }

    /// Whether a code has begun and not ended.
    pub(super) fn is_within(&self) -> bool {
        self.refused || !self.bytes.is_empty()
    }

    /// Takes one byte; answers when with it a code ends, or is too long.
    pub(super) fn push(&mut self, byte: u8) -> Option<Result<Barcode, ScanFault>> {
        if self.framing.ending == Ending::Line && matches!(byte, b'\r' | b'\n') {
            return self.end();
        }
        self.bytes.push(byte);
        if let Ending::Suffix(suffix) = &self.framing.ending
            && self.bytes.ends_with(suffix)
        {
            let length = self.bytes.len() - suffix.len();
            self.bytes.truncate(length);
            return self.end();
        }
        let longest = DATA_MAX + self.around();
        if self.refused {
            // As much as a suffix needs to be known by.
            let spare = self.bytes.len().saturating_sub(self.around());
            drop(self.bytes.drain(..spare));
        } else if self.bytes.len() > longest {
            self.bytes.zeroize();
            self.refused = true;
            return Some(Err(ScanFault::TooLong));
        }
        None
    }

    /// Nothing came for as long as [`Framing::gap`].
    pub(super) fn silence(&mut self) -> Option<Result<Barcode, ScanFault>> {
        if self.framing.ending == Ending::Silence {
            return self.end();
        }
        let cut_off = !self.bytes.is_empty() && !self.refused;
        self.forget();
        cut_off.then_some(Err(ScanFault::CutOff))
    }

    pub(super) fn forget(&mut self) {
        self.bytes.zeroize();
        self.refused = false;
    }

    /// Bytes of a frame that are not the code's.
    fn around(&self) -> usize {
        let suffix = match &self.framing.ending {
            Ending::Suffix(suffix) => suffix.len(),
            Ending::Line | Ending::Silence => 0,
        };
        let identifier = if self.framing.identifies { 3 } else { 0 };
        self.framing.prefix.len() + suffix + identifier
    }

    /// An end without anything before it is the second half of one, or noise.
    fn end(&mut self) -> Option<Result<Barcode, ScanFault>> {
        let read = (!self.refused && !self.bytes.is_empty()).then(|| self.read());
        self.forget();
        read
    }

    fn read(&self) -> Result<Barcode, ScanFault> {
        let code = self.bytes.strip_prefix(self.framing.prefix.as_slice());
        let code = code.ok_or(ScanFault::Unframed)?;
        let text = std::str::from_utf8(code).map_err(|_| ScanFault::Garbage)?;
        let (symbology, text) = if self.framing.identifies {
            aim::split(text).ok_or(ScanFault::Unframed)?
        } else {
            (Symbology::Unknown, text)
        };
        if !legible(text) {
            return Err(ScanFault::Garbage);
        }
        if text.is_empty() {
            return Err(ScanFault::Unframed);
        }
        Ok(Barcode {
            symbology,
            text: Personal::new(text.to_owned()),
        })
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}
