//! A catalogue's folder, read whole and forgivingly.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use catalog::{
    AcceptedService, CodeList, Elsewhere, Network, Ordinance, Service, ServiceKind, Topic,
    TwoPersonCheck,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{report::Report, source::Source, words::Words};

/// What a certificate's folder holds beside `service.toml`.
pub(crate) const TEMPLATE: &str = "certificate.typ";
pub(crate) const SCHEMA: &str = "record.schema.json";
pub(crate) const SAMPLE: &str = "sample.json";
pub(crate) const SERVICE: &str = "service.toml";

/// A file and what it says; none where it says nothing that can be looked at.
pub(crate) struct Part<T> {
    /// The file's name without its ending; of a service, its folder's.
    pub(crate) name: String,
    pub(crate) source: Source,
    pub(crate) value: Option<T>,
}

/// A service that ends in a paper.
pub(crate) struct CertificateFolder {
    pub(crate) service: Part<Service>,
    pub(crate) template: Option<Source>,
    pub(crate) schema: Option<(Source, Option<Value>)>,
    pub(crate) sample: Option<(Source, Option<Value>)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Topics {
    pub(crate) topic: Vec<Topic>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AllElsewhere {
    #[serde(default)]
    pub(crate) elsewhere: Vec<Elsewhere>,
}

/// Everything a catalogue is made of.
pub(crate) struct Folder {
    pub(crate) root: PathBuf,
    pub(crate) certificates: Vec<CertificateFolder>,
    pub(crate) accepted: Vec<Part<AcceptedService>>,
    pub(crate) networks: Vec<Part<Network>>,
    pub(crate) ordinances: Vec<Part<Ordinance>>,
    pub(crate) codes: Vec<Part<CodeList>>,
    pub(crate) topics: Option<Part<Topics>>,
    pub(crate) elsewhere: Option<Part<AllElsewhere>>,
    pub(crate) two_persons: Option<Part<TwoPersonCheck>>,
}

impl Folder {
    /// # Errors
    /// When the folder is no catalogue, or the disk fails.
    pub(crate) fn read(root: &Path, report: &mut Report) -> io::Result<Self> {
        let mut folder = Self {
            root: root.to_owned(),
            certificates: Vec::new(),
            accepted: Vec::new(),
            networks: all(root, "networks", report)?,
            ordinances: all(root, "fees", report)?,
            codes: all(root, "codes", report)?,
            topics: single(root, "topics.toml", true, report)?,
            elsewhere: single(root, "elsewhere.toml", false, report)?,
            two_persons: single(root, "two-persons.toml", false, report)?,
        };
        for name in names(&root.join("services"))? {
            let below = Path::new("services").join(&name);
            if root.join(&below).is_dir() {
                folder.read_service(name, &below, report)?;
            }
        }
        Ok(folder)
    }

    fn read_service(&mut self, name: String, below: &Path, report: &mut Report) -> io::Result<()> {
        let file = below.join(SERVICE);
        let Some(text) = read_text(&self.root, &file, true, report)? else {
            return Ok(());
        };
        if kind(&text) == ServiceKind::Accepted {
            self.accepted.push(part(name, file, text, report));
            return Ok(());
        }
        let mut json = |name| -> io::Result<_> {
            let file = below.join(name);
            let text = read_text(&self.root, &file, true, report)?;
            Ok(text.map(|text| Source::read_json(file, text, report)))
        };
        let (schema, sample) = (json(SCHEMA)?, json(SAMPLE)?);
        let template = text_of_template(&self.root, below, report)?;
        let mut service: Part<Service> = part(name, file, text, report);
        if let Some(service) = &mut service.value {
            let text = |it: &Option<(Source, Option<Value>)>| {
                it.as_ref()
                    .map_or_else(String::new, |(it, _)| it.text.clone())
            };
            service.record_schema = text(&schema);
            service.sample = text(&sample);
            service.template = template
                .as_ref()
                .map_or_else(String::new, |it| it.text.clone());
        }
        self.certificates.push(CertificateFolder {
            service,
            template,
            schema,
            sample,
        });
        Ok(())
    }

    pub(crate) fn services(&self) -> impl Iterator<Item = (&Part<Service>, &Service)> {
        let read = |it: &'_ CertificateFolder| it.service.value.is_some();
        self.certificates
            .iter()
            .filter(move |it| read(it))
            .filter_map(|it| Some((&it.service, it.service.value.as_ref()?)))
    }

    pub(crate) fn topic_is_known(&self, id: &str) -> bool {
        let topics = self.topics.as_ref().and_then(|it| it.value.as_ref());
        // Where the file itself is amiss that has been said.
        topics.is_none_or(|it| it.topic.iter().any(|it| it.id == id))
    }
}

/// What a service's file says first.
fn kind(text: &str) -> ServiceKind {
    #[derive(Deserialize)]
    struct Kind {
        #[serde(default)]
        kind: ServiceKind,
    }
    toml::from_str::<Kind>(text).map_or(ServiceKind::Certificate, |it| it.kind)
}

fn text_of_template(root: &Path, below: &Path, report: &mut Report) -> io::Result<Option<Source>> {
    let file = below.join(TEMPLATE);
    let text = read_text(root, &file, true, report)?;
    Ok(text.map(|text| Source::plain(file, text)))
}

fn all<T: DeserializeOwned>(
    root: &Path,
    folder: &str,
    report: &mut Report,
) -> io::Result<Vec<Part<T>>> {
    let mut parts = Vec::new();
    for name in names(&root.join(folder))? {
        let Some(stem) = name.strip_suffix(".toml") else {
            continue;
        };
        let file = Path::new(folder).join(&name);
        if let Some(text) = read_text(root, &file, true, report)? {
            parts.push(part(stem.to_owned(), file, text, report));
        }
    }
    Ok(parts)
}

fn single<T: DeserializeOwned>(
    root: &Path,
    name: &str,
    needed: bool,
    report: &mut Report,
) -> io::Result<Option<Part<T>>> {
    let text = read_text(root, Path::new(name), needed, report)?;
    Ok(text.map(|text| {
        part(
            name.trim_end_matches(".toml").to_owned(),
            name.into(),
            text,
            report,
        )
    }))
}

fn part<T: DeserializeOwned>(
    name: String,
    file: PathBuf,
    text: String,
    report: &mut Report,
) -> Part<T> {
    let (source, value) = Source::read(file, text, report);
    Part {
        name,
        source,
        value,
    }
}

/// The names in a folder, in order.
pub(crate) fn names(folder: &Path) -> io::Result<Vec<String>> {
    let in_folder =
        |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", folder.display()));
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(in_folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn read_text(
    root: &Path,
    file: &Path,
    needed: bool,
    report: &mut Report,
) -> io::Result<Option<String>> {
    match fs::read(root.join(file)) {
        Ok(bytes) => Ok(String::from_utf8(bytes).ok().or_else(|| {
            let words = Words::new("UTF-8로 쓴 글이 아니에요", "It is not a text in UTF-8");
            report.of_file(file, 1, "not-a-text", words);
            None
        })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if needed {
                let words = Words::new("파일이 없어요", "The file is missing");
                report.of_file(file, 1, "missing-file", words);
            }
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
