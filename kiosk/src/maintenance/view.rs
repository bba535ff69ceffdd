//! What a technician sees: lines with a mark, a question over them, a number that is typed.

use super::task::Tab;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upkeep {
    pub page: Page,
    /// Which machine it is, and what the page is called.
    pub station: String,
    pub title: String,
    /// Empty before somebody is known.
    pub technician: String,
    pub clock: String,
    pub tabs: Vec<TabView>,
    pub prompt: Option<Prompt>,
    pub entry: Option<Entry>,
    pub rows: Vec<Row>,
    /// A sentence to be said aloud, each time the number grows.
    pub said: Option<(u32, String)>,
    /// At the foot.
    pub ways: Vec<Choice>,
}

/// As long as it is the same page, its stops are the same, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// A technician's card is asked for.
    Called,
    Gate,
    Inside(Tab),
    /// Something is asked or done over the lines.
    Asking(Tab),
    Typing(Tab),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    #[default]
    None,
    Good,
    Warning,
    Bad,
    Waiting,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabView {
    pub id: String,
    pub label: String,
    pub mark: Mark,
    pub on: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub id: String,
    pub label: String,
    pub primary: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    pub mark: Mark,
    pub words: String,
    pub more: String,
    pub choices: Vec<Choice>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    /// Dots, where it is secret.
    pub shown: String,
    /// To the ear only how much it is.
    pub heard: String,
    pub digits: u32,
    pub refused: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Begins a group of lines.
    pub heading: bool,
    pub mark: Mark,
    pub name: String,
    pub value: String,
    pub note: String,
    /// On its button, and what that does; empty where there is none.
    pub action: String,
    pub id: String,
}

impl Row {
    pub fn heading(name: String) -> Self {
        Self {
            heading: true,
            name,
            ..Self::default()
        }
    }

    pub fn fact(name: String, value: String) -> Self {
        Self {
            name,
            value,
            ..Self::default()
        }
    }

    #[must_use]
    pub fn marked(self, mark: Mark) -> Self {
        Self { mark, ..self }
    }

    #[must_use]
    pub fn noted(self, note: String) -> Self {
        Self { note, ..self }
    }

    #[must_use]
    pub fn doing(self, id: String, action: String) -> Self {
        Self { action, id, ..self }
    }
}
