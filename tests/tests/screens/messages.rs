//! The words of every language are complete.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Message and its plural, as they stand in the screens or in a language's file.
type Message = (String, Option<String>);

#[test]
fn every_message_of_the_screens_is_in_every_language() {
    let asked = asked();
    assert!(asked.len() > 150, "the screens were not read");
    let mut found = Vec::new();

    for file in bundles() {
        let answered = answered(&fs::read_to_string(&file).unwrap());
        let file = file.display();
        found.extend(
            asked
                .difference(&answered)
                .map(|it| format!("{file} lacks {it:?}")),
        );
        found.extend(
            answered
                .difference(&asked)
                .map(|it| format!("{file}: nobody asks {it:?}")),
        );
    }

    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn the_translators_tool_finds_nothing_wrong_or_missing() {
    for file in bundles() {
        let output = Command::new("msgfmt")
            .args(["--check", "--statistics", "--output-file=/dev/null"])
            .arg(&file)
            .env("LC_ALL", "C")
            .output()
            .expect("gettext is installed by the set-up");
        let said = String::from_utf8_lossy(&output.stderr);

        assert!(output.status.success(), "{said}");
        assert!(
            !said.contains("untranslated") && !said.contains("fuzzy"),
            "{said}"
        );
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

/// The language files of the screens; English is what the screens say themselves.
fn bundles() -> Vec<PathBuf> {
    let found: Vec<PathBuf> = fs::read_dir(root().join("shared/lang"))
        .unwrap()
        .map(|folder| folder.unwrap().path().join("LC_MESSAGES/kiosk-ui.po"))
        .collect();
    assert!(!found.is_empty(), "no language was found");
    found
}

fn asked() -> BTreeSet<Message> {
    let mut found = BTreeSet::new();
    for folder in ["kiosk/ui", "kiosk/ui/screens", "shared/ui"] {
        for file in fs::read_dir(root().join(folder)).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|it| it == "slint") {
                let text = fs::read_to_string(&path).unwrap();
                found.extend(text.split("@tr(").skip(1).map(message));
            }
        }
    }
    found
}

/// What stands behind `@tr(`: one text, or two with a bar between them.
fn message(rest: &str) -> Message {
    let (singular, rest) = quoted(rest);
    let plural = rest
        .trim_start()
        .strip_prefix('|')
        .map(|rest| quoted(rest).0);
    (singular, plural)
}

/// The text between the next two quotation marks, and what follows it.
fn quoted(text: &str) -> (String, &str) {
    let start = text.find('"').unwrap() + 1;
    let end = start + text[start..].find('"').unwrap();
    (text[start..end].to_owned(), &text[end + 1..])
}

/// Messages with an answer; a file of ours keeps each text on one line.
fn answered(file: &str) -> BTreeSet<Message> {
    let mut found = BTreeSet::new();
    let mut message: Message = Default::default();
    for line in file.lines() {
        if let Some(rest) = line.strip_prefix("msgid_plural ") {
            message.1 = Some(quoted(rest).0);
        } else if let Some(rest) = line.strip_prefix("msgid ") {
            message = (quoted(rest).0, None);
        } else if line.starts_with("msgstr") && !message.0.is_empty() && !quoted(line).0.is_empty()
        {
            found.insert(message.clone());
        }
    }
    found
}
