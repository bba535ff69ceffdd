//! How it stands with an agent: state, telephone, desk, and the call before them.

use std::{collections::BTreeMap, time::Instant};

use distributor::{AgentId, AgentState, CallId, Mode, PartyState, QueueId};

use super::{Command, Leg, Moment, Ringing, Shown, ShownTalk, Switchboard, Tape};

/// An agent's desk, as far as calls depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum DeskPresence {
    /// Works by the telephone alone.
    #[default]
    None,
    There,
    /// Was there and is gone: until it is back nobody is offered.
    Gone,
}

/// A call at an agent's telephone.
#[derive(Debug)]
struct AtTelephone {
    leg: Leg,
    call: Ringing,
    /// Since it was bridged.
    talking: Option<Instant>,
    shown: Option<PartyState>,
    tape: Tape,
    monitored: Option<Mode>,
    /// The agent has said no to it.
    declined: bool,
}

#[derive(Debug, Default)]
struct Standing {
    state: Option<AgentState>,
    registered: bool,
    desk: DeskPresence,
    at: Option<AtTelephone>,
    /// With a caller of this queue; the talk goes on or is over.
    last_talk: Option<(CallId, QueueId)>,
    /// Of a supervisor.
    monitoring: Option<(AgentId, Mode)>,
}

/// How it stands with every agent of whom anything is known.
#[derive(Debug, Default)]
pub(super) struct Standings(BTreeMap<AgentId, Standing>);

impl Standings {
    fn of(&mut self, agent: AgentId) -> &mut Standing {
        self.0.entry(agent).or_default()
    }

    fn at(&mut self, agent: AgentId, leg: Leg) -> Option<&mut AtTelephone> {
        let at = self.0.get_mut(&agent)?.at.as_mut()?;
        (at.leg == leg).then_some(at)
    }
}

impl Switchboard {
    /// What a desk needs to know that has just come.
    pub fn shown_to(&self, agent: AgentId, now: Instant) -> Vec<Shown> {
        let Some(standing) = self.standings.0.get(&agent) else {
            return vec![Shown::Registered(false)];
        };
        let mut shown = vec![Shown::Registered(standing.registered)];
        shown.extend(standing.state.clone().map(Shown::State));
        if standing.monitoring.is_some() {
            shown.push(Shown::Monitoring(standing.monitoring));
        }
        let Some(at) = &standing.at else {
            // What it has seen before is over.
            shown.push(Shown::TalkOver);
            if standing.state == Some(AgentState::WrapUp) {
                shown.extend(self.wrap_up_shown(agent));
            }
            return shown;
        };
        match at.shown {
            Some(state) => shown.push(Shown::Talk(Box::new(at.talk(state, now)))),
            None => shown.push(Shown::Ringing(Box::new(at.call.clone()))),
        }
        if at.tape != Tape::Off {
            shown.push(Shown::Recording(at.tape));
        }
        if at.monitored.is_some() {
            shown.push(Shown::Monitored(at.monitored));
        }
        shown
    }

    /// The talk in which a supervisor takes part, and whose it is.
    pub fn monitored_by(&self, supervisor: AgentId) -> Option<(CallId, AgentId)> {
        let (agent, _) = self.standings.0.get(&supervisor)?.monitoring?;
        Some((self.talk_of(agent)?.0, agent))
    }

    /// What every agent of the center is doing.
    pub fn states(&self) -> impl Iterator<Item = (AgentId, AgentState)> {
        self.center.agents.iter().map(|agent| {
            let standing = self.standings.0.get(&agent.id);
            let state = standing.and_then(|it| it.state.clone());
            (agent.id, state.unwrap_or(AgentState::SignedOut))
        })
    }

    pub(super) fn device_came(&mut self, agent: AgentId, now: Moment) {
        let standing = self.standings.of(agent);
        standing.registered = true;
        if standing.desk != DeskPresence::Gone {
            self.tell(distributor::Event::DeviceRegistered { agent }, now);
        }
        self.show(agent, Shown::Registered(true));
    }

    pub(super) fn device_went(&mut self, agent: AgentId, now: Moment) {
        self.standings.of(agent).registered = false;
        self.tell(distributor::Event::DeviceGone { agent }, now);
        self.show(agent, Shown::Registered(false));
    }

    pub(super) fn desk_came(&mut self, agent: AgentId, now: Moment) {
        self.desk_is(agent, DeskPresence::There, now);
    }

    /// A talk is left alone; nothing new is offered.
    pub(super) fn desk_went(&mut self, agent: AgentId, now: Moment) {
        self.standings.of(agent).desk = DeskPresence::Gone;
        self.tell(distributor::Event::DeviceGone { agent }, now);
    }

    pub(super) fn desk_given_up(&mut self, agent: AgentId, now: Moment) {
        self.desk_is(agent, DeskPresence::None, now);
    }

    fn desk_is(&mut self, agent: AgentId, desk: DeskPresence, now: Moment) {
        let standing = self.standings.of(agent);
        standing.desk = desk;
        if standing.registered {
            self.tell(distributor::Event::DeviceRegistered { agent }, now);
        }
    }

    pub(super) fn state_is(&mut self, agent: AgentId, state: AgentState) {
        self.standings.of(agent).state = Some(state.clone());
        self.show(agent, Shown::State(state));
    }

    pub(super) fn rings_at(&mut self, agent: AgentId, leg: Leg, call: Ringing) {
        self.show(agent, Shown::Ringing(Box::new(call.clone())));
        self.standings.of(agent).at = Some(AtTelephone {
            leg,
            call,
            talking: None,
            shown: None,
            tape: Tape::Off,
            monitored: None,
            declined: false,
        });
    }

    /// Whether a call rings at the agent's telephone or is up.
    pub(super) fn is_on_the_telephone(&self, agent: AgentId) -> bool {
        let standing = self.standings.0.get(&agent);
        standing.is_some_and(|it| it.at.is_some())
    }

    pub(super) fn is_registered(&self, agent: AgentId) -> bool {
        let standing = self.standings.0.get(&agent);
        standing.is_some_and(|it| it.registered)
    }

    /// Whether the agent has said no to what rings with this leg.
    pub(super) fn has_declined(&mut self, agent: AgentId, leg: Leg) -> bool {
        self.standings.at(agent, leg).is_some_and(|at| at.declined)
    }

    pub(super) fn talks_at(&mut self, agent: AgentId, leg: Leg, now: Moment) {
        let Some(at) = self.standings.at(agent, leg) else {
            return;
        };
        at.talking = Some(now.instant);
        // Who helps at a kiosk wraps up nothing.
        if at.call.visit.is_none() {
            let talk = (at.call.call, QueueId(at.call.queue.clone()));
            self.standings.of(agent).last_talk = Some(talk);
        }
    }

    pub(super) fn last_talk(&self, agent: AgentId) -> Option<(CallId, QueueId)> {
        self.standings.0.get(&agent)?.last_talk.clone()
    }

    /// The agent's leg is over, answered or not.
    pub(super) fn over_at(&mut self, agent: AgentId, leg: Leg) {
        if self.standings.at(agent, leg).is_none() {
            return;
        }
        let at = self.standings.of(agent).at.take();
        let talked = at.is_some_and(|it| it.shown.is_some());
        let shown = if talked {
            Shown::TalkOver
        } else {
            Shown::RingingOver
        };
        self.show(agent, shown);
    }

    pub(super) fn monitored_at(&mut self, agent: AgentId, mode: Option<Mode>) {
        if let Some(at) = &mut self.standings.of(agent).at {
            at.monitored = mode;
        }
        self.show(agent, Shown::Monitored(mode));
    }

    /// Declines what rings, or hangs up.
    pub(super) fn hang_up_at(&mut self, agent: AgentId) -> bool {
        let Some(at) = &mut self.standings.of(agent).at else {
            return false;
        };
        at.declined = at.talking.is_none();
        let leg = at.leg;
        self.order(Command::End { leg });
        true
    }

    /// Shows agents what has changed about their talks.
    pub(super) fn show_talks(&mut self, now: Moment) {
        let mut changed = Vec::new();
        for (agent, standing) in &mut self.standings.0 {
            let Some(at) = standing.at.as_mut().filter(|it| it.talking.is_some()) else {
                continue;
            };
            let talk = self.talks.get(&at.call.call);
            let tape = talk.map(|it| it.tape);
            let state = talk.and_then(|talk| talk.conversation.state_of(talk.party_at(at.leg)?));
            let state = state.or_else(|| self.kiosks.state_of(*agent));
            if let Some(state) = state.filter(|it| at.shown != Some(*it)) {
                at.shown = Some(state);
                let talk = Box::new(at.talk(state, now.instant));
                changed.push((*agent, Shown::Talk(talk)));
            }
            let tape = tape.unwrap_or_default();
            if std::mem::replace(&mut at.tape, tape) != tape {
                changed.push((*agent, Shown::Recording(tape)));
            }
        }
        for (agent, shown) in changed {
            self.show(agent, shown);
        }
    }

    /// Shows supervisors in whose talk they take part.
    pub(super) fn show_supervisors(&mut self) {
        let mut present = BTreeMap::new();
        for (call, talk) in &self.talks {
            for (supervisor, watching, mode) in talk.conversation.supervisors() {
                if let Some(agent) = self.agent_at(*call, watching) {
                    present.insert(supervisor, (agent, mode));
                }
            }
        }
        let supervisors = self.center.agents.iter().filter(|it| it.supervisor);
        let supervisors: Vec<AgentId> = supervisors.map(|it| it.id).collect();
        for supervisor in supervisors {
            let monitoring = present.get(&supervisor).copied();
            let before = &mut self.standings.of(supervisor).monitoring;
            if std::mem::replace(before, monitoring) != monitoring {
                self.show(supervisor, Shown::Monitoring(monitoring));
            }
        }
    }

    pub(super) fn show(&mut self, agent: AgentId, shown: Shown) {
        self.order(Command::Show { agent, shown });
    }
}

impl AtTelephone {
    fn talk(&self, state: PartyState, now: Instant) -> ShownTalk {
        let since = self.talking.unwrap_or(now);
        ShownTalk {
            call: self.call.clone(),
            lasted: now.saturating_duration_since(since),
            state,
        }
    }
}
