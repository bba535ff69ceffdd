//! Whether a paper is genuine, as whoever holds it may see it.

use request::NotANumber;

use super::Keyboard;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaperHolding {
    /// The scanner works, and it is known who seals.
    pub may_scan: bool,
    /// The exchange can be asked by a number.
    pub may_type: bool,
    /// What was held to the scanner could not be read.
    pub unreadable: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperNumber {
    pub text: String,
    pub keyboard: Keyboard,
    pub refusal: Option<NotANumber>,
}

/// Texts are in the citizen's language; what is not known is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperTold {
    pub verdict: PaperVerdict,
    pub number: String,
    /// What kind of paper it is, and who issues such.
    pub kind: String,
    pub issuer: String,
    /// Days, in words.
    pub issued_on: String,
    pub until: String,
    /// That day is over.
    pub over: bool,
    /// What its seal says, with all but the ends of words hidden.
    pub fields: Vec<PaperField>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperField {
    /// As it stands on the paper.
    pub name: String,
    pub value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperVerdict {
    /// Its seal is genuine and its number counts.
    Genuine,
    /// Its seal is genuine; whether it was taken back since could not be asked.
    GenuineUnasked,
    /// … and a station that was cut off has issued it, which has not told yet.
    GenuineUntold,
    /// Its seal is genuine, and nowhere is its number written down.
    NotOnRecord,
    /// Its number counts no more.
    Void,
    /// … because it was made anew under another one.
    Replaced,
    Altered,
    /// Sealed by nobody who is known.
    Stranger,
    /// There is a seal, and it cannot be read whole.
    Damaged,
    /// Some other code.
    NoSeal,
    /// The number alone counts.
    NumberValid,
    NumberLeased,
    NumberUnknown,
    /// The exchange did not answer.
    NotAnswered,
    /// Too many unknown numbers were tried here.
    TooManyTries,
}
