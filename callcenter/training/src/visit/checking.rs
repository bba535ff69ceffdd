//! Whether a scenario of a visit fits together and fits the catalogue.

use std::collections::{BTreeMap, BTreeSet};

use catalog::{Catalog, Service};
use handover::Shareable;
use request::{FormField, ServiceId};

use super::{
    VisitMust, VisitScenario,
    form::{fields, topic_of, untouched},
};
use crate::{
    Topic,
    drawn::{fill, placeholders, spoken_words},
    scenario_error::Wrong,
};

/// No patience is longer.
const HOUR: u64 = 3_600;
const ALL_POINTS: u32 = 100;
/// Whatever a citizen wants, so much is written in every visit.
const ALWAYS_SAID: [Topic; 6] = [
    Topic::Opening,
    Topic::Puzzled,
    Topic::Silence,
    Topic::Declined,
    Topic::Thanks,
    Topic::Leaving,
];

impl VisitScenario {
    pub(super) fn check(&self, catalog: &Catalog) -> Result<(), Wrong> {
        if !["ko", "en"].contains(&self.language.as_str()) {
            return Err(Wrong::Language(self.language.clone()));
        }
        if self.moods.is_empty() {
            return Err(Wrong::Mute("moods".to_owned()));
        }
        self.check_times()?;
        let wanted = &self.visit.request;
        wanted.check(catalog)?;
        let service = catalog
            .service(&ServiceId::new(&wanted.service))
            .ok_or_else(|| Wrong::Service(wanted.service.clone()))?;
        self.check_form(service)?;
        self.check_lines(service, catalog)?;
        self.check_rules()
    }

    fn check_times(&self) -> Result<(), Wrong> {
        let patience = &self.patience;
        let waits = [patience.wait_seconds, patience.silence_seconds];
        let leaves = &self.visit.leaves_after_seconds;
        let mut times = waits.iter().chain(&patience.pace_seconds).chain(leaves);
        if let Some(time) = times.find(|it| !(1..=HOUR).contains(*it)) {
            return Err(Wrong::Patience(*time));
        }
        match patience.pace_seconds.is_empty() {
            true => Err(Wrong::Mute("pace_seconds".to_owned())),
            false => Ok(()),
        }
    }

    /// Every field that is named is one of the form, and for whoever is drawn
    /// something is left to be done.
    fn check_form(&self, service: &Service) -> Result<(), Wrong> {
        let known = fields(service);
        let standing = &self.visit;
        let named = standing.filled_in.iter().chain(&standing.keeps);
        let mut named = named.chain(standing.mistyped.keys());
        let is_known = |topic: &Topic| known.iter().any(|field| topic_of(field) == *topic);
        if let Some(topic) = named.find(|topic| !is_known(topic)) {
            return Err(Wrong::NoField {
                service: self.visit.request.service.clone(),
                topic: format!("{topic:?}"),
            });
        }
        match known.iter().any(|field| self.is_left(field, service)) {
            true => Ok(()),
            false => Err(Wrong::NothingLeft),
        }
    }

    /// Whether nothing that may stand in a field is anything that may be wanted.
    fn is_left(&self, field: &FormField, service: &Service) -> bool {
        let (request, topic) = (&self.visit.request, topic_of(field));
        let wanted = match field {
            FormField::Question(id) => request.answers.get(id).cloned(),
            FormField::Option(id) => request.options.get(id).cloned(),
            FormField::Copies => Some(request.copies.iter().map(u32::to_string).collect()),
        };
        let stands = match self.visit.mistyped.get(&topic) {
            Some(wrong) => wrong.clone(),
            None => untouched(service, field).into_iter().collect(),
        };
        let filled_in = self.visit.filled_in.contains(&topic);
        !filled_in && wanted.is_some_and(|it| it.iter().all(|it| !stands.contains(it)))
    }

    fn check_lines(&self, service: &Service, catalog: &Catalog) -> Result<(), Wrong> {
        let words = spoken_words(&self.visit.request, catalog, &self.language);
        let mut said = BTreeSet::new();
        for line in &self.lines {
            if !said.insert(&line.topic) {
                return Err(Wrong::SpokenTwice(format!("{:?}", line.topic)));
            }
            if line.say.is_empty() {
                return Err(Wrong::Mute(format!("{:?}", line.topic)));
            }
            for text in &line.say {
                check_text(text, &words)?;
            }
        }
        for question in &self.questions {
            let moment = format!("a question at {:?}", question.at);
            if question.say.is_empty() || question.answered_by.is_empty() {
                return Err(Wrong::Mute(moment));
            }
            if self.asked_at(question.at).map(|it| &self.questions[it]) != Some(question) {
                return Err(Wrong::SpokenTwice(moment));
            }
            for text in &question.say {
                check_text(text, &BTreeMap::new())?;
            }
        }
        let filled_in = &self.visit.filled_in;
        let topics = fields(service).into_iter().map(|it| topic_of(&it));
        let needed = topics.filter(|topic| !filled_in.contains(topic));
        for topic in ALWAYS_SAID.into_iter().chain(needed) {
            if !said.contains(&topic) {
                return Err(Wrong::Mute(format!("{topic:?}")));
            }
        }
        Ok(())
    }

    fn check_rules(&self) -> Result<(), Wrong> {
        let points = self.rules.iter();
        let points = points.fold(0_u32, |sum, rule| sum.saturating_add(rule.points));
        if points != ALL_POINTS {
            return Err(Wrong::Points(points));
        }
        if !(1..=ALL_POINTS).contains(&self.pass_points) {
            return Err(Wrong::Pass(self.pass_points));
        }
        let asks = |rule: &super::VisitRule| rule.must == VisitMust::AnswerQuestions;
        match self.questions.is_empty() && self.rules.iter().any(asks) {
            true => Err(Wrong::Unwanted("answers to questions")),
            false => Ok(()),
        }
    }
}

/// A line must pass between two people, whatever is drawn for its placeholders.
fn check_text(text: &str, words: &BTreeMap<String, Vec<String>>) -> Result<(), Wrong> {
    for name in placeholders(text).ok_or(Wrong::Brace)? {
        if !words.contains_key(name) {
            return Err(Wrong::Placeholder(name.to_owned()));
        }
    }
    let digits = |word: &String| word.chars().filter(|it| it.is_numeric()).count();
    let worst = |measure: &dyn Fn(&String) -> usize| {
        let each = words.iter().filter_map(|(name, list)| {
            let worst = list.iter().max_by_key(|word| measure(word))?;
            Some((name.clone(), worst.clone()))
        });
        fill(text, &each.collect())
    };
    for text in [worst(&|it| it.chars().count()), worst(&digits)] {
        if let Err(why) = Shareable::new(&text) {
            return Err(Wrong::NotShareable(why.to_string()));
        }
    }
    Ok(())
}
