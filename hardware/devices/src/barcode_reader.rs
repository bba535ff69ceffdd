//! The barcode-reader class: whatever code somebody holds before it, read once it is wanted.

use privacy::Personal;

use crate::DeviceState;

/// More bytes than any code holds (ISO/IEC 18004: 4,296 characters, in a version 40 symbol;
/// 7,089 digits).
pub const DATA_MAX: usize = 7_089;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarcodeReaderOrder {
    /// Tell the next code.
    Read,
    /// Tell none any more.
    Cancel,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BarcodeReaderEvent {
    /// A code was read; another one is told when it is wanted anew.
    Scanned(Barcode),
    /// Something came that is no code; the reader goes on waiting for one.
    Refused(ScanFault),
    Status(BarcodeReaderStatus),
}

/// What a code says. It may be about a person: a certificate's seal is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Barcode {
    pub symbology: Symbology,
    pub text: Personal<String>,
}

/// Of which kind a code is, where the reader says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Symbology {
    #[default]
    Unknown,
    Qr,
    DataMatrix,
    Pdf417,
    Aztec,
    Code39,
    Code128,
    Ean,
    /// Another one of ISO/IEC 15424.
    Other,
}

/// Why what was read is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScanFault {
    #[error("the code broke off before its end")]
    CutOff,
    #[error("the code is longer than any")]
    TooLong,
    #[error("the code has bytes in it that are no text")]
    Garbage,
    #[error("the code lacks what this reader puts before each")]
    Unframed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BarcodeReaderStatus {
    pub state: DeviceState,
    pub fault: Option<BarcodeReaderFault>,
}

/// What is wrong with the reader itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BarcodeReaderFault {
    #[error("the reader's line cannot be opened")]
    Offline,
    #[error("the reader sends without end")]
    Flood,
    #[error("the camera sends no pictures")]
    NoPictures,
    #[error("the camera's address gives something that is no stream of pictures")]
    NoPictureStream,
}

impl ScanFault {
    /// The code a technician finds in the manual.
    pub fn code(self) -> &'static str {
        match self {
            ScanFault::CutOff => "BCR-03",
            ScanFault::TooLong => "BCR-04",
            ScanFault::Garbage => "BCR-05",
            ScanFault::Unframed => "BCR-06",
        }
    }
}

impl BarcodeReaderFault {
    /// The code a technician finds in the manual.
    pub fn code(self) -> &'static str {
        match self {
            BarcodeReaderFault::Offline => "BCR-01",
            BarcodeReaderFault::Flood => "BCR-02",
            BarcodeReaderFault::NoPictures => "BCR-07",
            BarcodeReaderFault::NoPictureStream => "BCR-08",
        }
    }
}
