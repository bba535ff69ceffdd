//! Whom a paper is for: what they need on it, and nothing more.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{Bilingual, Error, Service};

/// Somebody a service's paper is often handed to, and the choices they are content with.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    pub id: String,
    pub label: Bilingual,
    /// Option to choice. What depends on the applicant and not on the recipient is
    /// not among them.
    pub options: BTreeMap<String, String>,
}

impl Service {
    pub fn recipient(&self, id: &str) -> Option<&Recipient> {
        self.recipients.iter().find(|it| it.id == id)
    }

    /// Of what a recipient needs, the options and choices this service does not have.
    pub fn lost_choices<'a>(&'a self, recipient: &'a Recipient) -> impl Iterator<Item = &'a str> {
        let unknown = recipient.options.iter().filter(|(option, choice)| {
            let choices = self.option(option).map(|it| &it.choices);
            choices.is_none_or(|it| it.iter().all(|it| it.id != **choice))
        });
        unknown.map(|(option, _)| option.as_str())
    }

    /// # Errors
    /// When a recipient needs what there is not.
    pub(crate) fn check_recipients(&self) -> Result<(), Error> {
        let mut lost = self.recipients.iter().flat_map(|it| self.lost_choices(it));
        lost.next().map_or(Ok(()), |option| {
            Err(Error::Missing {
                service: self.id.to_string(),
                kind: "choice of a recipient in the option",
                name: option.to_owned(),
            })
        })
    }
}
