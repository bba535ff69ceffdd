//! Text that may pass between a citizen and an agent.

use privacy::Personal;
use serde::{Deserialize, Serialize};

/// Characters of one text; more is not read on a screen that somebody stands at.
pub const TEXT_MAX: u32 = 120;
/// A resident number has 13 digits and a payment card no fewer; codes of legal
/// districts have 10, telephone numbers 11.
const DIGITS_MAX: usize = 12;

/// A text that holds neither a resident number nor a payment card's number.
///
/// Digits are counted wherever they stand and in whatever script, so that spaces
/// and hyphens between them hide nothing. Whatever is read from a line is held to
/// the same rule: there is no other way to make one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Personal<String>", into = "Personal<String>")]
pub struct Shareable(Personal<String>);

/// Why a text stays where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotShareable {
    #[error("the text is empty")]
    Empty,
    #[error("the text is longer than {TEXT_MAX} characters")]
    TooLong,
    #[error("the text has as many digits as a resident number or a card number")]
    Number,
    #[error("the text has a control character")]
    Control,
}

impl Shareable {
    /// Reads a text, without the space around it.
    ///
    /// # Errors
    /// When it must not or need not be shared.
    pub fn new(text: &str) -> Result<Self, NotShareable> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NotShareable::Empty);
        }
        if text.chars().count() > TEXT_MAX as usize {
            return Err(NotShareable::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(NotShareable::Control);
        }
        if text.chars().filter(|it| it.is_numeric()).count() > DIGITS_MAX {
            return Err(NotShareable::Number);
        }
        Ok(Self(Personal::new(text.to_owned())))
    }

    pub fn text(&self) -> &Personal<String> {
        &self.0
    }
}

impl TryFrom<Personal<String>> for Shareable {
    type Error = NotShareable;

    fn try_from(text: Personal<String>) -> Result<Self, NotShareable> {
        Self::new(text.reveal())
    }
}

impl From<Shareable> for Personal<String> {
    fn from(text: Shareable) -> Self {
        text.0
    }
}
