//! The information locator: what every agency holds, and whom to ask for it.
//!
//! A holding is described as DCAT-AP 3 describes datasets and data services. Descriptions
//! lie as one file for each office in a folder beside the catalogue; what a kiosk issues as
//! a paper is described by its service, so that the register behind it is found, too.
//! Kiosks, desks and the exchange each search their own copy ([`Locator::find`]); the
//! exchange gives the whole of it away as JSON-LD and Turtle.

mod dcat;
mod error;
mod holding;
mod office;
mod read;
mod turtle;
mod vocabulary;

use std::collections::BTreeMap;

use search::{Index, SearchError, Text};

pub use dcat::{CONTEXT, catalog, node};
pub use error::Error;
pub use holding::{Holding, Place};
pub use office::Office;
pub use turtle::turtle;
pub use vocabulary::{Access, Frequency, Theme};

/// All holdings, and the index over them.
#[derive(Debug, Default)]
pub struct Locator {
    offices: BTreeMap<String, Office>,
    holdings: Vec<Holding>,
    /// None where there is nothing to be found.
    index: Option<Index>,
}

impl Locator {
    /// Takes holdings whose offices are known.
    ///
    /// # Errors
    /// When one names an office that is not there, two have one identifier, or there is no
    /// memory for the index.
    pub fn new(
        offices: impl IntoIterator<Item = Office>,
        holdings: Vec<Holding>,
    ) -> Result<Self, Error> {
        let offices: BTreeMap<String, Office> = offices
            .into_iter()
            .map(|it| (it.code.clone(), it))
            .collect();
        let mut seen = std::collections::BTreeSet::new();
        for it in &holdings {
            if !offices.contains_key(&it.office) {
                return Err(Error::NoOffice {
                    holding: it.id.clone(),
                    office: it.office.clone(),
                });
            }
            if !seen.insert(it.id.as_str()) {
                return Err(Error::Twice(it.id.clone()));
            }
        }
        let text = |it: &Holding| it.text(offices.get(&it.office));
        let index = match holdings.is_empty() {
            true => None,
            false => Some(Index::build(holdings.iter().map(text))?),
        };
        Ok(Self {
            offices,
            holdings,
            index,
        })
    }

    pub fn is_empty(&self) -> bool {
        self.holdings.is_empty()
    }

    pub fn holdings(&self) -> &[Holding] {
        &self.holdings
    }

    pub fn holding(&self, id: &str) -> Option<&Holding> {
        self.holdings.iter().find(|it| it.id == id)
    }

    pub fn office(&self, code: &str) -> Option<&Office> {
        self.offices.get(code)
    }

    /// Every office that holds something, by its code.
    pub fn offices(&self) -> impl Iterator<Item = &Office> {
        self.offices.values()
    }

    /// The holdings that answer to what is typed, the best first.
    ///
    /// # Errors
    /// When the index does not answer, which is a fault of this machine.
    pub fn find(&self, typed: &str, limit: usize) -> Result<Vec<&Holding>, SearchError> {
        let Some(index) = &self.index else {
            return Ok(Vec::new());
        };
        let places = index.find(typed, limit)?;
        Ok(places
            .into_iter()
            .filter_map(|place| self.holdings.get(place))
            .collect())
    }
}

impl Holding {
    /// What it is found by.
    fn text(&self, office: Option<&Office>) -> Text {
        let both = |it: &catalog::Bilingual| [it.ko.clone(), it.en.clone()];
        let keywords = self.keywords.ko.iter().chain(&self.keywords.en);
        let mut body = both(&self.description).to_vec();
        body.extend(office.into_iter().flat_map(|it| both(&it.name)));
        body.extend(self.spatial.iter().flat_map(|it| both(&it.name)));
        Text {
            titles: both(&self.title).to_vec(),
            keywords: keywords.cloned().collect(),
            body,
        }
    }
}
