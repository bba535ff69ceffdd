//! One thing an agency holds.

use catalog::{Bilingual, Keywords};
use request::ServiceId;

use crate::{Access, Frequency, Theme};

/// A description after DCAT-AP 3: `dcat:Dataset`, and where a service of ours gives parts
/// of it to whoever asks, `dcat:DataService` beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// `dct:identifier`: lower-case letters, digits and hyphens.
    pub id: String,
    pub title: Bilingual,
    pub description: Bilingual,
    pub keywords: Keywords,
    pub theme: Theme,
    pub access: Access,
    pub frequency: Frequency,
    /// The first year it is about; none where nobody has said.
    pub since: Option<u16>,
    /// Where it is about; the whole country where empty.
    pub spatial: Vec<Place>,
    /// The code of the [`crate::Office`] that publishes it and answers questions about it.
    pub office: String,
    /// The forms it is given in (`dcat:distribution`), such as `CSV`.
    pub formats: Vec<String>,
    /// The paper of it that a kiosk issues.
    pub service: Option<ServiceId>,
}

/// A place as the closed lists of the catalogue have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub code: String,
    pub name: Bilingual,
}
