//! What is wrong with a catalogue, and where.

use std::{collections::BTreeSet, path::PathBuf};

use serde_json::{Value, json};

use crate::{source::Source, words::Words};

/// One thing that a clerk has to put right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Below the catalogue's folder.
    pub file: PathBuf,
    /// 1-based.
    pub line: usize,
    /// Which rule it breaks, for machines.
    pub rule: &'static str,
    pub words: Words,
}

/// All findings, each once, by file and line.
#[derive(Debug, Default)]
pub struct Report(BTreeSet<Finding>);

impl Report {
    /// Says something of a place in a file, unless the value that stands there is
    /// not the file's own: then it has been said already what is wrong with it.
    pub(crate) fn at(&mut self, source: &Source, place: &str, rule: &'static str, words: Words) {
        if !source.is_made_up(place) {
            self.on_line(source, source.line(place), rule, words);
        }
    }

    pub(crate) fn on_line(
        &mut self,
        source: &Source,
        line: usize,
        rule: &'static str,
        words: Words,
    ) {
        self.of_file(source.name.clone(), line, rule, words);
    }

    pub(crate) fn of_file(
        &mut self,
        file: impl Into<PathBuf>,
        line: usize,
        rule: &'static str,
        words: Words,
    ) {
        self.0.insert(Finding {
            file: file.into(),
            line,
            rule,
            words,
        });
    }

    pub fn is_clean(&self) -> bool {
        self.0.is_empty()
    }

    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.0.iter()
    }

    /// Whether anything was found in a file or folder of this name.
    pub(crate) fn touches(&self, folder: &str) -> bool {
        self.0.iter().any(|it| it.file.starts_with(folder))
    }

    pub fn to_json(&self) -> Value {
        let findings = self.0.iter().map(|it| {
            json!({
                "file": it.file,
                "line": it.line,
                "rule": it.rule,
                "ko": it.words.ko,
                "en": it.words.en,
            })
        });
        json!({ "findings": findings.collect::<Vec<_>>() })
    }
}
