//! One caller, drawn from a scenario by a seed.

use std::collections::{BTreeMap, VecDeque};

use catalog::Catalog;
use dice::Dice;

use crate::{
    Mood, Scenario, Topic,
    drawn::{Drawn, fill, spoken_values},
    invention,
    observed::{PreparedRequest, Wanted},
};

/// Who calls, what for, and in what words. Everything about him is invented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub name: String,
    /// Thirteen digits that were given to nobody.
    pub resident_number: String,
    pub mood: Mood,
    pub goal: Goal,
    /// What he says of each topic: his last words on it stand last.
    lines: BTreeMap<Topic, VecDeque<String>>,
    /// What he says by himself, in this order.
    pub(crate) volunteered: Vec<Topic>,
}

/// What this caller wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    Request(Wanted),
    /// The id of an office.
    Office(String),
    /// An answer in words.
    Word,
}

impl Caller {
    /// The same scenario, catalogue and seed make the same caller.
    pub fn draw(scenario: &Scenario, catalog: &Catalog, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let name = invention::name(&mut dice, &scenario.language);
        let resident_number = invention::resident_number(&mut dice);
        let mood = dice.one_of(&scenario.moods).copied();
        let wish = &scenario.wish;
        let drawn = wish.request.as_ref().map(|it| Drawn::from(it, &mut dice));
        let mut words = match &drawn {
            Some(drawn) => spoken_values(drawn, catalog, &scenario.language),
            None => BTreeMap::new(),
        };
        words.insert("name".to_owned(), name.clone());
        words.insert("resident-number".to_owned(), spaced(&resident_number));
        let mut lines = BTreeMap::new();
        for line in &scenario.lines {
            let mut said = VecDeque::new();
            if dice.below(2) == 0 {
                said.extend(dice.one_of(&line.mistake).map(|text| fill(text, &words)));
            }
            said.extend(dice.one_of(&line.say).map(|text| fill(text, &words)));
            lines.insert(line.topic.clone(), said);
        }
        let goal = match (drawn, &wish.office) {
            (Some(drawn), _) => Goal::Request(drawn.into_wanted()),
            (None, Some(office)) => Goal::Office(office.clone()),
            (None, None) => Goal::Word,
        };
        let needed = |topic: &&Topic| topic.is_needed();
        let mut volunteered: Vec<Topic> = lines.keys().filter(needed).cloned().collect();
        dice.shuffle(&mut volunteered);
        Self {
            name,
            resident_number,
            mood: mood.unwrap_or(Mood::Calm),
            goal,
            lines,
            volunteered,
        }
    }

    /// What he says about it now. A mistake is said once.
    pub(crate) fn speak(&mut self, topic: &Topic) -> Option<String> {
        let said = self.lines.get_mut(topic)?;
        if said.len() > 1 {
            said.pop_front()
        } else {
            said.front().cloned()
        }
    }

    /// Whether what he says next of it is a mistake, which he puts right after it.
    pub(crate) fn is_mistaken(&self, topic: &Topic) -> bool {
        self.lines.get(topic).is_some_and(|said| said.len() > 1)
    }

    /// Whether a request is what he wants, in the name he gave.
    pub(crate) fn wants(&self, request: &PreparedRequest) -> bool {
        match &self.goal {
            Goal::Request(wanted) => {
                *wanted == request.wanted
                    && request.applicant.as_ref().is_none_or(|applicant| {
                        invention::parsed(&self.resident_number).as_ref() == Some(applicant)
                    })
            }
            Goal::Office(_) | Goal::Word => false,
        }
    }
}

/// Read digit by digit, with a rest where the hyphen stands.
fn spaced(digits: &str) -> String {
    let (birth, rest) = digits.split_at(digits.len().min(6));
    let apart = |text: &str| {
        let letters: Vec<String> = text.chars().map(String::from).collect();
        letters.join(" ")
    };
    format!("{}, {}", apart(birth), apart(rest))
}
