//! What stands before a camera, as a picture.

use image::{ExtendedColorType, codecs::jpeg::JpegEncoder};
use qrcodegen::{QrCode, QrCodeEcc};

/// Dots to each side of a module.
const SCALE: i32 = 4;
/// Light around a code, in modules (ISO/IEC 18004, 9.1).
const QUIET_ZONE: i32 = 4;
const WIDTH: i32 = 320;
const HEIGHT: i32 = 240;
const PAPER: u8 = 240;
const INK: u8 = 25;
const COUNTER: u8 = 140;
const QUALITY: u8 = 80;

/// A counter with nothing on it.
pub(super) fn empty() -> Vec<u8> {
    encode(WIDTH, HEIGHT, |_, _| COUNTER)
}

/// A paper with a QR code; as empty as the counter, when no code is that long.
pub(super) fn paper(text: &str) -> Vec<u8> {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else {
        return empty();
    };
    let side = (code.size() + 2 * QUIET_ZONE) * SCALE;
    let (width, height) = (WIDTH.max(side), HEIGHT.max(side));
    let (left, top) = ((width - side) / 2, (height - side) / 2);
    encode(width, height, |x, y| {
        let (x, y) = (x - left, y - top);
        if x < 0 || y < 0 || x >= side || y >= side {
            COUNTER
        } else if code.get_module(x / SCALE - QUIET_ZONE, y / SCALE - QUIET_ZONE) {
            INK
        } else {
            PAPER
        }
    })
}

fn encode(width: i32, height: i32, brightness: impl Fn(i32, i32) -> u8) -> Vec<u8> {
    let dots: Vec<u8> = (0..height)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .map(|(x, y)| brightness(x, y))
        .collect();
    let mut jpeg = Vec::new();
    let side = |it: i32| u32::try_from(it).unwrap_or_default();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY)
        .encode(&dots, side(width), side(height), ExtendedColorType::L8)
        .expect("memory takes every picture");
    jpeg
}
