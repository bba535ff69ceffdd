//! The laws a command can break.

use std::time::Instant;

use super::{Leg, Seen, Witness};
use crate::{
    AgentHangUp, AgentId, AgentState, CallId, CallbackEnd, CallerHangUp, Choice, Command, OfferId,
    OfferLeg, Priority,
};

type Law = Result<(), String>;

fn law(holds: bool, broken: impl FnOnce() -> String) -> Law {
    if holds { Ok(()) } else { Err(broken()) }
}

impl Witness {
    /// Sees a command and says which law it breaks.
    pub(in super::super) fn see(&mut self, command: &Command, now: Instant) -> Law {
        match command {
            Command::Offer {
                call,
                legs,
                callback,
                reason,
                ..
            } => {
                let away = self.known(*call)?.away;
                law(away == *callback, || format!("{call:?} is away: {away}"))?;
                law(!self.sleeps(self.known(*call)?), || {
                    format!("{call:?} is called back while its queue is closed")
                })?;
                let chosen = reason.candidates.first().map(|it| it.agent);
                law(chosen == legs.first().map(|it| it.agent), || {
                    format!("the reason is for {chosen:?}")
                })?;
                if matches!(reason.choice, Choice::Strategy(_)) {
                    self.nobody_is_overtaken(*call)?;
                }
                let invited = reason.choice == Choice::Invitation;
                let mut legs = legs.iter();
                legs.try_for_each(|it| self.offered(*call, *it, invited, now))
            }
            Command::Withdraw { offer, .. } => {
                let ringing = self.legs.remove(offer).is_some_and(|it| !it.up);
                law(ringing, || format!("{offer:?} does not ring"))
            }
            Command::Bridge { call, offer, agent } => self.bridged(*call, *offer, *agent),
            Command::Join { call, offer, agent } => self.talks(*call, *offer, *agent),
            Command::HangUpAgent { offer, why } => self.agent_hung_up(*offer, *why),
            Command::HangUpCaller { call, why } => {
                law(!self.known(*call)?.away, || format!("{call:?} is away"))?;
                if *why == CallerHangUp::WillBeCalledBack {
                    self.with(*call, |it| it.away = true);
                } else {
                    self.calls.remove(call);
                }
                Ok(())
            }
            Command::Announce { call, .. } => {
                let waits = !self.known(*call)?.away && self.is_with_nobody(*call);
                law(waits, || format!("{call:?} does not wait and is told so"))
            }
            Command::OfferCallback { call } => self.known(*call).map(drop),
            Command::Moved { call, to, .. } => {
                self.with(*call, |it| it.queue = to.clone());
                Ok(())
            }
            Command::Requeued { call, .. } => {
                law(self.is_with_nobody(*call), || format!("{call:?} talks"))
            }
            Command::DialCallback { call, dial, offer } => {
                law(self.known(*call)?.away, || format!("{call:?} is here"))?;
                law(self.dials.values().all(|it| it != call), || {
                    format!("{call:?} is dialed twice at a time")
                })?;
                law(self.legs.get(offer).is_some_and(|it| it.up), || {
                    format!("{call:?} is dialed and nobody waits for him")
                })?;
                self.dials.insert(*dial, *call);
                Ok(())
            }
            Command::CancelDial { dial } => {
                if let Some(call) = self.dials.get(dial).copied() {
                    // An attempt in vain, unless it was the agent who left.
                    if self.legs.values().any(|it| it.call == call) {
                        self.dial_failed(*dial, now);
                    }
                    self.dials.remove(dial);
                }
                Ok(())
            }
            Command::CallbackEnded { call, why } => self.callback_ended(*call, *why),
            Command::AgentChanged { agent, state } => {
                if *state == AgentState::SignedOut {
                    self.wrap_ups.remove(agent);
                    self.at_kiosks.remove(agent);
                }
                let free = *state != AgentState::Idle || self.devices.contains(agent);
                law(free, || format!("{agent:?} is idle without a telephone"))
            }
            Command::InvitationFailed { .. }
            | Command::HelpWanted { .. }
            | Command::Remember(_)
            | Command::Forget(_) => Ok(()),
        }
    }

    fn known(&self, call: CallId) -> Result<&Seen, String> {
        self.calls.get(&call).ok_or(format!("{call:?} is gone"))
    }

    fn with(&mut self, call: CallId, change: impl FnOnce(&mut Seen)) {
        if let Some(seen) = self.calls.get_mut(&call) {
            change(seen);
        }
    }

    /// Nobody is called back while his queue is closed.
    fn sleeps(&self, seen: &Seen) -> bool {
        seen.away && self.closed.contains(&seen.queue)
    }

    fn is_with_nobody(&self, call: CallId) -> bool {
        self.legs.values().all(|it| it.call != call)
    }

    fn offered(&mut self, call: CallId, leg: OfferLeg, invited: bool, now: Instant) -> Law {
        let agent = leg.agent;
        law(self.devices.contains(&agent), || {
            format!("{agent:?} has no telephone and is offered a call")
        })?;
        law(!self.at_kiosks.contains(&agent), || {
            format!("{agent:?} helps at a kiosk and is offered a call")
        })?;
        let wraps = self.wrap_ups.remove(&agent);
        law(wraps.is_none_or(|it| it.until <= now), || {
            format!("{agent:?} is in wrap-up and is offered a call")
        })?;
        law(self.legs.values().all(|it| it.agent != agent), || {
            format!("{agent:?} has two calls at a time")
        })?;
        let leg_now = Leg {
            call,
            agent,
            invited,
            up: false,
            talked: false,
        };
        self.legs.insert(leg.offer, leg_now);
        Ok(())
    }

    /// Nobody of the same need who could be served waits with a higher score.
    fn nobody_is_overtaken(&self, call: CallId) -> Law {
        let served = self.known(call)?;
        let first = self.precedence(served);
        let waiting = self.calls.iter().filter(|(id, it)| {
            **id != call
                && it.queue == served.queue
                && it.language == served.language
                && it.rests_until.is_none()
                && !self.sleeps(it)
                && self.is_with_nobody(**id)
        });
        for (id, other) in waiting {
            law(self.precedence(other) >= first, || {
                format!("{call:?} overtakes {id:?}: {served:?} {other:?}")
            })?;
        }
        Ok(())
    }

    /// Less goes first.
    fn precedence(&self, seen: &Seen) -> (bool, Option<Instant>) {
        let steps = match seen.priority {
            Priority::Ordinary => 0,
            Priority::Elderly => 1,
            Priority::CutOff => 2,
            Priority::Emergency => 3,
        };
        let plan = self.plan_of(seen);
        let step = plan.map(|it| it.priority_step()).unwrap_or_default();
        (
            seen.priority != Priority::Emergency,
            seen.arrived.checked_sub(step * steps),
        )
    }

    fn bridged(&mut self, call: CallId, offer: OfferId, agent: AgentId) -> Law {
        let seen = self.calls.get_mut(&call);
        let seen = seen.ok_or(format!("{call:?} is bridged and gone"))?;
        law(seen.bridges_left > 0, || {
            format!("{call:?} is bridged twice")
        })?;
        law(!seen.away, || {
            format!("{call:?} is bridged and not on the line")
        })?;
        seen.bridges_left -= 1;
        seen.promised = false;
        self.answered += u64::from(!std::mem::replace(&mut seen.bridged, true));
        self.talks(call, offer, agent)
    }

    fn talks(&mut self, call: CallId, offer: OfferId, agent: AgentId) -> Law {
        let leg = self.legs.get_mut(&offer);
        let leg = leg.ok_or(format!("{offer:?} was withdrawn and is bridged"))?;
        law(leg.up && leg.call == call && leg.agent == agent, || {
            format!("{leg:?} is bridged to {call:?}")
        })?;
        leg.talked = true;
        Ok(())
    }

    fn agent_hung_up(&mut self, offer: OfferId, why: AgentHangUp) -> Law {
        if why == AgentHangUp::AnsweredTooLate {
            let late = self.late.take() == Some(offer);
            return law(late, || format!("{offer:?} was not late"));
        }
        let up = self.legs.remove(&offer).is_some_and(|it| it.up);
        law(up, || format!("{offer:?} is not up"))
    }

    fn callback_ended(&mut self, call: CallId, why: CallbackEnd) -> Law {
        let old = self.known(call)?.clone();
        law(old.away, || format!("{call:?} is no callback"))?;
        if let CallbackEnd::CallerReturned(new) = why
            && self.arriving == Some(new)
        {
            self.with(new, |it| {
                it.arrived = old.arrived;
                it.order = old.order;
                it.priority = it.priority.max(old.priority);
                it.promised = true;
            });
        }
        self.calls.remove(&call);
        Ok(())
    }
}
