//! Folders of descriptions, sound and unsound, and what is written of them as linked data.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use catalog::Catalog;
use locator::{Error, Locator, turtle};
use offices::Directory;

const OFFICE: &str = r#"[office]
code = "4199005"
name = { ko = "환경과", en = "Environment" }
telephone = "099-0000-1005"
place = { ko = "별관 3층", en = "Annex, 3rd floor" }
keeper = true
"#;

const DATASET: &str = r#"
[[dataset]]
id = "street-trees"
title = { ko = "가로수 대장", en = "Street trees" }
description = { ko = "나무의 종류와 자리", en = "Kind and place of each tree" }
keywords = { ko = ["나무"], en = ["trees"] }
theme = "ENVI"
access = "public"
since = 1999
frequency = "annual"
formats = ["CSV"]
"#;

fn read(files: &[(&str, &str)]) -> Result<Locator, Error> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    Locator::read(folder.path(), &Catalog::default())
}

#[test]
fn without_a_folder_nothing_is_found_and_nothing_is_wrong() {
    let locator = Locator::read(Path::new("there/is/none"), &Catalog::default()).unwrap();

    assert!(locator.is_empty());
    assert!(locator.find("나무", 4).unwrap().is_empty());
}

#[test]
fn what_is_wrong_with_a_folder_is_said_with_the_place() {
    let said = |files: &[(&str, &str)]| read(files).unwrap_err().to_string();
    let with = |from: &str, to: &str| OFFICE.to_owned() + &DATASET.replace(from, to);
    let twice = OFFICE.to_owned() + DATASET + DATASET;
    let long = "가".repeat(201);

    for (text, wanted) in [
        (twice, "two descriptions are called `street-trees`"),
        (with("ENVI", "TREES"), "is not as it should be"),
        (
            with("street-trees", "../etc"),
            "an id is of lower-case letters",
        ),
        (with("가로수 대장", &long), "a title is in both languages"),
        (
            with("나무의 종류와 자리", ""),
            "a description is in both languages",
        ),
        (with("CSV", "a b>"), "a format is a code"),
        (
            with("since", "districts = \"moons\"\nsince"),
            "names the list `moons`",
        ),
        ("office = 1".to_owned(), "is not as it should be"),
    ] {
        let said = said(&[("a.toml", &text)]);
        assert!(said.contains(wanted), "{said}");
    }
}

#[test]
fn a_holding_is_described_as_dcat_ap_has_it() {
    let text = OFFICE.to_owned() + DATASET;
    let locator = read(&[("trees.toml", &text), ("notes.txt", "not ours")]).unwrap();

    let document = locator::catalog(&locator);
    let written = turtle(&document);

    let dataset = &document["dcat:dataset"][0];
    assert_eq!(document["@type"], "dcat:Catalog");
    assert_eq!(document["dct:publisher"]["dct:identifier"], "4199005");
    assert_eq!(dataset["@id"], "/v1/locator/street-trees");
    assert_eq!(dataset["dct:title"][0]["@value"], "가로수 대장");
    assert_eq!(
        dataset["dcat:contactPoint"]["vcard:hasTelephone"]["@id"],
        "tel:099-0000-1005;phone-context=+82"
    );
    assert_eq!(
        dataset["dct:accessRights"]["@id"],
        "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
    );
    for line in [
        "</v1/locator/catalog.jsonld> a dcat:Catalog ;",
        "dct:title \"가로수 대장\"@ko, \"Street trees\"@en",
        "dcat:startDate \"1999\"^^xsd:gYear",
        "<urn:minwon:office:4199005> a foaf:Agent ;",
    ] {
        assert!(written.contains(line), "{line} is not in\n{written}");
    }
}

#[test]
fn an_office_has_one_name_and_one_telephone_wherever_it_is_listed() {
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog");
    let catalog = Catalog::read(&house).unwrap();
    let directory = Directory::read(&house, &catalog).unwrap();
    let locator = Locator::read(&house.join("locator"), &catalog).unwrap();

    let mut in_both = 0;
    for office in locator.offices() {
        for listed in directory.offices() {
            let same = listed.code.as_str() == office.code;
            assert_eq!(listed.name == office.name, same, "{}", office.code);
            if same {
                assert_eq!(listed.telephone, office.telephone);
                in_both += 1;
            }
        }
    }
    assert!(in_both > 0);
}
