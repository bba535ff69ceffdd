//! By what the applicant of a request is known.

use serde::{Deserialize, Serialize};

use crate::{AgentId, CheckId, Identification, RequestEvent, StationId};

/// Two agents who believe somebody, and what they go by. Names nobody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vouching {
    /// The exchange's own record of it, without which this is worth nothing.
    pub check: CheckId,
    pub agent: AgentId,
    pub desk: StationId,
    pub supervisor: AgentId,
    pub supervising_desk: StationId,
    /// Questions that were asked, and how many were answered right.
    pub asked: u32,
    pub right: u32,
}

impl Vouching {
    /// Whether two persons at two desks vouch, and not one.
    pub fn is_by_two(&self) -> bool {
        self.agent != self.supervisor && self.desk != self.supervising_desk
    }
}

/// How the applicant came to be known, as the request's events have made it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// By what; none while nobody is identified.
    pub by: Option<Identification>,
    /// The citizen agreed to a two-person check.
    pub vouching_asked: bool,
    /// What came of it, when they were believed.
    pub vouching: Option<Vouching>,
}

impl Identity {
    /// Takes over what has happened; what is not about who asks changes nothing.
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "all other events are about something else"
    )]
    pub(crate) fn apply(&mut self, event: &RequestEvent) {
        match event {
            RequestEvent::VouchingAsked { .. } => self.vouching_asked = true,
            RequestEvent::IdentityVouched { vouching } => self.vouching = Some(vouching.clone()),
            RequestEvent::Identified { by, .. } => self.by = Some(*by),
            _ => {}
        }
    }
}
