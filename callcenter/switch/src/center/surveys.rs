//! What callers are asked after a talk, as the operator writes it down.

use std::collections::{BTreeMap, BTreeSet};

use distributor::QueueId;
use serde::Deserialize;

/// Questions of a survey, at most: whoever has been served wants to go.
const QUESTIONS_MOST: usize = 5;
/// Characters of a question in one language, at most: half a minute of speech.
const LETTERS_MOST: usize = 200;

/// The questions after the talks of some queues. Whoever stays on the line when an
/// agent has hung up is asked one after the other, and answers each with a key from 1,
/// very bad, to 5, very good; the words say so.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurveySettings {
    pub queues: Vec<QueueId>,
    #[serde(rename = "question")]
    pub questions: Vec<Question>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// As the call book names it: small letters, digits and hyphens.
    pub id: String,
    /// What is said, by language.
    pub words: BTreeMap<String, String>,
}

/// What is wrong with a center's surveys.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SurveyError {
    #[error("a survey has between 1 and {QUESTIONS_MOST} questions")]
    Questions,
    #[error("{0:?} is no name of a question; \"friendly-1\" is one")]
    Name(String),
    #[error("question {0:?} is there twice")]
    QuestionTwice(String),
    #[error("queue {0:?} has two surveys")]
    QueueTwice(String),
    #[error("question {0:?} must have between 1 and {LETTERS_MOST} characters in {1:?}")]
    Words(String, String),
}

/// Looks for what cannot be asked, in these languages.
///
/// # Errors
/// The first thing that is wrong.
pub(super) fn check(
    surveys: &[SurveySettings],
    languages: &BTreeSet<&String>,
) -> Result<(), SurveyError> {
    let (mut names, mut surveyed) = (BTreeSet::new(), BTreeSet::new());
    for survey in surveys {
        if survey.questions.is_empty() || survey.questions.len() > QUESTIONS_MOST {
            return Err(SurveyError::Questions);
        }
        if let Some(twice) = survey.queues.iter().find(|it| !surveyed.insert(*it)) {
            return Err(SurveyError::QueueTwice(twice.0.clone()));
        }
        for question in &survey.questions {
            question.check(languages)?;
            if !names.insert(&question.id) {
                return Err(SurveyError::QuestionTwice(question.id.clone()));
            }
        }
    }
    Ok(())
}

impl Question {
    fn check(&self, languages: &BTreeSet<&String>) -> Result<(), SurveyError> {
        let plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
        if self.id.is_empty() || !self.id.bytes().all(plain) {
            return Err(SurveyError::Name(self.id.clone()));
        }
        for language in languages {
            let words = self.words.get(*language).map_or("", String::as_str);
            let letters = words.trim().chars().count();
            if !(1..=LETTERS_MOST).contains(&letters) {
                let language = (*language).clone();
                return Err(SurveyError::Words(self.id.clone(), language));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{super::CenterError, *};
    use crate::center::Center;

    const CENTER: &str = include_str!("../switchboard/tests/center.toml");

    fn question(id: &str, words: &str) -> String {
        format!("[[survey.question]]\nid = \"{id}\"\nwords = {{ {words} }}\n")
    }

    fn check(queues: &str, questions: &[String]) -> Result<(), CenterError> {
        let survey = format!("[[survey]]\nqueues = {queues}\n{}", questions.concat());
        let center: Center = toml::from_str(&format!("{CENTER}\n{survey}")).unwrap();
        center.check()
    }

    #[test]
    fn a_survey_that_cannot_be_asked_is_refused() {
        let good = || question("friendly", "ko = \"친절했나요?\", en = \"Friendly?\"");
        let wrong = |it| Err(CenterError::Survey(it));

        assert_eq!(check("[\"general\"]", &[good()]), Ok(()));
        let unknown = CenterError::UnknownQueue("survey of parking".to_owned());
        assert_eq!(check("[\"parking\"]", &[good()]), Err(unknown));
        let twice = SurveyError::QueueTwice("taxes".to_owned());
        assert_eq!(check("[\"taxes\", \"taxes\"]", &[good()]), wrong(twice));
        let twice = SurveyError::QuestionTwice("friendly".to_owned());
        assert_eq!(check("[\"taxes\"]", &[good(), good()]), wrong(twice));
        let many = (0..6).map(|n| question(&format!("q{n}"), "ko = \"?\", en = \"?\""));
        let many: Vec<String> = many.collect();
        assert_eq!(check("[\"taxes\"]", &many), wrong(SurveyError::Questions));
        let name = question("../friendly", "ko = \"?\", en = \"?\"");
        let refused = SurveyError::Name("../friendly".to_owned());
        assert_eq!(check("[\"taxes\"]", &[name]), wrong(refused));
        for words in ["ko = \"친절했나요?\"", "ko = \"?\", en = \" \""] {
            let refused = SurveyError::Words("friendly".to_owned(), "en".to_owned());
            let silent = question("friendly", words);
            assert_eq!(check("[\"taxes\"]", &[silent]), wrong(refused), "{words}");
        }
        let long = format!("en = \"?\", ko = \"{}\"", "가".repeat(201));
        let refused = SurveyError::Words("friendly".to_owned(), "ko".to_owned());
        let long = question("friendly", &long);
        assert_eq!(check("[\"taxes\"]", &[long]), wrong(refused));
    }
}
