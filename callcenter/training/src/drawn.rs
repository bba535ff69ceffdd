//! A wish with one value of each of its lists, and what its values are called.

use std::collections::BTreeMap;

use catalog::Catalog;
use dice::Dice;
use privacy::Personal;
use request::ServiceId;

use crate::{WantedRequest, observed::Wanted};

/// Before its answers are personal to anybody.
pub(crate) struct Drawn {
    pub(crate) service: String,
    pub(crate) answers: BTreeMap<String, String>,
    pub(crate) options: BTreeMap<String, String>,
    pub(crate) copies: u32,
}

impl Drawn {
    pub(crate) fn from(wanted: &WantedRequest, dice: &mut Dice) -> Self {
        let mut drawn = |lists: &BTreeMap<String, Vec<String>>| {
            let each = lists.iter().filter_map(|(id, list)| {
                let value = dice.one_of(list)?;
                Some((id.clone(), value.clone()))
            });
            each.collect::<BTreeMap<_, _>>()
        };
        Self {
            service: wanted.service.clone(),
            answers: drawn(&wanted.answers),
            options: drawn(&wanted.options),
            copies: dice.one_of(&wanted.copies).copied().unwrap_or(1),
        }
    }

    /// The n-th value of each list; shorter ones begin anew.
    fn nth(wanted: &WantedRequest, index: usize) -> Self {
        let nth = |lists: &BTreeMap<String, Vec<String>>| {
            let each = lists.iter().filter_map(|(id, list)| {
                let value = list.iter().cycle().nth(index)?;
                Some((id.clone(), value.clone()))
            });
            each.collect::<BTreeMap<_, _>>()
        };
        Self {
            service: wanted.service.clone(),
            answers: nth(&wanted.answers),
            options: nth(&wanted.options),
            copies: wanted
                .copies
                .iter()
                .copied()
                .cycle()
                .nth(index)
                .unwrap_or(1),
        }
    }

    pub(crate) fn into_wanted(self) -> Wanted {
        let answers = self.answers.into_iter();
        Wanted {
            service: self.service,
            answers: answers.map(|(id, it)| (id, Personal::new(it))).collect(),
            options: self.options,
            copies: self.copies,
        }
    }
}

/// What each value of a request is called in the caller's language, by its placeholder.
pub(crate) fn spoken_values(
    wanted: &Drawn,
    catalog: &Catalog,
    language: &str,
) -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    words.insert("copies".to_owned(), wanted.copies.to_string());
    let Some(service) = catalog.service(&ServiceId::new(&wanted.service)) else {
        return words;
    };
    for question in &service.questions {
        let Some(answer) = wanted.answers.get(&question.id) else {
            continue;
        };
        let spoken = catalog.answer_in_words(question, answer, language);
        words.insert(format!("answer.{}", question.id), spoken);
    }
    for option in &service.options {
        let chosen = wanted.options.get(&option.id);
        let choice = option.choices.iter().find(|it| Some(&it.id) == chosen);
        if let Some(choice) = choice {
            let label = choice.label.in_language(language).to_owned();
            words.insert(format!("option.{}", option.id), label);
        }
    }
    words
}

/// Whatever each placeholder may come to stand for.
pub(crate) fn spoken_words(
    wanted: &WantedRequest,
    catalog: &Catalog,
    language: &str,
) -> BTreeMap<String, Vec<String>> {
    let lists = wanted.answers.values().chain(wanted.options.values());
    let longest = lists.map(Vec::len).chain([wanted.copies.len()]).max();
    let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for index in 0..longest.unwrap_or(0) {
        let drawn = Drawn::nth(wanted, index);
        for (name, word) in spoken_values(&drawn, catalog, language) {
            words.entry(name).or_default().push(word);
        }
    }
    words
}

/// The names between braces; nothing where one is not closed.
pub(crate) fn placeholders(text: &str) -> Option<Vec<&str>> {
    let parts = text.split('{').skip(1);
    parts
        .map(|part| part.split_once('}').map(|(name, _)| name))
        .collect()
}

pub(crate) fn fill(text: &str, words: &BTreeMap<String, String>) -> String {
    words.iter().fold(text.to_owned(), |text, (name, word)| {
        text.replace(&format!("{{{name}}}"), word)
    })
}
