//! A service that is accepted and answered by a person: no network is asked and
//! nothing is printed but a receipt.

use request::{Channel, IdentityLevel, ServiceId, Terms};
use serde::Deserialize;

use crate::{Bilingual, Keywords, Retention};

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
    /// Through which doors it comes in.
    pub channels: Vec<Channel>,
    /// The [`crate::Topic`] below which citizens find it; of one that comes through
    /// doors with a screen.
    pub topic: Option<String>,
    pub title: Bilingual,
    pub summary: Bilingual,
    #[serde(default)]
    pub keywords: Keywords,
    /// Who answers; the name stands under the answer.
    pub office: Bilingual,
    /// What the law is called that says so.
    pub legal_basis: Bilingual,
    /// How sure a door with a screen wants to be of who asks.
    #[serde(default = "nobody")]
    pub identity: IdentityLevel,
    /// The term the law sets for the answer, in working days with the day it came
    /// (Civil Petitions Treatment Act, art. 19).
    pub answer_within_days: u32,
    /// By how many working days more it may be extended, once; not at all when none.
    #[serde(default)]
    pub extension_days: u32,
    /// How long whoever was answered may appeal, in days of the calendar from the
    /// next one on.
    #[serde(default)]
    pub appeal_within_days: u32,
    /// The term of an answer to an appeal, as of the first answer.
    #[serde(default)]
    pub appeal_answer_within_days: u32,
    /// Whether an answer says what was decided, as of a request for information.
    #[serde(default)]
    pub decides: bool,
    /// On which grounds of the law information may be withheld; one has to be named
    /// with every decision to withhold some, where there are any.
    #[serde(default, rename = "withholding_ground")]
    pub withholding_grounds: Vec<WithholdingGround>,
    pub retention: Retention,
    #[serde(rename = "question")]
    pub questions: Vec<TextQuestion>,
}

/// A ground on which a body may withhold information.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithholdingGround {
    /// What the law calls it, such as `제9조 제1항 제6호`.
    pub clause: Bilingual,
    /// What it protects, in a few words.
    pub title: Bilingual,
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

fn nobody() -> IdentityLevel {
    IdentityLevel::None
}

impl AcceptedService {
    /// The rules a request of this service is held to.
    pub fn terms(&self) -> Terms {
        Terms {
            identity: self.identity,
            consent: false,
            questions: self.questions.iter().map(|it| it.id.clone()).collect(),
            copies_max: 0,
        }
    }

    pub fn question(&self, id: &str) -> Option<&TextQuestion> {
        self.questions.iter().find(|it| it.id == id)
    }

    pub fn comes_by(&self, channel: Channel) -> bool {
        self.channels.contains(&channel)
    }

    /// What is wrong with it.
    pub(crate) fn contradiction(&self) -> Option<&'static str> {
        if self.answer_within_days == 0 {
            return Some("answer_within_days must be at least 1");
        }
        if self.questions.is_empty() || self.questions.iter().any(|it| it.limit == 0) {
            return Some("an accepted service needs questions, and each a limit");
        }
        if self.channels.is_empty() {
            return Some("an accepted service comes through at least one of the channels");
        }
        let by_letter = self.comes_by(Channel::Email);
        if by_letter && self.identity > IdentityLevel::None {
            return Some("a letter proves nobody's identity");
        }
        let by_screen = self.comes_by(Channel::Kiosk) || self.comes_by(Channel::Telephone);
        if by_screen && self.identity == IdentityLevel::None {
            return Some("a petition at a kiosk or by telephone says who asks");
        }
        if by_screen != self.topic.is_some() {
            return Some("a service has a topic when a screen shows it");
        }
        if (self.appeal_within_days == 0) != (self.appeal_answer_within_days == 0) {
            return Some("an appeal is answered in its term");
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
