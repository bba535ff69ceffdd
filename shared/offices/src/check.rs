//! Whether the parts of a directory fit together.

use catalog::Catalog;
use request::{OfficeId, ServiceId};

use crate::{Directory, Error, Office};

/// Digits of an agency's code.
const CODE_DIGITS: usize = 7;
/// Digits of a legal district.
const DISTRICT_DIGITS: usize = 10;
/// Steps from an office to its agency; more are a circle.
const DEPTH_MAX: usize = 8;

impl Directory {
    pub(crate) fn check(&self, catalog: &Catalog) -> Result<(), Error> {
        self.offices().try_for_each(|it| self.check_office(it))?;
        for (service, office) in &self.general {
            self.known("general", office)?;
            let id = ServiceId::new(service.as_str());
            if !service.is_empty() && catalog.accepted_service(&id).is_none() {
                return Err(missing("general".to_owned(), "service", service));
            }
        }
        self.appeals
            .iter()
            .try_for_each(|it| self.known("appeals", it))?;
        self.check_appeals()?;
        self.check_rules(catalog)
    }

    fn check_office(&self, office: &Office) -> Result<(), Error> {
        let wrong = |what| Error::Office {
            office: office.code.to_string(),
            what,
        };
        let code = office.code.as_str();
        if code.len() != CODE_DIGITS || !all_digits(code) {
            return Err(wrong("a code has seven digits"));
        }
        if [&office.name.ko, &office.name.en]
            .iter()
            .any(|it| it.trim().is_empty())
        {
            return Err(wrong("it needs a name in both languages"));
        }
        let dialed = |it: char| it.is_ascii_digit() || it == '-';
        if office.telephone.is_empty() || !office.telephone.chars().all(dialed) {
            return Err(wrong("its telephone has digits and hyphens alone"));
        }
        let district =
            |it: &String| !it.is_empty() && it.len() <= DISTRICT_DIGITS && all_digits(it);
        if !office.area.iter().all(district) {
            return Err(wrong(
                "an area is up to ten leading digits of legal districts",
            ));
        }
        for duty in &office.duties {
            if self.duty(duty).is_none() {
                return Err(missing(format!("office {code}"), "duty", duty));
            }
        }
        let mut above = office.parent.as_ref();
        for _ in 0..DEPTH_MAX {
            let Some(parent) = above else {
                return Ok(());
            };
            self.known(code, parent)?;
            above = self.office(parent).and_then(|it| it.parent.as_ref());
        }
        Err(wrong("it is a part of itself"))
    }

    /// Whoever answers, an appeal against it has somewhere to go.
    fn check_appeals(&self) -> Result<(), Error> {
        let stuck = self
            .offices()
            .find(|it| self.appeal_office(&it.code).is_none());
        stuck.map_or(Ok(()), |it| {
            Err(Error::Office {
                office: it.code.to_string(),
                what: "nobody else answers an appeal against it",
            })
        })
    }

    fn check_rules(&self, catalog: &Catalog) -> Result<(), Error> {
        for (index, rule) in self.rules.iter().enumerate() {
            let wrong = |what| {
                Err(Error::Rule {
                    rule: rule.id.clone(),
                    what,
                })
            };
            if self.rules[..index].iter().any(|it| it.id == rule.id) {
                return wrong("two rules have this id");
            }
            if rule.words.is_empty() || rule.words.iter().any(|it| it.trim().is_empty()) {
                return wrong("it needs words, and none of them empty");
            }
            if self.duty(&rule.duty).is_none() {
                return Err(missing(format!("rule {}", rule.id), "duty", &rule.duty));
            }
            if !self.offices().any(|it| it.has(&rule.duty)) {
                return wrong("no office has its duty");
            }
            for service in &rule.services {
                let id = ServiceId::new(service.as_str());
                if catalog.accepted_service(&id).is_none() {
                    return Err(missing(format!("rule {}", rule.id), "service", service));
                }
            }
        }
        Ok(())
    }

    fn known(&self, place: &str, office: &OfficeId) -> Result<(), Error> {
        match self.office(office) {
            Some(_) => Ok(()),
            None => Err(missing(place.to_owned(), "office", office.as_str())),
        }
    }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit())
}

fn missing(place: String, kind: &'static str, name: &str) -> Error {
    Error::Missing {
        place,
        kind,
        name: name.to_owned(),
    }
}
