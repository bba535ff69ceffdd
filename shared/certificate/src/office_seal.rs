//! The square red seal of an office: its name and 인, in columns from the right.

use std::fmt::Write;

const RED: &str = "#c4231b";
const SIDE: f64 = 100.0;
const BORDER: f64 = 5.0;
const MARGIN: f64 = 8.5;
/// How much of the font's square a Hangul syllable fills, across and down.
const SYLLABLE: f64 = 0.92;
/// Where the bottom of a syllable lies below the baseline, in font sizes.
const DESCENT: f64 = 0.085;

/// Draws the seal; every column is filled from top to bottom, as carvers do.
pub(crate) fn office_seal(office: &str) -> String {
    let columns = columns(office);
    let inner = SIDE - 2.0 * MARGIN;
    let width = inner / columns.len() as f64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {SIDE} {SIDE}\" width=\"{SIDE}\" \
         height=\"{SIDE}\"><rect x=\"{0}\" y=\"{0}\" width=\"{1}\" height=\"{1}\" rx=\"2.5\" fill=\"none\" \
         stroke=\"{RED}\" stroke-width=\"{BORDER}\"/><g font-family=\"Noto Serif CJK KR\" \
         font-weight=\"700\" font-size=\"10\" fill=\"{RED}\" text-anchor=\"middle\">",
        BORDER / 2.0,
        SIDE - BORDER,
    );
    for (index, letters) in columns.iter().enumerate() {
        let height = inner / letters.len() as f64;
        let x = SIDE - MARGIN - width * (index as f64 + 0.5);
        let (wide, tall) = (width / 10.0 / SYLLABLE, height / 10.0 / SYLLABLE);
        for (row, letter) in letters.iter().enumerate() {
            let y = MARGIN + height * (row as f64 + 1.0) - DESCENT * tall * 10.0;
            let _ = write!(
                svg,
                "<text transform=\"matrix({wide:.3} 0 0 {tall:.3} {x:.2} {y:.2})\">{letter}</text>"
            );
        }
    }
    svg.push_str("</g></svg>");
    svg
}

/// The name with 인 or 의인 behind it, whichever fills the square more evenly.
fn columns(office: &str) -> Vec<Vec<char>> {
    let name: Vec<char> = office.chars().filter(|it| it.is_alphanumeric()).collect();
    let carved = ["인", "의인"]
        .map(|end| [&name[..], &end.chars().collect::<Vec<_>>()].concat())
        .into_iter()
        .min_by_key(|letters| {
            let across = across(letters.len());
            (across - letters.len() % across) % across
        })
        .unwrap_or_default();
    let across = across(carved.len());
    let (rows, longer) = (carved.len() / across, carved.len() % across);
    let mut rest = carved.as_slice();
    (0..across)
        .map(|column| {
            let (letters, behind) = rest.split_at(rows + usize::from(column < longer));
            rest = behind;
            letters.to_vec()
        })
        .collect()
}

/// Columns of a square of so many letters.
fn across(letters: usize) -> usize {
    letters.isqrt().max(1)
}
