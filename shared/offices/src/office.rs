//! One office, and what offices are for.

use catalog::{Bilingual, Hours};
use request::OfficeId;
use serde::Deserialize;

/// An agency or a part of one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Seven digits, as the Korean administrative standard code numbers agencies.
    pub code: OfficeId,
    pub name: Bilingual,
    /// Which it is a part of; none of an agency.
    pub parent: Option<OfficeId>,
    pub telephone: String,
    #[serde(default)]
    pub hours: Hours,
    /// Ids of what it does.
    #[serde(default)]
    pub duties: Vec<String>,
    /// Leading digits of the legal districts it does it for; everywhere when none.
    #[serde(default)]
    pub area: Vec<String>,
}

/// Something an office is there for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    pub id: String,
    pub title: Bilingual,
}

impl Office {
    pub fn has(&self, duty: &str) -> bool {
        self.duties.iter().any(|it| it == duty)
    }

    /// How narrowly its area holds a district, in digits; none when it does not.
    pub(crate) fn holds(&self, district: &str) -> Option<usize> {
        if self.area.is_empty() {
            return Some(0);
        }
        let held = self.area.iter().filter(|it| district.starts_with(*it));
        held.map(String::len).max()
    }
}
