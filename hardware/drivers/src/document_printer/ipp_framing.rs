//! Whether an answer is framed as RFC 8010 has it, looked at before anything reads its values:
//! a library that believes the lengths inside a value, or follows collections however deep they
//! are, would take the kiosk down with it.

use std::ops::RangeInclusive;

/// Version, status and request number (RFC 8010, 3.1.1).
const HEADER: usize = 8;
const END_OF_ATTRIBUTES: u8 = 0x03;
const DELIMITERS: RangeInclusive<u8> = 0x00..=0x0f;
const BEGIN_COLLECTION: u8 = 0x34;
const END_COLLECTION: u8 = 0x37;
const WITH_LANGUAGE: [u8; 2] = [0x35, 0x36];
/// Printers nest media descriptions three deep.
const DEEPEST: u8 = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Misframed {
    #[error("the message ends before its attributes do")]
    Short,
    #[error("a text with a language has other lengths than the value that holds it")]
    Language,
    #[error("a collection ends that never began, or lies deeper than {DEEPEST}")]
    Collection,
}

/// # Errors
///
/// What is wrong with the message's first fault.
pub(super) fn well_framed(message: &[u8]) -> Result<(), Misframed> {
    let mut rest = message.get(HEADER..).ok_or(Misframed::Short)?;
    let mut depth = 0_u8;
    loop {
        let (&tag, after) = rest.split_first().ok_or(Misframed::Short)?;
        rest = after;
        if tag == END_OF_ATTRIBUTES {
            return Ok(());
        }
        if DELIMITERS.contains(&tag) {
            continue;
        }
        take(&mut rest).ok_or(Misframed::Short)?;
        let value = take(&mut rest).ok_or(Misframed::Short)?;
        if tag == BEGIN_COLLECTION {
            depth += 1;
        } else if tag == END_COLLECTION {
            depth = depth.checked_sub(1).ok_or(Misframed::Collection)?;
        } else if WITH_LANGUAGE.contains(&tag) && !two_texts(value) {
            return Err(Misframed::Language);
        }
        if depth > DEEPEST {
            return Err(Misframed::Collection);
        }
    }
}

/// What follows its length in two bytes (RFC 8010, 3.1.4).
fn take<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, after) = rest.split_first_chunk()?;
    let (taken, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    *rest = after;
    Some(taken)
}

/// A language and a text, and nothing after them (RFC 8010, 3.9).
fn two_texts(mut value: &[u8]) -> bool {
    take(&mut value).is_some() && take(&mut value).is_some() && value.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(attributes: &[u8]) -> Vec<u8> {
        [&[2, 0, 0, 0, 0, 0, 0, 1][..], attributes].concat()
    }

    fn collections(depth: usize) -> Vec<u8> {
        let begins = [BEGIN_COLLECTION, 0, 0, 0, 0].repeat(depth);
        let ends = [END_COLLECTION, 0, 0, 0, 0].repeat(depth);
        message(&[&[0x02][..], &begins, &ends, &[END_OF_ATTRIBUTES]].concat())
    }

    #[test]
    fn a_message_is_framed_or_its_first_fault_is_named() {
        let texts = |value: &[u8]| {
            let length = u8::try_from(value.len()).unwrap_or(u8::MAX);
            message(&[&[0x02, 0x36, 0, 1, b'n', 0, length], value, &[0x03]].concat())
        };
        for (told, message) in [
            (Ok(()), message(&[END_OF_ATTRIBUTES])),
            (Ok(()), texts(&[0, 2, b'k', b'o', 0, 1, b'a'])),
            (Ok(()), collections(8)),
            (Err(Misframed::Short), vec![2, 0, 0]),
            (Err(Misframed::Short), message(&[0x02])),
            (Err(Misframed::Short), message(&[0x02, 0x21, 0, 9, b'n'])),
            (Err(Misframed::Language), texts(&[0, 9, b'k', b'o'])),
            (Err(Misframed::Language), texts(&[0, 2, b'k', b'o'])),
            (Err(Misframed::Language), texts(&[0, 0, 0, 0, 0])),
            (Err(Misframed::Collection), collections(9)),
            (Err(Misframed::Collection), collections(50_000)),
            (
                Err(Misframed::Collection),
                message(&[0x02, END_COLLECTION, 0, 0, 0, 0]),
            ),
        ] {
            assert_eq!(well_framed(&message), told, "{message:?}");
        }
    }
}
