//! A town: its ordinances in place of those that ship, and the hours of its kiosks.

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use catalog::{Bilingual, Catalog, Error, Hours};
use serde::Deserialize;

/// Parts of the catalogue that all towns share.
const SHARED: [&str; 7] = [
    "codes",
    "elsewhere.toml",
    "holidays.toml",
    "networks",
    "services",
    "topics.toml",
    "two-persons.toml",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: Bilingual,
    jurisdiction: String,
    elsewhere: String,
    #[serde(default)]
    hours: Hours,
}

pub(crate) struct Town {
    pub(crate) name: Bilingual,
    /// The first digits of a legal-district code of its own, and of another town's.
    pub(crate) jurisdiction: String,
    pub(crate) elsewhere: String,
    pub(crate) hours: Hours,
    pub(crate) catalog: Catalog,
}

impl Town {
    pub(crate) fn all() -> [Self; 3] {
        ["hanbit", "saesol", "garam"].map(Self::named)
    }

    pub(crate) fn named(id: &str) -> Self {
        let own = house().join("tests/year/towns").join(id);
        let edition = edition();
        if own.join("fees").exists() {
            put_over(&own.join("fees"), &edition.path().join("fees"));
        }
        let written = fs::read_to_string(own.join("town.toml")).expect("the town has a file");
        let written: Written = toml::from_str(&written).expect("the town's file is right");
        Self {
            name: written.name,
            jurisdiction: written.jurisdiction,
            elsewhere: written.elsewhere,
            hours: written.hours,
            catalog: Catalog::read(edition.path()).expect("the edition fits together"),
        }
    }
}

/// The edition that ships, with one file changed.
pub(crate) fn changed(file: &str, change: &str, to: &str) -> Result<Catalog, Error> {
    let edition = edition();
    let place = edition.path().join(file);
    let text = fs::read_to_string(house().join(file)).expect("it ships");
    assert!(text.contains(change), "{file} does not say {change}");
    let folder = place.parent().expect("it is in a folder");
    if folder.is_symlink() {
        fs::remove_file(folder).expect("the folder goes");
        fs::create_dir(folder).expect("another one comes");
        let from = house().join(file);
        put_over(from.parent().expect("it is in a folder"), folder);
    }
    fs::remove_file(&place).expect("the file goes");
    fs::write(&place, text.replacen(change, to, 1)).expect("another one comes");
    Catalog::read(edition.path())
}

fn house() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// A folder that leads to everything that ships; its fees are a folder of its own.
fn edition() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    for part in SHARED {
        symlink(house().join(part), folder.path().join(part)).expect("a new folder");
    }
    fs::create_dir(folder.path().join("fees")).expect("a new folder");
    put_over(&house().join("fees"), &folder.path().join("fees"));
    folder
}

fn put_over(from: &Path, into: &Path) {
    for entry in fs::read_dir(from).expect("it is a folder") {
        let file = entry.expect("it can be read").path();
        let place = into.join(file.file_name().expect("it has a name"));
        if place.is_symlink() {
            fs::remove_file(&place).expect("it goes");
        }
        symlink(file, place).expect("its place is free");
    }
}
