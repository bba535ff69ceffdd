//! The voice of the center: every sentence a caller can hear, ready before the
//! first call. A recording of a person takes precedence over the machine's voice.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use media::prompt::{Language, Phrase, Progress, Prompt, PromptError, Speech, SpeechError};
use serde::Deserialize;

use crate::{
    center::Center,
    switchboard::{MINUTES, PLACES, Words},
};

/// Where the sentences come from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoiceSettings {
    /// Recordings, `<language>/<name>.wav`, 8 kHz and 16 bits; need not be there.
    pub recordings: Option<PathBuf>,
    /// Where spoken sentences are kept.
    pub cache: PathBuf,
}

#[derive(Debug, thiserror::Error)]
pub enum VoiceError {
    #[error(transparent)]
    Speech(#[from] SpeechError),
    #[error(transparent)]
    Prompt(#[from] PromptError),
    #[error("nobody can speak the language {0:?}")]
    Language(String),
}

/// All that can be played.
pub struct Voice {
    sentences: BTreeMap<String, Prompt>,
    music: Prompt,
}

impl Voice {
    /// Speaks what was not spoken before; `tell` hears how far it has come.
    ///
    /// # Errors
    /// When a sentence cannot be had.
    pub fn prepare(
        settings: &VoiceSettings,
        center: &Center,
        mut tell: impl FnMut(Progress),
    ) -> Result<Self, VoiceError> {
        let mut sentences = BTreeMap::new();
        let mut phrases = Vec::new();
        for (code, name, text) in all(center) {
            let key = format!("{code}/{name}");
            let recording = settings.recordings.as_deref();
            let recording = recording.map(|folder| folder.join(format!("{key}.wav")));
            match recording.as_deref().filter(|it| it.exists()).map(read) {
                Some(recorded) => drop(sentences.insert(key, recorded?)),
                None => phrases.push(Phrase {
                    name: key,
                    language: language(&code)?,
                    text,
                }),
            }
        }
        if !phrases.is_empty() {
            let speech = Speech::new(settings.cache.clone())?;
            sentences.extend(speech.prompts(&phrases, &mut tell)?);
        }
        let music = media::prompt::music::generated()?;
        Ok(Self { sentences, music })
    }

    /// One after the other. None: one of them is not spoken in this language.
    pub fn say(&self, words: &[Words], language: &str) -> Option<Prompt> {
        let sentence = |it: &Words| self.sentences.get(&format!("{language}/{}", it.name()));
        let (first, more) = words.split_first()?;
        let mut said = sentence(first)?.clone();
        for words in more {
            said = said.followed_by(sentence(words)?).ok()?;
        }
        Some(said)
    }

    pub fn music(&self) -> &Prompt {
        &self.music
    }
}

fn read(file: &Path) -> Result<Prompt, PromptError> {
    Prompt::from_wav_file(file)
}

fn language(code: &str) -> Result<Language, VoiceError> {
    match code {
        "ko" => Ok(Language::Korean),
        "en" => Ok(Language::English),
        other => Err(VoiceError::Language(other.to_owned())),
    }
}

/// Language, name and text of every sentence.
fn all(center: &Center) -> Vec<(String, String, String)> {
    let mut sentences = Vec::new();
    for language in center.languages() {
        let mut add = |words: &Words, text: String| {
            sentences.push((language.clone(), words.name(), text));
        };
        for (menu, it) in &center.menus {
            let text = it.words.get(language).cloned().unwrap_or_default();
            add(&Words::Welcome(menu.clone()), text);
        }
        for question in center.surveys.iter().flat_map(|it| &it.questions) {
            let text = question.words.get(language).cloned().unwrap_or_default();
            add(&Words::Question(question.id.clone()), text);
        }
        for words in fixed() {
            let text = text_of(&words, language);
            add(&words, text);
        }
    }
    sentences
}

fn fixed() -> Vec<Words> {
    let always = [
        Words::Closed,
        Words::CallbackOffer,
        Words::CallbackPromised,
        Words::Sorry,
        Words::Thanks,
    ];
    let places = (1..=PLACES).map(Words::Place);
    always
        .into_iter()
        .chain(places)
        .chain(MINUTES.map(Words::Wait))
        .collect()
}

fn text_of(words: &Words, language: &str) -> String {
    let korean = language == "ko";
    let of = |ko: &str, en: &str| if korean { ko.to_owned() } else { en.to_owned() };
    match words {
        Words::Welcome(_) | Words::Question(_) => String::new(),
        Words::Place(place) => match (*place, korean) {
            (1, true) => "다음 차례예요.".to_owned(),
            (1, false) => "You are next.".to_owned(),
            (PLACES, true) => format!("앞에 {} 분 넘게 기다리고 있어요.", PLACES - 2),
            (PLACES, false) => format!("More than {} callers are before you.", PLACES - 2),
            (place, true) => format!("앞에 {} 분이 기다리고 있어요.", place - 1),
            (2, false) => "One caller is before you.".to_owned(),
            (place, false) => format!("{} callers are before you.", place - 1),
        },
        Words::Wait(minutes) => match (*minutes, korean) {
            (minutes, true) => format!("약 {minutes}분 걸려요."),
            (1, false) => "It takes about one minute.".to_owned(),
            (minutes, false) => format!("It takes about {minutes} minutes."),
        },
        Words::Closed => of(
            "지금은 상담 시간이 아니에요. 상담 시간에 다시 전화해 주세요.",
            "We are closed now. Please call again during opening hours.",
        ),
        Words::CallbackOffer => of(
            "오래 기다리셨어요. 1번을 누르면 끊고 기다리셔도 차례가 오면 저희가 전화해 드려요. 계속 기다리셔도 괜찮아요.",
            "You have waited long. Press 1 and hang up: we call you when it is your turn. Or just stay on the line.",
        ),
        Words::CallbackPromised => of(
            "차례가 오면 이 번호로 전화해 드릴게요.",
            "We will call this number when it is your turn.",
        ),
        Words::Sorry => of(
            "죄송해요. 지금은 전화를 받을 수 없어요. 잠시 뒤 다시 전화해 주세요.",
            "We are sorry, nobody can take your call now. Please call again later.",
        ),
        Words::Thanks => of(
            "답해 주셔서 고마워요. 안녕히 계세요.",
            "Thank you for your answers. Goodbye.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_has_words_in_every_language_and_a_name_of_its_own() {
        for language in ["ko", "en"] {
            let names: std::collections::BTreeSet<String> =
                fixed().iter().map(Words::name).collect();

            assert_eq!(names.len(), fixed().len());
            assert!(fixed().iter().all(|it| !text_of(it, language).is_empty()));
        }
    }
}
