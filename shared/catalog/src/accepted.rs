//! A service that is accepted and answered by a person: no network is asked and
//! nothing is printed.

use std::time::Duration;

use request::{IdentityLevel, ServiceId, Terms};
use serde::Deserialize;

use crate::{Bilingual, Retention};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// What becomes of a request of a service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceKind {
    /// A network's record becomes a paper.
    #[default]
    Certificate,
    /// Somebody reads it and answers.
    Accepted,
}

/// A service such as a petition.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcceptedService {
    pub id: ServiceId,
    pub version: u32,
    pub kind: ServiceKind,
    pub title: Bilingual,
    pub summary: Bilingual,
    /// Who answers; the name stands under the answer.
    pub office: Bilingual,
    /// The term the law sets for the answer.
    pub answer_within_days: u32,
    pub retention: Retention,
    #[serde(rename = "question")]
    pub questions: Vec<TextQuestion>,
}

/// A question that is answered in the citizen's own words.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextQuestion {
    pub id: String,
    pub label: Bilingual,
    pub hint: Bilingual,
    /// Characters at the most.
    pub limit: u32,
}

impl AcceptedService {
    /// The rules a request of this service is held to.
    pub fn terms(&self) -> Terms {
        Terms {
            identity: IdentityLevel::None,
            consent: false,
            questions: self.questions.iter().map(|it| it.id.clone()).collect(),
            copies_max: 0,
        }
    }

    pub fn answer_within(&self) -> Duration {
        DAY * self.answer_within_days
    }

    pub fn question(&self, id: &str) -> Option<&TextQuestion> {
        self.questions.iter().find(|it| it.id == id)
    }

    /// What is wrong with it.
    pub(crate) fn contradiction(&self) -> Option<&'static str> {
        if self.answer_within_days == 0 {
            return Some("answer_within_days must be at least 1");
        }
        if self.questions.is_empty() || self.questions.iter().any(|it| it.limit == 0) {
            return Some("an accepted service needs questions, and each a limit");
        }
        self.retention.contradiction(0)
    }
}

impl TextQuestion {
    /// Whether a text can be an answer. A subject may be left out of a letter.
    pub fn accepts(&self, text: &str) -> bool {
        text.chars().count() <= self.limit as usize
    }
}
