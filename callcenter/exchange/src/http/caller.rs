//! Who asks: read from the line's certificate and looked up at every question,
//! since a certificate may run out or be struck off in the middle of a session.

use std::sync::Arc;

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::request::Parts,
};
use identity::{AgentId, Party, Subject};
use request::StationId;

use super::{Exchange, Problem, line::Line};

/// The station that asks.
pub(crate) struct Caller {
    pub(crate) station: StationId,
    subject: Subject,
}

/// The agent who asks.
pub(crate) struct Agent(pub(crate) AgentId);

impl FromRequestParts<Arc<Exchange>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(
        parts: &mut Parts,
        exchange: &Arc<Exchange>,
    ) -> Result<Self, Problem> {
        let subject = subject(parts, exchange)?;
        match subject.party.clone() {
            Party::Station(station) => Ok(Self { station, subject }),
            Party::Agent(_) => Err(Problem::Forbidden),
        }
    }
}

impl Caller {
    /// Looks again, after a question that was held for long.
    ///
    /// # Errors
    /// When the certificate has run out or was struck off meanwhile.
    pub(crate) fn check_again(&self, exchange: &Exchange) -> Result<(), Problem> {
        exchange.check(&self.subject)
    }
}

impl FromRequestParts<Arc<Exchange>> for Agent {
    type Rejection = Problem;

    async fn from_request_parts(
        parts: &mut Parts,
        exchange: &Arc<Exchange>,
    ) -> Result<Self, Problem> {
        match subject(parts, exchange)?.party {
            Party::Agent(id) => Ok(Self(id)),
            Party::Station(_) => Err(Problem::Forbidden),
        }
    }
}

fn subject(parts: &Parts, exchange: &Exchange) -> Result<Subject, Problem> {
    let line: Option<&ConnectInfo<Line>> = parts.extensions.get();
    let subject = line
        .and_then(|ConnectInfo(line)| line.0.as_ref())
        .ok_or(Problem::Unlisted)?;
    exchange.check(subject)?;
    Ok(subject.clone())
}

impl Exchange {
    /// # Errors
    /// When the certificate has run out, or is not or no longer listed.
    fn check(&self, subject: &Subject) -> Result<(), Problem> {
        let party = &subject.party;
        if subject.has_expired(self.issuer.clock.now()) {
            tracing::warn!(%party, "A certificate expired in the middle of a session");
            return Err(Problem::Expired);
        }
        if !self.roster.lists(subject) {
            tracing::warn!(%party, "A certificate that is not in the roster was shown");
            return Err(Problem::Unlisted);
        }
        Ok(())
    }
}
