//! A small catalogue that can be broken: a ledger anybody may ask for, a record of
//! somebody's, and a petition.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use catalog_tool::{Check, Finding, check};

pub(crate) const SHIPPED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

const FILES: [&str; 15] = [
    "topics.toml",
    "elsewhere.toml",
    "networks/land-registry.toml",
    "networks/military.toml",
    "fees/land-ledger.toml",
    "fees/military.toml",
    "codes/districts.toml",
    "services/land-ledger/service.toml",
    "services/land-ledger/certificate.typ",
    "services/land-ledger/record.schema.json",
    "services/land-ledger/sample.json",
    "services/military-record/service.toml",
    "services/military-record/certificate.typ",
    "services/military-record/record.schema.json",
    "services/military-record/sample.json",
];
const PETITION: &str = "services/petition/service.toml";

/// Gone when it is dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("minwon-clerk-{}-{number}", std::process::id());
        let folder = Self(std::env::temp_dir().join(name));
        let _ = fs::remove_dir_all(&folder.0);
        for file in FILES.into_iter().chain([PETITION]) {
            let text = fs::read(Path::new(SHIPPED).join(file)).unwrap();
            folder.write(file, &text);
        }
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn remove(&self, file: &str) {
        fs::remove_file(self.0.join(file)).unwrap();
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }

    pub(crate) fn replace(&self, file: &str, standing: &str, other: &str) {
        let text = self.read(file);
        assert!(text.contains(standing), "{file} does not have {standing:?}");
        self.write(file, text.replacen(standing, other, 1));
    }

    /// The line on which a text stands.
    pub(crate) fn line(&self, file: &str, text: &str) -> usize {
        let whole = self.read(file);
        let at = whole
            .find(text)
            .unwrap_or_else(|| panic!("{file} has no {text:?}"));
        1 + whole[..at].matches('\n').count()
    }

    pub(crate) fn findings(&self, wanted: &Check) -> Vec<Finding> {
        let report = check(&self.0, wanted).unwrap();
        report.findings().cloned().collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
