//! Finding services: by topic, and by words that are typed.

use serde::Deserialize;

use crate::{AcceptedService, Catalog, Elsewhere, Service};

/// What people call a service beside its title, and what they need it for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Keywords {
    pub ko: Vec<String>,
    pub en: Vec<String>,
}

/// Where a typed word was found; a better place comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Title,
    Keyword,
    Topic,
    /// In what is said about it.
    About,
}

impl Catalog {
    /// The services of a topic, the most asked first.
    pub fn on_topic(&self, topic: &str) -> impl Iterator<Item = &Service> {
        self.services().filter(move |it| it.topic == topic)
    }

    /// The services that answer to every word of what is typed, the best first; none
    /// while nothing is typed.
    ///
    /// Words are looked for in both languages, also unfinished or by their first
    /// consonants. Those are looked for in titles and keywords alone: among the
    /// consonants of whole sentences nearly anything is found.
    pub fn find(&self, typed: &str) -> Vec<&Service> {
        let mut found: Vec<(Place, &Service)> = self
            .services()
            .filter_map(|service| {
                let place = |word: &str| self.place_of(word, service);
                Some((worst(typed, place)?, service))
            })
            .collect();
        found.sort_by_key(|(place, _)| *place);
        found.into_iter().map(|(_, service)| service).collect()
    }

    /// The services whose title or keyword is nearly what is typed, the nearest first: for
    /// when nothing answers to it.
    pub fn find_nearly(&self, typed: &str) -> Vec<&Service> {
        let mut found: Vec<(usize, &Service)> = self
            .services()
            .filter_map(|service| Some((service.slips_to(typed)?, service)))
            .collect();
        found.sort_by_key(|(slips, _)| *slips);
        found.into_iter().map(|(_, service)| service).collect()
    }

    /// Services of a topic that a person answers.
    pub fn accepted_on_topic(&self, topic: &str) -> impl Iterator<Item = &AcceptedService> {
        self.accepted()
            .filter(move |it| it.topic.as_deref() == Some(topic))
    }

    /// Those that answer to the same words, by their titles and what people call them.
    pub fn find_accepted(&self, typed: &str) -> Vec<&AcceptedService> {
        let fits = |it: &&AcceptedService| {
            let place = |word: &str| {
                let named = it.title.answers_to(word) || it.keywords.answer_to(word);
                named.then_some(Place::Title)
            };
            it.topic.is_some() && worst(typed, place).is_some()
        };
        self.accepted().filter(fits).collect()
    }

    /// What answers to the same words and is not to be had at a station.
    pub fn find_elsewhere(&self, typed: &str) -> Vec<&Elsewhere> {
        let fits = |it: &&Elsewhere| {
            let place = |word: &str| {
                let named = it.title.answers_to(word) || it.keywords.answer_to(word);
                named.then_some(Place::Title)
            };
            worst(typed, place).is_some()
        };
        self.elsewhere().filter(fits).collect()
    }

    fn place_of(&self, word: &str, service: &Service) -> Option<Place> {
        if service.title.answers_to(word) {
            return Some(Place::Title);
        }
        if service.keywords.answer_to(word) {
            return Some(Place::Keyword);
        }
        if typing::is_initials(word) {
            return None;
        }
        let topic = self.topic(&service.topic);
        if topic.is_some_and(|it| it.title.answers_to(word)) {
            return Some(Place::Topic);
        }
        let about = service.summary.answers_to(word) || service.issuer.answers_to(word);
        about.then_some(Place::About)
    }
}

impl Service {
    /// The fewest slips that lie between what is typed and what it is called.
    fn slips_to(&self, typed: &str) -> Option<usize> {
        let titles = [&self.title.ko, &self.title.en];
        let names = titles
            .into_iter()
            .chain(&self.keywords.ko)
            .chain(&self.keywords.en);
        names.filter_map(|it| typing::slips(it, typed)).min()
    }
}

impl Keywords {
    fn answer_to(&self, word: &str) -> bool {
        let mut all = self.ko.iter().chain(&self.en);
        all.any(|it| typing::matches(it, word))
    }
}

impl crate::Bilingual {
    fn answers_to(&self, word: &str) -> bool {
        typing::matches(&self.ko, word) || typing::matches(&self.en, word)
    }
}

/// The worst of the places of all words; none when a word has no place, or there is
/// no word.
fn worst(typed: &str, place: impl Fn(&str) -> Option<Place>) -> Option<Place> {
    let mut words = typed.split_whitespace();
    let first = place(words.next()?)?;
    words.try_fold(first, |worst, word| Some(worst.max(place(word)?)))
}
