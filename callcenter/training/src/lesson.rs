//! What can be practised: a call, or a visit at a kiosk.

use catalog::{Bilingual, Catalog};
use serde::{Deserialize, de::IgnoredAny};

use crate::{Scenario, ScenarioError, VisitScenario};

/// A scenario of either kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lesson {
    Call(Scenario),
    Visit(VisitScenario),
}

/// A file with this table is a visit's.
#[derive(Deserialize)]
struct Kind {
    visit: Option<IgnoredAny>,
}

impl Lesson {
    /// Reads a file's text; `file` is its name without ending.
    ///
    /// # Errors
    /// When it does not have the form, or does not fit the catalogue.
    pub fn parse(file: &str, text: &str, catalog: &Catalog) -> Result<Self, ScenarioError> {
        let kind: Option<Kind> = toml::from_str(text).ok();
        match kind.and_then(|it| it.visit) {
            Some(_) => VisitScenario::parse(file, text, catalog).map(Self::Visit),
            None => Scenario::parse(file, text, catalog).map(Self::Call),
        }
    }

    pub fn id(&self) -> &str {
        match self {
            Self::Call(it) => &it.id,
            Self::Visit(it) => &it.id,
        }
    }

    pub fn version(&self) -> u32 {
        match self {
            Self::Call(it) => it.version,
            Self::Visit(it) => it.version,
        }
    }

    pub fn title(&self) -> &Bilingual {
        match self {
            Self::Call(it) => &it.title,
            Self::Visit(it) => &it.title,
        }
    }

    /// What is to be learned.
    pub fn aim(&self) -> &Bilingual {
        match self {
            Self::Call(it) => &it.lesson,
            Self::Visit(it) => &it.lesson,
        }
    }
}
