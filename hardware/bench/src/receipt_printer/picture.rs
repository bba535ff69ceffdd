//! A paper as a picture.

use std::io;

use super::{Paper, ROW_BYTES};

impl Paper {
    /// Writes the paper as a PNG, one pixel a dot.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write_png(&self, out: impl io::Write) -> io::Result<()> {
        let width = u32::try_from(ROW_BYTES * 8).map_err(io::Error::other)?;
        let height = u32::try_from(self.rows.len().max(1)).map_err(io::Error::other)?;
        let mut encoder = png::Encoder::new(out, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        // A burnt dot is a set bit and black; in a picture black is zero.
        let mut bits: Vec<u8> = self.rows.iter().flatten().map(|bits| !bits).collect();
        bits.resize(ROW_BYTES * height as usize, 0xff);
        encoder.write_header()?.write_image_data(&bits)?;
        Ok(())
    }
}
