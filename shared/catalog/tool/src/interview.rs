//! Questions to a clerk, one at a time; or a file that has the answers already.

use std::io::{self, BufRead, Write};

use crate::words::{Language, Words};

/// More wrong answers than anybody gives to one question.
const TRIES_MAX: usize = 100;

/// Who answers.
pub enum Answers<'a> {
    Clerk {
        language: Language,
        input: &'a mut dyn BufRead,
        output: &'a mut dyn Write,
    },
    /// Keys and values; what is asked again and again is a list of tables.
    File(toml::Table),
}

/// A question, and what is an answer to it.
pub(crate) struct Asked<'a> {
    /// What the answer is called in a file: `title_ko`, `field.0.name`.
    pub(crate) key: String,
    pub(crate) words: Words,
    /// What is meant by no answer at all.
    pub(crate) otherwise: Option<String>,
    /// Why a text is no answer.
    pub(crate) refuse: &'a dyn Fn(&str) -> Option<Words>,
}

#[derive(Debug, thiserror::Error)]
pub enum NotAnswered {
    #[error("the answers ended at `{0}`")]
    Ended(String),
    #[error("`{key}` = `{answer}`: {}", .why.en)]
    Refused {
        key: String,
        answer: String,
        why: Words,
    },
    #[error("the terminal cannot be read or written")]
    Terminal(#[from] io::Error),
}

impl Answers<'_> {
    pub(crate) fn ask(&mut self, asked: &Asked<'_>) -> Result<String, NotAnswered> {
        match self {
            Self::File(table) => {
                let written = find(table, &asked.key).or_else(|| asked.otherwise.clone());
                let answer = written.ok_or_else(|| NotAnswered::Ended(asked.key.clone()))?;
                match (asked.refuse)(&answer) {
                    None => Ok(answer),
                    Some(why) => Err(NotAnswered::Refused {
                        key: asked.key.clone(),
                        answer,
                        why,
                    }),
                }
            }
            Self::Clerk {
                language,
                input,
                output,
            } => ask_until(asked, *language, *input, *output),
        }
    }

    /// Whether there is one more of what is asked again and again.
    pub(crate) fn another(
        &mut self,
        list: &str,
        number: usize,
        words: Words,
    ) -> Result<bool, NotAnswered> {
        if let Self::File(table) = self {
            let rows = table.get(list).and_then(toml::Value::as_array);
            return Ok(rows.is_some_and(|it| number < it.len()));
        }
        let yes_or_no = |answer: &str| {
            let right = ["yes", "no"].contains(&answer);
            (!right).then(|| Words::new("yes 또는 no로 답해 주세요", "Please answer yes or no"))
        };
        let answer = self.ask(&Asked {
            key: list.to_owned(),
            words,
            otherwise: Some("no".to_owned()),
            refuse: &yes_or_no,
        })?;
        Ok(answer == "yes")
    }
}

fn ask_until(
    asked: &Asked<'_>,
    language: Language,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> Result<String, NotAnswered> {
    for _ in 0..TRIES_MAX {
        write!(output, "{}", asked.words.in_language(language))?;
        if let Some(otherwise) = asked.otherwise.as_ref().filter(|it| !it.is_empty()) {
            write!(output, " [{otherwise}]")?;
        }
        write!(output, "\n> ")?;
        output.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            break;
        }
        let typed = line.trim();
        let answer = match (&asked.otherwise, typed.is_empty()) {
            (Some(otherwise), true) => otherwise.clone(),
            _ => typed.to_owned(),
        };
        match (asked.refuse)(&answer) {
            None => return Ok(answer),
            Some(why) => writeln!(output, "  {}", why.in_language(language))?,
        }
    }
    Err(NotAnswered::Ended(asked.key.clone()))
}

fn find(table: &toml::Table, key: &str) -> Option<String> {
    let mut steps = key.split('.');
    let mut value = table.get(steps.next()?)?;
    for step in steps {
        value = match step.parse::<usize>() {
            Ok(number) => value.get(number)?,
            Err(_) => value.get(step)?,
        };
    }
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(flag) => Some(if *flag { "yes" } else { "no" }.to_owned()),
        toml::Value::Float(_)
        | toml::Value::Datetime(_)
        | toml::Value::Array(_)
        | toml::Value::Table(_) => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_wrong_answer_is_asked_again_and_none_is_the_usual_one() {
        let mut input = "zero\n3\n\n".as_bytes();
        let mut output = Vec::new();
        let mut answers = Answers::Clerk {
            language: Language::English,
            input: &mut input,
            output: &mut output,
        };
        let number = |it: &str| {
            let wrong = it.parse::<u32>().is_err();
            wrong.then(|| Words::new("수가 아니에요", "That is no number"))
        };
        let asked = Asked {
            key: "copies".to_owned(),
            words: Words::new("몇 부?", "How many?"),
            otherwise: Some("5".to_owned()),
            refuse: &number,
        };

        let (first, second) = (answers.ask(&asked).unwrap(), answers.ask(&asked).unwrap());
        let third = answers.ask(&asked);

        assert_eq!((first.as_str(), second.as_str()), ("3", "5"));
        assert!(matches!(third, Err(NotAnswered::Ended(key)) if key == "copies"));
        let said = String::from_utf8(output).unwrap();
        assert_eq!(said.matches("That is no number").count(), 1);
        assert_eq!(said.matches("How many? [5]").count(), 4);
    }
}
