//! Who asks: read from the line's certificate and looked up at every question,
//! since a certificate may run out or be struck off in the middle of a session.

use std::sync::Arc;

use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::request::Parts,
    middleware::Next,
    response::Response,
};
use identity::{AgentId, Party, Subject};
use request::StationId;

use super::{Exchange, Problem, line::Line};

/// Lets a question through when whoever asks still belongs here.
pub(crate) async fn admit(
    State(exchange): State<Arc<Exchange>>,
    ConnectInfo(Line(shown)): ConnectInfo<Line>,
    mut question: Request,
    next: Next,
) -> Result<Response, Problem> {
    let subject = shown.ok_or(Problem::Unlisted)?;
    exchange.check(&subject)?;
    question.extensions_mut().insert(subject);
    Ok(next.run(question).await)
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

/// The station that asks.
pub(crate) struct Caller {
    pub(crate) station: StationId,
    subject: Subject,
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

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let subject = subject(parts)?;
        match subject.party.clone() {
            Party::Station(station) => Ok(Self { station, subject }),
            Party::Agent(_) => Err(Problem::Forbidden),
        }
    }
}

/// The agent who asks.
pub(crate) struct Agent(pub(crate) AgentId);

impl<S: Sync> FromRequestParts<S> for Agent {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        match subject(parts)?.party {
            Party::Agent(id) => Ok(Self(id)),
            Party::Station(_) => Err(Problem::Forbidden),
        }
    }
}

fn subject(parts: &Parts) -> Result<Subject, Problem> {
    parts.extensions.get().cloned().ok_or(Problem::Unlisted)
}
