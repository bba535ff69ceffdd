//! Lays a sheet out on the roll.

use qrcodegen::{QrCode, QrCodeEcc};
use sheet::{Line, Sheet, won};

use super::{
    raster::{Raster, WIDTH},
    typeface::{Style, Typeface, Weight},
};

const MARGIN: f32 = 24.0;
const LINE: f32 = WIDTH as f32 - 2.0 * MARGIN;
const BODY: Style = Style {
    dots: 26.0,
    weight: Weight::Regular,
};
const STRONG: Style = Style {
    dots: 26.0,
    weight: Weight::Bold,
};
const HEADING: Style = Style {
    dots: 46.0,
    weight: Weight::Bold,
};
const AMOUNT: Style = Style {
    dots: 34.0,
    weight: Weight::Bold,
};
const NOTE: Style = Style {
    dots: 22.0,
    weight: Weight::Regular,
};
const CODE: Style = Style {
    dots: 36.0,
    weight: Weight::Bold,
};
/// What sets a sum or a sentence apart from the fields around it.
const BREATH: usize = 8;
/// Dots a module of a QR code has; three are the least that scanners read.
const MODULE: i32 = 8;
const MODULE_MIN: i32 = 3;

/// Draws the sheet as it will be burnt.
pub fn lay_out(sheet: &Sheet, typeface: &Typeface) -> Raster {
    let mut roll = Roll {
        typeface,
        paper: Raster::default(),
    };
    roll.paper.feed(12);
    for line in sheet.lines() {
        roll.draw(line);
    }
    roll.paper
}

struct Roll<'a> {
    typeface: &'a Typeface,
    paper: Raster,
}

impl Roll<'_> {
    fn draw(&mut self, line: &Line) {
        match line {
            Line::Heading(text) => self.centered(text, HEADING),
            Line::Text(text) => {
                self.paper.feed(BREATH);
                self.wrapped(text, BODY, MARGIN, LINE);
                self.paper.feed(BREATH);
            }
            Line::Note(text) => self.centered(text, NOTE),
            Line::Field { label, value } => self.field(label, value, BODY, STRONG),
            Line::Amount { label, amount_won } => {
                self.paper.feed(BREATH);
                self.field(label, &won(*amount_won), AMOUNT, AMOUNT);
                self.paper.feed(BREATH);
            }
            Line::Rule => self.rule(),
            Line::Qr { text, caption } => self.qr(text, caption),
            Line::Code(code) => {
                self.centered(code, CODE);
                self.paper.feed(BREATH);
            }
        }
    }

    fn centered(&mut self, text: &str, style: Style) {
        for part in self.broken(text, style, LINE) {
            let x = (WIDTH as f32 - self.typeface.width(&part, style)) / 2.0;
            self.write(&part, style, x);
        }
    }

    fn wrapped(&mut self, text: &str, style: Style, x: f32, width: f32) {
        for part in self.broken(text, style, width) {
            self.write(&part, style, x);
        }
    }

    /// Label at the left, value at the right; the value goes below when both do
    /// not fit into one line.
    fn field(&mut self, label: &str, value: &str, label_style: Style, value_style: Style) {
        let label_width = self.typeface.width(label, label_style);
        let value_width = self.typeface.width(value, value_style);
        if label_width + value_width + label_style.dots <= LINE {
            let top = self.paper.height();
            self.write(label, label_style, MARGIN);
            let base = base_line(top, value_style);
            let x = WIDTH as f32 - MARGIN - value_width;
            self.typeface
                .write(value, value_style, x, base, &mut self.paper);
        } else {
            self.write(label, label_style, MARGIN);
            for part in self.broken(value, value_style, LINE - label_style.dots) {
                let x = WIDTH as f32 - MARGIN - self.typeface.width(&part, value_style);
                self.write(&part, value_style, x);
            }
        }
    }

    fn rule(&mut self) {
        self.paper.feed(12);
        let y = self.paper.height();
        self.paper.feed(14);
        let y = i32::try_from(y).unwrap_or(i32::MAX);
        self.paper.burn_box(MARGIN as i32, y, LINE as i32, 2);
    }

    fn qr(&mut self, text: &str, caption: &str) {
        let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else {
            // Longer than any QR code: the same text stands below as a code.
            return;
        };
        let size = code.size();
        let module = (LINE as i32 / size).clamp(MODULE_MIN, MODULE);
        let left = (i32::try_from(WIDTH).unwrap_or_default() - size * module) / 2;
        self.paper.feed(4 * MODULE as usize);
        let top = i32::try_from(self.paper.height()).unwrap_or(i32::MAX);
        self.paper
            .feed(usize::try_from(size * module).unwrap_or_default());
        for y in 0..size {
            for x in 0..size {
                if code.get_module(x, y) {
                    self.paper
                        .burn_box(left + x * module, top + y * module, module, module);
                }
            }
        }
        self.paper.feed(3 * MODULE as usize);
        self.centered(caption, NOTE);
    }

    fn write(&mut self, text: &str, style: Style, x: f32) {
        let top = self.paper.height();
        self.paper.feed((style.dots * 1.45) as usize);
        self.typeface
            .write(text, style, x, base_line(top, style), &mut self.paper);
    }

    /// Breaks at spaces, or anywhere when a word alone is too long.
    fn broken(&self, text: &str, style: Style, width: f32) -> Vec<String> {
        let fits = |text: &str| self.typeface.width(text, style) <= width;
        let mut lines = vec![String::new()];
        for word in text.split_inclusive(' ') {
            let last = lines.last_mut().expect("one line is always there");
            if fits((last.clone() + word).trim_end()) {
                last.push_str(word);
                continue;
            }
            if !last.is_empty() {
                lines.push(String::new());
            }
            for letter in word.chars() {
                let last = lines.last_mut().expect("one line is always there");
                if fits((last.clone() + &letter.to_string()).trim_end()) {
                    last.push(letter);
                } else {
                    lines.push(letter.to_string());
                }
            }
        }
        lines
            .iter()
            .map(|line| line.trim_end().to_owned())
            .collect()
    }
}

fn base_line(top: usize, style: Style) -> i32 {
    i32::try_from(top).unwrap_or(i32::MAX) + (style.dots * 1.08) as i32
}
