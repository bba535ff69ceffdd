//! The fine lines behind a certificate: their shape follows from its number.
//!
//! All curves are chains of half sine waves, so that a few cubic Béziers draw a
//! smooth line. Light enough to stay legible on a photocopy.
//!
//! Coordinates are absolute and rounded to a tenth of a point, which no printer shows:
//! they come into the PDF as they are, and long fractions are most of its bytes. Their
//! unit is a hundred points, because usvg outlines every stroke, to a quarter of a unit,
//! only to know its extent.

use std::{
    f64::consts::{PI, TAU},
    fmt::Write,
};

const WIDTH: f64 = 595.28;
const HEIGHT: f64 = 841.89;
/// Points in the drawing's unit.
const UNIT: f64 = 100.0;
/// How thick a line is, in points.
const STRAND: f64 = 0.35;
/// Where the control points of half a sine wave lie: its slope at the ends and
/// its height in the middle are then exact.
const REACH: f64 = 4.0 / (3.0 * PI);
const LIFT: f64 = 4.0 / 3.0;

/// Distance of the frame's two rules from the edge; printers leave 6 mm blank.
const FRAME: (f64, f64) = (24.0, 33.0);
const FRAME_RULE: &str = "#6d7f98";
const FRAME_STRAND: &str = "#8fa5c2";
const BAND_STRANDS: [&str; 2] = ["#c3d5ea", "#cde4d8"];
const RING_STRANDS: [&str; 2] = ["#d3e4dc", "#ebe0cb"];

/// Draws frame, bands and medallion for a number's SHA-256, so that a page
/// cannot be pieced together from two papers unnoticed.
pub(crate) fn guilloche(number: &[u8; 32]) -> String {
    let share = |index: usize| f64::from(number[index]) / 255.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" \
         width=\"{WIDTH}\" height=\"{HEIGHT}\"><g fill=\"none\" stroke-width=\"{}\">",
        WIDTH / UNIT,
        HEIGHT / UNIT,
        STRAND / UNIT
    );
    for (index, y) in [112.0, 690.0].into_iter().enumerate() {
        let byte = 4 * index;
        let waves = 3 + u32::from(number[byte] % 3);
        let height = 26.0 + 12.0 * share(byte + 1);
        band(&mut svg, BAND_STRANDS[0], y, waves, height);
        let waves = waves + 1 + u32::from(number[byte + 2] % 3);
        band(
            &mut svg,
            BAND_STRANDS[1],
            y,
            waves,
            height * (0.5 + 0.3 * share(byte + 3)),
        );
    }
    let petals = 9 + u32::from(number[8] % 8);
    ring(
        &mut svg,
        RING_STRANDS[0],
        petals,
        (118.0, 34.0 + 10.0 * share(9)),
        12,
    );
    let petals = petals + 3 + u32::from(number[10] % 5);
    ring(
        &mut svg,
        RING_STRANDS[1],
        petals,
        (56.0, 20.0 + 8.0 * share(11)),
        10,
    );
    frame(&mut svg, number);
    svg.push_str("</g></svg>");
    svg
}

/// Lenses side by side across the page.
fn band(svg: &mut String, color: &str, y: f64, waves: u32, height: f64) {
    let (from, to) = (FRAME.1, WIDTH - FRAME.1);
    let _ = write!(svg, "<path stroke=\"{color}\" d=\"");
    for strand in -5_i32..=5 {
        let height = height * f64::from(strand) / 5.0;
        wave(svg, (from, y), (to, y), 2 * waves, height);
    }
    svg.push_str("\"/>");
}

/// A ring of `strands` interlaced around the middle of the page, each with
/// `petals` waves of the given height around the radius.
fn ring(svg: &mut String, color: &str, petals: u32, (radius, height): (f64, f64), strands: u32) {
    let half = PI / f64::from(petals);
    let at = |angle: f64, lift: f64| {
        let radius = radius + lift;
        let (x, y) = (
            WIDTH / 2.0 + radius * angle.cos(),
            412.0 + radius * angle.sin(),
        );
        (x, y)
    };
    let _ = write!(svg, "<path stroke=\"{color}\" d=\"");
    for strand in 0..strands {
        let start = TAU / f64::from(petals) * f64::from(strand) / f64::from(strands);
        place(svg, 'M', &[at(start, 0.0)]);
        for step in 0..2 * petals {
            let angle = start + half * f64::from(step);
            let lift = if step % 2 == 0 { height } else { -height };
            let curve = [
                at(angle + half * REACH, lift * LIFT),
                at(angle + half * (1.0 - REACH), lift * LIFT),
                at(angle + half, 0.0),
            ];
            place(svg, 'C', &curve);
        }
    }
    svg.push_str("\"/>");
}

/// Two rules with a chain between them.
fn frame(svg: &mut String, number: &[u8; 32]) {
    for (inset, width) in [(FRAME.0, 1.0), (FRAME.1, 0.4)] {
        let _ = write!(
            svg,
            "<rect x=\"{0}\" y=\"{0}\" width=\"{1:.4}\" height=\"{2:.4}\" \
             stroke=\"{FRAME_RULE}\" stroke-width=\"{3}\"/>",
            inset / UNIT,
            (WIDTH - 2.0 * inset) / UNIT,
            (HEIGHT - 2.0 * inset) / UNIT,
            width / UNIT
        );
    }
    let middle = f64::midpoint(FRAME.0, FRAME.1);
    let (right, bottom) = (WIDTH - middle, HEIGHT - middle);
    let corners = [
        (middle, middle),
        (right, middle),
        (right, bottom),
        (middle, bottom),
    ];
    let halves = [
        36 + 2 * u32::from(number[12] % 8),
        52 + 2 * u32::from(number[13] % 12),
    ];
    let room = (FRAME.1 - FRAME.0) / 2.0 - 1.0;
    let _ = write!(svg, "<path stroke=\"{FRAME_STRAND}\" d=\"");
    for (side, from) in corners.iter().enumerate() {
        let to = corners[(side + 1) % 4];
        for height in [room, -room, 0.4 * room] {
            wave(svg, *from, to, halves[side % 2], height);
        }
    }
    svg.push_str("\"/>");
}

/// A sine wave of `halves` half waves along one of the page's directions.
fn wave(svg: &mut String, from: (f64, f64), to: (f64, f64), halves: u32, height: f64) {
    let steps = f64::from(halves);
    let (along, across) = ((to.0 - from.0) / steps, (to.1 - from.1) / steps);
    // To the side of the direction of travel.
    let length = along.hypot(across);
    let (aside_x, aside_y) = (-across / length, along / length);
    place(svg, 'M', &[from]);
    if height == 0.0 {
        place(svg, 'L', &[to]);
        return;
    }
    for half in 0..halves {
        let lift = LIFT * if half % 2 == 0 { height } else { -height };
        let at = |share: f64, lift: f64| {
            let steps = f64::from(half) + share;
            (
                from.0 + steps * along + lift * aside_x,
                from.1 + steps * across + lift * aside_y,
            )
        };
        place(
            svg,
            'C',
            &[at(REACH, lift), at(1.0 - REACH, lift), at(1.0, 0.0)],
        );
    }
}

fn place(svg: &mut String, verb: char, points: &[(f64, f64)]) {
    svg.push(verb);
    for (x, y) in points {
        for length in [x, y] {
            // Written by hand: the formatter takes as long for these as all the curves.
            let thousandths = (length / UNIT * 1000.0).round() as u32;
            let digit = |of: u32| char::from(b'0' + (thousandths / of % 10) as u8);
            svg.push(digit(1000));
            svg.push('.');
            svg.extend([digit(100), digit(10), digit(1), ' ']);
        }
    }
}

// Every place is on the page: none is negative, and none has two digits before the point.
const _: () = assert!(HEIGHT < 10.0 * UNIT);
