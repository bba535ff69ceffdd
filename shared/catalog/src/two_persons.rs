//! The two-person check: which record its questions come from, how they are worded,
//! and its bounds. The file `two-persons.toml`; a catalogue without one has no check.

use std::{collections::BTreeSet, time::Duration};

use request::ServiceId;
use serde::Deserialize;

use crate::{Bilingual, Consent};

/// Longer than anybody stands at a kiosk.
const MINUTES_MAX: u64 = 60;
/// Questions, tries: larger numbers are slips of the pen.
const COUNT_MAX: u32 = 100;

/// How somebody without a readable card is identified by two agents.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TwoPersonCheck {
    /// The service whose network is asked for the record, and whose schema it has
    /// to keep. It is asked by nothing but the resident number.
    pub service: ServiceId,
    pub consent: Consent,
    pub bounds: CheckBounds,
    pub persons: PersonRows,
    #[serde(rename = "question")]
    pub questions: Vec<RecordQuestion>,
}

/// How often, how long and how well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckBounds {
    /// Right answers without which nobody is believed.
    pub right_needed: u32,
    /// One wrong answer more ends the check.
    pub wrong_max: u32,
    /// Questions of one check, the supervisor's own among them.
    pub asked_max: u32,
    /// A check that is not over by then is.
    pub minutes: u64,
    /// For so long after it was passed the request may rely on it.
    pub passed_minutes: u64,
    /// Checks of one resident number within a day.
    pub tries_per_number: u32,
    /// Checks at one kiosk within a day.
    pub tries_per_kiosk: u32,
}

/// Where the record lists persons, among them the one who asks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonRows {
    /// JSON pointer (RFC 6901) to the list.
    pub rows: String,
    /// JSON pointers within one of its rows.
    pub resident_number: String,
    pub name: String,
}

/// A question that the record answers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordQuestion {
    pub id: String,
    /// What it is about. Of two questions about the same thing the second is asked
    /// only when there is nothing else left: who knows the one knows the other.
    pub about: String,
    /// What the agent says. It gives nothing of the record away.
    pub wording: Bilingual,
    pub answer: AnswerKind,
    #[serde(default)]
    pub whose: Whose,
    /// JSON pointer to a list whose rows all answer; none means the record itself,
    /// or the rows of persons where `whose` is said.
    #[serde(default)]
    pub rows: Option<String>,
    /// JSON pointers within a row, or the record; what is found at any of them is a
    /// right answer.
    pub fields: Vec<String>,
    /// JSON pointers into the record; what is found there is no right answer.
    #[serde(default)]
    pub except: Vec<String>,
}

/// Which rows of persons answer a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Not about persons.
    #[default]
    Nobodys,
    /// The row of who asks.
    Own,
    /// Everybody else's.
    Others,
}

/// How an answer is read out of the record and compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// A person's name, whole.
    Name,
    /// The name of the street in an address by streets (도로명주소).
    Street,
    /// The neighborhood (동) that such an address says in brackets.
    Neighborhood,
    /// Year and month of a date.
    YearMonth,
}

impl CheckBounds {
    pub fn life(&self) -> Duration {
        Duration::from_secs(self.minutes * 60)
    }

    pub fn passed_for(&self) -> Duration {
        Duration::from_secs(self.passed_minutes * 60)
    }
}

impl TwoPersonCheck {
    pub fn question(&self, id: &str) -> Option<&RecordQuestion> {
        self.questions.iter().find(|it| it.id == id)
    }

    /// What is wrong with it in itself.
    pub(crate) fn contradiction(&self) -> Option<&'static str> {
        let bounds = &self.bounds;
        let ids: BTreeSet<_> = self.questions.iter().map(|it| &it.id).collect();
        let count = |it: u32| (1..=COUNT_MAX).contains(&it);
        let time = |it: u64| (1..=MINUTES_MAX).contains(&it);
        if !time(bounds.minutes) || !time(bounds.passed_minutes) {
            return Some("a check lives for 1 to 60 minutes, and is good for as long");
        }
        if !count(bounds.right_needed)
            || !count(bounds.tries_per_number)
            || !count(bounds.tries_per_kiosk)
        {
            return Some("right answers and tries are 1 to 100");
        }
        if bounds.asked_max < bounds.right_needed.saturating_add(bounds.wrong_max) {
            return Some("asked_max must be at least right_needed and wrong_max together");
        }
        if self.questions.len() < bounds.right_needed as usize {
            return Some("there are fewer questions than right answers needed");
        }
        if ids.len() < self.questions.len() {
            return Some("two questions of the two-person check have the same id");
        }
        if self.questions.iter().any(|it| it.fields.is_empty()) {
            return Some("a question of the two-person check names no field");
        }
        let forbidden = |it: &RecordQuestion| it.fields.contains(&self.persons.resident_number);
        if self.questions.iter().any(forbidden) {
            return Some("nobody is asked for a resident number");
        }
        None
    }
}
