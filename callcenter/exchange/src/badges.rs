//! Which agent is at a desk: as the badge shows that a switch has signed, or, where
//! no switch tells, as the desk says.

use badge::{Badge, BadgeRefusal};
use identity::{NotASwitch, SwitchVerifier};
use request::{AgentId, StationId, Timestamp};

use crate::roster::Roster;

/// Judges badges by the exchange's own authority.
pub(crate) struct Badges {
    switches: SwitchVerifier,
    /// See [`crate::Settings::unproven_agents`].
    unproven: Option<bool>,
}

impl Badges {
    pub(crate) fn new(switches: SwitchVerifier, unproven: Option<bool>) -> Self {
        Self { switches, unproven }
    }

    /// The badge that a desk shows, if it is believed.
    ///
    /// # Errors
    /// Why not.
    pub(crate) fn check(
        &self,
        shown: &str,
        desk: &StationId,
        roster: &Roster,
        now: Timestamp,
    ) -> Result<Badge, BadgeRefusal> {
        badge::verify(shown, desk, now, |certificate| {
            let switch = self.switches.check(certificate, now);
            let switch = switch.map_err(|why| match why {
                NotASwitch::Stranger => BadgeRefusal::NotASwitch,
                NotASwitch::OutOfDate => BadgeRefusal::SwitchOutOfDate,
            })?;
            match roster.lists_switch(&switch.fingerprint) {
                true => Ok(switch.public_key),
                false => Err(BadgeRefusal::StruckOff),
            }
        })
    }

    /// Who is at a desk that says it is `stated` and shows perhaps a badge.
    ///
    /// # Errors
    /// Why that is not believed.
    pub(crate) fn agent(
        &self,
        badge: Option<&Badge>,
        stated: AgentId,
        roster: &Roster,
    ) -> Result<AgentId, BadgeRefusal> {
        match badge {
            Some(badge) if badge.agent == stated => Ok(stated),
            Some(_) => Err(BadgeRefusal::OtherAgent),
            None if self.unproven.unwrap_or_else(|| !roster.has_switch()) => Ok(stated),
            None => Err(BadgeRefusal::Missing),
        }
    }
}
