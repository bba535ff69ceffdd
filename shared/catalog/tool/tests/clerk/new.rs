//! A service from questions and answers.

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

use catalog::{Catalog, OfflineRule};
use request::{IdentityLevel, ServiceId};

use crate::folder::Folder;

const DOG: &str = include_str!("../answers/dog-licence.toml");
const VOLUNTEER: &str = include_str!("../answers/volunteer-record.toml");

fn new(folder: &Folder, answers: &str) -> (Option<i32>, String) {
    folder.write("answers.toml", answers);
    let file = folder.path().join("answers.toml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_minwon-catalog"));
    command
        .arg("new")
        .arg(folder.path())
        .args(["--language", "en", "--answers"])
        .arg(file);
    said(command.output().unwrap())
}

fn said(output: Output) -> (Option<i32>, String) {
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

#[test]
fn what_a_clerk_answers_becomes_services_that_nothing_is_wrong_with() {
    let folder = Folder::new();

    let dog = new(&folder, DOG);
    let volunteer = new(&folder, VOLUNTEER);

    assert_eq!(
        (dog.0, volunteer.0),
        (Some(0), Some(0)),
        "{}{}",
        dog.1,
        volunteer.1
    );
    assert!(
        dog.1
            .ends_with("fees/dog-licence.toml\nNothing is to be put right\n")
    );
    let catalog = Catalog::read(folder.path()).unwrap();
    let dog = catalog.service(&ServiceId::new("dog-licence")).unwrap();
    let volunteer = catalog
        .service(&ServiceId::new("volunteer-record"))
        .unwrap();
    assert_eq!(dog.lease().map(|it| it.papers), Some(40));
    assert_eq!(dog.parameters.len(), 2);
    assert_eq!(dog.seal_fields.len(), 3);
    assert_eq!(volunteer.identity, IdentityLevel::Strong);
    assert_eq!(
        volunteer.offline,
        OfflineRule::Queue {
            fresh_for_hours: 24
        }
    );
    assert!(volunteer.subject.is_some() && volunteer.consent.is_some());
}

#[test]
fn an_answer_that_is_none_is_refused_and_nothing_is_written() {
    let folder = Folder::new();
    for (standing, other, complaint) in [
        (
            "id = \"dog-licence\"",
            "id = \"land-ledger\"",
            "There is such a service already",
        ),
        ("id = \"dog-licence\"", "id = \"../dog\"", "small letter"),
        ("topic = \"land\"", "topic = \"dogs\"", "one of: land"),
        (
            "title_en = \"Dog licence\"",
            "title_en = \"반려견\"",
            "in English",
        ),
        (
            "identity = \"none\"",
            "identity = \"strong\"",
            "one of: refuse, queue",
        ),
        (
            "fee_from = \"2026-01-01\"",
            "fee_from = \"2026-13-01\"",
            "a day like",
        ),
        (
            "codes = \"districts\"",
            "codes = \"dogs\"",
            "one of: districts",
        ),
        ("id = \"breed\"", "id = \"name\"", "such a name already"),
        ("topic = \"land\"\n", "", "the answers ended at `topic`"),
    ] {
        assert!(DOG.contains(standing));

        let (code, text) = new(&folder, &DOG.replacen(standing, other, 1));

        assert_eq!(code, Some(2), "{other}: {text}");
        assert!(text.contains(complaint), "{other}: {text}");
        assert!(!folder.path().join("services/dog-licence").exists());
    }
}

#[test]
fn a_clerk_at_a_terminal_is_asked_again_until_it_is_right() {
    let folder = Folder::new();
    let typed = [
        "Dog",
        "dog-licence",
        "반려견 등록증",
        "Dog licence",
        "등록한 반려견을 증명해요",
        "Proves that a dog is registered",
        "land",
        "land-registry",
        "",
        "한빛시장",
        "Mayor of Hanbit-si",
        "none",
        "refuse",
        "land-ledger",
        "",
        "0",
        "30",
        "",
        "no",
        "name",
        "이름",
        "Name",
        "text",
        "",
        "",
        "",
        "",
        "",
    ];
    let mut child = Command::new(env!("CARGO_BIN_EXE_minwon-catalog"))
        .arg("new")
        .arg(folder.path())
        .args(["--language", "ko"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = child.stdin.take().unwrap();
    lines
        .write_all((typed.join("\n") + "\n").as_bytes())
        .unwrap();
    drop(lines);

    let (code, text) = said(child.wait_with_output().unwrap());

    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("영어 소문자로 시작하고"), "{text}");
    assert!(text.contains("1에서 3650까지의 수로"), "{text}");
    assert!(text.ends_with("고칠 것이 없어요\n"), "{text}");
    let catalog = Catalog::read(folder.path()).unwrap();
    let dog = catalog.service(&ServiceId::new("dog-licence")).unwrap();
    assert_eq!((dog.copies_max, dog.valid_days), (5, 30));
}
