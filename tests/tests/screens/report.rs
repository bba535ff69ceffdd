//! What a walk through the screens has found, kept for the self-assessment sheet.

use std::{env, fs, path::PathBuf, thread};

use kiosk::visit::{Language, view::Accessibility};
use serde_json::{Value, json};

use crate::settings;

/// One language in one setting.
pub(crate) struct Walked {
    pub(crate) language: Language,
    pub(crate) setting: Accessibility,
    pub(crate) screens: usize,
    /// What was touched, come to or chosen on them.
    pub(crate) controls: usize,
    /// As sentences.
    pub(crate) complaints: Vec<String>,
}

impl Walked {
    pub(crate) fn new(language: Language, setting: Accessibility) -> Self {
        Self {
            language,
            setting,
            screens: 0,
            controls: 0,
            complaints: Vec::new(),
        }
    }

    /// One screen more, by its name in the gallery.
    pub(crate) fn has_seen(
        &mut self,
        state: &str,
        controls: usize,
        complaints: impl IntoIterator<Item = String>,
    ) {
        self.screens += 1;
        self.controls += controls;
        let (language, setting) = (self.language.code(), settings::name(self.setting));
        let complaints = complaints.into_iter();
        self.complaints
            .extend(complaints.map(|it| format!("{state}-{language}-{setting}: {it}")));
    }
}

/// Each language in a thread, and so a window, of its own.
pub(crate) fn in_every_language(
    walk: impl Fn(Language) -> Vec<Walked> + Copy + Send + 'static,
) -> Vec<Walked> {
    let walks = Language::ALL.map(|language| thread::spawn(move || walk(language)));
    let walked = walks.into_iter().map(|it| it.join().unwrap());
    walked.flatten().collect()
}

/// Writes down how the screens were gone through, where it is wanted, and fails with
/// whatever was found.
pub(crate) fn settle(way: &str, walked: &[Walked]) {
    assert!(
        walked.iter().all(|it| it.screens > 0 && it.controls > 0),
        "nothing was looked at"
    );
    keep(way, &walked.iter().map(row).collect());
    let found: Vec<&str> = walked
        .iter()
        .flat_map(|it| it.complaints.iter().map(String::as_str))
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// Into a file of its own, where `MINWON_ASSESSMENT` names a folder.
pub(crate) fn keep(name: &str, results: &Value) {
    if let Some(folder) = env::var_os("MINWON_ASSESSMENT") {
        let file = PathBuf::from(folder).join(format!("{name}.json"));
        fs::write(file, results.to_string()).unwrap();
    }
}

fn row(it: &Walked) -> Value {
    json!({
        "language": it.language.code(),
        "percent": it.setting.text.percent(),
        "colours": settings::colours(it.setting.contrast),
        "low": it.setting.low_screen,
        "screens": it.screens,
        "controls": it.controls,
        "complaints": it.complaints,
    })
}
