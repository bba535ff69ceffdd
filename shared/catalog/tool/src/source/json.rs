//! JSON, and on which line each of its values stands.

use std::{collections::BTreeMap, path::PathBuf};

use serde_json::Value;

use super::{Source, Starts, below};
use crate::{report::Report, words::Words};

impl Source {
    /// Reads a file of JSON; `None` where it is none.
    pub(crate) fn read_json(
        name: PathBuf,
        text: String,
        report: &mut Report,
    ) -> (Self, Option<Value>) {
        let mut source = Self::plain(name, text);
        match serde_json::from_str(&source.text) {
            Ok(value) => {
                source.lines = lines(&source.text);
                (source, Some(value))
            }
            Err(error) => {
                let words = Words::new(
                    format!("JSON으로 읽을 수 없어요: {error}"),
                    format!("It cannot be read as JSON: {error}"),
                );
                report.on_line(&source, error.line().max(1), "json", words);
                (source, None)
            }
        }
    }
}

/// Of a text that is known to be JSON.
fn lines(text: &str) -> BTreeMap<String, usize> {
    let mut scan = Scan {
        text,
        starts: Starts::of(text),
        at: 0,
        lines: BTreeMap::new(),
    };
    scan.value("");
    scan.lines
}

struct Scan<'a> {
    text: &'a str,
    starts: Starts,
    at: usize,
    lines: BTreeMap<String, usize>,
}

impl Scan<'_> {
    fn value(&mut self, place: &str) {
        self.blanks();
        let line = self.starts.line(self.at);
        self.lines.entry(place.to_owned()).or_insert(line);
        match self.byte() {
            Some(b'{') => self.members(b'}', |scan, _| {
                let line = scan.starts.line(scan.at);
                let place = below(place, &scan.string());
                scan.lines.insert(place.clone(), line);
                scan.blanks();
                scan.at += 1;
                scan.value(&place);
            }),
            Some(b'[') => self.members(b']', |scan, number| {
                scan.value(&format!("{place}/{number}"));
            }),
            Some(b'"') => drop(self.string()),
            _ => {
                let rest = &self.text[self.at..];
                let end = |it: char| matches!(it, ',' | '}' | ']') || it.is_whitespace();
                self.at += rest.find(end).unwrap_or(rest.len());
            }
        }
    }

    /// What stands between two brackets, one after the other.
    fn members(&mut self, end: u8, mut member: impl FnMut(&mut Self, usize)) {
        self.at += 1;
        for number in 0.. {
            self.blanks();
            if self.byte() == Some(b',') {
                self.at += 1;
                self.blanks();
            }
            if self.byte().is_none_or(|it| it == end) {
                break;
            }
            member(self, number);
        }
        self.at += 1;
    }

    fn string(&mut self) -> String {
        let from = self.at;
        self.at += 1;
        while let Some(byte) = self.byte() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
        let written = self.text.get(from..self.at).unwrap_or_default();
        serde_json::from_str(written).unwrap_or_default()
    }

    fn blanks(&mut self) {
        while self.byte().is_some_and(|it| it.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_line() {
        let text = "{\n \"a\": [1,\n  {\"b/c\": \"x\\\"]}\"}],\n\"d\": {}, \"e\": -1.5\n}";

        let lines = lines(text);

        let line = |place: &str| lines.get(place).copied();
        assert_eq!(
            (line(""), line("/a"), line("/a/0")),
            (Some(1), Some(2), Some(2))
        );
        assert_eq!((line("/a/1"), line("/a/1/b~1c")), (Some(3), Some(3)));
        assert_eq!(
            (line("/d"), line("/e"), line("/f")),
            (Some(4), Some(4), None)
        );
        assert_eq!(lines.len(), 7);
    }
}
