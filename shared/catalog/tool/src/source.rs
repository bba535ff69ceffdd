//! A file of the catalogue, and on which line each of its values stands.

mod json;
mod toml;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

/// A file's text and its places: JSON pointers (RFC 6901), in TOML as in JSON.
pub(crate) struct Source {
    /// Below the catalogue's folder.
    pub(crate) name: PathBuf,
    pub(crate) text: String,
    lines: BTreeMap<String, usize>,
    /// Places whose values the reader had to make up.
    made_up: BTreeSet<String>,
}

impl Source {
    /// A file whose lines nobody asks about by place, such as a template.
    pub(crate) fn plain(name: PathBuf, text: String) -> Self {
        Self {
            name,
            text,
            lines: BTreeMap::new(),
            made_up: BTreeSet::new(),
        }
    }

    /// The line of a value, or of the nearest thing around it that there is.
    pub(crate) fn line(&self, place: &str) -> usize {
        let mut place = place;
        loop {
            if let Some(line) = self.lines.get(place) {
                return *line;
            }
            match place.rsplit_once('/') {
                Some((around, _)) => place = around,
                None => return 1,
            }
        }
    }

    pub(crate) fn has(&self, place: &str) -> bool {
        self.lines.contains_key(place)
    }

    pub(crate) fn is_made_up(&self, place: &str) -> bool {
        let within = |it: &String| {
            let rest = place.strip_prefix(it.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.made_up.iter().any(within)
    }
}

/// Where the lines of a text begin.
pub(crate) struct Starts(Vec<usize>);

impl Starts {
    pub(crate) fn of(text: &str) -> Self {
        let begins = text.match_indices('\n').map(|(at, _)| at + 1);
        Self([0].into_iter().chain(begins).collect())
    }

    /// The line of a byte, 1-based.
    pub(crate) fn line(&self, byte: usize) -> usize {
        self.0.partition_point(|start| *start <= byte)
    }
}

/// A step further down, as RFC 6901 (section 3) writes it.
pub(crate) fn below(place: &str, step: &str) -> String {
    format!("{place}/{}", step.replace('~', "~0").replace('/', "~1"))
}
