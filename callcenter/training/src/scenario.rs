//! A scenario: a kind of call to be practised, as its file says it.

mod checking;

use std::collections::BTreeMap;

use catalog::{Bilingual, Catalog};
use serde::Deserialize;

use crate::{Rule, ScenarioError, Topic, reading::read, record::first_version};

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The file's name without its ending.
    pub id: String,
    /// Counts up with every change of what is asked; records name it.
    #[serde(default = "first_version")]
    pub version: u32,
    pub title: Bilingual,
    /// What the trainee is told afterwards: what was to be learned.
    pub lesson: Bilingual,
    /// ISO 639-1: what the caller speaks, `ko` or `en`.
    pub language: String,
    /// One is drawn.
    pub moods: Vec<Mood>,
    /// Of 100, to have passed.
    pub pass_points: u32,
    pub patience: Patience,
    #[serde(default)]
    pub wish: Wish,
    #[serde(rename = "line")]
    pub lines: Vec<Line>,
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mood {
    Calm,
    /// Waits half as long as others.
    Hurried,
    /// Says what he knows only when he is asked for it a second time.
    Reserved,
}

/// How long a caller bears what, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Patience {
    pub ring_seconds: u64,
    /// Of silence in the talk, before he speaks by himself.
    pub silence_seconds: u64,
    pub hold_seconds: u64,
}

/// What the caller wants; neither is a question that is answered in words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    pub request: Option<WantedRequest>,
    /// The id of an office in the center's directory.
    pub office: Option<String>,
}

/// Of each list one is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WantedRequest {
    pub service: String,
    /// By the question's id; what is in a closed list stands here by its code.
    #[serde(default)]
    pub answers: BTreeMap<String, Vec<String>>,
    /// By the option's id: ids of choices.
    #[serde(default)]
    pub options: BTreeMap<String, Vec<String>>,
    #[serde(default = "one_copy")]
    pub copies: Vec<u32>,
}

/// What is said about something: one of several ways is drawn. `{name}`,
/// `{resident-number}`, `{copies}`, `{answer.ID}` and `{option.ID}` stand for what
/// this caller is called and wants.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub topic: Topic,
    pub say: Vec<String>,
    /// Said first by every second caller, who then corrects himself with `say`.
    #[serde(default)]
    pub mistake: Vec<String>,
}

fn one_copy() -> Vec<u32> {
    vec![1]
}

impl Scenario {
    /// Reads a file's text; `file` is its name without ending.
    ///
    /// # Errors
    /// When it does not have the form, or does not fit the catalogue.
    pub fn parse(file: &str, text: &str, catalog: &Catalog) -> Result<Self, ScenarioError> {
        read(file, text, |it: &Self| &it.id, |it| it.check(catalog))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
