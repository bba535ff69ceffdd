//! The program as a clerk and a machine call it.

use std::process::{Command, Output};

use crate::folder::Folder;

fn run(folder: &Folder, more: &[&str], locale: &str) -> (Option<i32>, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_minwon-catalog"))
        .arg("check")
        .arg(folder.path())
        .arg("--without-papers")
        .args(more)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", locale)
        .output()
        .unwrap();
    let said = [stdout, stderr].concat();
    (status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn a_clerk_is_told_in_their_language_and_a_script_by_the_exit_code() {
    let folder = Folder::new();
    let clean = run(&folder, &[], "ko_KR.UTF-8");
    folder.replace("services/land-ledger/service.toml", "rank = 3", "rnak = 3");
    let korean = run(&folder, &[], "ko_KR.UTF-8");
    let english = run(&folder, &[], "en_US.UTF-8");
    let asked = run(&folder, &["--language", "ko"], "en_US.UTF-8");

    assert_eq!(clean, (Some(0), "고칠 것이 없어요\n".to_owned()));
    assert_eq!((korean.0, &asked), (Some(1), &korean));
    assert!(
        korean
            .1
            .starts_with("services/land-ledger/service.toml:3: `rnak`: 모르는")
    );
    assert!(
        english
            .1
            .starts_with("services/land-ledger/service.toml:3: `rnak` is not known")
    );
}

#[test]
fn a_machine_reads_findings_as_json() {
    let folder = Folder::new();
    folder.replace("services/land-ledger/service.toml", "rank = 3", "rnak = 3");

    let (code, text) = run(&folder, &["--json"], "C");

    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(code, Some(1));
    assert_eq!(json["findings"][0]["rule"], "unknown-key");
    assert_eq!(json["findings"][0]["line"], 3);
    assert_eq!(
        json["findings"][0]["file"],
        "services/land-ledger/service.toml"
    );
}

#[test]
fn what_is_no_catalogue_is_said_to_be_none() {
    let folder = Folder::new();
    std::fs::remove_dir_all(folder.path().join("networks")).unwrap();

    let (code, text) = run(&folder, &[], "C");

    assert_eq!(code, Some(2));
    assert!(
        text.contains("no catalogue") && text.contains("networks"),
        "{text}"
    );
}
