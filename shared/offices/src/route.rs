//! To which office a petition goes, and why.

use request::{OfficeId, RouteGround};

use crate::{
    Directory,
    place::{named, plain},
};

/// Where a petition goes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    pub office: OfficeId,
    pub ground: RouteGround,
}

impl Directory {
    /// The office that a petition of a service is for; none of an empty directory.
    ///
    /// The rule with the most words in the petition counts, of equal ones the first in
    /// the file. Of several offices with its duty the one with the narrowest area around
    /// the district the petition speaks of; where it speaks of none and no office does
    /// the duty everywhere, the general desk asks.
    pub fn route(&self, service: &str, subject: &str, text: &str) -> Option<Route> {
        let (subject, text) = (plain(subject), plain(text));
        let general = Route {
            office: self.general(service)?.clone(),
            ground: RouteGround::GeneralDesk,
        };
        let mut best: Option<(&crate::Rule, crate::rule::Fit)> = None;
        for rule in self.rules() {
            let Some(fit) = rule.fit(service, &subject, &text) else {
                continue;
            };
            if best.as_ref().is_none_or(|(_, it)| it.weight < fit.weight) {
                best = Some((rule, fit));
            }
        }
        let Some((rule, fit)) = best else {
            return Some(general);
        };
        let district = named(&self.districts, &(subject + "\n" + &text));
        let Some((office, by_place)) = self.doing(&rule.duty, district) else {
            return Some(general);
        };
        Some(Route {
            office: office.clone(),
            ground: RouteGround::Rule {
                rule: rule.id.clone(),
                word: fit.word,
                district: district.filter(|_| by_place).map(str::to_owned),
            },
        })
    }

    /// The office that does a duty in a district, and whether the place decided.
    fn doing(&self, duty: &str, district: Option<&str>) -> Option<(&OfficeId, bool)> {
        let with_it = self.offices().filter(|it| it.has(duty));
        let holds = |office: &crate::Office| match district {
            Some(district) => office.holds(district),
            None => office.area.is_empty().then_some(0),
        };
        let mut all: Vec<_> = with_it
            .filter_map(|it| Some((holds(it)?, &it.code)))
            .collect();
        // The first of equally narrow ones.
        all.sort_by_key(|(narrow, _)| std::cmp::Reverse(*narrow));
        all.first().map(|(narrow, code)| (*code, *narrow > 0))
    }
}
