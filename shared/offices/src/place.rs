//! Of which place a petition speaks.

use catalog::CodeList;
use unicode_normalization::UnicodeNormalization;

/// A text as words are looked for in it: composed (NFC), in small letters, without
/// blanks, because people write Korean words together or apart as they like.
pub(crate) fn plain(text: &str) -> String {
    let composed = text.nfc().filter(|it| !it.is_whitespace());
    composed.flat_map(char::to_lowercase).collect()
}

/// A legal district by its name, such as `한빛시 다솜구 별내동`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct District {
    pub(crate) code: String,
    /// The last part of its name, and the part before it.
    own: String,
    borough: String,
}

/// The districts of a closed list.
pub(crate) fn districts(list: Option<&CodeList>) -> Vec<District> {
    let codes = list.into_iter().flat_map(|it| &it.codes);
    let district = |code: &catalog::Code| {
        let mut parts = code.ko.split_whitespace().rev();
        Some(District {
            code: code.code.clone(),
            own: plain(parts.next()?),
            borough: plain(parts.next()?),
        })
    };
    codes.filter_map(district).collect()
}

/// Digits of a legal district that name its borough.
const BOROUGH_DIGITS: usize = 5;

/// The leading digits of the one district, or the one borough, that a plain text names;
/// none when it names none, or several and says not which.
pub(crate) fn named<'a>(districts: &'a [District], text: &str) -> Option<&'a str> {
    let own: Vec<_> = (districts.iter())
        .filter(|it| text.contains(&it.own))
        .collect();
    let within: Vec<_> = (own.iter())
        .filter(|it| text.contains(&it.borough))
        .collect();
    match (own.as_slice(), within.as_slice()) {
        (_, [only]) => return Some(&only.code),
        ([only], _) => return Some(&only.code),
        _ => {}
    }
    let mut boroughs = (districts.iter())
        .filter(|it| text.contains(&it.borough))
        .filter_map(|it| it.code.get(..BOROUGH_DIGITS));
    let first = boroughs.next()?;
    boroughs.all(|it| it == first).then_some(first)
}
