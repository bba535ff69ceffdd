//! An office whose catalogue has a few folders more.

use std::{fs, path::Path};

use catalog::Catalog;
use catalog_tool::{Answers, Draft};

use crate::office::{Office, house};

/// The new services: one written by hand, the others from a clerk's answers.
pub(super) const NEW: [&str; 3] = ["dog-registration", "dog-licence", "volunteer-record"];

const ANSWERS: [&str; 2] = [
    include_str!("../../../../../shared/catalog/tool/tests/answers/dog-licence.toml"),
    include_str!("../../../../../shared/catalog/tool/tests/answers/volunteer-record.toml"),
];

const SERVICE: &str = include_str!("dog-registration/service.toml");
const SCHEMA: &str = include_str!("dog-registration/record.schema.json");
const SAMPLE: &str = include_str!("dog-registration/sample.json");
const TEMPLATE: &str = include_str!("dog-registration/certificate.typ");

pub(super) async fn office_with_new_services() -> Office {
    Office::open_with_services(|services: &Path| {
        let folder = services.join(NEW[0]);
        fs::create_dir(&folder).unwrap();
        for (name, text) in [
            ("service.toml", SERVICE),
            ("record.schema.json", SCHEMA),
            ("sample.json", SAMPLE),
            ("certificate.typ", TEMPLATE),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
        let root = services.parent().unwrap();
        link_fees(&root.join("fees"));
        for answers in ANSWERS {
            draft(root, answers);
        }
    })
    .await
}

/// The fees of the house, and room for more.
fn link_fees(ours: &Path) {
    fs::create_dir(ours).unwrap();
    for file in fs::read_dir(house().join("fees")).unwrap() {
        let file = file.unwrap();
        std::os::unix::fs::symlink(file.path(), ours.join(file.file_name())).unwrap();
    }
}

fn draft(root: &Path, answers: &str) {
    let catalog = Catalog::read(&house()).unwrap();
    let mut answers = Answers::File(answers.parse().unwrap());
    for (file, text) in Draft::ask(&catalog, &mut answers).unwrap().files() {
        let file = root.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
}
