//! What an image is made of is told in a form that other programs read.

#![allow(clippy::unwrap_used)]

use images::sbom::{NoSbom, sbom};
use serde_json::{Value, json};

const MANIFEST: &str = r#"{
  "manifest_version": 1,
  "config": {"name": "minwon", "distribution": "debian", "architecture": "x86-64",
             "version": "7", "release": "trixie"},
  "packages": [
    {"type": "deb", "name": "libstdc++6", "version": "14.2.0-19", "architecture": "amd64"},
    {"type": "deb", "name": "bash", "version": "1:5.2.37-2+b10", "architecture": "amd64"}
  ]
}"#;

fn metadata() -> String {
    let package = |name: &str, source: Option<&str>, license: Option<&str>| json!({"id": name, "name": name, "version": "1.0.0+2", "source": source, "license": license});
    let dep = |name: &str, kinds: &[Option<&str>]| {
        let kinds: Vec<Value> = kinds
            .iter()
            .map(|it| json!({"kind": it, "target": null}))
            .collect();
        json!({"name": name, "pkg": name, "dep_kinds": kinds})
    };
    json!({
        "packages": [
            package("kiosk", None, Some("GPL-3.0-or-later")),
            package("desk", None, None),
            package("serde", Some("registry"), Some("MIT/Apache-2.0")),
            package("cc", Some("registry"), Some("MIT")),
            package("both", Some("registry"), None),
            package("deep", Some("registry"), Some("ISC")),
            package("elsewhere", Some("registry"), None),
        ],
        "resolve": {"nodes": [
            {"id": "kiosk", "deps": [
                dep("serde", &[None]), dep("cc", &[Some("build")]),
                dep("both", &[Some("dev"), None]),
            ]},
            {"id": "serde", "deps": [dep("deep", &[None])]},
            {"id": "deep", "deps": [dep("serde", &[None])]},
            {"id": "desk", "deps": [dep("elsewhere", &[None])]},
        ]},
    })
    .to_string()
}

#[test]
fn packages_and_the_crates_that_programs_run_with_are_listed_once() {
    let text = sbom(MANIFEST, &metadata(), &["kiosk"]).unwrap();
    let bom: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(bom["bomFormat"], "CycloneDX");
    assert_eq!(bom["metadata"]["component"]["version"], "7");
    let listed: Vec<(&str, Option<&str>)> = bom["components"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["name"].as_str().unwrap(), it["purl"].as_str()))
        .collect();
    assert_eq!(
        listed,
        [
            (
                "bash",
                Some("pkg:deb/debian/bash@1%3A5.2.37-2%2Bb10?arch=amd64&distro=trixie")
            ),
            ("both", Some("pkg:cargo/both@1.0.0%2B2")),
            ("deep", Some("pkg:cargo/deep@1.0.0%2B2")),
            ("kiosk", None),
            (
                "libstdc++6",
                Some("pkg:deb/debian/libstdc%2B%2B6@14.2.0-19?arch=amd64&distro=trixie")
            ),
            ("serde", Some("pkg:cargo/serde@1.0.0%2B2")),
        ]
    );
    assert!(text.contains("MIT OR Apache-2.0"), "as SPDX has it");
}

#[test]
fn a_program_that_is_none_of_ours_and_a_list_that_is_none_are_refused() {
    let unknown = sbom(MANIFEST, &metadata(), &["serde"]);
    assert!(matches!(unknown, Err(NoSbom::Unknown(it)) if it == "serde"));
    assert!(matches!(
        sbom("{}", &metadata(), &["kiosk"]),
        Err(NoSbom::Malformed(_))
    ));
}
