//! What stands behind the command, and the small files it names.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use journal::Key;
use parcel::Address;
use sync::KeyPair;

pub(crate) const USAGE: &str = "usage:
  minwon-journal verify FILE [--key FILE] [--station FILE --for FILE [--head FILE]]
  minwon-journal export FILE [--key FILE] --station-key FILE --for FILE --to FOLDER
  minwon-journal acknowledge FILE [--key FILE] --station-key FILE --for FILE --receipt FILE

  FILE               the journal
  --key FILE         the journal's key; station.key beside it when not named
  --head FILE        a co-signed head or receipt to hold the journal against
  --station FILE     the public key of the station's journal, in PEM
  --station-key FILE its private key: journal-key.pem beside the journal
  --for FILE         exchange.pub: for whom it is closed, whose signature is believed
  --to FOLDER        where the parcels go, such as a stick
  --receipt FILE     what the exchange answered to a parcel";

/// A journal, and what else was named.
pub(crate) struct Arguments {
    pub(crate) journal: PathBuf,
    named: BTreeMap<&'static str, PathBuf>,
}

impl Arguments {
    pub(crate) fn read(
        mut words: impl Iterator<Item = OsString>,
        options: &[&'static str],
    ) -> anyhow::Result<Self> {
        let (mut journal, mut named) = (None, BTreeMap::new());
        while let Some(word) = words.next() {
            if let Some(option) = options.iter().find(|option| word == **option) {
                let value = words
                    .next()
                    .with_context(|| format!("{option} names no file\n{USAGE}"))?;
                named.insert(*option, value.into());
            } else if journal.is_none() && !word.to_string_lossy().starts_with("--") {
                journal = Some(word.into());
            } else {
                bail!("{} is not known\n{USAGE}", word.to_string_lossy());
            }
        }
        let journal = journal.context(USAGE)?;
        Ok(Self { journal, named })
    }

    pub(crate) fn named(&self, option: &str) -> Option<&Path> {
        self.named.get(option).map(PathBuf::as_path)
    }

    pub(crate) fn needed(&self, option: &str) -> anyhow::Result<&Path> {
        self.named(option)
            .with_context(|| format!("{option} is missing\n{USAGE}"))
    }

    pub(crate) fn station_key(&self) -> anyhow::Result<KeyPair> {
        let file = self.needed("--station-key")?;
        KeyPair::from_pem(&text(file)?).with_context(|| file.display().to_string())
    }

    /// Of the journal.
    pub(crate) fn key(&self) -> anyhow::Result<Key> {
        let beside = self.journal.with_file_name("station.key");
        Ok(Key::read(self.named("--key").unwrap_or(&beside))?)
    }

    pub(crate) fn exchange(&self) -> anyhow::Result<Address> {
        let file = self.needed("--for")?;
        serde_json::from_str(&text(file)?)
            .with_context(|| format!("{} is not an exchange.pub", file.display()))
    }
}

pub(crate) fn text(file: &Path) -> anyhow::Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}
