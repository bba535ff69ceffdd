//! Articles as the exchange tells desks of them.

use request::{AgentId, Timestamp};
use serde::Deserialize;

/// The approved version of an article (`GET /v1/knowledge`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Article {
    pub id: String,
    pub version: u32,
    pub at: Timestamp,
    pub author: AgentId,
    pub title: Wording,
    pub body: Wording,
    /// The services it is about.
    pub services: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Wording {
    pub ko: String,
    pub en: String,
}

/// What a desk says of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Helped,
    OutOfDate,
}

impl Verdict {
    pub const ALL: [Self; 2] = [Self::Helped, Self::OutOfDate];

    /// As the exchange calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Helped => "helped",
            Self::OutOfDate => "out_of_date",
        }
    }
}

/// Why the exchange does not tell, or did not keep what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnowledgeFault {
    Unreachable,
    Forbidden,
    /// The exchange wants the switch's word on who works here.
    Unproven,
    /// The article is not read any more.
    Gone,
    Malformed,
}
