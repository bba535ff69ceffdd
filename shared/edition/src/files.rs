//! The files of a catalogue, and nothing that would lie anywhere else.

use std::collections::{BTreeMap, btree_map};

/// More files than a catalogue of a thousand services has.
const FILES_MAX: usize = 5_000;
/// All of them together; the link takes nothing larger.
const BYTES_MAX: usize = 12 << 20;
const NAME_MAX: usize = 120;
/// What a catalogue is made of beside the files of its own folder. Below `services`
/// each service has a folder; in the others lie files alone.
pub const FOLDERS: [&str; 7] = [
    "codes",
    "directory",
    "fees",
    "local",
    "locator",
    "networks",
    SERVICES,
];
const SERVICES: &str = "services";

/// Files by their names below the catalogue's folder, with `/` between the parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    by_name: BTreeMap<String, Vec<u8>>,
    bytes: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilesError {
    #[error("`{0}` is no name of a catalogue's file")]
    Name(String),
    #[error("`{0}` is there twice")]
    Twice(String),
    #[error("it is larger than any catalogue")]
    TooLarge,
}

impl Files {
    /// # Errors
    /// When the name leads anywhere but into the catalogue, or it grows too large.
    pub fn add(&mut self, name: &str, content: Vec<u8>) -> Result<(), FilesError> {
        if !is_of_catalogue(name) {
            return Err(FilesError::Name(name.chars().take(NAME_MAX).collect()));
        }
        self.bytes = self.bytes.saturating_add(content.len());
        if self.by_name.len() >= FILES_MAX || self.bytes > BYTES_MAX {
            return Err(FilesError::TooLarge);
        }
        match self.by_name.entry(name.to_owned()) {
            btree_map::Entry::Vacant(place) => {
                place.insert(content);
                Ok(())
            }
            btree_map::Entry::Occupied(_) => Err(FilesError::Twice(name.to_owned())),
        }
    }

    /// In the order of their names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &[u8])> {
        self.by_name
            .iter()
            .map(|(name, it)| (name.as_str(), it.as_slice()))
    }

    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }
}

/// `topics.toml`, `fees/free.toml`, `services/petition/service.toml`.
pub(crate) fn is_of_catalogue(name: &str) -> bool {
    let plain = |part: &str| {
        let letter = |it: u8| it.is_ascii_alphanumeric() || b"-_.".contains(&it);
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(letter)
    };
    let parts: Vec<&str> = name.split('/').collect();
    let in_place = match parts.as_slice() {
        [file] => file.ends_with(".toml"),
        [folder, _] => FOLDERS.contains(folder) && *folder != SERVICES,
        [folder, _, _] => *folder == SERVICES,
        _ => false,
    };
    in_place && name.len() <= NAME_MAX && parts.into_iter().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_catalogue() {
        for good in [
            "topics.toml",
            "fees/free.toml",
            "services/petition/service.toml",
        ] {
            assert!(is_of_catalogue(good), "{good}");
        }
        for bad in [
            "",
            "/etc/passwd",
            "../topics.toml",
            "fees/../topics.toml",
            "services/x",
            "fees//a",
            "services/petition/../a",
            "keys/a.toml",
            "fees/.a",
            "topics.json",
            "a\\b.toml",
            "services/a/b/c",
            "fees/a\u{0}",
        ] {
            assert!(!is_of_catalogue(bad), "{bad}");
        }
    }

    #[test]
    fn nothing_is_there_twice_or_without_end() {
        let mut files = Files::default();

        assert_eq!(files.add("topics.toml", vec![1]), Ok(()));
        let twice = files.add("topics.toml", vec![2]);
        assert_eq!(twice, Err(FilesError::Twice("topics.toml".to_owned())));
        let large = files.add("fees/free.toml", vec![0; BYTES_MAX]);
        assert_eq!(large, Err(FilesError::TooLarge));
    }
}
