//! Which of several readers is meant.

use std::ffi::CString;

/// A reader's name, or how it begins.
#[derive(Clone, Debug)]
pub(super) struct ReaderName(String);

impl ReaderName {
    /// `None` for a name that would mean any reader.
    pub(super) fn new(name: &str) -> Option<Self> {
        let name = name.trim();
        (!name.is_empty()).then(|| Self(name.to_owned()))
    }

    /// The reader of this very name, or the only one whose name begins so: a
    /// card is not read where nobody was asked to put it in.
    pub(super) fn choose(&self, readers: Vec<CString>) -> Option<CString> {
        let is_meant = |reader: &CString| reader.as_bytes() == self.0.as_bytes();
        if let Some(reader) = readers.iter().find(|reader| is_meant(reader)) {
            return Some(reader.clone());
        }
        let begins = |reader: &CString| reader.as_bytes().starts_with(self.0.as_bytes());
        let mut meant = readers.into_iter().filter(begins);
        let reader = meant.next()?;
        if meant.next().is_some() {
            tracing::warn!(reader = self.0, "More than one card reader is called so");
            return None;
        }
        Some(reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(name: &str, readers: &[&str]) -> Option<String> {
        let readers = readers
            .iter()
            .map(|reader| CString::new(*reader).expect("a name without zeros"))
            .collect();
        let chosen = ReaderName::new(name)?.choose(readers)?;
        Some(chosen.to_string_lossy().into_owned())
    }

    #[test]
    fn a_reader_is_found_by_its_name_or_by_how_only_its_name_begins() {
        let readers = [
            "Cherry KC 1000 00 00",
            "Cherry KC 1000 01 00",
            "ACS ACR39U 02 00",
        ];

        assert_eq!(choose("ACS", &readers).as_deref(), Some("ACS ACR39U 02 00"));
        assert_eq!(
            choose("Cherry KC 1000 01 00", &readers).as_deref(),
            Some("Cherry KC 1000 01 00")
        );
        assert_eq!(choose("ACS", &["ACS", "ACS 2"]).as_deref(), Some("ACS"));
    }

    #[test]
    fn no_reader_is_chosen_by_chance() {
        assert_eq!(choose("Cherry", &["Cherry 00", "Cherry 01"]), None);
        assert_eq!(choose("ACS", &["Cherry 00"]), None);
        assert_eq!(choose(" ", &["Cherry 00"]), None);
    }
}
