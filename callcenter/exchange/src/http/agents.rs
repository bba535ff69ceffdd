//! Who works at the desk that asks, in the words of HTTP (RFC 9110, 11.6.2).

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header::AUTHORIZATION, request::Parts},
};
use badge::{Badge, BadgeRefusal, Role, SCHEME};
use request::AgentId;

use super::{Agent, Caller, Exchange, Problem};
use crate::roster::Kind;

impl Exchange {
    /// The badge a desk shows; none when it shows none.
    ///
    /// # Errors
    /// When one is shown and not believed.
    pub(crate) fn badge(
        &self,
        desk: &Caller,
        headers: &HeaderMap,
    ) -> Result<Option<Badge>, Problem> {
        let Some(shown) = headers.get(AUTHORIZATION) else {
            return Ok(None);
        };
        let shown = shown.to_str().ok();
        let shown = shown.and_then(|it| it.strip_prefix(SCHEME)?.strip_prefix(' '));
        let now = self.issuer.clock.now();
        let badge = match shown {
            Some(shown) => self.badges.check(shown, &desk.station, &self.roster, now),
            None => Err(BadgeRefusal::Malformed),
        };
        badge.map(Some).map_err(|why| refused(desk, why))
    }

    /// The agent at a desk, whom the desk says to be `stated`: proven by the badge it
    /// shows, or by the desk's word where that is enough.
    ///
    /// # Errors
    /// When it is not believed.
    pub(crate) fn agent_at(
        &self,
        desk: &Caller,
        headers: &HeaderMap,
        stated: AgentId,
    ) -> Result<AgentId, Problem> {
        let badge = self.badge(desk, headers)?;
        self.believed(desk, badge.as_ref(), stated)
    }

    /// The same of a badge that was found genuine, or of none.
    ///
    /// # Errors
    /// When it is not believed.
    pub(crate) fn believed(
        &self,
        desk: &Caller,
        badge: Option<&Badge>,
        stated: AgentId,
    ) -> Result<AgentId, Problem> {
        let agent = self.badges.agent(badge, stated, &self.roster);
        agent.map_err(|why| refused(desk, why))
    }
}

/// An agent at work: known by a certificate, or at a desk by a badge.
pub(crate) struct AtWork(pub(crate) AgentId);

impl FromRequestParts<Arc<Exchange>> for AtWork {
    type Rejection = Problem;

    async fn from_request_parts(
        parts: &mut Parts,
        exchange: &Arc<Exchange>,
    ) -> Result<Self, Problem> {
        match proof(parts, exchange).await? {
            Proof::Certificate(agent) => Ok(Self(agent)),
            Proof::Badge(badge) => Ok(Self(badge.agent)),
        }
    }
}

/// A supervisor: at a desk by a badge that says so, or an agent with a certificate, who
/// may decide whatever waits for a person.
pub(crate) struct Supervisor(pub(crate) AgentId);

impl FromRequestParts<Arc<Exchange>> for Supervisor {
    type Rejection = Problem;

    async fn from_request_parts(
        parts: &mut Parts,
        exchange: &Arc<Exchange>,
    ) -> Result<Self, Problem> {
        match proof(parts, exchange).await? {
            Proof::Certificate(agent) => Ok(Self(agent)),
            Proof::Badge(badge) => match badge.role {
                Role::Supervisor => Ok(Self(badge.agent)),
                Role::Agent => Err(Problem::Forbidden),
            },
        }
    }
}

/// By what an agent is known.
enum Proof {
    Certificate(AgentId),
    /// What the desk shows that asks.
    Badge(Badge),
}

async fn proof(parts: &mut Parts, exchange: &Arc<Exchange>) -> Result<Proof, Problem> {
    if parts.extensions.get::<Kind>() != Some(&Kind::Desk) {
        let Agent(agent) = Agent::from_request_parts(parts, exchange).await?;
        return Ok(Proof::Certificate(agent));
    }
    let desk = Caller::from_request_parts(parts, exchange).await?;
    let badge = exchange.badge(&desk, &parts.headers)?;
    let badge = badge.ok_or_else(|| refused(&desk, BadgeRefusal::Missing))?;
    Ok(Proof::Badge(badge))
}

fn refused(desk: &Caller, why: BadgeRefusal) -> Problem {
    tracing::warn!(desk = %desk.station, %why, "A desk is not believed who works there");
    Problem::Unproven(why)
}
