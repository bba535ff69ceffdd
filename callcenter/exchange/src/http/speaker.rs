//! Who speaks from a desk about a two-person check: the one place where an agent's name
//! and role are proven.

use axum::http::HeaderMap;
use vouching::{CheckRefusal, Role, Speaker};

use super::{Caller, Exchange, Problem};

/// The agent who speaks, and as what: as the badge says that the desk shows, or, where
/// no switch gives badges, as the desk says.
pub(super) fn proven(
    exchange: &Exchange,
    desk: &Caller,
    headers: &HeaderMap,
    claimed: Speaker,
) -> Result<Speaker, Problem> {
    if !identity::is_plain(claimed.agent.as_str()) {
        return Err(Problem::Check(CheckRefusal::Unproven));
    }
    let badge = exchange.badge(desk, headers)?;
    let agent = exchange.believed(desk, badge.as_ref(), claimed.agent)?;
    let worn = badge.map(|it| match it.role {
        badge::Role::Agent => Role::Agent,
        badge::Role::Supervisor => Role::Supervisor,
    });
    match (claimed.role, worn) {
        (Role::Supervisor, Some(Role::Agent)) => Err(Problem::Check(CheckRefusal::NotASupervisor)),
        (role, _) => Ok(Speaker { agent, role }),
    }
}
