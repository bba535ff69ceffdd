//! The form as an agent sees it.

use privacy::Personal;
use request::{FormField, ServiceId};
use serde::{Deserialize, Serialize};

use crate::Shareable;

/// Fields of one form; no service has nearly as many.
pub const FIELDS_MAX: usize = 64;

/// What the citizen is filling in. Labels are the catalogue's, which both ends have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// None while the citizen still looks for a service.
    pub service: Option<ServiceId>,
    pub at: Place,
    pub fields: Vec<Filled>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    pub field: FormField,
    /// None when nothing is filled in, or what is must not be shared.
    pub value: Option<Shareable>,
}

/// Where the citizen is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Looking for a service.
    Finding,
    /// Reading what the chosen service is.
    Explaining,
    /// At this question.
    Question(String),
    Options,
    /// Asked whether agencies may be asked about them.
    Consent,
    Review,
    /// Something went wrong, and the citizen was told what.
    Stuck,
    /// Identification, payment or paper: no agent sees any of it.
    Hidden,
}

impl Form {
    /// Leaves out the value of each field that must not be shared, and fields beyond
    /// [`FIELDS_MAX`].
    pub fn new<'a>(
        service: Option<ServiceId>,
        at: Place,
        values: impl IntoIterator<Item = (FormField, Option<&'a Personal<String>>)>,
    ) -> Self {
        let filled = |(field, value): (FormField, Option<&Personal<String>>)| Filled {
            field,
            value: value.and_then(|it| Shareable::new(it.reveal()).ok()),
        };
        Self {
            service,
            at,
            fields: values.into_iter().take(FIELDS_MAX).map(filled).collect(),
        }
    }

    pub fn has(&self, field: &FormField) -> bool {
        self.fields.iter().any(|it| it.field == *field)
    }

    /// Whether an agent may propose something here.
    pub fn may_be_filled(&self) -> bool {
        match self.at {
            Place::Question(_) | Place::Options | Place::Consent | Place::Review => true,
            Place::Finding | Place::Explaining | Place::Stuck | Place::Hidden => false,
        }
    }
}
