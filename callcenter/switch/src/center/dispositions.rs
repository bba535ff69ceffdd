//! How agents say that calls ended, as the operator writes it down.

use std::collections::BTreeSet;

use distributor::QueueId;
use figures::{Wording, WrapUps};
use serde::Deserialize;

/// A desk has nine keys to choose with.
const OFFERED_MOST: usize = 9;
/// Characters of a title in one language, at most.
const LETTERS_MOST: usize = 40;
const NAME_MOST: usize = 32;

/// What an agent chooses from in the wrap-up of a call.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DispositionSettings {
    /// Desks ask before a wrap-up is over without one. It is over all the same when its
    /// time is, or when the agent insists.
    #[serde(default)]
    pub required: bool,
    /// In the order in which they are offered.
    #[serde(rename = "code")]
    pub codes: Vec<DispositionCode>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DispositionCode {
    /// As the call book names it: small letters, digits and hyphens.
    pub id: String,
    pub title: Wording,
    /// Whose calls may end so; none for those of every queue.
    #[serde(default)]
    pub queues: Vec<QueueId>,
}

/// What is wrong with a center's dispositions.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DispositionError {
    #[error("a center has between 1 and {} dispositions", WrapUps::SAID_MOST)]
    Codes,
    #[error("queue {0:?} has more than {OFFERED_MOST} dispositions to choose from")]
    Offered(String),
    #[error("{0:?} is no name of a disposition; \"call-back\" is one")]
    Name(String),
    #[error("disposition {0:?} is there twice")]
    Twice(String),
    #[error(
        "disposition {0:?} must have between 1 and {LETTERS_MOST} characters in Korean and in English"
    )]
    Words(String),
}

impl DispositionSettings {
    /// What may be said of this queue's calls.
    pub(crate) fn offered(&self, queue: &QueueId) -> Vec<String> {
        let fits = |it: &&DispositionCode| it.queues.is_empty() || it.queues.contains(queue);
        let offered = self.codes.iter().filter(fits);
        offered.map(|it| it.id.clone()).collect()
    }

    /// Looks for what cannot be chosen, in these queues.
    pub(super) fn check<'a>(
        &self,
        queues: impl IntoIterator<Item = &'a QueueId>,
    ) -> Result<(), DispositionError> {
        if self.codes.is_empty() || self.codes.len() > WrapUps::SAID_MOST {
            return Err(DispositionError::Codes);
        }
        let mut names = BTreeSet::new();
        for code in &self.codes {
            code.check()?;
            if !names.insert(&code.id) {
                return Err(DispositionError::Twice(code.id.clone()));
            }
        }
        for queue in queues {
            if self.offered(queue).len() > OFFERED_MOST {
                return Err(DispositionError::Offered(queue.0.clone()));
            }
        }
        Ok(())
    }
}

impl DispositionCode {
    fn check(&self) -> Result<(), DispositionError> {
        let plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
        let length = 1..=NAME_MOST;
        if !length.contains(&self.id.len()) || !self.id.bytes().all(plain) {
            return Err(DispositionError::Name(self.id.clone()));
        }
        let readable = |it: &str| {
            let letters = it.trim().chars().count();
            (1..=LETTERS_MOST).contains(&letters) && !it.chars().any(char::is_control)
        };
        match readable(&self.title.ko) && readable(&self.title.en) {
            true => Ok(()),
            false => Err(DispositionError::Words(self.id.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{super::CenterError, *};
    use crate::center::Center;

    const CENTER: &str = include_str!("../switchboard/tests/center.toml");
    const EXAMPLE: &str = include_str!("../../dispositions.example.toml");

    fn code(id: &str, ko: &str, more: &str) -> String {
        format!(
            "[[dispositions.code]]\nid = \"{id}\"\ntitle = {{ ko = \"{ko}\", en = \"So\" }}\n{more}"
        )
    }

    fn center(codes: &str) -> Center {
        toml::from_str(&format!("{CENTER}\n[dispositions]\n{codes}")).unwrap()
    }

    #[test]
    fn the_example_is_what_a_center_reads() {
        let example = EXAMPLE.replace("[center.dispositions", "[dispositions");
        let example = example.replace("[[center.dispositions", "[[dispositions");
        let center: Center = toml::from_str(&format!("{CENTER}\n{example}")).unwrap();

        assert_eq!(center.check(), Ok(()));
        let settings = center.dispositions.unwrap();
        let offered = |queue: &str| settings.offered(&QueueId(queue.to_owned()));
        assert!(settings.required);
        assert!(offered("taxes").contains(&"appeal-explained".to_owned()));
        assert!(!offered("general").contains(&"appeal-explained".to_owned()));
    }

    #[test]
    fn dispositions_that_cannot_be_chosen_are_refused() {
        let checked = |codes: &str| center(codes).check();
        let wrong = |it| Err(CenterError::Disposition(it));
        let good = code("answered", "안내로 끝남", "");

        assert_eq!(checked(&good), Ok(()));
        let unknown = code("answered", "안내", "queues = [\"parking\"]\n");
        let refused = CenterError::UnknownQueue("disposition answered".to_owned());
        assert_eq!(checked(&unknown), Err(refused));
        let twice = DispositionError::Twice("answered".to_owned());
        assert_eq!(checked(&[good.clone(), good].concat()), wrong(twice));
        let name = DispositionError::Name("Answered!".to_owned());
        assert_eq!(checked(&code("Answered!", "안내", "")), wrong(name));
        for words in [" ", &"가".repeat(41), "안\\n내"] {
            let refused = DispositionError::Words("answered".to_owned());
            assert_eq!(
                checked(&code("answered", words, "")),
                wrong(refused),
                "{words}"
            );
        }
    }

    #[test]
    fn no_queue_has_more_to_choose_from_than_there_are_keys() {
        let nine: String = (0..9).map(|n| code(&format!("c{n}"), "안내", "")).collect();
        let of_taxes = code("c9", "안내", "queues = [\"taxes\"]\n");
        assert_eq!(center(&nine).check(), Ok(()));

        let checked = center(&(nine + &of_taxes)).check();

        let refused = DispositionError::Offered("taxes".to_owned());
        assert_eq!(checked, Err(CenterError::Disposition(refused)));
    }
}
