//! A scenario of a visit: who stands at the kiosk, what is in the form, and what the
//! agent must do, as its file says it.

use std::collections::BTreeMap;

use catalog::{Bilingual, Catalog};
use serde::Deserialize;

use super::VisitRule;
use crate::{Mood, ScenarioError, Topic, WantedRequest, reading::read, record::first_version};

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitScenario {
    /// The file's name without its ending.
    pub id: String,
    /// Counts up with every change of what is asked; records name it.
    #[serde(default = "first_version")]
    pub version: u32,
    pub title: Bilingual,
    /// What the trainee is told afterwards: what was to be learned.
    pub lesson: Bilingual,
    /// ISO 639-1: what the citizen writes, `ko` or `en`.
    pub language: String,
    /// One is drawn.
    pub moods: Vec<Mood>,
    /// Of 100, to have passed.
    pub pass_points: u32,
    pub patience: VisitPatience,
    pub visit: Standing,
    #[serde(rename = "line")]
    pub lines: Vec<VisitLine>,
    #[serde(default, rename = "question")]
    pub questions: Vec<CitizenQuestion>,
    #[serde(rename = "rule")]
    pub rules: Vec<VisitRule>,
}

/// How long a citizen bears what, in seconds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitPatience {
    /// For somebody to come.
    pub wait_seconds: u64,
    /// Of nothing said, pointed at or proposed, before he writes by himself.
    pub silence_seconds: u64,
    /// What he needs to read and to touch; one is drawn.
    pub pace_seconds: Vec<u64>,
}

/// The citizen before the form.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// What is to stand in the form at the end.
    pub request: WantedRequest,
    /// What he has filled in already, and rightly.
    #[serde(default)]
    pub filled_in: Vec<Topic>,
    /// What he has filled in, and wrongly; one of each list is drawn.
    #[serde(default)]
    pub mistyped: BTreeMap<Topic, Vec<String>>,
    /// What he wants to choose himself; told where it is, he does.
    #[serde(default)]
    pub keeps: Vec<Topic>,
    /// Whether he agrees that agencies are asked about him, where the service asks that.
    #[serde(default = "yes")]
    pub consents: bool,
    /// Has to go so long after the agent came, whatever has become of the form; one
    /// is drawn.
    #[serde(default)]
    pub leaves_after_seconds: Vec<u64>,
}

/// What is written about something: one of several ways is drawn. Placeholders are
/// those of [`crate::Line`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitLine {
    pub topic: Topic,
    pub say: Vec<String>,
    /// Words by which an agent's line asks for it.
    #[serde(default)]
    pub asked_by: Vec<String>,
}

/// What the citizen wants to know, and what an answer to it has in it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CitizenQuestion {
    pub at: Moment,
    pub say: Vec<String>,
    /// One of these words.
    pub answered_by: Vec<String>,
}

/// When the citizen asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// After his first words.
    Beginning,
    /// After the first value he confirmed.
    FirstValue,
    /// Asked whether agencies may be asked about him.
    Consent,
    /// About to go, before all is done.
    Going,
}

fn yes() -> bool {
    true
}

impl VisitScenario {
    /// Reads a file's text; `file` is its name without ending.
    ///
    /// # Errors
    /// When it does not have the form, or does not fit the catalogue.
    pub fn parse(file: &str, text: &str, catalog: &Catalog) -> Result<Self, ScenarioError> {
        read(file, text, |it: &Self| &it.id, |it| it.check(catalog))
    }

    pub(super) fn asked_at(&self, moment: Moment) -> Option<usize> {
        self.questions.iter().position(|it| it.at == moment)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
