//! Finds the seal, or any square code, in a picture of a paper.

use std::{collections::BTreeSet, io::Cursor};

use image::{GrayImage, ImageReader, Limits, Luma};
use rxing::{BarcodeFormat, DecodeHints, helpers::detect_multiple_in_luma_with_hints};

/// A page at 600 dpi has 35 million dots.
const BYTES_MAX: u64 = 512 << 20;
const SIDE_MAX: u32 = 12_000;

/// A seal is read at 300 dpi and less: a larger picture is tried at half its size first.
const PIXELS_ENOUGH: u64 = 10_000_000;

/// The different seals in it; `None` when it is no picture.
pub(crate) fn seals(file: &[u8]) -> Option<Vec<String>> {
    found(file, |text| text.starts_with(seal::PREFIX))
}

/// What the different QR codes in a PNG or JPEG picture say; `None` when it is no picture.
pub fn codes(file: &[u8]) -> Option<Vec<String>> {
    found(file, |_| true)
}

fn found(file: &[u8], wanted: impl Fn(&str) -> bool) -> Option<Vec<String>> {
    let mut reader = ImageReader::new(Cursor::new(file))
        .with_guessed_format()
        .ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(BYTES_MAX);
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    reader.limits(limits);
    let picture = reader.decode().ok()?.into_luma8();
    if u64::from(picture.width()) * u64::from(picture.height()) > PIXELS_ENOUGH {
        let codes = codes_in(halved(&picture), &wanted);
        if !codes.is_empty() {
            return Some(codes);
        }
    }
    Some(codes_in(picture, &wanted))
}

fn codes_in(picture: GrayImage, wanted: &impl Fn(&str) -> bool) -> Vec<String> {
    let (width, height) = picture.dimensions();
    let mut hints = DecodeHints {
        TryHarder: Some(true),
        PossibleFormats: Some([BarcodeFormat::QR_CODE].into()),
        ..DecodeHints::default()
    };
    let found = detect_multiple_in_luma_with_hints(picture.into_raw(), width, height, &mut hints);
    let texts = found.unwrap_or_default().into_iter();
    let codes: BTreeSet<String> = texts
        .map(|it| it.getText().to_owned())
        .filter(|text| wanted(text))
        .collect();
    codes.into_iter().collect()
}

/// Of half the width and height; each dot is the mean of four.
fn halved(picture: &GrayImage) -> GrayImage {
    GrayImage::from_fn(picture.width() / 2, picture.height() / 2, |x, y| {
        let four = [(0, 0), (1, 0), (0, 1), (1, 1)];
        let sum: u16 = four
            .iter()
            .map(|(right, down)| u16::from(picture.get_pixel(2 * x + right, 2 * y + down).0[0]))
            .sum();
        Luma([u8::try_from(sum / 4).unwrap_or(u8::MAX)])
    })
}
