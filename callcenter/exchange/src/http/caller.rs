//! Who asks: read from the line's certificate and looked up at every question,
//! since a certificate may run out or be struck off in the middle of a session.

use std::sync::Arc;

use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::request::Parts,
    middleware::Next,
    response::Response,
};
use handover::RoomRefusal;
use identity::{AgentId, Party, Subject};
use request::StationId;

use super::{Exchange, Problem, line::Line};
use crate::roster::Kind;

/// Lets a question through when whoever asks still belongs here.
pub(crate) async fn admit(
    State(exchange): State<Arc<Exchange>>,
    ConnectInfo(Line(shown)): ConnectInfo<Line>,
    mut question: Request,
    next: Next,
) -> Result<Response, Problem> {
    let subject = shown.ok_or(Problem::Unlisted)?;
    let kind = exchange.check(&subject)?;
    if let Party::Station(station) = &subject.party {
        let now = exchange.issuer.clock.now();
        exchange.presence().heard(station, now);
    }
    question.extensions_mut().insert(kind);
    question.extensions_mut().insert(subject);
    Ok(next.run(question).await)
}

impl Exchange {
    /// What kind of party shows a certificate.
    ///
    /// # Errors
    /// When the certificate has run out, or is not or no longer listed.
    fn check(&self, subject: &Subject) -> Result<Kind, Problem> {
        let party = &subject.party;
        if subject.has_expired(self.issuer.clock.now()) {
            tracing::warn!(%party, "A certificate expired in the middle of a session");
            return Err(Problem::Expired);
        }
        self.roster.kind(subject).ok_or_else(|| {
            tracing::warn!(%party, "A certificate that is not in the roster was shown");
            Problem::Unlisted
        })
    }
}

/// The station that asks.
pub(crate) struct Caller {
    pub(crate) station: StationId,
    subject: Subject,
}

impl Caller {
    /// What its certificate says.
    pub(crate) fn subject(&self) -> &Subject {
        &self.subject
    }

    /// Looks again, after a question that was held for long.
    ///
    /// # Errors
    /// When the certificate has run out or was struck off meanwhile.
    pub(crate) fn check_again(&self, exchange: &Exchange) -> Result<(), Problem> {
        exchange.check(&self.subject).map(drop)
    }
}

/// A kiosk that asks for what no desk may have.
pub(crate) struct Kiosk(pub(crate) Caller);

impl<S: Sync> FromRequestParts<S> for Kiosk {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        of_kind(parts, Kind::Kiosk)?;
        Ok(Self(Caller::from_request_parts(parts, state).await?))
    }
}

/// A desk that asks for what no kiosk may have.
pub(crate) struct Desk(pub(crate) Caller);

impl<S: Sync> FromRequestParts<S> for Desk {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        of_kind(parts, Kind::Desk)?;
        Ok(Self(Caller::from_request_parts(parts, state).await?))
    }
}

/// A training room, which tells what was practised in it.
pub(crate) struct TrainingRoom(pub(crate) Caller);

impl<S: Sync> FromRequestParts<S> for TrainingRoom {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        if parts.extensions.get::<Kind>() != Some(&Kind::TrainingRoom) {
            return Err(Problem::Forbidden);
        }
        Ok(Self(Caller::from_request_parts(parts, state).await?))
    }
}

fn of_kind(parts: &Parts, wanted: Kind) -> Result<(), Problem> {
    let kind = parts.extensions.get::<Kind>();
    if kind == Some(&wanted) {
        return Ok(());
    }
    tracing::warn!(
        ?kind,
        path = parts.uri.path(),
        "A room is not for whoever asked"
    );
    Err(Problem::Room(RoomRefusal::NotForYou))
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
