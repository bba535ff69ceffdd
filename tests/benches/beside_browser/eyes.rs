//! The pixels of the screen, out of the file in which Xvfb keeps them: no program is asked
//! for them, so none is kept from its work.

use std::{fs::File, os::unix::fs::FileExt, path::Path};

use crate::trial::{HEIGHT, WIDTH};

pub(crate) type Point = (u32, u32);

pub(crate) struct Eyes {
    file: File,
    /// Where the pixels begin, and how many bytes a line has.
    begin: u64,
    line: u64,
}

impl Eyes {
    /// An X window dump: its header is of big-endian words.
    pub(crate) fn open(folder: &Path) -> Self {
        let file = File::open(folder.join("Xvfb_screen0")).unwrap();
        let word = |at: u64| {
            let mut bytes = [0; 4];
            file.read_exact_at(&mut bytes, at * 4).unwrap();
            u64::from(u32::from_be_bytes(bytes))
        };
        // Header, bits of a pixel, bytes of a line, colours of 12 bytes each.
        let (header, bits, line, colours) = (word(0), word(11), word(12), word(19));
        assert_eq!((word(4), word(5)), (WIDTH.into(), HEIGHT.into()));
        assert_eq!(bits, 32, "another screen than was asked for");
        Self {
            begin: header + colours * 12,
            line,
            file,
        }
    }

    pub(crate) fn pixel(&self, (x, y): Point) -> u32 {
        let mut bytes = [0; 4];
        let at = self.begin + u64::from(y) * self.line + u64::from(x) * 4;
        self.file.read_exact_at(&mut bytes, at).unwrap();
        u32::from_le_bytes(bytes) & 0x00ff_ffff
    }

    /// Keeps a picture of the whole screen.
    pub(crate) fn save(&self, picture: &Path) {
        let pixels = (0..HEIGHT).flat_map(|y| (0..WIDTH).map(move |x| (x, y)));
        let colours = pixels.flat_map(|at| self.pixel(at).to_be_bytes().into_iter().skip(1));
        let file = File::create(picture).unwrap();
        let mut encoder = png::Encoder::new(file, WIDTH, HEIGHT);
        encoder.set_color(png::ColorType::Rgb);
        let mut writer = encoder.write_header().unwrap();
        writer
            .write_image_data(&colours.collect::<Vec<u8>>())
            .unwrap();
    }

    /// A pixel of every so many in both directions.
    pub(crate) fn glance(&self, every: u32) -> Vec<(Point, u32)> {
        let places = (0..HEIGHT).step_by(every as usize).flat_map(|y| {
            let across = (0..WIDTH).step_by(every as usize);
            across.map(move |x| (x, y))
        });
        places.map(|at| (at, self.pixel(at))).collect()
    }
}
