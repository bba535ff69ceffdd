//! What an identity card's chip holds: a small profile of ISO/IEC 7816-4:2005.
//!
//! The application's name is `F0` `"MINWON"` `01`: of the proprietary category,
//! whose names nobody registers (8.2.1.2). Its elementary file with the short
//! identifier 1 (5.3.1.1) begins with one BER-TLV data object (5.2.2) of the
//! private class; what comes after it is padding:
//!
//! ```text
//! E1  template
//!   C0  1 byte       version of this profile: 01
//!   C1  13 bytes     resident number, digits in ASCII
//!   C2  1-120 bytes  name, UTF-8
//!   C3  8 bytes      the last day the card is good for, YYYYMMDD in ASCII
//!   C4  32 bytes     SHA-256 of the objects C0 to C3 as they stand
//! ```
//!
//! The digest proves that a card was read whole, not that it is genuine: what a
//! citizen receives is decided by the networks, which are asked afterwards.

use devices::card_reader::{CardFault, CardHolder};
use jiff::civil::Date;
use privacy::Personal;
use sha2::{Digest, Sha256};

pub(super) const APPLICATION: [u8; 8] = *b"\xf0MINWON\x01";
pub(super) const FILE: u8 = 1;
/// The longest template; a file that claims more is not read.
pub(super) const TEMPLATE_MAX: usize = 256;

const VERSION: u8 = 1;
const NAME_MAX: usize = 120;
const DIGEST: usize = 32;
const TEMPLATE: u8 = 0xe1;

/// How long the whole template is, once its first bytes tell.
///
/// # Errors
/// When the file begins with something else, or claims more than the profile allows.
pub(super) fn template_length(start: &[u8]) -> Result<Option<usize>, CardFault> {
    if start.first().is_some_and(|tag| *tag != TEMPLATE) {
        return Err(CardFault::Unknown);
    }
    let Some((header, length)) = header(start) else {
        // A header has four bytes at most; what is no header by then never will be.
        return if start.len() < 4 {
            Ok(None)
        } else {
            Err(CardFault::Unreadable)
        };
    };
    let whole = header + length;
    if whole > TEMPLATE_MAX {
        return Err(CardFault::Unreadable);
    }
    Ok(Some(whole))
}

/// Reads a whole template on the day `today`.
///
/// # Errors
/// Says what is wrong with the card.
pub fn read_template(template: &[u8], today: Date) -> Result<CardHolder, CardFault> {
    let (tag, content, rest) = object(template).ok_or(CardFault::Unreadable)?;
    if tag != TEMPLATE || !rest.is_empty() {
        return Err(CardFault::Unknown);
    }
    match object(content) {
        Some((0xc0, [VERSION], _)) => {}
        Some((0xc0, _, _)) => return Err(CardFault::Unknown),
        _ => return Err(CardFault::Damaged),
    }
    let signed = content
        .len()
        .checked_sub(2 + DIGEST)
        .ok_or(CardFault::Damaged)?;
    let (objects, check) = content.split_at(signed);
    match object(check) {
        Some((0xc4, digest, [])) if digest == &Sha256::digest(objects)[..] => {}
        _ => return Err(CardFault::Damaged),
    }
    // Whole, so whatever is odd from here on was written oddly.
    let (holder, expiry) = read_objects(objects).ok_or(CardFault::Unknown)?;
    if expiry < today {
        return Err(CardFault::Expired);
    }
    Ok(holder)
}

fn read_objects(objects: &[u8]) -> Option<(CardHolder, Date)> {
    let (_, _, rest) = object(objects)?;
    let (0xc1, number, rest) = object(rest)? else {
        return None;
    };
    let (0xc2, name, rest) = object(rest)? else {
        return None;
    };
    let (0xc3, expiry, []) = object(rest)? else {
        return None;
    };
    let digits = number.len() == 13 && number.iter().all(u8::is_ascii_digit);
    let number = std::str::from_utf8(number).ok().filter(|_| digits)?;
    let name = std::str::from_utf8(name).ok().filter(|name| {
        !name.trim().is_empty() && name.len() <= NAME_MAX && !name.contains(char::is_control)
    })?;
    let holder = CardHolder {
        name: Personal::new(name.to_owned()),
        resident_number: Personal::new(number.to_owned()),
    };
    Some((holder, read_date(expiry)?))
}

fn read_date(text: &[u8]) -> Option<Date> {
    if text.len() != 8 || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let text = std::str::from_utf8(text).ok()?;
    let (year, month, day) = (&text[..4], &text[4..6], &text[6..]);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Tag, value, and what follows; tags of one byte.
fn object(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (header, length) = header(bytes)?;
    let value = bytes.get(header..header + length)?;
    Some((bytes[0], value, &bytes[header + length..]))
}

/// How long a data object's tag and length are together, and how long its value
/// (5.2.2.1 and 5.2.2.2); lengths up to 65535.
fn header(bytes: &[u8]) -> Option<(usize, usize)> {
    match *bytes {
        [_, length @ 0..=0x7f, ..] => Some((2, usize::from(length))),
        [_, 0x81, length, ..] => Some((3, usize::from(length))),
        [_, 0x82, high, low, ..] => Some((4, usize::from(u16::from_be_bytes([high, low])))),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
