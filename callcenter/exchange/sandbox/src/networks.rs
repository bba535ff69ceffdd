//! What each network answers: records made of the world.

mod agriculture_technique;
mod customs_clearance;
mod customs_edi;
mod economic_statistics;
mod economy_trade;
mod education;
mod employment;
mod entries;
mod environment;
mod family_record;
mod fishing_boat;
mod industrial_property;
mod inland_revenue;
mod land_registry;
mod meteorology;
mod military;
mod office_supplies;
mod owner;
mod people_id;
mod post_office;
mod social_insurance;
mod vehicle_registry;
mod welfare;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use world::World;

use crate::server::hanbit;

/// Ends the code of a service that answers all records of another at once.
const SNAPSHOT: &str = "-snapshot";

/// What is asked, by the names of the service's `parameters`.
pub(crate) type Parameters = BTreeMap<String, String>;

/// One service of a network.
pub(crate) struct Served {
    /// `query` of its service.toml.
    pub(crate) code: &'static str,
    /// What it can be asked about. Of a leased service, what its snapshot holds.
    pub(crate) questions: fn(&World) -> Vec<Parameters>,
    /// The record; `None` where there is none.
    pub(crate) answer: fn(&World, &Parameters) -> Option<Value>,
}

/// Networks by the name of their subsystem, with their services.
const NETWORKS: [(&str, &[Served]); 21] = [
    ("agriculture-technique", agriculture_technique::SERVICES),
    ("customs-clearance", customs_clearance::SERVICES),
    ("customs-edi", customs_edi::SERVICES),
    ("economic-statistics", economic_statistics::SERVICES),
    ("economy-trade", economy_trade::SERVICES),
    ("education", education::SERVICES),
    ("employment", employment::SERVICES),
    ("environment", environment::SERVICES),
    ("family-record", family_record::SERVICES),
    ("fishing-boat", fishing_boat::SERVICES),
    ("industrial-property", industrial_property::SERVICES),
    ("inland-revenue", inland_revenue::SERVICES),
    ("land-registry", land_registry::SERVICES),
    ("meteorology", meteorology::SERVICES),
    ("military", military::SERVICES),
    ("office-supplies", office_supplies::SERVICES),
    ("people-id", people_id::SERVICES),
    ("post-office", post_office::SERVICES),
    ("social-insurance", social_insurance::SERVICES),
    ("vehicle-registry", vehicle_registry::SERVICES),
    ("welfare", welfare::SERVICES),
];

/// The service of a network that a code is of, itself or as its snapshot.
pub(crate) fn served(network: &str, code: &str) -> Option<&'static Served> {
    let code = code.strip_suffix(SNAPSHOT).unwrap_or(code);
    let (_, services) = NETWORKS.iter().find(|(id, _)| *id == network)?;
    services.iter().find(|it| it.code == code)
}

/// What a service can be asked about, as exchanges ask; nothing of one that is answered
/// with its sample.
pub fn questions(network: &str, code: &str) -> Vec<BTreeMap<String, String>> {
    served(network, code).map_or_else(Vec::new, |it| (it.questions)(hanbit()))
}

impl Served {
    /// What the service answers under this code to these parameters.
    pub(crate) fn find(&self, world: &World, code: &str, asked: &Parameters) -> Option<Value> {
        if code == self.code {
            (self.answer)(world, asked)
        } else {
            Some(self.snapshot(world))
        }
    }

    /// The record of somebody or something else than was asked about.
    pub(crate) fn another(&self, world: &World, asked: &Parameters) -> Option<Value> {
        let right = (self.answer)(world, asked);
        let questions = (self.questions)(world).into_iter();
        let mut records = questions.filter_map(|it| (self.answer)(world, &it));
        records.find(|it| Some(it) != right.as_ref())
    }

    fn snapshot(&self, world: &World) -> Value {
        let questions = (self.questions)(world).into_iter();
        let row = |query: Parameters| {
            let record = (self.answer)(world, &query)?;
            Some(json!({ "query": query, "record": record }))
        };
        json!({ "records": questions.filter_map(row).collect::<Vec<_>>() })
    }
}

/// A question in the form it comes from an exchange.
pub(crate) fn asked_by<const N: usize>(parameters: [(&str, &str); N]) -> Parameters {
    parameters
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests;
