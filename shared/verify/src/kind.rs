//! What a file is, by its first bytes alone: never by its name, and before anything
//! of it is decoded.

use std::io::Cursor;

use image::{ImageFormat, ImageReader};

/// What may be examined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Pdf,
    /// A PNG or JPEG picture, as large as its header says.
    Picture {
        width: u32,
        height: u32,
    },
    /// The text of a seal.
    Seal,
}

impl Kind {
    /// What a file says it is; none when it is nothing that can be examined.
    pub fn of(file: &[u8]) -> Option<Self> {
        if file.starts_with(b"%PDF-") {
            return Some(Kind::Pdf);
        }
        if file.starts_with(seal::PREFIX.as_bytes()) {
            return Some(Kind::Seal);
        }
        let format = image::guess_format(file).ok()?;
        if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg) {
            return None;
        }
        let reader = ImageReader::with_format(Cursor::new(file), format);
        let (width, height) = reader.into_dimensions().ok()?;
        Some(Kind::Picture { width, height })
    }

    /// How many dots a picture unpacks to.
    pub fn pixels(self) -> u64 {
        match self {
            Kind::Picture { width, height } => u64::from(width) * u64::from(height),
            Kind::Pdf | Kind::Seal => 0,
        }
    }
}
