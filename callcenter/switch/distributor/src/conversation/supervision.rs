//! Supervisors: listen, whisper, barge, and the agent knows.

use std::time::Instant;

use super::{
    Conversation, ConversationCommand, DIAL_LONGEST, Forbidden, LegId, Mode, Phase, Role, leg::Leg,
};
use crate::AgentId;

impl Conversation {
    pub(super) fn supervisor_came(
        &mut self,
        agent: AgentId,
        watching: LegId,
        mode: Mode,
        now: Instant,
    ) -> Result<(), Forbidden> {
        if self.phase == Phase::Over {
            return Err(Forbidden::Over);
        }
        let watched = self.legs.get(&watching).ok_or(Forbidden::NoSuchLeg)?;
        if !watched.is_agent() || !watched.is_up() {
            return Err(Forbidden::NotAnAgent);
        }
        let role = Role::Supervisor {
            agent,
            watching,
            mode,
        };
        let leg = self.add(Leg::dialing(role, now + DIAL_LONGEST))?;
        self.order(ConversationCommand::DialSupervisor { leg, agent });
        Ok(())
    }

    pub(super) fn supervisor_changed(&mut self, id: LegId, to: Mode) -> Result<(), Forbidden> {
        let leg = self.legs.get_mut(&id).ok_or(Forbidden::NoSuchLeg)?;
        let Role::Supervisor { mode, .. } = &mut leg.role else {
            return Err(Forbidden::NotNow);
        };
        *mode = to;
        Ok(())
    }

    pub(super) fn supervisor_went(&mut self, id: LegId) -> Result<(), Forbidden> {
        let leg = self.legs.get(&id).ok_or(Forbidden::NoSuchLeg)?;
        if leg.talks() {
            return Err(Forbidden::NotNow);
        }
        self.drop_leg(id);
        Ok(())
    }

    /// Supervisors whose agent is gone follow another one, or go, too.
    pub(super) fn follow_agents(&mut self) {
        let agents = self.agents();
        let mut leaving = Vec::new();
        for (id, leg) in &mut self.legs {
            let Role::Supervisor { watching, .. } = &mut leg.role else {
                continue;
            };
            if agents.contains(watching) {
                continue;
            }
            match agents.first() {
                Some(agent) => *watching = *agent,
                None => leaving.push(*id),
            }
        }
        for id in leaving {
            self.drop_leg(id);
        }
    }
}
