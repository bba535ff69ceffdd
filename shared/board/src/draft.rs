//! What somebody writes for the board, before it is handed in.

use privacy::Personal;
use serde::{Deserialize, Serialize};

use crate::Local;

/// Characters.
pub const TITLE_MAX: usize = 40;
pub const TEXT_MAX: usize = 500;
const TITLE_MIN: usize = 2;
const TEXT_MIN: usize = 5;
/// Bytes of the name a station gives it.
const ID_MAX: usize = 64;

/// Title and text, which are the writer's until a moderator has published them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub title: Personal<String>,
    pub text: Personal<String>,
}

/// A posting as a station hands it in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The station's own name for it: handed in again it is the same one.
    pub id: String,
    pub topic: String,
    #[serde(default)]
    pub district: Option<String>,
    pub words: Words,
}

/// Why a draft cannot be handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftRefusal {
    #[error("nobody may write below this topic")]
    Topic,
    #[error("there is no such district")]
    District,
    #[error("the title is too short or too long")]
    Title,
    #[error("the text is too short or too long")]
    Text,
    #[error("there are signs in it that are no text")]
    NotText,
    #[error("it has no proper name")]
    Id,
}

impl Draft {
    /// Whether it is a text of a bearable length below a topic that is open.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, local: &Local) -> Result<(), DraftRefusal> {
        let simple = |it: u8| it.is_ascii_alphanumeric() || it == b'-';
        if self.id.is_empty() || self.id.len() > ID_MAX || !self.id.bytes().all(simple) {
            return Err(DraftRefusal::Id);
        }
        if !local.topic(&self.topic).is_some_and(|it| it.open) {
            return Err(DraftRefusal::Topic);
        }
        let district = self.district.as_deref();
        if district.is_some_and(|it| local.district(it).is_none()) {
            return Err(DraftRefusal::District);
        }
        self.words.check()
    }
}

impl Words {
    /// Whether it is a text of a bearable length.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self) -> Result<(), DraftRefusal> {
        let (title, text) = (self.title.reveal(), self.text.reveal());
        if !is_text(title) || title.contains('\n') || !is_text(text) {
            return Err(DraftRefusal::NotText);
        }
        let length = |it: &str| it.trim().chars().count();
        if !(TITLE_MIN..=TITLE_MAX).contains(&length(title)) || title.len() > 4 * TITLE_MAX {
            return Err(DraftRefusal::Title);
        }
        if !(TEXT_MIN..=TEXT_MAX).contains(&length(text)) || text.len() > 4 * TEXT_MAX {
            return Err(DraftRefusal::Text);
        }
        Ok(())
    }
}

/// No controls but the end of a line, and nothing that turns the direction of what
/// follows (Unicode UAX #9), which could make a text read as another.
fn is_text(text: &str) -> bool {
    let turns = |it: char| matches!(it, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    !text
        .chars()
        .any(|it| (it.is_control() && it != '\n') || turns(it))
}
