//! Bytes become text, by the name a message gives its character set or without one.

use encoding_rs::{EUC_KR, Encoding};

use crate::iso_2022_kr;

/// Names under which EUC-KR and its extension by Microsoft go about in mail,
/// besides those of the web.
const KOREAN: [&str; 7] = [
    "cp949",
    "ms949",
    "uhc",
    "x-windows-949",
    "euc_kr",
    "ks_c_5601",
    "ks_c_5601_1987",
];

/// Reads what can be read; the rest becomes U+FFFD.
pub(crate) fn decode(label: Option<&str>, bytes: &[u8]) -> String {
    match label.map(Charset::named) {
        Some(Charset::Iso2022Kr) => iso_2022_kr::decode(bytes),
        Some(Charset::Known(encoding)) => encoding.decode(bytes).0.into_owned(),
        Some(Charset::Undeclared) | None => guess(bytes),
    }
}

enum Charset {
    Known(&'static Encoding),
    Iso2022Kr,
    /// None that says more than its absence.
    Undeclared,
}

impl Charset {
    fn named(label: &str) -> Self {
        // A language may follow (RFC 2231, 5).
        let name = label.split('*').next().unwrap_or(label);
        let name = name.trim().to_ascii_lowercase();
        match name.as_str() {
            "iso-2022-kr" | "csiso2022kr" => Charset::Iso2022Kr,
            // Said by programs that have not looked.
            "us-ascii" | "ascii" | "unknown-8bit" | "x-unknown" | "binary" => Charset::Undeclared,
            name if KOREAN.contains(&name) => Charset::Known(EUC_KR),
            name => Encoding::for_label_no_replacement(name.as_bytes())
                .map_or(Charset::Undeclared, Charset::Known),
        }
    }
}

/// Old Korean programs send EUC-KR and do not say so.
pub(crate) fn guess(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let (korean, faulty) = EUC_KR.decode_without_bom_handling(bytes);
    if faulty {
        String::from_utf8_lossy(bytes).into_owned()
    } else {
        korean.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangul_is_read_under_every_name_it_goes_by() {
        let euc_kr = b"\xb0\xa1\xb3\xaa";
        let euc_kr_names = [
            "EUC-KR",
            "ks_c_5601-1987",
            "CP949",
            "windows-949",
            "euc-kr*ko",
        ];
        for label in euc_kr_names {
            assert_eq!(decode(Some(label), euc_kr), "가나", "{label}");
        }
        assert_eq!(decode(Some("utf-8"), "가나".as_bytes()), "가나");
        assert_eq!(decode(Some("ISO-2022-KR"), b"\x1b$)C\x0e0!3*\x0f"), "가나");
        // A syllable that KS X 1001 lacks and Microsoft added.
        assert_eq!(decode(Some("cp949"), b"\x8cc"), "똠");
    }

    #[test]
    fn what_is_not_declared_is_recognized() {
        for label in [None, Some("us-ascii"), Some("no-such-charset")] {
            assert_eq!(decode(label, b"\xb0\xa1"), "가", "{label:?}");
            assert_eq!(decode(label, "가".as_bytes()), "가", "{label:?}");
            assert_eq!(decode(label, b"\xff\xfe\xff"), "\u{fffd}\u{fffd}\u{fffd}");
        }
    }
}
