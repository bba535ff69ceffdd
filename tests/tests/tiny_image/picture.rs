//! Pictures of a screen, and whether two are of the same.

use std::{
    fs::{self, File},
    io::{BufReader, BufWriter},
    path::Path,
};

use slint::{Rgba8Pixel, SharedPixelBuffer};

/// Colours closer than this are one.
const CLOSE: u8 = 24;
/// So much of a screen may look otherwise: a minute of the clock, a letter of another font.
const UNLIKE_MAX: f64 = 0.01;

#[derive(Clone)]
pub(crate) struct Picture {
    width: u32,
    height: u32,
    /// Red, green, blue.
    pixels: Vec<u8>,
}

impl Picture {
    /// Portable pixmap, binary, as QEMU writes it: `P6 width height 255`.
    pub(crate) fn read_ppm(file: &[u8]) -> Self {
        let mut at = 0;
        let mut words = [0; 3];
        assert!(file.starts_with(b"P6"), "a pixmap");
        at += 2;
        for word in &mut words {
            let start = at + 1;
            let end = start
                + file[start..]
                    .iter()
                    .position(u8::is_ascii_whitespace)
                    .unwrap();
            *word = std::str::from_utf8(&file[start..end])
                .unwrap()
                .parse()
                .unwrap();
            at = end;
        }
        let [width, height, most] = words;
        assert_eq!(most, 255);
        let pixels = file[at + 1..].to_vec();
        assert_eq!(pixels.len() as u32, width * height * 3);
        Self {
            width,
            height,
            pixels,
        }
    }

    pub(crate) fn of_window(drawn: &SharedPixelBuffer<Rgba8Pixel>) -> Self {
        let pixels = drawn.as_slice().iter();
        Self {
            width: drawn.width(),
            height: drawn.height(),
            pixels: pixels.flat_map(|it| [it.r, it.g, it.b]).collect(),
        }
    }

    /// How many dots a printer burnt, in its picture in black and white.
    pub(crate) fn dots_of_receipt(file: &Path) -> usize {
        let file = BufReader::new(File::open(file).unwrap());
        let mut decoder = png::Decoder::new(file);
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let drawn = reader.next_frame(&mut pixels).unwrap();
        let samples = drawn.color_type.samples();
        let dots = pixels[..drawn.buffer_size()].chunks_exact(samples);
        dots.filter(|it| it[0] < 128).count()
    }

    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.share_unlike(other) <= UNLIKE_MAX
    }

    pub(crate) fn share_unlike(&self, other: &Self) -> f64 {
        if (self.width, self.height) != (other.width, other.height) {
            return 1.0;
        }
        let (ours, theirs) = (self.pixels.chunks_exact(3), other.pixels.chunks_exact(3));
        let unlike = ours
            .zip(theirs)
            .filter(|(ours, theirs)| {
                ours.iter()
                    .zip(*theirs)
                    .any(|(a, b)| a.abs_diff(*b) > CLOSE)
            })
            .count();
        unlike as f64 / (f64::from(self.width) * f64::from(self.height))
    }

    pub(crate) fn write(&self, file: &Path) {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        let out = BufWriter::new(File::create(file).unwrap());
        let mut encoder = png::Encoder::new(out, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&self.pixels).unwrap();
    }
}
