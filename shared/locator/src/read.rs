//! Reads descriptions from their folder, and from the services of the catalogue.

use std::{fs, path::Path};

use catalog::{Bilingual, Catalog, CodeList, Keywords, Service, read_toml, toml_files};
use request::IdentityLevel;
use serde::Deserialize;

use crate::{Access, Error, Frequency, Holding, Locator, Office, Place, Theme};

/// Bytes of one office's file.
const FILE_MAX: u64 = 4 << 20;
/// Characters of a title, a description and a keyword.
const TITLE_MAX: usize = 200;
const DESCRIPTION_MAX: usize = 2_000;
const KEYWORDS_MAX: usize = 40;
/// A code that stands for everywhere else is no place.
const NOWHERE: &str = "0000000000";

/// One office's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfOffice {
    office: Office,
    #[serde(default, rename = "dataset")]
    datasets: Vec<Dataset>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Dataset {
    id: String,
    title: Bilingual,
    description: Bilingual,
    #[serde(default)]
    keywords: Keywords,
    theme: Theme,
    access: Access,
    frequency: Frequency,
    since: Option<u16>,
    /// A closed list of the catalogue; it is about each of its places.
    districts: Option<String>,
    #[serde(default)]
    formats: Vec<String>,
}

impl Locator {
    /// Reads the folder and adds what the catalogue's services are about. A folder that is
    /// not there has nothing in it, and then nothing is to be found.
    ///
    /// # Errors
    /// When a file cannot be read, or descriptions do not fit together.
    pub fn read(folder: &Path, catalog: &Catalog) -> Result<Self, Error> {
        if !folder.exists() {
            return Ok(Self::default());
        }
        let mut offices = Vec::new();
        let mut holdings = Vec::new();
        for (_, file) in toml_files(folder)? {
            let OfOffice { office, datasets } = parse(&file)?;
            for it in datasets {
                holdings.push(it.held_by(&office, catalog)?);
            }
            offices.push(office);
        }
        let known = |code: &str| offices.iter().any(|it| it.code == code);
        let registers = catalog
            .services()
            .filter_map(|it| register(it, catalog))
            .filter(|it| known(&it.office));
        holdings.extend(registers);
        Self::new(offices, holdings)
    }
}

impl Dataset {
    fn held_by(self, office: &Office, catalog: &Catalog) -> Result<Holding, Error> {
        if let Some(what) = self.complaint() {
            return Err(Error::Unsound {
                holding: self.id,
                what,
            });
        }
        let spatial = match &self.districts {
            None => Vec::new(),
            Some(list) => match catalog.codes(list) {
                Some(codes) => places(codes),
                None => {
                    return Err(Error::NoList {
                        holding: self.id.clone(),
                        list: list.clone(),
                    });
                }
            },
        };
        Ok(Holding {
            id: self.id,
            title: self.title,
            description: self.description,
            keywords: self.keywords,
            theme: self.theme,
            access: self.access,
            frequency: self.frequency,
            since: self.since,
            spatial,
            office: office.code.clone(),
            formats: self.formats,
            service: None,
        })
    }

    fn complaint(&self) -> Option<&'static str> {
        let simple = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
        let within = |it: &Bilingual, most: usize| {
            [&it.ko, &it.en]
                .iter()
                .all(|text| !text.is_empty() && text.chars().count() <= most)
        };
        let keywords = self.keywords.ko.iter().chain(&self.keywords.en);
        if self.id.is_empty() || !self.id.bytes().all(simple) {
            return Some("an id is of lower-case letters, digits and hyphens");
        }
        if !within(&self.title, TITLE_MAX) {
            return Some("a title is in both languages and of at most 200 characters");
        }
        if !within(&self.description, DESCRIPTION_MAX) {
            return Some("a description is in both languages and of at most 2,000 characters");
        }
        if keywords.clone().count() > KEYWORDS_MAX
            || keywords.clone().any(|it| it.len() > TITLE_MAX)
        {
            return Some("there are at most 40 keywords, each of at most 200 bytes");
        }
        let plain = |it: &String| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric());
        if !self.formats.iter().all(plain) {
            return Some("a format is a code of the table of file types, such as CSV");
        }
        None
    }
}

fn places(codes: &CodeList) -> Vec<Place> {
    let place = |it: &catalog::Code| Place {
        code: it.code.clone(),
        name: Bilingual {
            ko: it.ko.clone(),
            en: it.en.clone(),
        },
    };
    let codes = codes.codes.iter().filter(|it| it.code != NOWHERE);
    codes.map(place).collect()
}

/// The register behind a paper.
fn register(service: &Service, catalog: &Catalog) -> Option<Holding> {
    let network = catalog.network(&service.network)?;
    let access = match service.identity {
        IdentityLevel::None => Access::Public,
        IdentityLevel::Number | IdentityLevel::Strong => Access::Restricted,
    };
    Some(Holding {
        id: format!("register-{}", service.id),
        title: service.title.clone(),
        description: service.summary.clone(),
        keywords: service.keywords.clone(),
        theme: Theme::Government,
        access,
        frequency: Frequency::Continuous,
        since: None,
        spatial: Vec::new(),
        office: network.xroad.member.clone(),
        formats: Vec::new(),
        service: Some(service.id.clone()),
    })
}

fn parse(file: &Path) -> Result<OfOffice, Error> {
    let failed = |source| catalog::Error::Read {
        file: file.to_owned(),
        source,
    };
    if fs::metadata(file).map_err(failed)?.len() > FILE_MAX {
        return Err(Error::TooLarge {
            file: file.to_owned(),
            most: FILE_MAX,
        });
    }
    Ok(read_toml(file)?)
}
