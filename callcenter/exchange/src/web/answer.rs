//! What can be answered, and in which words.

mod number;
mod paper;

use axum::http::StatusCode;
use ledger::Particulars;
use request::NotANumber;
use verify::{Finding, SealedPaper};

use super::{TooMany, language::Language};

/// Seconds after which there may be room.
const SOON: u64 = 10;

pub(super) enum Answer {
    Number(Particulars),
    NotANumber(NotANumber),
    Paper(OfPaper, SealedPaper),
    NoSeal(Finding),
    NoFile,
    NotAForm,
    FileTooLarge,
    TooSlow,
    /// Its examination took more than any honest file's.
    TooHard,
    Busy,
    /// Files are not examined at this exchange.
    NotHere,
    NoStore,
    TooMany(TooMany),
}

/// What becomes of a paper whose seal is genuine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OfPaper {
    Genuine,
    /// Sealed by a station that has not told of it yet.
    GenuineUntold,
    Void {
        replaced: bool,
    },
    /// The seal is genuine and its number nowhere written down.
    Unknown,
    /// Another number stands on the paper than in its seal.
    OtherNumber,
}

/// How an answer looks at first sight; a word always says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Good,
    Caution,
    Bad,
    /// Nothing was judged.
    Neutral,
}

/// An answer in words.
pub(super) struct Said {
    pub(super) tone: Tone,
    pub(super) headline: String,
    pub(super) lines: Vec<String>,
}

impl Said {
    fn new(tone: Tone, headline: &str, lines: &[&str]) -> Self {
        Self {
            tone,
            headline: headline.to_owned(),
            lines: lines.iter().map(|it| (*it).to_owned()).collect(),
        }
    }
}

impl Answer {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Answer::Number(_) | Answer::Paper(..) => StatusCode::OK,
            Answer::NoSeal(Finding::NotAPaper) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Answer::NoSeal(Finding::TooManyPixels) | Answer::FileTooLarge => {
                StatusCode::PAYLOAD_TOO_LARGE
            }
            Answer::NoSeal(_) => StatusCode::OK,
            Answer::NotANumber(_) | Answer::NoFile | Answer::TooHard => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Answer::NotAForm | Answer::TooSlow => StatusCode::BAD_REQUEST,
            Answer::NotHere => StatusCode::NOT_FOUND,
            Answer::Busy | Answer::NoStore => StatusCode::SERVICE_UNAVAILABLE,
            Answer::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// Seconds after which to ask again.
    pub(super) fn retry_after(&self) -> Option<u64> {
        match self {
            Answer::Busy | Answer::NoStore => Some(SOON),
            Answer::TooMany(too_many) => Some(too_many.seconds()),
            Answer::Number(_)
            | Answer::NotANumber(_)
            | Answer::Paper(..)
            | Answer::NoSeal(_)
            | Answer::NoFile
            | Answer::NotAForm
            | Answer::FileTooLarge
            | Answer::TooSlow
            | Answer::TooHard
            | Answer::NotHere => None,
        }
    }

    pub(super) fn said(&self, language: Language) -> Said {
        let say = |korean, english| language.say(korean, english);
        let neutral = |headline, line| Said::new(Tone::Neutral, headline, &[line]);
        match self {
            Answer::Number(particulars) => number::said(particulars, language),
            Answer::NotANumber(reason) => number::not_a_number(*reason, language),
            Answer::Paper(what, paper) => paper::said(*what, paper, language),
            Answer::NoSeal(finding) => paper::without_seal(finding, language),
            Answer::NoFile => neutral(
                say("파일을 고르지 않았어요", "No file was chosen"),
                say(
                    "종이를 찍은 사진이나 PDF 파일을 고른 다음 다시 눌러 주세요.",
                    "Choose a picture of the paper or its PDF and try again.",
                ),
            ),
            Answer::NotAForm => neutral(
                say("보낸 내용을 읽을 수 없어요", "What was sent cannot be read"),
                say(
                    "이 화면에서 다시 보내 주세요.",
                    "Please send it from this page.",
                ),
            ),
            Answer::FileTooLarge => neutral(
                say("파일이 너무 커요", "The file is too large"),
                say(
                    "10MB까지 확인할 수 있어요. 사진을 작게 줄여서 다시 올려 주세요.",
                    "It may have up to 10 MB. Make the picture smaller and try again.",
                ),
            ),
            Answer::TooSlow => neutral(
                say("파일이 다 오지 않았어요", "The file did not arrive in time"),
                say(
                    "통신이 느린 것 같아요. 더 작은 사진으로 다시 해 주세요.",
                    "The connection seems slow. Try again with a smaller picture.",
                ),
            ),
            Answer::TooHard => neutral(
                say("이 파일은 확인할 수 없어요", "This file cannot be examined"),
                say(
                    "읽는 데 너무 많은 시간이 걸려요. 종이를 새로 찍어서 올려 주세요.",
                    "It takes too much to read. Take a new picture of the paper.",
                ),
            ),
            Answer::Busy => neutral(
                say(
                    "지금은 확인이 밀려 있어요",
                    "Too many papers are being checked",
                ),
                say("잠시 뒤에 다시 해 주세요.", "Please try again in a moment."),
            ),
            Answer::NotHere => neutral(
                say(
                    "여기서는 파일을 확인하지 않아요",
                    "Files are not examined here",
                ),
                say(
                    "문서확인번호로 확인해 주세요.",
                    "Check by the document number.",
                ),
            ),
            Answer::NoStore => neutral(
                say("지금은 확인할 수 없어요", "It cannot be checked now"),
                say(
                    "문서가 잘못된 것은 아니에요. 잠시 뒤에 다시 해 주세요.",
                    "That says nothing about the paper. Please try again in a moment.",
                ),
            ),
            Answer::TooMany(too_many) => too_often(*too_many, language),
        }
    }
}

fn too_often(too_many: TooMany, language: Language) -> Said {
    let seconds = too_many.seconds();
    Said {
        tone: Tone::Neutral,
        headline: language
            .say("너무 많이 확인했어요", "Too many questions")
            .to_owned(),
        lines: vec![language.say(
            format!("{seconds}초 뒤에 다시 해 주세요. 번호를 지어내서 찾을 수 없게 하려는 거예요."),
            format!("Please try again in {seconds} seconds. This keeps anybody from finding papers by trying numbers."),
        )],
    }
}
