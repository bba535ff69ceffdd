//! What agents say and what becomes of their telephones.

use std::time::{Duration, Instant};

#[cfg(test)]
use super::mutant::Mutant;
use super::{
    AGENTS_MOST, Distributor,
    agent::{Agent, Doing, Wish},
    layout::Queue,
    timers::Timer,
};
use crate::{AgentId, BreakReason, Command, Profile, Refused};

impl Distributor {
    pub(super) fn signed_in(
        &mut self,
        agent: AgentId,
        profile: Profile,
        now: Instant,
    ) -> Result<(), Refused> {
        if profile
            .queues
            .iter()
            .any(|it| self.layout.queue(it).is_none())
        {
            return Err(Refused::UnknownQueue);
        }
        let serves = self.layout.served_by(&profile);
        let queues = self.layout.queues();
        let levels = queues
            .filter_map(|it| Some((it.number, it.level_of(&profile)?)))
            .collect();
        // Off the lists while what he serves changes.
        self.strike_off(agent);
        let known = self.account(agent, now)?;
        known.queues = serves.iter().map(|need| need.queue).collect();
        known.serves = serves;
        known.levels = levels;
        if known.wish == Some(Wish::SignOut) {
            known.wish = None;
        }
        if known.doing == Doing::SignedOut {
            known.misses = 0;
            known.calls = 0;
            self.settle(agent, now);
        } else {
            self.list(agent);
        }
        Ok(())
    }

    pub(super) fn signed_out(&mut self, agent: AgentId, now: Instant) -> Result<(), Refused> {
        let known = self.known(agent)?;
        known.wish = Some(Wish::SignOut);
        self.obey_wish(agent, now);
        Ok(())
    }

    pub(super) fn break_begun(
        &mut self,
        agent: AgentId,
        reason: String,
        now: Instant,
    ) -> Result<(), Refused> {
        let known = self.known(agent)?;
        // Who signs out after this talk is not kept by a break.
        if known.wish != Some(Wish::SignOut) && known.doing != Doing::SignedOut {
            known.wish = Some(Wish::Break(BreakReason::Asked(reason)));
            self.obey_wish(agent, now);
        }
        Ok(())
    }

    pub(super) fn ready(&mut self, agent: AgentId, now: Instant) -> Result<(), Refused> {
        let known = self.known(agent)?;
        if matches!(known.wish, Some(Wish::Break(_))) {
            known.wish = None;
        }
        if matches!(known.doing, Doing::Break(_)) {
            known.misses = 0;
            self.settle_anew(agent, now);
        }
        Ok(())
    }

    /// A wish is followed at once, except while a caller or his wrap-up is in
    /// the agent's hands.
    pub(super) fn obey_wish(&mut self, agent: AgentId, now: Instant) {
        let Some(known) = self.agents.get(&agent) else {
            return;
        };
        let signs_out = known.wish == Some(Wish::SignOut);
        match known.doing {
            Doing::Offered(offer) => self.withdraw(offer, now),
            Doing::Talking(_) => {}
            Doing::WrapUp { .. } if !signs_out => {}
            Doing::SignedOut
            | Doing::Break(_)
            | Doing::NoDevice
            | Doing::Idle
            | Doing::WrapUp { .. }
            | Doing::Resting(_)
            | Doing::AtKiosk => self.settle(agent, now),
        }
    }

    pub(super) fn device_registered(
        &mut self,
        agent: AgentId,
        now: Instant,
    ) -> Result<(), Refused> {
        let known = self.account(agent, now)?;
        known.device = true;
        if known.doing == Doing::NoDevice {
            self.settle_anew(agent, now);
        }
        Ok(())
    }

    /// An offer that rings at nobody's telephone is withdrawn; a talk is left
    /// alone, for its own end is told by `AgentLeft`.
    pub(super) fn device_gone(&mut self, agent: AgentId, now: Instant) {
        let Some(known) = self.agents.get_mut(&agent) else {
            return;
        };
        known.device = false;
        match known.doing {
            Doing::Offered(offer) => {
                #[cfg(test)]
                if self.mutated(Mutant::RingsNowhere) {
                    return;
                }
                self.withdraw(offer, now);
            }
            Doing::Idle => self.settle(agent, now),
            Doing::SignedOut
            | Doing::Break(_)
            | Doing::NoDevice
            | Doing::Talking(_)
            | Doing::WrapUp { .. }
            | Doing::Resting(_)
            | Doing::AtKiosk => {}
        }
    }

    pub(super) fn wrap_up_done(&mut self, agent: AgentId, now: Instant) -> Result<(), Refused> {
        match self.known(agent)?.doing {
            Doing::WrapUp { .. } => {
                self.settle_anew(agent, now);
                Ok(())
            }
            // His wrap-up ended by itself while he said so.
            Doing::SignedOut
            | Doing::Break(_)
            | Doing::NoDevice
            | Doing::Idle
            | Doing::Offered(_)
            | Doing::Talking(_)
            | Doing::Resting(_)
            | Doing::AtKiosk => Ok(()),
        }
    }

    pub(super) fn wrap_up_extended(&mut self, agent: AgentId, by: Duration) -> Result<(), Refused> {
        let Doing::WrapUp { until, latest } = &mut self.known(agent)?.doing else {
            return Err(Refused::NotInWrapUp);
        };
        *until = until.checked_add(by).map_or(*latest, |it| it.min(*latest));
        let until = *until;
        self.timers.set(until, Timer::WrapUp(agent));
        Ok(())
    }

    pub(super) fn wrap_up_over(&mut self, agent: AgentId, now: Instant) {
        let over = self
            .agents
            .get(&agent)
            .is_some_and(|it| matches!(it.doing, Doing::WrapUp { until, .. } if until <= now));
        if over {
            self.settle_anew(agent, now);
        }
    }

    pub(super) fn rest_over(&mut self, agent: AgentId, now: Instant) {
        let known = self.agents.get(&agent);
        if known.is_some_and(|it| matches!(it.doing, Doing::Resting(until) if until <= now)) {
            self.settle_anew(agent, now);
        }
    }

    pub(super) fn help_asked(&mut self, agent: AgentId) -> Result<(), Refused> {
        let call = match self.known(agent)?.doing {
            Doing::Talking(offer) => self.offers.get(&offer).map(|it| it.call),
            Doing::SignedOut
            | Doing::Break(_)
            | Doing::NoDevice
            | Doing::Idle
            | Doing::Offered(_)
            | Doing::WrapUp { .. }
            | Doing::Resting(_)
            | Doing::AtKiosk => None,
        };
        self.order(Command::HelpWanted { agent, call });
        Ok(())
    }

    /// A talk is over for this agent.
    pub(super) fn begin_wrap_up(&mut self, agent: AgentId, queue: &Queue, now: Instant) {
        let signs_out = |it: &Agent| it.wish == Some(Wish::SignOut);
        let wrap_up = queue.plan.wrap_up();
        #[cfg(test)]
        let wrap_up = if self.mutated(Mutant::CutsWrapUpShort) {
            wrap_up / 2
        } else {
            wrap_up
        };
        if wrap_up.is_zero() || self.agents.get(&agent).is_some_and(signs_out) {
            self.settle_anew(agent, now);
            return;
        }
        let until = now + wrap_up;
        let latest = now + queue.plan.wrap_up_longest();
        self.set_doing(agent, Doing::WrapUp { until, latest });
        self.timers.set(until, Timer::WrapUp(agent));
    }

    /// Sends an agent, whom nothing occupies any more, where he belongs. He has
    /// been idle as long as before.
    pub(super) fn settle(&mut self, agent: AgentId, now: Instant) {
        #[cfg(test)]
        let blind = self.mutated(Mutant::OffersWithoutDevice);
        let Some(known) = self.agents.get_mut(&agent) else {
            return;
        };
        if known.doing == Doing::SignedOut {
            known.idle_since = now;
        }
        let doing = known.unoccupied();
        #[cfg(test)]
        let doing = if blind && doing == Doing::NoDevice {
            Doing::Idle
        } else {
            doing
        };
        self.set_doing(agent, doing);
    }

    /// The same, idle from now.
    pub(super) fn settle_anew(&mut self, agent: AgentId, now: Instant) {
        if let Some(known) = self.agents.get_mut(&agent) {
            known.idle_since = now;
        }
        self.settle(agent, now);
    }

    /// The only place where what an agent does changes.
    pub(super) fn set_doing(&mut self, agent: AgentId, doing: Doing) {
        self.strike_off(agent);
        let Some(known) = self.agents.get_mut(&agent) else {
            return;
        };
        let before = known.doing.told();
        known.doing = doing;
        let state = known.doing.told();
        if state != before {
            self.order(Command::AgentChanged { agent, state });
        }
        self.list(agent);
    }

    /// Takes an agent off all lists, before anything about him changes.
    fn strike_off(&mut self, agent: AgentId) {
        let Some(known) = self.agents.get(&agent) else {
            return;
        };
        if known.doing == Doing::Idle {
            for need in &known.serves {
                if let Some(need) = self.needs.get_mut(need) {
                    need.idle.remove(&agent);
                }
            }
        }
        if known.doing.serves() {
            for queue in &known.queues {
                let serving = self.serving.entry(*queue).or_default();
                *serving = serving.saturating_sub(1);
            }
        }
    }

    /// Puts an agent on the lists where he belongs.
    fn list(&mut self, agent: AgentId) {
        let Some(known) = self.agents.get(&agent) else {
            return;
        };
        if known.doing == Doing::Idle {
            for need in &known.serves {
                self.needs.entry(*need).or_default().idle.insert(agent);
            }
        }
        if known.doing.serves() {
            for queue in &known.queues {
                *self.serving.entry(*queue).or_default() += 1;
            }
        }
    }

    pub(super) fn known(&mut self, agent: AgentId) -> Result<&mut Agent, Refused> {
        self.agents.get_mut(&agent).ok_or(Refused::UnknownAgent)
    }

    fn account(&mut self, agent: AgentId, now: Instant) -> Result<&mut Agent, Refused> {
        if self.agents.len() >= AGENTS_MOST && !self.agents.contains_key(&agent) {
            return Err(Refused::Full);
        }
        let signed_out = || Agent::signed_out(now);
        Ok(self.agents.entry(agent).or_insert_with(signed_out))
    }
}
