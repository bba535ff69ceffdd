//! Whatever was made up against a parser once is read again: no panic, no hang, and what is
//! genuine is still understood.

#![allow(clippy::unwrap_used)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use foreign::PARSERS;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap_or_else(|_| panic!("{}", folder.display()));
    files.map(|file| file.unwrap().path()).collect()
}

#[test]
fn everything_in_the_corpus_is_answered_and_what_is_genuine_understood() {
    for parser in PARSERS {
        let mut genuine = 0;
        for file in files(&corpus().join(parser.name)) {
            let understood = (parser.read)(&fs::read(&file).unwrap());
            let name = file.file_name().unwrap().to_string_lossy();
            if name.starts_with("genuine") {
                assert!(understood, "{} is not understood any more", file.display());
                genuine += 1;
            }
        }
        assert!(genuine > 0, "nothing genuine for {}", parser.name);
    }
}

#[test]
fn no_corpus_is_of_a_parser_that_does_not_exist() {
    let names = files(&corpus()).into_iter();
    let names: BTreeSet<String> = names
        .map(|folder| folder.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    let parsers: BTreeSet<String> = PARSERS.iter().map(|it| it.name.to_owned()).collect();
    assert_eq!(names, parsers);
}
