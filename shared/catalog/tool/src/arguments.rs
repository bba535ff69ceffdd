//! What stands behind the command.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use anyhow::{Context, bail};
use catalog_tool::Language;

pub(crate) const USAGE: &str = "usage:
  minwon-catalog check [FOLDER] [--papers-of ID,ID... | --without-papers] [--json]
  minwon-catalog new [FOLDER] [--answers FILE]
  minwon-catalog edition [FOLDER] --key FILE --number N --valid-from DAY --to FILE
  minwon-catalog verify FILE --signer FILE
  minwon-catalog export [FOLDER] [--base IRI] [--clock MILLISECONDS]

  FOLDER              the catalogue; the folder one stands in when not named
  --papers-of ID,...  print the papers of these services alone
  --without-papers    print none: quick, and blind to what only a press sees
  --json              for machines, in both languages
  --language ko|en    as LANG has it when not named
  --answers FILE      TOML; asked on the terminal when not named
  --key FILE          private key on P-256 (PKCS#8 in PEM) that signs the edition
  --number N          higher than that of all editions before
  --valid-from DAY    such as 2026-12-01, from its beginning in Korea
  --signer FILE       the public half of that key, in PEM
  --base IRI          where identifiers begin
  --clock ...         costs are those in force then; now when not named

ends with 0 when nothing is to be put right, with 1 when something is, with 2 when it
could not be told";

/// A catalogue's folder, and what else was named.
pub(crate) struct Arguments {
    pub(crate) folder: PathBuf,
    named: BTreeMap<&'static str, String>,
    flags: BTreeSet<&'static str>,
}

impl Arguments {
    pub(crate) fn read(
        mut words: impl Iterator<Item = String>,
        options: &[&'static str],
        flags: &[&'static str],
    ) -> anyhow::Result<Self> {
        let mut arguments = Self {
            folder: PathBuf::from("."),
            named: BTreeMap::new(),
            flags: BTreeSet::new(),
        };
        let mut folder = None;
        while let Some(word) = words.next() {
            if let Some(option) = options.iter().find(|it| **it == word) {
                let value = words
                    .next()
                    .with_context(|| format!("{option} names nothing\n{USAGE}"))?;
                arguments.named.insert(option, value);
            } else if let Some(flag) = flags.iter().find(|it| **it == word) {
                arguments.flags.insert(flag);
            } else if folder.is_none() && !word.starts_with("--") {
                folder = Some(word);
            } else {
                bail!("{word} is not known\n{USAGE}");
            }
        }
        if let Some(folder) = folder {
            arguments.folder = folder.into();
        }
        Ok(arguments)
    }

    pub(crate) fn named(&self, option: &str) -> Option<&str> {
        self.named.get(option).map(String::as_str)
    }

    pub(crate) fn needed(&self, option: &str) -> anyhow::Result<&str> {
        self.named(option)
            .with_context(|| format!("{option} is missing\n{USAGE}"))
    }

    pub(crate) fn has(&self, flag: &str) -> bool {
        self.flags.contains(flag)
    }

    pub(crate) fn language(&self) -> anyhow::Result<Language> {
        match self.named("--language") {
            None => Ok(Language::of_environment()),
            Some(code) => Language::of_code(code)
                .with_context(|| format!("`{code}` is no language; there are ko and en")),
        }
    }
}
