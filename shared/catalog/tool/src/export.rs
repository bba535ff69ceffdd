//! The catalogue in the words of European registers of services: CPSV-AP 3.2.0
//! (Core Public Service Vocabulary Application Profile), as Turtle.
//!
//! What is said of a service is what `service.toml` says, in both languages. Networks
//! become the competent authorities, ordinances legal resources and costs, the kiosk
//! a channel with its hours, the identity card the evidence it asks for.

mod authorities;
mod graph;
mod services;
mod terms;

use std::{io, path::Path};

use catalog::Catalog;
use graph::Graph;
use oxrdf::NamedNode;
use request::Timestamp;

/// How it is written.
pub struct Export<'a> {
    /// Costs are those in force then.
    pub at: Timestamp,
    /// Begins every identifier and ends in `/` or `#`.
    pub base: &'a str,
}

#[derive(Debug, thiserror::Error)]
pub enum NotExported {
    #[error("the catalogue cannot be read")]
    Catalog(#[from] catalog::Error),
    #[error("`{0}` does not begin an identifier such as https://example.org/catalogue/")]
    Base(String),
    #[error("it cannot be written")]
    Write(#[source] io::Error),
}

/// Writes all services of a catalogue.
///
/// # Errors
/// When the catalogue is not right, or nothing can be written.
pub fn export(
    folder: &Path,
    wanted: &Export<'_>,
    out: &mut impl io::Write,
) -> Result<(), NotExported> {
    let catalog = Catalog::read(folder)?;
    let ends = wanted.base.ends_with(['/', '#']);
    if !ends || NamedNode::new(wanted.base).is_err() {
        return Err(NotExported::Base(wanted.base.to_owned()));
    }
    let mut graph = Graph::new(wanted.base);
    authorities::shared(&mut graph);
    for network in catalog.networks() {
        authorities::network(&mut graph, network);
    }
    for topic in catalog.topics() {
        authorities::topic(&mut graph, topic);
    }
    for service in catalog.services() {
        services::certificate(&mut graph, &catalog, service, wanted.at);
    }
    for service in catalog.accepted() {
        services::accepted(&mut graph, service);
    }
    graph.write(out).map_err(NotExported::Write)
}
