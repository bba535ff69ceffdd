//! A talk with a receipt printer, line by line: `!` what happens to the printer,
//! `>` what it is sent, `<` what it says, nothing if it says nothing.

use std::{fmt::Write, path::PathBuf};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Happens(String),
    Sent(Vec<u8>),
    /// The receipt of the file beside the dialogue.
    SentReceipt,
    Says(Vec<u8>),
}

/// A file that is kept as the foreign printer left it.
pub(crate) fn frozen(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/frozen/receipt_printer")
        .join(name)
}

pub(crate) fn read() -> Vec<Turn> {
    let text = std::fs::read_to_string(frozen("dialogue.txt")).unwrap();
    text.lines().filter_map(turn).collect()
}

fn turn(line: &str) -> Option<Turn> {
    let rest = line.get(1..).unwrap_or_default().trim();
    match line.as_bytes().first()? {
        b'!' => Some(Turn::Happens(rest.to_owned())),
        b'>' if rest == "receipt" => Some(Turn::SentReceipt),
        b'>' => Some(Turn::Sent(bytes(rest))),
        b'<' => Some(Turn::Says(bytes(rest))),
        _ => None,
    }
}

fn bytes(text: &str) -> Vec<u8> {
    text.split_whitespace()
        .map(|byte| u8::from_str_radix(byte, 16).unwrap())
        .collect()
}

/// The turns as text again.
#[allow(dead_code, reason = "only whoever records a dialogue writes it")]
pub(crate) fn write(turns: &[Turn]) -> String {
    let mut text = String::new();
    for turn in turns {
        let (sign, rest) = match turn {
            Turn::Happens(what) => ('!', what.clone()),
            Turn::Sent(bytes) => ('>', hex(bytes)),
            Turn::SentReceipt => ('>', "receipt".to_owned()),
            Turn::Says(bytes) => ('<', hex(bytes)),
        };
        writeln!(text, "{}", format!("{sign} {rest}").trim_end()).unwrap();
    }
    text
}

fn hex(bytes: &[u8]) -> String {
    let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    bytes.join(" ")
}
