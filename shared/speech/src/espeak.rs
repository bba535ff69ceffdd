//! espeak-ng as the voice. The words go through a pipe: they stand neither in a file nor
//! in the list of processes.

use std::{
    io::{Read, Write},
    process::{Command, Stdio},
};

use privacy::Personal;

use crate::{NotSaid, Sound, Voice};

const PROGRAM: &str = "espeak-ng";
/// Words a minute that are the usual speed: a little slower than the program's own.
const USUAL: u32 = 150;
/// More is not said at once; a screen's words are a tenth of it.
const LETTERS_MAX: usize = 4_000;

/// Its voice for each language.
const VOICES: [(&str, &str); 6] = [
    ("ko", "ko"),
    ("en", "en-gb"),
    ("zh", "cmn"),
    ("vi", "vi"),
    ("ja", "ja"),
    ("ar", "ar"),
];

#[derive(Clone, Copy, Debug, Default)]
pub struct Espeak;

impl Voice for Espeak {
    fn speak(&self, words: &Personal<String>, language: &str, rate: u16) -> Result<Sound, NotSaid> {
        let voice = VOICES.iter().find(|(code, _)| *code == language);
        let (_, voice) = voice.ok_or_else(|| NotSaid::Language(language.to_owned()))?;
        let speed = USUAL * u32::from(rate) / 100;
        let mut program = Command::new(PROGRAM)
            .args(["-v", voice, "-b", "1", "--stdin", "--stdout", "-s"])
            .arg(speed.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(NotSaid::Program)?;
        let said: String = words.reveal().chars().take(LETTERS_MAX).collect();
        // It reads all of it before it says anything, so that neither waits for the other.
        if let Some(mut into) = program.stdin.take() {
            into.write_all(said.as_bytes()).map_err(NotSaid::Program)?;
        }
        let mut sound = Vec::new();
        if let Some(mut from) = program.stdout.take() {
            from.read_to_end(&mut sound).map_err(NotSaid::Program)?;
        }
        let ended = program.wait().map_err(NotSaid::Program)?;
        if !ended.success() {
            return Err(NotSaid::Ended(ended));
        }
        Sound::from_stream(&sound)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn said(words: &str, language: &str, rate: u16) -> Result<Sound, NotSaid> {
        Espeak.speak(&Personal::new(words.to_owned()), language, rate)
    }

    #[test]
    fn a_sentence_of_each_language_becomes_sound_and_a_faster_one_less_of_it() {
        let sentences = [
            ("ko", "카드를 가져가세요"),
            ("en", "Take your card"),
            ("zh", "请取回您的卡"),
            ("vi", "Hãy lấy thẻ của bạn"),
            ("ja", "カードをお取りください"),
            ("ar", "خذ بطاقتك"),
        ];
        for (language, words) in sentences {
            let usual = said(words, language, 100).unwrap();
            let fast = said(words, language, 200).unwrap();

            assert_eq!(usual.rate, 22_050);
            assert!(usual.samples.len() > 11_000, "{language}");
            assert!(
                usual.samples.iter().any(|it| it.abs() > 5_000),
                "{language}"
            );
            assert!(
                fast.samples.len() < usual.samples.len() * 3 / 4,
                "{language}"
            );
        }
    }

    #[test]
    fn a_language_nobody_speaks_is_named() {
        let error = said("Saluton", "eo", 100).unwrap_err();

        assert_eq!(error.to_string(), "no voice of this machine speaks eo");
    }
}
