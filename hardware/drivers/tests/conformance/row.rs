//! What was seen of one driver, written where the table is made from it.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

use crate::mood::Mood;

pub(crate) struct Row {
    file: File,
}

impl Row {
    /// Begins the driver's file anew: what it said last time is not of this time.
    pub(crate) fn begin(driver: &str, judge: &str) -> Self {
        let folder = folder();
        fs::create_dir_all(&folder).unwrap();
        let mut file = File::create(folder.join(format!("{driver}.tsv"))).unwrap();
        writeln!(file, "judge\t{judge}").unwrap();
        Self { file }
    }

    pub(crate) fn saw(&mut self, mood: Mood, cell: &str) {
        writeln!(self.file, "{}\t{cell}", mood.name()).unwrap();
    }

    /// No device of this class comes into this mood.
    pub(crate) fn cannot(&mut self, mood: Mood) {
        self.saw(mood, "–");
    }
}

fn folder() -> PathBuf {
    let named = std::env::var_os("MINWON_CONFORMANCE").map(PathBuf::from);
    named.unwrap_or_else(|| Path::new(env!("CARGO_TARGET_TMPDIR")).join("conformance"))
}
