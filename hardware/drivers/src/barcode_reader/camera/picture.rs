//! One picture of a camera: JPEG as it came, and the grey dots that are in it.

use std::fmt;

use zeroize::Zeroizing;
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

/// A camera of 4K sends about two megabytes.
pub const BYTES_MAX: usize = 4 << 20;
/// As wide and as high as 4K either way up; asked before anything is decoded.
const SIDE_MAX: usize = 4096;
const DOTS_MAX: usize = 3840 * 2160;
/// A code that fills a tenth of a picture is read from so many dots; more take longer.
const DOTS_ENOUGH: usize = 1920 * 1080;
/// ISO/IEC 10918-1, B.1.1.3.
const END_OF_IMAGE: [u8; 2] = [0xff, 0xd9];
/// What is progressive may send every dot anew in each of its scans.
const SCANS_MAX: usize = 12;

/// A picture may show a person or a paper: it is wiped, and no log says what is in it.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture(Zeroizing<Vec<u8>>);

impl Picture {
    /// A picture of at most [`BYTES_MAX`] bytes; whether it is one is seen by looking at it.
    pub fn new(jpeg: Vec<u8>) -> Option<Self> {
        let jpeg = Zeroizing::new(jpeg);
        (!jpeg.is_empty() && jpeg.len() <= BYTES_MAX).then_some(Self(jpeg))
    }

    /// How bright it is, dot by dot; `None` when it is no JPEG, or too large a one.
    pub(super) fn brightness(&self) -> Option<Brightness> {
        if !self.is_whole() {
            return None;
        }
        let options = DecoderOptions::default()
            .set_max_width(SIDE_MAX)
            .set_max_height(SIDE_MAX)
            .jpeg_set_max_scans(SCANS_MAX)
            .jpeg_set_out_colorspace(ColorSpace::Luma);
        let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&self.0[..]), options);
        decoder.decode_headers().ok()?;
        let (width, height) = decoder.dimensions()?;
        if width.checked_mul(height)? > DOTS_MAX {
            return None;
        }
        let dots = Zeroizing::new(decoder.decode().ok()?);
        let mut brightness = Brightness {
            width,
            height,
            dots,
        };
        if brightness.dots.len() != width * height {
            return None;
        }
        while brightness.dots.len() > DOTS_ENOUGH {
            brightness = brightness.halved();
        }
        Some(brightness)
    }

    /// Whether it has its end, behind which some cameras fill up to a round length. Else it
    /// broke off, and nobody knows what stood below.
    fn is_whole(&self) -> bool {
        let filled = |byte: &u8| matches!(byte, 0 | b'\r' | b'\n');
        let end = self.0.iter().rposition(|byte| !filled(byte));
        end.is_some_and(|end| self.0[..=end].ends_with(&END_OF_IMAGE))
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[picture of {} bytes]", self.0.len())
    }
}

/// Row by row, from black to white.
pub(super) struct Brightness {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) dots: Zeroizing<Vec<u8>>,
}

impl Brightness {
    /// Of half the width and height; each dot is the mean of four.
    fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut dots = Zeroizing::new(Vec::with_capacity(width * height));
        let rows = self.dots.chunks_exact(self.width);
        for (upper, lower) in rows.clone().step_by(2).zip(rows.skip(1).step_by(2)) {
            let pairs = upper.chunks_exact(2).zip(lower.chunks_exact(2));
            dots.extend(pairs.map(|(upper, lower)| {
                let sum: u16 = upper.iter().chain(lower).map(|dot| u16::from(*dot)).sum();
                u8::try_from(sum / 4).unwrap_or(u8::MAX)
            }));
        }
        Self {
            width,
            height,
            dots,
        }
    }
}
