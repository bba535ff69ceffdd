//! A witness outside the distributor: it hears events and commands alone and
//! knows by itself what must follow.

mod seeing;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use crate::{
    AgentId, CallId, CallerKey, Departure, DialId, Event, Figures, Language, OfferId, Plan,
    Priority, QueueId, QueuePlan, Transfer,
};

/// A caller as the witness sees him.
#[derive(Clone, Debug)]
struct Seen {
    call: CallId,
    queue: QueueId,
    language: Language,
    caller: Option<CallerKey>,
    arrived: Instant,
    order: u64,
    priority: Priority,
    /// Off the line, with a promise.
    away: bool,
    promised: bool,
    /// A callback between two attempts.
    rests_until: Option<Instant>,
    bridged: bool,
    /// One, and one for each time an agent sends the caller on or vanishes.
    bridges_left: u32,
}

#[derive(Clone, Copy, Debug)]
struct Leg {
    call: CallId,
    agent: AgentId,
    /// Asked into a talk by another agent.
    invited: bool,
    up: bool,
    talked: bool,
}

#[derive(Clone, Debug)]
struct KeptPlace {
    seen: Seen,
    cut_off: bool,
    until: Instant,
}

#[derive(Clone, Copy, Debug)]
struct WrapUp {
    until: Instant,
    latest: Instant,
}

#[derive(Debug)]
pub(super) struct Witness {
    plan: Plan,
    calls: BTreeMap<CallId, Seen>,
    /// Ringing or up.
    legs: BTreeMap<OfferId, Leg>,
    dials: BTreeMap<DialId, CallId>,
    devices: BTreeSet<AgentId>,
    /// Who helps at a kiosk.
    at_kiosks: BTreeSet<AgentId>,
    /// Agents who must be left alone.
    wrap_ups: BTreeMap<AgentId, WrapUp>,
    kept: Vec<KeptPlace>,
    closed: BTreeSet<QueueId>,
    arriving: Option<CallId>,
    /// Was answered and is nobody's; must be hung up.
    late: Option<OfferId>,
    /// Orders given to kept places by a restart.
    first_order: u64,
    arrived: u64,
    answered: u64,
    abandoned: u64,
}

impl Witness {
    pub(super) fn new(plan: Plan) -> Self {
        Self {
            plan,
            calls: BTreeMap::new(),
            legs: BTreeMap::new(),
            dials: BTreeMap::new(),
            devices: BTreeSet::new(),
            at_kiosks: BTreeSet::new(),
            wrap_ups: BTreeMap::new(),
            kept: Vec::new(),
            closed: BTreeSet::new(),
            arriving: None,
            late: None,
            first_order: 0,
            arrived: 0,
            answered: 0,
            abandoned: 0,
        }
    }

    pub(super) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Hears of an event that was accepted, before its commands.
    pub(super) fn hear(&mut self, event: &Event, now: Instant) {
        match event {
            Event::Called {
                call,
                queue,
                language,
                priority,
                caller,
                ..
            } => {
                self.arrived += 1;
                self.arriving = Some(*call);
                let mut seen = Seen {
                    call: *call,
                    queue: queue.clone(),
                    language: language.clone(),
                    caller: *caller,
                    arrived: now,
                    order: self.first_order + self.arrived,
                    priority: *priority,
                    away: false,
                    promised: false,
                    rests_until: None,
                    bridged: false,
                    bridges_left: 1,
                };
                if !self.closed.contains(queue) {
                    self.find_place(&mut seen);
                }
                self.calls.insert(*call, seen);
            }
            Event::CallerLeft { call, how } => self.caller_left(*call, *how, now),
            Event::CallbackAsked { call } => {
                if let Some(seen) = self.calls.get_mut(call) {
                    seen.promised = true;
                }
            }
            Event::CallbackAnswered { dial } => {
                let call = self.dials.remove(dial);
                if let Some(seen) = call.and_then(|it| self.calls.get_mut(&it)) {
                    seen.away = false;
                    seen.promised = false;
                }
            }
            Event::CallbackFailed { dial } => self.dial_failed(*dial, now),
            Event::DeviceRegistered { agent } => drop(self.devices.insert(*agent)),
            Event::DeviceGone { agent } => drop(self.devices.remove(agent)),
            Event::KioskTaken { agent } => drop(self.at_kiosks.insert(*agent)),
            Event::KioskLeft { agent } => drop(self.at_kiosks.remove(agent)),
            Event::WrapUpDone { agent } => drop(self.wrap_ups.remove(agent)),
            Event::WrapUpExtended { agent, by } => {
                if let Some(it) = self.wrap_ups.get_mut(agent) {
                    it.until = (it.until + *by).min(it.latest);
                }
            }
            Event::OfferAnswered { offer } => match self.legs.get_mut(offer) {
                Some(leg) => leg.up = true,
                None => self.late = Some(*offer),
            },
            Event::OfferFailed { offer, .. } => {
                if self.legs.get(offer).is_some_and(|it| it.up) {
                    self.agent_left(*offer, Departure::Lost, now);
                } else {
                    self.legs.remove(offer);
                }
            }
            Event::AgentLeft { offer, how } => self.agent_left(*offer, *how, now),
            Event::Transferred { call, to } => {
                self.wrap_up_agents(*call, now);
                if let Some(seen) = self.calls.get_mut(call) {
                    seen.bridges_left += 1;
                    if let Transfer::Queue(queue) = to {
                        seen.queue = queue.clone();
                    }
                }
            }
            Event::SentOut { call } => {
                self.wrap_up_agents(*call, now);
                self.calls.remove(call);
            }
            Event::QueueOpened { queue } => drop(self.closed.remove(queue)),
            Event::QueueClosed { queue } => drop(self.closed.insert(queue.clone())),
            Event::SignedIn { .. }
            | Event::SignedOut { .. }
            | Event::Ready { .. }
            | Event::BreakBegun { .. }
            | Event::HelpAsked { .. }
            | Event::AgentInvited { .. } => {}
        }
    }

    /// After the last command of an event: what must have followed by now.
    pub(super) fn settle(
        &mut self,
        figures: &BTreeMap<QueueId, Figures>,
        live: impl Iterator<Item = CallId>,
        now: Instant,
    ) -> Result<(), String> {
        if let Some(offer) = self.late.take() {
            return Err(format!("{offer:?} was answered late and left open"));
        }
        for (offer, leg) in &self.legs {
            let taken = self.legs.values().any(|it| it.call == leg.call && it.up);
            if !leg.up && !leg.invited && taken {
                return Err(format!("{offer:?} rings on for a call that was answered"));
            }
        }
        self.arriving = None;
        for seen in self.calls.values_mut() {
            seen.rests_until = seen.rests_until.filter(|it| *it > now);
        }
        self.kept.retain(|it| it.until > now);
        if !live.eq(self.calls.keys().copied()) {
            return Err("some calls are here that are gone, or gone that are here".into());
        }
        let sum = |of: fn(&Figures) -> u64| figures.values().map(of).sum::<u64>();
        for (name, told, seen) in [
            ("arrived", sum(|it| it.arrived), self.arrived),
            ("answered", sum(|it| it.answered), self.answered),
            ("abandoned", sum(|it| it.abandoned), self.abandoned),
        ] {
            if told != seen {
                return Err(format!("{told} are told to be {name}, {seen} are"));
            }
        }
        Ok(())
    }

    /// The switch begins again with what was written down.
    pub(super) fn restart(&mut self, now: Instant) {
        let until = now + Duration::from_secs(self.plan.place_kept_seconds.into());
        for (call, mut seen) in std::mem::take(&mut self.calls) {
            let talked = self.legs.values().any(|it| it.call == call && it.talked);
            seen.bridged = false;
            seen.bridges_left = 1;
            seen.rests_until = None;
            if seen.promised {
                seen.away = true;
                self.calls.insert(call, seen);
            } else if seen.caller.is_some() {
                self.kept.push(KeptPlace {
                    seen,
                    cut_off: talked,
                    until,
                });
            }
        }
        let kept = self.kept.iter_mut().map(|it| &mut it.seen);
        let mut all: Vec<&mut Seen> = kept.chain(self.calls.values_mut()).collect();
        all.sort_by_key(|it| (it.arrived, it.call));
        for (order, seen) in (1..).zip(all) {
            seen.order = order;
        }
        self.first_order = self.kept.len() as u64;
        self.arrived = self.calls.len() as u64;
        self.answered = 0;
        self.abandoned = 0;
        self.legs.clear();
        self.dials.clear();
        self.devices.clear();
        self.at_kiosks.clear();
        self.wrap_ups.clear();
        self.closed.clear();
    }

    fn find_place(&mut self, seen: &mut Seen) {
        let own = self.kept.iter().enumerate();
        let own = own.filter(|(_, it)| seen.caller.is_some() && it.seen.caller == seen.caller);
        let here = own.clone().filter(|(_, it)| it.seen.queue == seen.queue);
        let first = here.min_by_key(|(_, it)| it.seen.order);
        let cut_off = own.filter(|(_, it)| it.cut_off);
        let found = first.or_else(|| cut_off.min_by_key(|(_, it)| it.seen.order));
        let Some((at, _)) = found else {
            return;
        };
        let found = self.kept.remove(at);
        if found.cut_off {
            seen.priority = seen.priority.max(Priority::CutOff);
        }
        if found.seen.queue == seen.queue {
            seen.arrived = found.seen.arrived;
            seen.order = found.seen.order;
            seen.priority = seen.priority.max(found.seen.priority);
        }
    }

    fn caller_left(&mut self, call: CallId, how: Departure, now: Instant) {
        let talks = self.legs.values().any(|it| it.call == call && it.talked);
        let Some(seen) = self.calls.get_mut(&call) else {
            return;
        };
        if seen.away {
            return;
        }
        if !talks && seen.promised {
            seen.away = true;
            return;
        }
        let seen = seen.clone();
        let cut_off = talks && how == Departure::Lost;
        if (!talks || cut_off) && seen.caller.is_some() {
            let until = now + Duration::from_secs(self.plan.place_kept_seconds.into());
            self.kept.push(KeptPlace {
                seen,
                cut_off,
                until,
            });
        }
        self.abandoned += u64::from(!talks);
        self.wrap_up_agents(call, now);
        self.calls.remove(&call);
    }

    fn dial_failed(&mut self, dial: DialId, now: Instant) {
        let rest = Duration::from_secs(self.plan.callback.rest_seconds.into());
        let call = self.dials.remove(&dial);
        if let Some(seen) = call.and_then(|it| self.calls.get_mut(&it)) {
            seen.rests_until = Some(now + rest);
        }
    }

    fn agent_left(&mut self, offer: OfferId, how: Departure, now: Instant) {
        let Some(leg) = self.legs.remove(&offer) else {
            return;
        };
        if !leg.talked {
            return;
        }
        self.wrap_up(leg, now);
        let others = self
            .legs
            .values()
            .any(|it| it.call == leg.call && it.talked);
        if let Some(seen) = self.calls.get_mut(&leg.call)
            && how == Departure::Lost
            && !others
        {
            seen.bridges_left += 1;
            seen.priority = seen.priority.max(Priority::CutOff);
        }
    }

    fn wrap_up_agents(&mut self, call: CallId, now: Instant) {
        let legs = self.legs.values().copied();
        let talked: Vec<Leg> = legs.filter(|it| it.call == call && it.talked).collect();
        for leg in talked {
            self.wrap_up(leg, now);
        }
    }

    fn wrap_up(&mut self, leg: Leg, now: Instant) {
        let Some(plan) = self.calls.get(&leg.call).and_then(|it| self.plan_of(it)) else {
            return;
        };
        let wrap_up = WrapUp {
            until: now + plan.wrap_up(),
            latest: now + plan.wrap_up_longest(),
        };
        self.wrap_ups.insert(leg.agent, wrap_up);
    }

    fn plan_of(&self, seen: &Seen) -> Option<&QueuePlan> {
        self.plan.queues.iter().find(|it| it.id == seen.queue)
    }
}
