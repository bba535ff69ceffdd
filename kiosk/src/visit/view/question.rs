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
    /// It may be a whole text: the end of it is shown, in several lines.
    pub many_lines: bool,
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
    /// A key that has no place in such an answer.
    NotAllowed,
    /// A date that is not in the calendar.
    NoSuchDay,
    /// It does not look as the answer must look.
    Unlike,
    /// It could not be sent, and stands as it was written.
    NotSent,
}

/// Which on-screen keyboard is up, and whether shift is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyboard {
    pub layout: KeyboardLayout,
    pub shifted: bool,
    /// Digits stand above the letters.
    pub row_of_digits: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyboardLayout {
    None,
    Hangul,
    Latin,
    /// Latin capitals and a hyphen, without a way to other letters.
    Capitals,
    /// A pad with a hyphen and a way to letters.
    Digits,
    /// A pad of digits alone.
    Number,
}
