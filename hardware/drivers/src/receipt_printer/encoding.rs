//! A raster as ESC/POS bytes.
//!
//! The `escpos` crate encodes what it encodes well; the job is one buffer that
//! is sent once, because its own printing repeats what was sent when a write
//! fails half-way.

use std::{cell::RefCell, rc::Rc};

use escpos::{driver::Driver, errors::PrinterError, printer::Printer, utils::Protocol};

use super::raster::{ROW_BYTES, Raster};

/// Rows a raster command carries; small printers have small buffers.
const STRIP: usize = 128;
/// Bytes before its dots.
const STRIP_HEAD: usize = 8;
/// From the head to the knife.
const FEED_LINES: u8 = 4;

/// `GS a`: tell every change of status by yourself.
pub(super) const STATUS_BACK: [u8; 3] = [0x1d, 0x61, 0x0f];
/// `GS r 1`: answered when everything before it has been printed.
const FENCE: [u8; 3] = [0x1d, 0x72, 0x01];
/// `DLE EOT 4`: the paper sensors, at once.
pub(super) const ASK_PAPER: [u8; 3] = [0x10, 0x04, 0x04];
/// `DLE EOT 1`: whether it is on line, at once.
pub(super) const ASK_ONLINE: [u8; 3] = [0x10, 0x04, 0x01];

/// Ends a job of which only the front arrived: as many dots as its picture may still want,
/// which a printer that wants none passes over, then a reset and a cut.
pub(super) fn clear_away() -> Vec<u8> {
    let mut bytes = vec![0; STRIP_HEAD + STRIP * ROW_BYTES];
    bytes.extend([0x1b, b'@', 0x1b, b'd', FEED_LINES, 0x1d, b'V', 1]);
    bytes
}

#[derive(Clone, Default)]
struct Buffer(Rc<RefCell<Vec<u8>>>);

impl Driver for Buffer {
    fn name(&self) -> String {
        "buffer".to_owned()
    }

    fn write(&self, data: &[u8]) -> Result<(), PrinterError> {
        self.0.borrow_mut().extend_from_slice(data);
        Ok(())
    }

    fn read(&self, _: &mut [u8]) -> Result<usize, PrinterError> {
        Ok(0)
    }

    fn flush(&self) -> Result<(), PrinterError> {
        Ok(())
    }
}

/// The whole job: reset, status back on, picture, feed, cut, fence.
pub(super) fn job(paper: &Raster) -> Vec<u8> {
    let buffer = Buffer::default();
    let encoded = || -> Result<(), PrinterError> {
        let mut printer = Printer::new(buffer.clone(), Protocol::default(), None);
        printer.init()?.custom(&STATUS_BACK)?;
        for rows in paper.rows.chunks(STRIP) {
            printer.custom(&strip(rows))?;
        }
        printer
            .feeds(FEED_LINES)?
            .partial_cut()?
            .custom(&FENCE)?
            .print()?;
        Ok(())
    };
    if let Err(error) = encoded() {
        tracing::error!(%error, "A receipt could not be encoded");
    }
    buffer.0.take()
}

/// `GS v 0`: width in bytes and height in dots, low byte first.
fn strip(rows: &[[u8; ROW_BYTES]]) -> Vec<u8> {
    let [width_low, width_high, ..] = ROW_BYTES.to_le_bytes();
    let [height_low, height_high, ..] = rows.len().to_le_bytes();
    let mut bytes = vec![
        0x1d,
        0x76,
        0x30,
        0,
        width_low,
        width_high,
        height_low,
        height_high,
    ];
    bytes.extend(rows.iter().flatten());
    bytes
}
