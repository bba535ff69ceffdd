//! The question to the network, filled in from a request.

use std::collections::BTreeMap;

use privacy::Personal;
use request::{Applicant, ServiceRequest};

use crate::Service;

/// Parameters of a query, by name.
pub type Query = BTreeMap<String, Personal<String>>;

impl Service {
    /// What the network is asked for a request; `None` when the request lacks
    /// something its own service needs.
    pub fn query_of(&self, request: &ServiceRequest) -> Option<Query> {
        self.parameters
            .iter()
            .map(|(name, source)| Some((name.clone(), self.parameter(source, request)?)))
            .collect()
    }

    /// What the network is asked about somebody; `None` when the service needs to
    /// know more than who it is.
    pub fn query_about(&self, applicant: &Applicant) -> Option<Query> {
        let number = applicant.resident_number.digits();
        self.parameters
            .iter()
            .map(|(name, source)| {
                let known = source == "applicant.resident_number";
                known.then(|| (name.clone(), number.clone()))
            })
            .collect()
    }

    fn parameter(&self, source: &str, request: &ServiceRequest) -> Option<Personal<String>> {
        match source.split_once('.')? {
            ("applicant", "resident_number") => {
                Some(request.applicant.as_ref()?.resident_number.digits().clone())
            }
            ("answer", question) => request.answers.get(question).cloned(),
            ("option", option) => {
                let first = || Some(self.option(option)?.choices.first()?.id.clone());
                Some(Personal::new(
                    request.options.get(option).cloned().or_else(first)?,
                ))
            }
            _ => None,
        }
    }
}
