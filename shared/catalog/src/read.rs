//! Reads a catalogue from its folder and checks that it fits together.

use std::{collections::BTreeMap, path::Path};

use calendar::Calendar;
use request::{Fee, IdentityLevel, LocalTime, NetworkId, ServiceId};
use serde::Deserialize;

use crate::{
    AcceptedService, CodeList, Elsewhere, Error, Kiosk, Network, OfflineRule, Ordinance,
    QuestionKind, Retention, Service, ServiceKind, Topic, TwoPersonCheck,
    elsewhere::AllElsewhere,
    fees::JURISDICTION_DIGITS,
    file::{entries, read_text, read_toml, toml_files},
    kiosk::Kiosks,
    life_event::{LifeEvent, LifeEvents},
    topic::Topics,
};

/// What a service's file says first.
#[derive(Deserialize)]
struct Kind {
    #[serde(default)]
    kind: ServiceKind,
}

/// A whole, checked edition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalog {
    services: BTreeMap<ServiceId, Service>,
    accepted: BTreeMap<ServiceId, AcceptedService>,
    networks: BTreeMap<NetworkId, Network>,
    ordinances: BTreeMap<String, Ordinance>,
    codes: BTreeMap<String, CodeList>,
    calendar: Calendar,
    topics: Vec<Topic>,
    elsewhere: Vec<Elsewhere>,
    life_events: Vec<LifeEvent>,
    two_persons: Option<TwoPersonCheck>,
    pub(crate) kiosks: Vec<Kiosk>,
}

impl Catalog {
    /// # Errors
    /// When a file cannot be read or parsed, or the parts do not fit together.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let mut catalog = Self::default();
        for (name, path) in toml_files(&folder.join("networks"))? {
            let network: Network = read_toml(&path)?;
            check_id(&path, &name, network.id.as_str())?;
            catalog.networks.insert(network.id.clone(), network);
        }
        for (name, path) in toml_files(&folder.join("fees"))? {
            let ordinance: Ordinance = read_toml(&path)?;
            ordinance.check(&name)?;
            catalog.ordinances.insert(name, ordinance);
        }
        for (name, path) in toml_files(&folder.join("codes"))? {
            catalog.codes.insert(name, read_toml(&path)?);
        }
        // A catalogue without the file knows the holidays of the law alone.
        let holidays = folder.join("holidays.toml");
        if holidays.exists() {
            catalog.calendar = read_toml(&holidays)?;
        }
        catalog.topics = read_toml::<Topics>(&folder.join("topics.toml"))?.topics;
        catalog.read_elsewhere(&folder.join("elsewhere.toml"))?;
        for path in entries(&folder.join("services"))? {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let file = path.join("service.toml");
            match read_toml::<Kind>(&file)?.kind {
                ServiceKind::Certificate => catalog.read_service(&path, &file, &name)?,
                ServiceKind::Accepted => catalog.read_accepted(&file, &name)?,
            }
        }
        catalog.read_two_persons(&folder.join("two-persons.toml"))?;
        catalog.read_life_events(&folder.join("life-events.toml"))?;
        // A catalogue without the file sends nobody to another kiosk.
        let kiosks = folder.join("kiosks.toml");
        if kiosks.exists() {
            catalog.kiosks = read_toml::<Kiosks>(&kiosks)?.all;
        }
        Ok(catalog)
    }

    /// How somebody without a card is identified; none where nobody can be.
    pub fn two_persons(&self) -> Option<&TwoPersonCheck> {
        self.two_persons.as_ref()
    }

    /// A catalogue without the file sends nobody elsewhere.
    fn read_elsewhere(&mut self, file: &Path) -> Result<(), Error> {
        if file.exists() {
            self.elsewhere = read_toml::<AllElsewhere>(file)?.all;
        }
        let lost = self
            .elsewhere
            .iter()
            .find(|it| self.topic(&it.topic).is_none());
        lost.map_or(Ok(()), |it| {
            Err(Error::Missing {
                service: it.id.clone(),
                kind: "topic",
                name: it.topic.clone(),
            })
        })
    }

    /// A catalogue without the file has no bundles.
    fn read_life_events(&mut self, file: &Path) -> Result<(), Error> {
        if file.exists() {
            self.life_events = read_toml::<LifeEvents>(file)?.all;
        }
        for event in &self.life_events {
            let unknown = event.services.iter().find(|it| self.service(it).is_none());
            if let Some(service) = unknown {
                return Err(Error::Missing {
                    service: event.id.clone(),
                    kind: "service",
                    name: service.to_string(),
                });
            }
        }
        Ok(())
    }

    fn read_two_persons(&mut self, file: &Path) -> Result<(), Error> {
        let allowed = self.services.values().find(|it| it.two_persons);
        if !file.exists() {
            return allowed.map_or(Ok(()), |it| {
                Err(Error::Missing {
                    service: it.id.to_string(),
                    kind: "file",
                    name: "two-persons.toml".to_owned(),
                })
            });
        }
        let check: TwoPersonCheck = read_toml(file)?;
        let service = check.service.to_string();
        let Some(asked) = self.services.get(&check.service) else {
            let (kind, name) = ("service", service.clone());
            return Err(Error::Missing {
                service: "two-persons.toml".to_owned(),
                kind,
                name,
            });
        };
        let what = check.contradiction().or_else(|| {
            let by_number_alone = asked
                .parameters
                .values()
                .all(|it| it == "applicant.resident_number");
            (!by_number_alone).then_some("the check's record needs more than a resident number")
        });
        if let Some(what) = what {
            return Err(Error::Contradiction { service, what });
        }
        self.two_persons = Some(check);
        Ok(())
    }

    fn read_service(&mut self, path: &Path, file: &Path, name: &str) -> Result<(), Error> {
        let mut service: Service = read_toml(file)?;
        check_id(file, name, service.id.as_str())?;
        service.template = read_text(&path.join("certificate.typ"))?;
        service.record_schema = read_text(&path.join("record.schema.json"))?;
        service.sample = read_text(&path.join("sample.json"))?;
        self.check(&service)?;
        self.services.insert(service.id.clone(), service);
        Ok(())
    }

    fn read_accepted(&mut self, file: &Path, name: &str) -> Result<(), Error> {
        let service: AcceptedService = read_toml(file)?;
        check_id(file, name, service.id.as_str())?;
        if let Some(what) = service.contradiction() {
            let service = service.id.to_string();
            return Err(Error::Contradiction { service, what });
        }
        if let Some(topic) = service.topic.as_ref().filter(|it| self.topic(it).is_none()) {
            return Err(Error::Missing {
                service: service.id.to_string(),
                kind: "topic",
                name: topic.clone(),
            });
        }
        self.accepted.insert(service.id.clone(), service);
        Ok(())
    }

    /// Services that are answered by a person.
    pub fn accepted(&self) -> impl Iterator<Item = &AcceptedService> {
        self.accepted.values()
    }

    pub fn accepted_service(&self, id: &ServiceId) -> Option<&AcceptedService> {
        self.accepted.get(id)
    }

    /// How long what is personal is kept of a service's requests, of whichever kind.
    pub fn retention(&self, id: &ServiceId) -> Option<&Retention> {
        let certificate = self.services.get(id).map(|it| &it.retention);
        certificate.or_else(|| self.accepted.get(id).map(|it| &it.retention))
    }

    /// The terms of all services.
    pub fn retentions(&self) -> impl Iterator<Item = &Retention> {
        let certificates = self.services.values().map(|it| &it.retention);
        certificates.chain(self.accepted.values().map(|it| &it.retention))
    }

    /// All services that end in a paper, the most asked first.
    pub fn services(&self) -> impl Iterator<Item = &Service> {
        let mut services: Vec<_> = self.services.values().collect();
        services.sort_by_key(|service| service.rank);
        services.into_iter()
    }

    pub fn service(&self, id: &ServiceId) -> Option<&Service> {
        self.services.get(id)
    }

    /// The shelves that have a paper on them, in the order of the screen.
    pub fn topics(&self) -> impl Iterator<Item = &Topic> {
        let used = |topic: &&Topic| self.services.values().any(|it| it.topic == topic.id);
        self.topics.iter().filter(used)
    }

    /// The same, and those on which nothing stands but what a person answers.
    pub fn shelves(&self) -> impl Iterator<Item = &Topic> {
        let used = |topic: &&Topic| {
            let papers = self.on_topic(&topic.id).next().is_some();
            papers || self.accepted_on_topic(&topic.id).next().is_some()
        };
        self.topics.iter().filter(used)
    }

    /// What is to be had at counters alone.
    pub fn elsewhere(&self) -> impl Iterator<Item = &Elsewhere> {
        self.elsewhere.iter()
    }

    /// What happens to people, in the order of the screen.
    pub fn life_events(&self) -> impl Iterator<Item = &LifeEvent> {
        self.life_events.iter()
    }

    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|it| it.id == id)
    }

    pub fn networks(&self) -> impl Iterator<Item = &Network> {
        self.networks.values()
    }

    pub fn network(&self, id: &NetworkId) -> Option<&Network> {
        self.networks.get(id)
    }

    /// The public holidays, by which hours and terms are counted.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    pub fn ordinance(&self, name: &str) -> Option<&Ordinance> {
        self.ordinances.get(name)
    }

    pub fn codes(&self, name: &str) -> Option<&CodeList> {
        self.codes.get(name)
    }

    /// What one copy costs today.
    ///
    /// `answers` are the form's; `jurisdiction` is the kiosk's own code prefix.
    /// `None` when no row of the ordinance is in force.
    pub fn fee(
        &self,
        service: &Service,
        answers: &dyn Fn(&str) -> Option<String>,
        jurisdiction: &str,
        now: LocalTime,
        language: &str,
    ) -> Option<Fee> {
        let inside = service.fee.place.as_ref().is_none_or(|question| {
            answers(question).is_none_or(|code| {
                code.get(..JURISDICTION_DIGITS) == jurisdiction.get(..JURISDICTION_DIGITS)
            })
        });
        self.ordinances
            .get(&service.fee.ordinance)?
            .quote(now.date(), inside, language)
    }

    fn check(&self, service: &Service) -> Result<(), Error> {
        let missing = |kind, name: &str| Error::Missing {
            service: service.id.to_string(),
            kind,
            name: name.to_owned(),
        };
        let wrong = |what| Error::Contradiction {
            service: service.id.to_string(),
            what,
        };
        if !self.networks.contains_key(&service.network) {
            return Err(missing("network", service.network.as_str()));
        }
        if self.topic(&service.topic).is_none() {
            return Err(missing("topic", &service.topic));
        }
        if !self.ordinances.contains_key(&service.fee.ordinance) {
            return Err(missing("ordinance", &service.fee.ordinance));
        }
        if matches!(service.offline, OfflineRule::Queue { fresh_for_hours: 0 }) {
            return Err(wrong("fresh_for_hours must be at least 1"));
        }
        if let OfflineRule::Lease(rule) = &service.offline
            && let Some(what) = rule.contradiction(service.identity)
        {
            return Err(wrong(what));
        }
        if let Some(what) = service.caching_contradiction() {
            return Err(wrong(what));
        }
        if service.two_persons && service.identity == IdentityLevel::None {
            return Err(wrong(
                "two_persons is for services that ask who somebody is",
            ));
        }
        if service.subject.as_ref().is_some_and(|it| !it.is_pointer()) {
            return Err(wrong(
                "subject is a JSON pointer such as /person/resident_number",
            ));
        }
        if service.copies_max == 0 {
            return Err(wrong("copies_max must be at least 1"));
        }
        if let Some(what) = service.retention.contradiction(service.valid_days) {
            return Err(wrong(what));
        }
        for question in &service.questions {
            match (&question.codes, question.kind) {
                (Some(name), QuestionKind::List) if !self.codes.contains_key(name) => {
                    return Err(missing("code list", name));
                }
                (None, QuestionKind::List) => return Err(wrong("a list question needs `codes`")),
                (Some(_), QuestionKind::List) | (None, _) => {}
                (Some(_), _) => return Err(wrong("only a list question has `codes`")),
            }
        }
        if service
            .options
            .iter()
            .any(|option| option.choices.is_empty())
        {
            return Err(wrong("an option needs choices"));
        }
        service.check_recipients()?;
        self.check_sources(service)
    }

    fn check_sources(&self, service: &Service) -> Result<(), Error> {
        let asked = |id: &str| service.questions.iter().any(|question| question.id == id);
        for source in service.parameters.values() {
            let known = match source.split_once('.') {
                Some(("applicant", "resident_number")) => true,
                Some(("answer", id)) => asked(id),
                Some(("option", id)) => service.option(id).is_some(),
                _ => false,
            };
            if !known {
                return Err(Error::Missing {
                    service: service.id.to_string(),
                    kind: "parameter source",
                    name: source.clone(),
                });
            }
        }
        Ok(())
    }
}

fn check_id(file: &Path, expected: &str, found: &str) -> Result<(), Error> {
    if expected == found {
        return Ok(());
    }
    Err(Error::Id {
        file: file.to_owned(),
        expected: expected.to_owned(),
        found: found.to_owned(),
    })
}
