//! The words of provisioning are complete in Korean; English is what the screens say themselves.

#![allow(clippy::unwrap_used)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// A message, and its plural where it has one.
type Message = (String, Option<String>);

#[test]
fn every_message_of_the_screens_is_in_korean_and_nothing_else_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut asked = BTreeSet::new();
    for file in screens(&root) {
        let text = fs::read_to_string(file).unwrap();
        asked.extend(text.split("@tr(").skip(1).map(message));
    }
    assert!(asked.len() > 100, "the screens were not read");

    let file = root.join("shared/lang/ko/LC_MESSAGES/provision-ui.po");
    let answered = answered(&fs::read_to_string(file).unwrap());

    let lacking: Vec<_> = asked.difference(&answered).collect();
    assert!(lacking.is_empty(), "not in Korean: {lacking:#?}");
    let idle: Vec<_> = answered.difference(&asked).collect();
    assert!(idle.is_empty(), "nobody asks: {idle:#?}");
}

fn screens(root: &Path) -> Vec<PathBuf> {
    let folders = [
        "images/provision/ui",
        "images/provision/ui/screens",
        "shared/ui",
    ];
    let files = folders
        .iter()
        .flat_map(|it| fs::read_dir(root.join(it)).unwrap());
    files
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "slint"))
        .collect()
}

/// What stands behind `@tr(`: one text, or two with a bar between them.
fn message(rest: &str) -> Message {
    let (singular, rest) = quoted(rest);
    let plural = rest.trim_start().strip_prefix('|');
    (singular, plural.map(|rest| quoted(rest).0))
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
    let mut message = Message::default();
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
