//! A clerk who makes editions of the catalogue, with a key of their own.

use std::{fs, path::Path, process::ExitCode};

use edition::{Edition, EditionKey, Files};
use request::Timestamp;
use sync::KeyPair;

/// Answers of somebody who makes the licence of a dog a service.
pub const DOG: &str = include_str!("../../shared/catalog/tool/tests/answers/dog-licence.toml");

pub struct Clerk {
    pub key: KeyPair,
    pub files: Files,
}

impl Clerk {
    /// Who has made one service more for the catalogue in this folder.
    pub fn of(catalog: &Path, answers: &str) -> Self {
        let read = catalog::Catalog::read(catalog).unwrap();
        let mut answers = catalog_tool::Answers::File(answers.parse().unwrap());
        let draft = catalog_tool::Draft::ask(&read, &mut answers).unwrap();
        let mut files = catalog_tool::pack(catalog).unwrap();
        for (name, text) in draft.files() {
            files.add(&name, text.into_bytes()).unwrap();
        }
        let key = KeyPair::generate();
        Self { key, files }
    }

    pub fn signs(&self, number: u64, valid_from: Timestamp) -> Vec<u8> {
        let files = self.files.clone();
        let edition = Edition {
            number,
            valid_from,
            files,
        };
        let key = EditionKey::from_pem(&self.key.to_pem().unwrap()).unwrap();
        edition.sign(&key).unwrap()
    }
}

/// As `minwon-exchange edition` does it, to the exchange that works in `data`.
pub fn hand_in(data: &Path, signed: &[u8], signer: &KeyPair) -> ExitCode {
    let beside = |name: &str, content: &[u8]| {
        let file = data.with_file_name(name);
        fs::write(&file, content).unwrap();
        file.to_string_lossy().into_owned()
    };
    let file = beside("handed-in.edition", signed);
    let pem = signer.public().to_pem().unwrap();
    let signer = beside("clerk.pem", pem.as_bytes());
    let data = data.to_string_lossy().into_owned();
    let words = ["edition", &file, "--signer", &signer, "--data", &data];
    exchange::hand_in_edition(&words.map(str::to_owned))
        .unwrap()
        .unwrap()
}
