//! One rule: words that lead to a duty.

use serde::Deserialize;

/// A petition with one of the words in it is for an office with the duty.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub id: String,
    pub duty: String,
    /// Services it is for; all when none.
    #[serde(default)]
    pub services: Vec<String>,
    pub words: Vec<String>,
}

/// How well a rule fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fit {
    /// Words found; one in the subject counts twice.
    pub(crate) weight: usize,
    /// The first of them.
    pub(crate) word: String,
}

impl Rule {
    /// How well it fits a petition whose subject and text were [`crate::place::plain`];
    /// none when it does not.
    pub(crate) fn fit(&self, service: &str, subject: &str, text: &str) -> Option<Fit> {
        if !self.services.is_empty() && self.services.iter().all(|it| it != service) {
            return None;
        }
        let mut fit: Option<Fit> = None;
        for word in &self.words {
            let plain = crate::place::plain(word);
            let weight =
                2 * usize::from(subject.contains(&plain)) + usize::from(text.contains(&plain));
            if weight > 0 {
                let found = fit.get_or_insert_with(|| Fit {
                    weight: 0,
                    word: word.clone(),
                });
                found.weight += weight;
            }
        }
        fit
    }
}
