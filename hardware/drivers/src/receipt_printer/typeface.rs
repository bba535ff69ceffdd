//! Letters as dots, from Debian's Noto Sans CJK KR.

use std::{fs, path::Path, sync::Arc};

use swash::{
    FontRef, GlyphId, StringId,
    scale::{Render, ScaleContext, Source, image::Image},
    zeno::Format,
};

use super::raster::Raster;

const FOLDER: &str = "/usr/share/fonts/opentype/noto";
const FAMILY: &str = "Noto Sans CJK KR";
/// More faces than any collection has.
const FACES_MAX: usize = 64;
/// A dot is burnt when more than this part of 255 is covered.
const COVERED: u8 = 110;

#[derive(Debug, thiserror::Error)]
pub enum TypefaceError {
    #[error("a font of the Debian package fonts-noto-cjk cannot be read")]
    Read(#[source] std::io::Error),
    #[error("the Korean face is missing in a font of the Debian package fonts-noto-cjk")]
    Face,
}

/// The regular and the bold face.
#[derive(Clone)]
pub struct Typeface {
    regular: Face,
    bold: Face,
}

#[derive(Clone)]
struct Face {
    data: Arc<[u8]>,
    index: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// Text of one size and weight.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) dots: f32,
    pub(super) weight: Weight,
}

impl Typeface {
    /// # Errors
    /// When the fonts are not installed.
    pub fn of_debian() -> Result<Self, TypefaceError> {
        let face = |name: &str| Face::read(&Path::new(FOLDER).join(name));
        Ok(Self {
            regular: face("NotoSansCJK-Regular.ttc")?,
            bold: face("NotoSansCJK-Bold.ttc")?,
        })
    }

    pub(super) fn width(&self, text: &str, style: Style) -> f32 {
        let font = self.face(style.weight);
        let metrics = font.glyph_metrics(&[]).scale(style.dots);
        text.chars()
            .map(|letter| metrics.advance_width(font.charmap().map(letter)))
            .sum()
    }

    /// Writes `text` with its base line at `y`, beginning at `x`.
    pub(super) fn write(&self, text: &str, style: Style, x: f32, y: i32, paper: &mut Raster) {
        let font = self.face(style.weight);
        let metrics = font.glyph_metrics(&[]).scale(style.dots);
        let mut context = ScaleContext::new();
        let mut at = x;
        for letter in text.chars() {
            let glyph = font.charmap().map(letter);
            if let Some(image) = render(&mut context, font, glyph, style.dots) {
                burn(&image, at.round() as i32, y, paper);
            }
            at += metrics.advance_width(glyph);
        }
    }

    fn face(&self, weight: Weight) -> FontRef<'_> {
        let face = match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        };
        FontRef::from_index(&face.data, face.index).expect("read once already")
    }
}

impl Face {
    fn read(file: &Path) -> Result<Self, TypefaceError> {
        let data = fs::read(file).map_err(TypefaceError::Read)?;
        let is_korean = |index: &usize| {
            FontRef::from_index(&data, *index).is_some_and(|font| {
                font.localized_strings()
                    .any(|name| name.id() == StringId::Family && name.to_string() == FAMILY)
            })
        };
        let index = (0..FACES_MAX).find(is_korean).ok_or(TypefaceError::Face)?;
        Ok(Self {
            data: data.into(),
            index,
        })
    }
}

fn render(
    context: &mut ScaleContext,
    font: FontRef<'_>,
    glyph: GlyphId,
    dots: f32,
) -> Option<Image> {
    let mut scaler = context.builder(font).size(dots).hint(false).build();
    Render::new(&[Source::Outline])
        .format(Format::Alpha)
        .render(&mut scaler, glyph)
}

fn burn(image: &Image, x: i32, y: i32, paper: &mut Raster) {
    let width = image.placement.width as usize;
    if width == 0 {
        return;
    }
    for (row, covered) in (0..).zip(image.data.chunks_exact(width)) {
        for (column, covered) in (0..).zip(covered) {
            if *covered > COVERED {
                paper.burn(
                    x + image.placement.left + column,
                    y - image.placement.top + row,
                );
            }
        }
    }
}
