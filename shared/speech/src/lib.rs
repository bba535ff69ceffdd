//! Words spoken into headphones: recorded ones where there are any, otherwise by a
//! speech synthesizer of this machine. Nothing that is said is kept or logged.

mod espeak;
mod headphones;
mod recorded;
mod sound;
mod speaker;

pub use espeak::Espeak;
pub use headphones::{Headphones, NoHeadphones, Output};
pub use recorded::{Recorded, RecordingsError};
pub use sound::Sound;
pub use speaker::{Order, Saying, Speaker};

use privacy::Personal;

/// Whoever can say words.
pub trait Voice: Send {
    /// `language` is an ISO 639-1 code, `rate` percent of the usual speed.
    ///
    /// # Errors
    /// Why it cannot be said.
    fn speak(&self, words: &Personal<String>, language: &str, rate: u16) -> Result<Sound, NotSaid>;
}

/// Why something was not said; without the words.
#[derive(Debug, thiserror::Error)]
pub enum NotSaid {
    #[error("the speech synthesizer cannot be run")]
    Program(#[source] std::io::Error),
    #[error("the speech synthesizer ended with {0}")]
    Ended(std::process::ExitStatus),
    #[error("what the speech synthesizer wrote is no sound")]
    NoSound,
    #[error("no voice of this machine speaks {0}")]
    Language(String),
}
