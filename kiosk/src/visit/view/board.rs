//! Notices and figures of the place, by topic, and a notice that is being written.

use super::Keyboard;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardTopics {
    pub topics: Vec<BoardTopic>,
    /// When the copy of the board was made; empty when there is none yet.
    pub as_of: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardTopic {
    pub topic: String,
    pub title: String,
    /// Notices and tables below it.
    pub entries: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardPage {
    pub title: String,
    pub figures: Vec<FiguresCard>,
    /// The newest first.
    pub notices: Vec<NoticeCard>,
    /// As in [`BoardTopics`].
    pub as_of: String,
    /// A notice can be written below it.
    pub open: bool,
}

/// A table with its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiguresCard {
    pub title: String,
    /// Empty for the whole city.
    pub district: String,
    pub values: Vec<FigureLine>,
    pub source: String,
    pub day: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureLine {
    pub label: String,
    pub text: String,
}

/// What a citizen wrote and a moderator has published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeCard {
    pub title: String,
    pub text: String,
    /// Empty for the whole city.
    pub district: String,
    /// The days from which and until which it stands.
    pub from: String,
    pub until: String,
}

/// A notice as far as it is typed: its title, or its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardWriting {
    pub titling: bool,
    /// The finished text and the syllable still being composed.
    pub text: String,
    pub composing: String,
    pub keyboard: Keyboard,
    /// It is long enough to go on.
    pub complete: bool,
}

/// What became of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    Sending,
    /// It waits for somebody who reads it.
    Waits,
    NotTaken,
}
