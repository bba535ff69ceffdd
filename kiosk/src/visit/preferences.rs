//! How a kiosk greets whoever comes: what its technician has set.

use serde::{Deserialize, Serialize};

use super::{Language, person::Person, view::Guidance};

/// Every visit begins so; a citizen's own choice lasts as long as the visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    pub language: Language,
    /// Of the spoken guidance, 10 to 100 percent of what the headphones are given.
    pub volume: u8,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            language: Language::default(),
            volume: Guidance::default().volume,
        }
    }
}

impl Preferences {
    /// Somebody of whom nothing is known yet.
    pub(super) fn somebody(self) -> Person {
        Person {
            language: self.language,
            ..Person::default()
        }
    }

    /// Spoken guidance as it begins here.
    pub(crate) fn guidance(self) -> Guidance {
        Guidance {
            volume: self.volume,
            ..Guidance::default()
        }
    }
}
