//! Finds the seal in a picture of a paper.

use std::io::Cursor;

use image::{ImageReader, Limits};
use rxing::{BarcodeFormat, DecodeHints, helpers::detect_multiple_in_luma_with_hints};

/// A page at 600 dpi has 35 million dots.
const BYTES_MAX: u64 = 512 << 20;
const SIDE_MAX: u32 = 12_000;

/// The seals in it; `None` when it is no picture.
pub(crate) fn seals(file: &[u8]) -> Option<Vec<String>> {
    let mut reader = ImageReader::new(Cursor::new(file))
        .with_guessed_format()
        .ok()?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(BYTES_MAX);
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    reader.limits(limits);
    let picture = reader.decode().ok()?.into_luma8();
    let (width, height) = picture.dimensions();
    let mut hints = DecodeHints {
        TryHarder: Some(true),
        PossibleFormats: Some([BarcodeFormat::QR_CODE].into()),
        ..DecodeHints::default()
    };
    let found = detect_multiple_in_luma_with_hints(picture.into_raw(), width, height, &mut hints);
    let texts = found
        .unwrap_or_default()
        .into_iter()
        .map(|it| it.getText().to_owned());
    Some(
        texts
            .filter(|text| text.starts_with(seal::PREFIX))
            .collect(),
    )
}
