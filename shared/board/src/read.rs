//! Reads topics and figures from their folder.

use std::{collections::BTreeMap, path::Path};

use calendar::parse_day;
use catalog::{Catalog, Code, read_toml};
use serde::Deserialize;

use crate::{Error, Figures, Topic};

/// Tables below one topic, and lines of one.
const TABLES_MAX: usize = 100;
const VALUES_MAX: usize = 20;
/// The closed list whose places notices and figures may be about.
const DISTRICTS: &str = "boroughs";
const NOWHERE: &str = "0000000000";

/// What lies at every station: topics, and figures below them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Local {
    topics: Vec<Topic>,
    figures: BTreeMap<String, Vec<Figures>>,
    districts: Vec<Code>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Topics {
    #[serde(rename = "topic")]
    topics: Vec<Topic>,
}

/// The file of a topic.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfTopic {
    #[serde(rename = "figures")]
    tables: Vec<Figures>,
}

impl Local {
    /// Reads `topics.toml` and a file of figures for each topic that has some. A folder
    /// that is not there has nothing in it.
    ///
    /// # Errors
    /// When a file cannot be read or does not fit together.
    pub fn read(folder: &Path, catalog: &Catalog) -> Result<Self, Error> {
        if !folder.exists() {
            return Ok(Self::default());
        }
        let codes = catalog.codes(DISTRICTS);
        let codes = codes.map_or(&[] as &[Code], |it| it.codes.as_slice());
        let mut local = Self {
            topics: read_toml::<Topics>(&folder.join("topics.toml"))?.topics,
            figures: BTreeMap::new(),
            districts: codes
                .iter()
                .filter(|it| it.code != NOWHERE)
                .cloned()
                .collect(),
        };
        for topic in &local.topics {
            let file = folder.join(format!("{}.toml", topic.id));
            if !file.exists() {
                continue;
            }
            let tables = read_toml::<OfTopic>(&file)?.tables;
            if let Some(what) = local.complaint(&tables) {
                return Err(Error::Unsound { file, what });
            }
            local.figures.insert(topic.id.clone(), tables);
        }
        Ok(local)
    }

    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|it| it.id == id)
    }

    /// The tables below a topic, in the order of its file.
    pub fn figures(&self, topic: &str) -> &[Figures] {
        self.figures.get(topic).map_or(&[], Vec::as_slice)
    }

    pub fn district(&self, code: &str) -> Option<&Code> {
        self.districts.iter().find(|it| it.code == code)
    }

    fn complaint(&self, tables: &[Figures]) -> Option<&'static str> {
        if tables.len() > TABLES_MAX {
            return Some("there are at most 100 tables below a topic");
        }
        let known = |it: &Figures| {
            let district = it.district.as_deref();
            district.is_none_or(|it| self.district(it).is_some())
        };
        if !tables.iter().all(known) {
            return Some("a district is a code of the boroughs");
        }
        if !tables
            .iter()
            .all(|it| (1..=VALUES_MAX).contains(&it.values.len()))
        {
            return Some("a table has one to 20 lines");
        }
        let days = tables.iter().all(|it| parse_day(&it.day).is_some());
        (!days).then_some("a day is written like 2026-11-30")
    }
}
