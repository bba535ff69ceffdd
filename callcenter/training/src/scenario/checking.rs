//! Whether a scenario fits together and fits the catalogue.

use std::collections::BTreeSet;

use catalog::{Catalog, Service};
use request::ServiceId;

use super::{Scenario, WantedRequest};
use crate::{Must, Topic, drawn::placeholders, scenario_error::Wrong};

/// No patience is longer.
const HOUR: u64 = 3_600;
const ALL_POINTS: u32 = 100;
/// Whatever a caller wants, so much is said in every call.
const ALWAYS_SAID: [Topic; 5] = [
    Topic::Opening,
    Topic::Puzzled,
    Topic::Silence,
    Topic::Thanks,
    Topic::Leaving,
];

impl Scenario {
    pub(super) fn check(&self, catalog: &Catalog) -> Result<(), Wrong> {
        if !["ko", "en"].contains(&self.language.as_str()) {
            return Err(Wrong::Language(self.language.clone()));
        }
        if self.wish.request.is_some() && self.wish.office.is_some() {
            return Err(Wrong::TwoWishes);
        }
        let patience = &self.patience;
        let waits = [
            patience.ring_seconds,
            patience.silence_seconds,
            patience.hold_seconds,
        ];
        if let Some(wait) = waits.into_iter().find(|it| !(1..=HOUR).contains(it)) {
            return Err(Wrong::Patience(wait));
        }
        if let Some(wanted) = &self.wish.request {
            wanted.check(catalog)?;
        }
        self.check_lines()?;
        self.check_rules()
    }

    fn check_lines(&self) -> Result<(), Wrong> {
        let mut spoken = BTreeSet::new();
        for line in &self.lines {
            if !spoken.insert(&line.topic) {
                return Err(Wrong::SpokenTwice(format!("{:?}", line.topic)));
            }
            if line.say.iter().all(|text| text.trim().is_empty()) {
                return Err(Wrong::Mute(format!("{:?}", line.topic)));
            }
            for text in line.say.iter().chain(&line.mistake) {
                for name in placeholders(text).ok_or(Wrong::Brace)? {
                    if !self.knows(name) {
                        return Err(Wrong::Placeholder(name.to_owned()));
                    }
                }
            }
        }
        let needed = self.wish.request.iter().flat_map(WantedRequest::topics);
        for topic in ALWAYS_SAID.into_iter().chain(needed) {
            if !spoken.contains(&topic) {
                return Err(Wrong::Mute(format!("{topic:?}")));
            }
        }
        if self.moods.is_empty() {
            return Err(Wrong::Mute("moods".to_owned()));
        }
        Ok(())
    }

    fn knows(&self, placeholder: &str) -> bool {
        let wanted = self.wish.request.as_ref();
        match placeholder.split_once('.') {
            None => match placeholder {
                "name" | "resident-number" => true,
                "copies" => wanted.is_some(),
                _ => false,
            },
            Some(("answer", id)) => wanted.is_some_and(|it| it.answers.contains_key(id)),
            Some(("option", id)) => wanted.is_some_and(|it| it.options.contains_key(id)),
            Some(_) => false,
        }
    }

    fn check_rules(&self) -> Result<(), Wrong> {
        let points = self
            .rules
            .iter()
            .fold(0_u32, |sum, rule| sum.saturating_add(rule.points));
        if points != ALL_POINTS {
            return Err(Wrong::Points(points));
        }
        if !(1..=ALL_POINTS).contains(&self.pass_points) {
            return Err(Wrong::Pass(self.pass_points));
        }
        for rule in &self.rules {
            if rule.must == Must::Prepare && self.wish.request.is_none() {
                return Err(Wrong::Unwanted("a request"));
            }
            if rule.must == Must::Transfer && self.wish.office.is_none() {
                return Err(Wrong::Unwanted("an office"));
            }
        }
        Ok(())
    }
}

impl WantedRequest {
    fn topics(&self) -> Vec<Topic> {
        let answers = self.answers.keys().cloned().map(Topic::Answer);
        let options = self.options.keys().cloned().map(Topic::Option);
        answers.chain(options).collect()
    }

    pub(crate) fn check(&self, catalog: &Catalog) -> Result<(), Wrong> {
        let service = catalog
            .service(&ServiceId::new(&self.service))
            .ok_or_else(|| Wrong::Service(self.service.clone()))?;
        self.check_answers(service, catalog)?;
        self.check_options(service)?;
        let most = service.copies_max;
        match self.copies.iter().find(|it| !(1..=most).contains(*it)) {
            Some(copies) => Err(Wrong::Copies {
                copies: *copies,
                most,
            }),
            None if self.copies.is_empty() => Err(Wrong::Copies { copies: 0, most }),
            None => Ok(()),
        }
    }

    fn check_answers(&self, service: &Service, catalog: &Catalog) -> Result<(), Wrong> {
        let id = self.service.clone();
        for (question, answers) in &self.answers {
            let known = service.questions.iter().find(|it| it.id == *question);
            let Some(known) = known else {
                let question = question.clone();
                return Err(Wrong::Question {
                    service: id,
                    question,
                });
            };
            let fits = |answer: &&String| catalog.is_answer(known, answer);
            if let Some(answer) = answers.iter().find(|answer| !fits(answer)) {
                let (question, answer) = (question.clone(), answer.clone());
                return Err(Wrong::Answer { question, answer });
            }
        }
        let unanswered = |id: &String| self.answers.get(id).is_none_or(Vec::is_empty);
        match service.questions.iter().find(|it| unanswered(&it.id)) {
            Some(question) => Err(Wrong::Unanswered {
                service: id,
                question: question.id.clone(),
            }),
            None => Ok(()),
        }
    }

    fn check_options(&self, service: &Service) -> Result<(), Wrong> {
        let id = self.service.clone();
        for (option, choices) in &self.options {
            let Some(known) = service.option(option) else {
                let option = option.clone();
                return Err(Wrong::Option {
                    service: id,
                    option,
                });
            };
            let stranger = choices
                .iter()
                .find(|choice| known.choices.iter().all(|it| it.id != **choice));
            if let Some(choice) = stranger {
                let (option, choice) = (option.clone(), choice.clone());
                return Err(Wrong::Choice { option, choice });
            }
        }
        let unchosen = |id: &String| self.options.get(id).is_none_or(Vec::is_empty);
        match service.options.iter().find(|it| unchosen(&it.id)) {
            Some(option) => Err(Wrong::Unchosen {
                service: id,
                option: option.id.clone(),
            }),
            None => Ok(()),
        }
    }
}
