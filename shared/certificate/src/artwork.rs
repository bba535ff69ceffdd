//! Drawings that belong to one document: background and office seal.

use std::{f64::consts::TAU, fmt::Write};

const WIDTH: f64 = 595.0;
const HEIGHT: f64 = 842.0;
const STEPS: u32 = 180;
const BANDS: [&str; 3] = ["#c9d8ef", "#cfe5da", "#eadfce"];

/// Fine curves whose shape follows from the document number (its SHA-256), so
/// that a page cannot be pieced together from two papers unnoticed. Light enough
/// to stay legible on a photocopy.
pub(crate) fn guilloche(number: &[u8; 32]) -> String {
    let share = |index: usize| f64::from(number[index % 32]) / 255.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         width=\"{WIDTH}\" height=\"{HEIGHT}\"><g fill=\"none\" stroke-width=\"0.3\">"
    );
    for (band, color) in BANDS.iter().enumerate() {
        let seed = band * 5;
        let center = 210.0 + 215.0 * [0.0, 1.0, 2.0][band];
        let (wide, fine) = (34.0 + 14.0 * share(seed), 9.0 + 8.0 * share(seed + 1));
        let (slow, fast) = (
            1.0 + (share(seed + 2) * 2.0).round(),
            6.0 + (share(seed + 3) * 5.0).round(),
        );
        for strand in 0..9 {
            let phase = f64::from(strand) * 0.36 + share(seed + 4) * TAU;
            let at = |t: f64| {
                let swell = 0.55 + 0.45 * (t * 0.5 + phase * 0.2).sin();
                center + swell * (wide * (slow * t + phase).sin() + fine * (fast * t - phase).cos())
            };
            curve(&mut svg, color, |t| (t / TAU * WIDTH, at(t)));
        }
    }
    let petals = 5.0 + f64::from(number[20] % 6);
    curve(&mut svg, "#d9cfe6", |t| {
        let radius = 104.0 + 30.0 * (petals * t).cos() * (3.0 * t).sin();
        (WIDTH / 2.0 + radius * t.cos(), 430.0 + radius * t.sin())
    });
    svg.push_str("</g></svg>");
    svg
}

fn curve(svg: &mut String, color: &str, point: impl Fn(f64) -> (f64, f64)) {
    let _ = write!(svg, "<path stroke=\"{color}\" d=\"M");
    for step in 0..=STEPS {
        let (x, y) = point(f64::from(step) / f64::from(STEPS) * TAU);
        let _ = write!(svg, "{x:.1} {y:.1} ");
    }
    svg.push_str("\"/>");
}

/// The square red seal of an office: its name and 인, in columns from the right.
pub(crate) fn office_seal(office: &str) -> String {
    let letters: Vec<char> = office
        .chars()
        .filter(|it| !it.is_whitespace())
        .chain("의인".chars())
        .collect();
    let side = [2_usize, 3, 4, 5, 6]
        .into_iter()
        .find(|side| side * side >= letters.len())
        .unwrap_or(6);
    let cell = 84.0 / side as f64;
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\" width=\"100\" height=\"100\">\
         <rect x=\"3\" y=\"3\" width=\"94\" height=\"94\" rx=\"3\" fill=\"none\" stroke=\"#c4231b\" \
         stroke-width=\"4.5\"/><g font-family=\"Noto Serif CJK KR\" font-weight=\"700\" fill=\"#c4231b\" \
         text-anchor=\"middle\">",
    );
    let columns = letters.len().div_ceil(side);
    let across = 84.0 / columns as f64;
    for (index, letter) in letters.iter().take(side * side).enumerate() {
        let (column, row) = (index / side, index % side);
        let x = 92.0 - across * (column as f64 + 0.5);
        let y = 8.0 + cell * (row as f64 + 0.5) + cell * 0.36;
        let _ = write!(
            svg,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{:.1}\">{letter}</text>",
            cell * 0.98
        );
    }
    svg.push_str("</g></svg>");
    svg
}
