//! Reads a directory from the folder beside a catalogue's services.

use std::{collections::BTreeMap, path::Path};

use catalog::{Catalog, read_toml};
use request::OfficeId;
use serde::Deserialize;

use crate::{Directory, Duty, Error, Office, Rule, place::districts};

/// Below the catalogue's folder.
const FOLDER: &str = "directory";
/// The closed list with the names of legal districts.
const DISTRICTS: &str = "districts";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Offices {
    /// Where the file has it from; for whoever reads the file.
    #[serde(rename = "source")]
    _source: String,
    #[serde(default, rename = "office")]
    offices: Vec<Office>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Routes {
    appeals: Vec<OfficeId>,
    general: General,
    #[serde(default, rename = "duty")]
    duties: Vec<Duty>,
    #[serde(default, rename = "rule")]
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct General {
    default: OfficeId,
    #[serde(default)]
    services: BTreeMap<String, OfficeId>,
}

impl Directory {
    /// Reads the directory of a catalogue's folder; an empty one where there is none.
    ///
    /// # Errors
    /// When a file cannot be read or parsed, or the parts do not fit together.
    pub fn read(folder: &Path, catalog: &Catalog) -> Result<Self, Error> {
        let folder = folder.join(FOLDER);
        if !folder.exists() {
            return Ok(Self::default());
        }
        let offices: Offices = read_toml(&folder.join("offices.toml"))?;
        let routes: Routes = read_toml(&folder.join("routes.toml"))?;
        let mut directory = Self {
            duties: routes.duties,
            rules: routes.rules,
            general: routes.general.services,
            appeals: routes.appeals,
            districts: districts(catalog.codes(DISTRICTS)),
            ..Self::default()
        };
        directory
            .general
            .insert(String::new(), routes.general.default);
        for office in offices.offices {
            let code = office.code.clone();
            if directory.offices.insert(code.clone(), office).is_some() {
                return Err(Error::Office {
                    office: code.to_string(),
                    what: "two offices have this code",
                });
            }
        }
        directory.check(catalog)?;
        Ok(directory)
    }
}
