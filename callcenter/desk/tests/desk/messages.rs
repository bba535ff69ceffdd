//! Every message of a window has its Korean words, and no other words stand by idle.

use std::{collections::BTreeSet, fs, path::Path};

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn asked(folders: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for folder in folders {
        for file in fs::read_dir(root().join(folder)).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|it| it == "slint") {
                let text = fs::read_to_string(&path).unwrap();
                found.extend(text.split("@tr(").skip(1).map(quoted));
            }
        }
    }
    found
}

/// The text between the next two quotation marks.
fn quoted(text: &str) -> String {
    let start = text.find('"').unwrap() + 1;
    let end = start + text[start..].find('"').unwrap();
    text[start..end].to_owned()
}

fn is_answered_in_korean(window: &str, folders: &[&str]) {
    let file = root().join(format!("shared/lang/ko/LC_MESSAGES/{window}.po"));
    let text = fs::read_to_string(file).unwrap();
    let mut answered = BTreeSet::new();
    let mut message = String::new();
    for line in text.lines() {
        if line.starts_with("msgid ") {
            message = quoted(line);
        } else if line.starts_with("msgstr ") && !message.is_empty() && !quoted(line).is_empty() {
            let places = |text: &str| text.matches("{}").count();
            assert_eq!(places(&message), places(&quoted(line)), "{message}");
            answered.insert(message.clone());
        }
    }

    let asked = asked(folders);
    assert!(asked.len() > 15, "the window's messages were not found");
    assert_eq!(asked.difference(&answered).collect::<Vec<_>>(), [""; 0]);
    assert_eq!(answered.difference(&asked).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn every_message_of_the_desk_is_answered_in_korean() {
    let panes = [
        "callcenter/desk/ui",
        "callcenter/desk/ui/board",
        "callcenter/desk/ui/checks",
        "callcenter/desk/ui/form",
        "callcenter/desk/ui/petitions",
        "callcenter/desk/ui/reviews",
        "callcenter/desk/ui/sending",
    ];
    is_answered_in_korean("desk-ui", &panes);
}

#[test]
fn every_message_of_the_training_room_is_answered_in_korean() {
    is_answered_in_korean("training-ui", &["callcenter/training/ui"]);
}
