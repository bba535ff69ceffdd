//! Who speaks from a desk: the one place where an agent's name and role are proven.

use vouching::{CheckRefusal, Speaker};

use super::{Caller, Problem};

/// The agent who speaks, as far as it is proven: the line's certificate proves the
/// desk, and the desk is believed who works there and in which role.
pub(super) fn proven(caller: &Caller, claimed: Speaker) -> Result<Speaker, Problem> {
    if !identity::is_plain(claimed.agent.as_str()) {
        tracing::warn!(desk = %caller.station, "A desk named nobody who could be an agent");
        return Err(Problem::Check(CheckRefusal::Unproven));
    }
    Ok(claimed)
}
