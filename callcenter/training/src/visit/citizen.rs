//! One citizen at a kiosk, drawn from a scenario by a seed.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use catalog::{Catalog, Service};
use dice::Dice;
use handover::Shareable;
use request::{FormField, ServiceId};

use super::{
    CitizenQuestion, VisitScenario,
    form::{KioskForm, field_of, fields, topic_of, untouched},
    hearing::says_any,
};
use crate::{
    Mood, Topic,
    drawn::{Drawn, fill, spoken_values},
};

/// Who stands there, what is wanted, and in what words. Everything is invented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citizen {
    pub mood: Mood,
    pub(super) language: String,
    pub(super) pace: Duration,
    pub(super) form: KioskForm,
    pub(super) keeps: BTreeSet<FormField>,
    pub(super) consents: bool,
    pub(super) leaves_after: Option<Duration>,
    /// What he writes by himself, in this order.
    pub(super) untold: Vec<Topic>,
    pub(super) questions: Vec<CitizenQuestion>,
    lines: BTreeMap<Topic, Shareable>,
    asked_by: Vec<(Topic, Vec<String>)>,
}

impl Citizen {
    /// The same scenario, catalogue and seed make the same citizen; none where the
    /// scenario was made for another catalogue.
    pub fn draw(scenario: &VisitScenario, catalog: &Catalog, seed: u64) -> Option<Self> {
        let standing = &scenario.visit;
        let service = catalog.service(&ServiceId::new(&standing.request.service))?;
        let mut dice = Dice::new(seed);
        let mood = dice.one_of(&scenario.moods).copied();
        let pace = dice.one_of(&scenario.patience.pace_seconds).copied();
        let drawn = Drawn::from(&standing.request, &mut dice);
        let words = spoken_values(&drawn, catalog, &scenario.language);
        let wanted = wanted(&drawn, service);
        let values = standing_values(scenario, service, &wanted, &mut dice);
        let form = KioskForm::new(service, values, wanted);
        let mut lines = BTreeMap::new();
        for line in &scenario.lines {
            let text = dice.one_of(&line.say).map(|text| fill(text, &words));
            let text = text.and_then(|it| Shareable::new(&it).ok());
            lines.extend(text.map(|it| (line.topic.clone(), it)));
        }
        let order = fields(service);
        let missing = order.iter().filter(|field| !form.is_right(field));
        let mut untold: Vec<Topic> = missing.map(topic_of).collect();
        dice.shuffle(&mut untold);
        let leaves = dice.one_of(&standing.leaves_after_seconds).copied();
        let mut questions = scenario.questions.clone();
        for question in &mut questions {
            question.say = dice.one_of(&question.say).cloned().into_iter().collect();
        }
        Some(Self {
            mood: mood.unwrap_or(Mood::Calm),
            language: scenario.language.clone(),
            pace: Duration::from_secs(pace.unwrap_or(1)),
            form,
            keeps: standing.keeps.iter().filter_map(field_of).collect(),
            consents: standing.consents,
            leaves_after: leaves.map(Duration::from_secs),
            untold,
            questions,
            lines,
            asked_by: asked_by(scenario),
        })
    }

    /// What he wants to stand in a field.
    pub fn wants(&self, field: &FormField) -> Option<&Shareable> {
        self.form.wanted(field)
    }

    /// What he writes about it.
    pub fn line(&self, topic: &Topic) -> Option<&Shareable> {
        self.lines.get(topic)
    }

    /// What an agent's line asks for, by its words.
    pub(super) fn asked(&self, line: &Shareable) -> Option<Topic> {
        let mut asked_by = self.asked_by.iter();
        let found = asked_by.find(|(_, words)| says_any(line, words));
        found.map(|(topic, _)| topic.clone())
    }
}

fn asked_by(scenario: &VisitScenario) -> Vec<(Topic, Vec<String>)> {
    let lines = scenario.lines.iter();
    let asked = lines.filter(|it| !it.asked_by.is_empty());
    asked
        .map(|it| (it.topic.clone(), it.asked_by.clone()))
        .collect()
}

fn wanted(drawn: &Drawn, service: &Service) -> BTreeMap<FormField, Shareable> {
    let value = |field: &FormField| match field {
        FormField::Question(id) => drawn.answers.get(id).cloned(),
        FormField::Option(id) => drawn.options.get(id).cloned(),
        FormField::Copies => Some(drawn.copies.to_string()),
    };
    let each = fields(service).into_iter().filter_map(|field| {
        let value = Shareable::new(&value(&field)?).ok()?;
        Some((field, value))
    });
    each.collect()
}

/// What stands in the form when the citizen asks for an agent.
fn standing_values(
    scenario: &VisitScenario,
    service: &Service,
    wanted: &BTreeMap<FormField, Shareable>,
    dice: &mut Dice,
) -> BTreeMap<FormField, Shareable> {
    let standing = &scenario.visit;
    let mut values = BTreeMap::new();
    for field in fields(service) {
        let topic = topic_of(&field);
        let value = match standing.mistyped.get(&topic) {
            Some(wrong) => {
                let wrong = dice.one_of(wrong).cloned();
                wrong.and_then(|it| Shareable::new(&it).ok())
            }
            None if standing.filled_in.contains(&topic) => wanted.get(&field).cloned(),
            None => untouched(service, &field).and_then(|it| Shareable::new(&it).ok()),
        };
        values.extend(value.map(|it| (field, it)));
    }
    values
}
