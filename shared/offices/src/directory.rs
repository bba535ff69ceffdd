//! A whole, checked directory.

use std::collections::BTreeMap;

use request::OfficeId;

use crate::{Duty, Office, Rule, place::District};

/// All offices, what they do, and the rules of routes. Empty where a catalogue has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    pub(crate) offices: BTreeMap<OfficeId, Office>,
    pub(crate) duties: Vec<Duty>,
    pub(crate) rules: Vec<Rule>,
    /// The desk that finds out whose a petition is, by service; under the empty name
    /// that of all others.
    pub(crate) general: BTreeMap<String, OfficeId>,
    /// Who looks at an answer anew: the first that did not give it.
    pub(crate) appeals: Vec<OfficeId>,
    pub(crate) districts: Vec<District>,
}

impl Directory {
    pub fn is_empty(&self) -> bool {
        self.offices.is_empty()
    }

    pub fn office(&self, code: &OfficeId) -> Option<&Office> {
        self.offices.get(code)
    }

    /// In the order of their codes.
    pub fn offices(&self) -> impl Iterator<Item = &Office> {
        self.offices.values()
    }

    pub fn duty(&self, id: &str) -> Option<&Duty> {
        self.duties.iter().find(|it| it.id == id)
    }

    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }

    /// The desk that takes what no rule knows.
    pub fn general(&self, service: &str) -> Option<&OfficeId> {
        self.general.get(service).or_else(|| self.general.get(""))
    }

    /// Who answers an appeal against what an office has answered; never that office.
    pub fn appeal_office(&self, answered_by: &OfficeId) -> Option<&OfficeId> {
        self.appeals.iter().find(|it| *it != answered_by)
    }

    /// Offices that answer to every word of what is typed, by their names and what they
    /// do, in either language; all while nothing is typed.
    pub fn find(&self, typed: &str) -> Vec<&Office> {
        let answers = |office: &Office, word: &str| {
            let named = |it: &catalog::Bilingual| {
                typing::matches(&it.ko, word) || typing::matches(&it.en, word)
            };
            let mut duties = office.duties.iter().filter_map(|it| self.duty(it));
            named(&office.name) || duties.any(|it| named(&it.title))
        };
        self.offices()
            .filter(|office| typed.split_whitespace().all(|it| answers(office, it)))
            .collect()
    }
}
