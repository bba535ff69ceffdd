//! What must hold between any two events, looked for inside the distributor.

use std::{collections::BTreeMap, time::Instant};

use super::{Distributor, agent::Doing, call::Stage};
use crate::{AgentState, CallId, Figures, QueueId};

impl Distributor {
    /// Looks at everything; the answer is the first law that is broken.
    pub(super) fn check(
        &self,
        figures: &BTreeMap<QueueId, Figures>,
        now: Instant,
    ) -> Result<(), String> {
        self.calls_agree_with_their_offers()?;
        self.agents_agree_with_their_offers()?;
        self.offers_belong_to_somebody()?;
        self.waiting_and_idle_are_listed()?;
        self.nobody_waits_for_a_free_agent()?;
        self.nobody_is_lost_in_the_counting(figures)?;
        self.what_ends_by_itself_has_a_deadline(now)
    }

    fn calls_agree_with_their_offers(&self) -> Result<(), String> {
        for (id, call) in &self.calls {
            for offer in &call.offers {
                let leg = self.offers.get(offer);
                let leg = leg.ok_or(format!("{id:?} names the missing {offer:?}"))?;
                if leg.call != *id {
                    return Err(format!("{offer:?} of {id:?} is for {:?}", leg.call));
                }
            }
            let up = call.offers.iter().filter(|it| self.offers[it].is_up());
            let (all, up) = (call.offers.len(), up.count());
            let agrees = match call.stage {
                Stage::Waiting | Stage::Resting(_) => all == 0,
                Stage::Offered => all > 0 && up == 0,
                Stage::Dialing(dial, offer) => {
                    all == 1
                        && up == 1
                        && call.offers[0] == offer
                        && self.dials.get(&dial) == Some(id)
                }
                Stage::Talking => up > 0,
            };
            if !agrees {
                return Err(format!(
                    "{id:?} is {:?} with {all} legs, {up} up",
                    call.stage
                ));
            }
        }
        Ok(())
    }

    fn agents_agree_with_their_offers(&self) -> Result<(), String> {
        for (id, agent) in &self.agents {
            let (offer, up) = match agent.doing {
                Doing::Offered(offer) => (offer, false),
                Doing::Talking(offer) => (offer, true),
                Doing::Idle if !agent.device => {
                    return Err(format!("{id:?} is idle without a telephone"));
                }
                Doing::SignedOut
                | Doing::Break(_)
                | Doing::NoDevice
                | Doing::Idle
                | Doing::WrapUp { .. }
                | Doing::Resting(_)
                | Doing::AtKiosk => continue,
            };
            let leg = self.offers.get(&offer);
            let leg = leg.ok_or(format!("{id:?} is stuck on the missing {offer:?}"))?;
            if leg.agent != *id || leg.is_up() != up {
                return Err(format!("{id:?} is {:?} on {leg:?}", agent.doing));
            }
            if !self.calls.contains_key(&leg.call) {
                return Err(format!("{id:?} is on {offer:?} of a call that is gone"));
            }
            if !up && !agent.device {
                return Err(format!("{offer:?} rings at {id:?}, who has no telephone"));
            }
        }
        Ok(())
    }

    fn offers_belong_to_somebody(&self) -> Result<(), String> {
        for (offer, leg) in &self.offers {
            let listed = self
                .calls
                .get(&leg.call)
                .map(|it| it.offers.contains(offer));
            if listed != Some(true) {
                return Err(format!(
                    "{offer:?} is for {:?}, which does not know",
                    leg.call
                ));
            }
            let doing = self.agents.get(&leg.agent).map(|it| &it.doing);
            let held = match doing {
                Some(Doing::Offered(own) | Doing::Talking(own)) => own == offer,
                Some(
                    Doing::SignedOut
                    | Doing::Break(_)
                    | Doing::NoDevice
                    | Doing::Idle
                    | Doing::WrapUp { .. }
                    | Doing::Resting(_)
                    | Doing::AtKiosk,
                )
                | None => false,
            };
            if !held {
                return Err(format!("{offer:?} is at {:?}, who is {doing:?}", leg.agent));
            }
        }
        for (dial, call) in &self.dials {
            let stage = self.calls.get(call).map(|it| it.stage);
            if !matches!(stage, Some(Stage::Dialing(own, _)) if own == *dial) {
                return Err(format!("{dial:?} is for {call:?}, which is {stage:?}"));
            }
        }
        Ok(())
    }

    fn waiting_and_idle_are_listed(&self) -> Result<(), String> {
        let mut waiting: Vec<CallId> = Vec::new();
        for (id, need) in &self.needs {
            for (rank, call) in &need.waiting {
                let known = self.calls.get(call);
                if !known.is_some_and(|it| it.need == *id && self.rank_of(it) == *rank) {
                    return Err(format!("{call:?} is listed where it is not"));
                }
                waiting.push(*call);
            }
            for agent in &need.idle {
                let known = &self.agents[agent];
                if known.doing != Doing::Idle || !known.serves.contains(id) {
                    return Err(format!("{agent:?} is listed as idle for {id:?}"));
                }
            }
        }
        waiting.sort();
        let calls = self.calls.iter();
        let truly = calls.filter(|(_, call)| call.stage == Stage::Waiting && !self.sleeps(call));
        let truly: Vec<CallId> = truly.map(|(id, _)| *id).collect();
        if waiting != truly {
            return Err(format!("{truly:?} wait and {waiting:?} are listed"));
        }
        Ok(())
    }

    fn nobody_waits_for_a_free_agent(&self) -> Result<(), String> {
        let waiting = self.calls.iter();
        for (id, call) in waiting.filter(|(_, it)| it.stage == Stage::Waiting && !self.sleeps(it)) {
            let mut free = self
                .agents
                .iter()
                .filter(|(_, it)| it.doing == Doing::Idle && it.serves.contains(&call.need));
            if let Some((agent, _)) = free.next() {
                return Err(format!("{id:?} waits while {agent:?} is free"));
            }
        }
        Ok(())
    }

    fn nobody_is_lost_in_the_counting(
        &self,
        figures: &BTreeMap<QueueId, Figures>,
    ) -> Result<(), String> {
        let (mut arrived, mut gone) = (0, 0);
        for (queue, it) in figures {
            arrived += it.arrived;
            gone += it.closed + it.abandoned + it.refused;
            gone += it.unreached + it.returned + it.completed;
            let listed = self.layout.number(queue).map(|it| self.serving(it));
            if listed != Some(it.agents.serving()) {
                return Err(format!("{queue:?} is served by {listed:?}: {it:?}"));
            }
            if it.within_service_level > it.answered {
                return Err(format!("{queue:?} answered more in time than at all"));
            }
        }
        let live = self.calls.len() as u64;
        if arrived != gone + live {
            return Err(format!("{arrived} arrived, {gone} gone, {live} here"));
        }
        let agents = self.agents.values();
        let queued =
            agents.filter(|it| it.doing.told() != AgentState::SignedOut && !it.serves.is_empty());
        let counted: usize = figures
            .values()
            .map(|it| it.agents.serving() + it.agents.on_break + it.agents.no_device)
            .sum();
        if counted < queued.count() {
            return Err("an agent is in no queue's figures".into());
        }
        Ok(())
    }

    fn what_ends_by_itself_has_a_deadline(&self, now: Instant) -> Result<(), String> {
        let next = self.poll_timeout();
        let deadlines = self.agents.values().filter_map(|it| match it.doing {
            Doing::WrapUp { until, .. } | Doing::Resting(until) => Some(until),
            Doing::SignedOut
            | Doing::Break(_)
            | Doing::NoDevice
            | Doing::Idle
            | Doing::Offered(_)
            | Doing::Talking(_)
            | Doing::AtKiosk => None,
        });
        for until in deadlines {
            if next.is_none_or(|next| next > until.max(now)) {
                return Err("an agent will never be free again".into());
            }
        }
        Ok(())
    }
}
