//! Encoded words in header fields (RFC 2047), rewritten in UTF-8.
//!
//! The parser knows encoded words and not the names Korean character sets go by;
//! after this it meets UTF-8 alone.

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use crate::charset;

/// As lenient as other readers of mail.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// One encoded word as it stands in a field.
struct Word<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
    after: &'a str,
}

/// The same fields with every encoded word in UTF-8. Neighbors of one character
/// set are put together first: some programs part them within a character.
pub(crate) fn in_utf8(fields: &str) -> String {
    let mut rewritten = String::with_capacity(fields.len());
    let mut rest = fields;
    while let Some(start) = rest.find("=?") {
        let (before, from) = rest.split_at(start);
        rewritten.push_str(before);
        let Some(mut word) = word(from) else {
            rewritten.push_str("=?");
            rest = &from[2..];
            continue;
        };
        while let Some(next) = neighbor(&word) {
            word.bytes.extend_from_slice(&next.bytes);
            word.after = next.after;
        }
        let text = charset::decode(Some(word.charset), &word.bytes);
        rewritten.push_str("=?utf-8?B?");
        rewritten.push_str(&base64::prelude::BASE64_STANDARD.encode(text));
        rewritten.push_str("?=");
        rest = word.after;
    }
    rewritten.push_str(rest);
    rewritten
}

/// The encoded word that a text begins with.
fn word(text: &str) -> Option<Word<'_>> {
    let (charset, rest) = text.strip_prefix("=?")?.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let (encoded, after) = rest.split_once("?=")?;
    let is_token = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_graphic());
    if !is_token(charset) || encoded.contains(char::is_whitespace) {
        return None;
    }
    let bytes = match encoding {
        "B" | "b" => LENIENT.decode(encoded).ok()?,
        "Q" | "q" => unquoted(encoded),
        _ => return None,
    };
    Some(Word {
        charset,
        bytes,
        after,
    })
}

/// The next word, when nothing but white space parts them and both are alike.
fn neighbor<'a>(word: &Word<'a>) -> Option<Word<'a>> {
    let next = self::word(word.after.trim_start())?;
    next.charset
        .eq_ignore_ascii_case(word.charset)
        .then_some(next)
}

/// RFC 2047, 4.2. What is no escape stands for itself.
fn unquoted(encoded: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let escaped = match (byte, after) {
            (b'=', [high, low, ..]) => hexadecimal(*high, *low),
            _ => None,
        };
        match escaped {
            Some(escaped) => {
                bytes.push(escaped);
                rest = &after[2..];
            }
            None if byte == b'_' => bytes.push(b' '),
            None => bytes.push(byte),
        }
    }
    bytes
}

fn hexadecimal(high: u8, low: u8) -> Option<u8> {
    let digit = |it: u8| char::from(it).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf8(text: &str) -> String {
        let encoded = base64::prelude::BASE64_STANDARD.encode(text);
        format!("=?utf-8?B?{encoded}?=")
    }

    #[test]
    fn words_of_korean_character_sets_become_utf_8() {
        for written in [
            "=?ks_c_5601-1987?B?sKGzqg==?=",
            "=?EUC-KR?b?sKGzqg?=",
            "=?cp949?Q?=B0=A1=b3=aa?=",
            "=?iso-2022-kr?B?GyQpQw4wITMqDw==?=",
        ] {
            assert_eq!(in_utf8(written), utf8("가나"), "{written}");
        }
        assert_eq!(in_utf8("=?utf-8?Q?a_b=3f?="), utf8("a b?"));
    }

    #[test]
    fn neighbors_that_part_a_character_are_put_together() {
        let parted = "Subject: =?euc-kr?B?sKGz?=\r\n =?EUC-KR?B?qg==?= (1)";

        assert_eq!(in_utf8(parted), format!("Subject: {} (1)", utf8("가나")));
    }

    #[test]
    fn what_is_no_encoded_word_stays_as_it_was() {
        for written in [
            "=?",
            "=?a?b",
            "=?utf-8?X?aa?=",
            "=?utf-8?B?a b?=",
            "1 =? 2 ?= 3",
            "=??B?aa?=",
        ] {
            assert_eq!(in_utf8(written), written);
        }
    }
}
