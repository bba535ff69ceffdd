//! The scanner of a station, as its settings describe it.

use std::{path::PathBuf, time::Duration};

use drivers::barcode_reader::{Ending, Framing};
use serde::Deserialize;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BarcodeReaderSettings {
    /// Such as a name below `/dev/serial/by-path`.
    pub line: PathBuf,
    pub baud: u32,
    /// What the scanner is set to put before each code.
    #[serde(default)]
    pub prefix: String,
    /// What it puts behind each: none said means a carriage return, a line feed or both; an
    /// empty one nothing.
    #[serde(default)]
    pub suffix: Option<String>,
    /// After so long a silence a code is over.
    #[serde(default)]
    pub gap_ms: Option<u16>,
    /// It says of which symbology each code is (AIM identifiers, ISO/IEC 15424).
    #[serde(default)]
    pub symbology_identifier: bool,
}

impl BarcodeReaderSettings {
    pub(crate) fn framing(&self) -> Framing {
        let usual = Framing::default();
        Framing {
            prefix: self.prefix.clone().into_bytes(),
            ending: match self.suffix.as_deref() {
                None | Some("\r" | "\n" | "\r\n") => Ending::Line,
                Some("") => Ending::Silence,
                Some(suffix) => Ending::Suffix(suffix.as_bytes().to_vec()),
            },
            gap: self
                .gap_ms
                .map_or(usual.gap, |it| Duration::from_millis(it.into())),
            identifies: self.symbology_identifier,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_scanner_is_taken_as_it_left_its_maker_unless_something_else_is_said() {
        let framing = |more: &str| {
            let text = format!("line = \"/dev/scanner\"\nbaud = 9600\n{more}");
            let settings: BarcodeReaderSettings = toml::from_str(&text).unwrap();
            settings.framing()
        };
        let ending = |ending| Framing {
            ending,
            ..Framing::default()
        };

        assert_eq!(framing(""), Framing::default());
        assert_eq!(framing("suffix = \"\\r\\n\""), ending(Ending::Line));
        assert_eq!(framing("suffix = \"\""), ending(Ending::Silence));
        assert_eq!(
            framing("suffix = \"\\t\""),
            ending(Ending::Suffix(b"\t".to_vec()))
        );
        assert_eq!(
            framing("prefix = \"\\u0002\"\ngap_ms = 90\nsymbology_identifier = true"),
            Framing {
                prefix: vec![2],
                gap: Duration::from_millis(90),
                identifies: true,
                ..Framing::default()
            }
        );
    }
}
