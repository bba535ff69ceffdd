//! One question of a form, with its keyboard.

use super::Choice;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub label: String,
    pub hint: String,
    pub kind: QuestionKind,
    /// The finished text and the syllable still being composed.
    pub text: String,
    pub composing: String,
    /// Limit of the text in characters.
    pub limit: u32,
    /// Suggestions from a closed list, best first (addresses).
    pub suggestions: Vec<String>,
    pub choices: Vec<Choice>,
    pub refusal: Option<AnswerRefusal>,
    pub keyboard: Keyboard,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionKind {
    Text,
    Choice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerRefusal {
    Missing,
    NotInList,
    TooLong,
    NotAllowed,
}

/// Which on-screen keyboard is up, and whether shift is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyboard {
    pub layout: KeyboardLayout,
    pub shifted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyboardLayout {
    None,
    Hangul,
    Latin,
    Digits,
}
