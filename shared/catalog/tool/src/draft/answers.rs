//! Ways to ask a clerk for one thing, and what is an answer.

use catalog::Catalog;
use request::ServiceId;

use crate::{
    interview::{Answers, Asked, NotAnswered},
    words::Words,
};

/// As long as names on a screen are.
const TEXT_MAX: usize = 120;
const ID_MAX: usize = 40;

pub(super) struct Form<'a, 'b> {
    pub(super) catalog: &'a Catalog,
    pub(super) answers: &'a mut Answers<'b>,
}

type Prompt = (&'static str, &'static str);

impl Form<'_, '_> {
    pub(super) fn ask(
        &mut self,
        key: &str,
        words: Words,
        otherwise: Option<String>,
        refuse: &dyn Fn(&str) -> Option<Words>,
    ) -> Result<String, NotAnswered> {
        let key = key.to_owned();
        self.answers.ask(&Asked {
            key,
            words,
            otherwise,
            refuse,
        })
    }

    pub(super) fn new_id(&mut self) -> Result<String, NotAnswered> {
        let catalog = self.catalog;
        let words = Words::new(
            "민원의 id는? (영어 소문자와 -, 예: dog-registration)",
            "What is its id? (small letters and hyphens, such as dog-registration)",
        );
        self.ask("id", words, None, &|it| {
            let id = ServiceId::new(it);
            let taken = catalog.service(&id).is_some() || catalog.accepted_service(&id).is_some();
            if taken {
                return Some(Words::new(
                    "이미 있는 민원이에요",
                    "There is such a service already",
                ));
            }
            no_name(it, '-')
        })
    }

    /// A code such as a service's at its network.
    pub(super) fn code(
        &mut self,
        key: &str,
        prompt: Prompt,
        usual: &str,
    ) -> Result<String, NotAnswered> {
        let words = Words::new(prompt.0, prompt.1);
        self.ask(key, words, Some(usual.to_owned()), &|it| no_name(it, '-'))
    }

    /// A text in both languages, asked one after the other.
    pub(super) fn both(
        &mut self,
        key: &str,
        prompt: Prompt,
        usual: Option<Prompt>,
    ) -> Result<Words, NotAnswered> {
        let (ko, en) = prompt;
        let usual = usual.unzip();
        let words = Words::new(format!("{ko} (한국어)"), format!("{en}? (in Korean)"));
        let korean = self.ask(
            &format!("{key}_ko"),
            words,
            usual.0.map(str::to_owned),
            &no_korean,
        )?;
        let words = Words::new(format!("{ko} (영어)"), format!("{en}? (in English)"));
        let english = self.ask(
            &format!("{key}_en"),
            words,
            usual.1.map(str::to_owned),
            &no_english,
        )?;
        Ok(Words::new(korean, english))
    }

    pub(super) fn one_of(
        &mut self,
        key: &str,
        prompt: Prompt,
        known: Vec<&str>,
    ) -> Result<String, NotAnswered> {
        let list = known.join(", ");
        let words = Words::new(
            format!("{} ({list})", prompt.0),
            format!("{} ({list})", prompt.1),
        );
        self.ask(key, words, None, &|it| {
            (!known.contains(&it)).then(|| {
                Words::new(
                    format!("이 가운데 하나로 답해 주세요: {list}"),
                    format!("Please answer with one of: {list}"),
                )
            })
        })
    }

    pub(super) fn number(
        &mut self,
        key: &str,
        prompt: Prompt,
        (least, most): (u32, u32),
        usual: u32,
    ) -> Result<u32, NotAnswered> {
        let words = Words::new(prompt.0, prompt.1);
        let answer = self.ask(key, words, Some(usual.to_string()), &|it| {
            let fits = it.parse().is_ok_and(|it: u32| (least..=most).contains(&it));
            (!fits).then(|| {
                Words::new(
                    format!("{least}에서 {most}까지의 수로 답해 주세요"),
                    format!("Please answer with a number from {least} to {most}"),
                )
            })
        })?;
        Ok(answer.parse().unwrap_or(usual))
    }

    pub(super) fn yes(
        &mut self,
        key: &str,
        prompt: Prompt,
        usual: bool,
    ) -> Result<bool, NotAnswered> {
        let words = Words::new(
            format!("{} (yes, no)", prompt.0),
            format!("{} (yes, no)", prompt.1),
        );
        let usual = if usual { "yes" } else { "no" };
        let answer = self.ask(key, words, Some(usual.to_owned()), &|it| {
            (!["yes", "no"].contains(&it))
                .then(|| Words::new("yes 또는 no로 답해 주세요", "Please answer yes or no"))
        })?;
        Ok(answer == "yes")
    }
}

fn no_korean(text: &str) -> Option<Words> {
    let hangul = |it: char| ('가'..='힣').contains(&it);
    if !text.chars().any(hangul) {
        return Some(Words::new(
            "한국어로 써 주세요",
            "Please write it in Korean",
        ));
    }
    too_long(text)
}

fn no_english(text: &str) -> Option<Words> {
    let latin = text.chars().any(|it| it.is_ascii_alphabetic());
    if !latin
        || text
            .chars()
            .any(|it| matches!(it, 'ㄱ'..='ㆎ' | '가'..='힣'))
    {
        return Some(Words::new("영어로 써 주세요", "Please write it in English"));
    }
    too_long(text)
}

fn too_long(text: &str) -> Option<Words> {
    let long = text.chars().count() > TEXT_MAX || text.chars().any(char::is_control);
    long.then(|| {
        Words::new(
            format!("{TEXT_MAX}자까지 쓸 수 있어요"),
            format!("At most {TEXT_MAX} characters"),
        )
    })
}

fn no_name(text: &str, joint: char) -> Option<Words> {
    let right = text.starts_with(|it: char| it.is_ascii_lowercase())
        && text
            .chars()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == joint)
        && text.len() <= ID_MAX;
    (!right).then(|| {
        Words::new(
            format!(
                "영어 소문자로 시작하고, 소문자와 숫자와 {joint}만 {ID_MAX}자까지 쓸 수 있어요"
            ),
            format!("A small letter, then small letters, digits and {joint}, {ID_MAX} at the most"),
        )
    })
}

pub(super) fn no_new_name<'a>(
    text: &str,
    mut there: impl Iterator<Item = &'a str>,
) -> Option<Words> {
    if there.any(|it| it == text) {
        return Some(Words::new(
            "이미 있는 이름이에요",
            "There is such a name already",
        ));
    }
    no_name(text, '_')
}
