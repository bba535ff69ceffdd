//! Watches a day from outside: knows what was ordered and what happened at the
//! telephones, and says which law is broken.

mod calls;
mod fairness;
mod places;
mod promises;

use std::collections::{BTreeMap, BTreeSet};

use distributor::{AgentId, AgentState, CallId, Place, Priority, QueueId, Standing, WallTime};
use figures::Counter;

use super::plan::Visit;
use crate::{
    call_book::{Fact, NO_CALL},
    center::{Center, Number},
    switchboard::Leg,
};
use calls::Calls;

pub(super) type Law = Result<(), String>;

/// Listens in talks, and serves nobody.
pub(super) const SUPERVISOR: u32 = 999;

/// A call as it looks from outside.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// None: the number is hidden.
    pub(super) number: Option<String>,
    pub(super) request: Option<String>,
    pub(super) language: String,
    /// By the number that was called and the keys that were pressed ...
    pub(super) chosen: Priority,
    /// ... and with what has happened since.
    pub(super) priority: Priority,
    pub(super) queue: QueueId,
    /// When the waiting began that counts.
    pub(super) arrived: u64,
    pub(super) stage: Stage,
    pub(super) promised: bool,
    /// The caller was told of the promise, or is being told.
    pub(super) told: bool,
    /// Waits for his callback, not on the line.
    away: bool,
    pub(super) attempts: u32,
    /// Attempts that rang or were refused at the caller's telephone.
    pub(super) dials: u32,
    pub(super) rests_until: u64,
    agent_left_at: Option<u64>,
    /// The agents have left him to an office.
    at_office: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Calling,
    Waiting,
    Talking,
    /// Was told that nobody comes.
    TurnedAway,
}

/// A telephone of an agent or a caller that is being called, or is up.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) call: CallId,
    pub(super) who: Who,
    pub(super) up: bool,
    /// The switch has ended it; the far end has not heard of it yet.
    pub(super) ended: bool,
    pub(super) hears: BTreeSet<Leg>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Caller,
    Agent(u32),
    /// A caller who is being called back.
    Callback,
    Office,
}

impl Seen {
    /// Somebody calls this number of the center.
    pub(super) fn new(visit: &Visit, number: &Number, now: u64) -> Self {
        Self {
            number: (!visit.hidden).then(|| format!("010{}", visit.person)),
            request: visit.request.clone(),
            language: number.language.0.clone(),
            chosen: number.priority,
            priority: number.priority,
            queue: number.queue.clone(),
            arrived: now,
            stage: Stage::Calling,
            promised: false,
            told: false,
            away: false,
            attempts: 0,
            dials: 0,
            rests_until: 0,
            agent_left_at: None,
            at_office: false,
        }
    }
}

pub(super) struct Witness {
    pub(super) center: Center,
    /// Of this moment everything else is told in milliseconds.
    morning: WallTime,
    pub(super) calls: Calls,
    pub(super) lines: BTreeMap<Leg, Line>,
    pub(super) places: BTreeMap<CallId, Place>,
    /// Queues that take nobody new.
    pub(super) closed: BTreeSet<QueueId>,
    kept: Vec<places::Kept>,
    states: BTreeMap<AgentId, AgentState>,
    pub(super) counter: Counter,
    facts: BTreeMap<CallId, u64>,
    pub(super) judged: u64,
    pub(super) returned: u64,
}

impl Witness {
    pub(super) fn new(center: Center, morning: WallTime) -> Self {
        Self {
            counter: Counter::new(&center.plan, center.minutes_ahead_of_utc),
            center,
            morning,
            calls: Calls::default(),
            lines: BTreeMap::new(),
            places: BTreeMap::new(),
            closed: BTreeSet::new(),
            kept: Vec::new(),
            states: BTreeMap::new(),
            facts: BTreeMap::new(),
            judged: 0,
            returned: 0,
        }
    }

    pub(super) fn noted(&mut self, call: CallId, fact: &Fact, now: u64) -> Law {
        *self.facts.entry(call).or_default() += 1;
        if call == NO_CALL {
            if let Fact::AgentState { agent, state } = fact {
                self.states.insert(*agent, state.clone());
            }
            return Ok(());
        }
        let begins = matches!(fact, Fact::Arrived { .. });
        let late = matches!(fact, Fact::AgentLeft { .. } | Fact::Missed { .. });
        match self.calls.get(call) {
            None if !begins => return Err(format!("{call:?} is noted before it began: {fact:?}")),
            Some(_) if begins => return Err(format!("{call:?} begins twice")),
            Some(_) if !self.calls.is_open(call) && !late => {
                return Err(format!("{call:?} is noted after its end: {fact:?}"));
            }
            Some(_) | None => {}
        }
        match fact {
            Fact::Queued { queue } => self.queued(call, queue, now),
            Fact::Moved { to } => self.seen(call)?.queue = to.clone(),
            Fact::Offered { agents, reason } => return self.offered(call, agents, reason, now),
            Fact::Bridged { .. } => {
                let seen = self.seen(call)?;
                seen.stage = Stage::Talking;
                (seen.promised, seen.told, seen.away) = (false, false, false);
            }
            Fact::CallbackPromised => self.seen(call)?.promised = true,
            Fact::CallbackEnded { why } => return self.promise_ended(call, *why),
            Fact::CallerLeft { lost } => self.left(call, *lost, now)?,
            Fact::TurnedAway => self.seen(call)?.stage = Stage::TurnedAway,
            Fact::AgentLeft { .. } => self.seen(call)?.agent_left_at = Some(now),
            Fact::Arrived { .. }
            | Fact::Missed { .. }
            | Fact::JoinedAtKiosk { .. }
            | Fact::AgentState { .. }
            | Fact::Started
            | Fact::Transferred { .. }
            | Fact::RecordingPaused { .. }
            | Fact::RecordingResumed { .. }
            | Fact::SurveyBegun
            | Fact::SurveyAnswered { .. }
            | Fact::Recorded { .. }
            | Fact::RecordingErased
            | Fact::Reviewed { .. }
            | Fact::ReviewAnswered(_)
            | Fact::WrapUpBegun { .. }
            | Fact::DispositionSaid { .. }
            | Fact::DispositionUnsaid { .. } => {}
        }
        Ok(())
    }

    pub(super) fn seen(&mut self, call: CallId) -> Result<&mut Seen, String> {
        let seen = self.calls.get_mut(call);
        seen.ok_or_else(|| format!("{call:?} never began"))
    }

    fn left(&mut self, call: CallId, lost: bool, now: u64) -> Law {
        self.keep_place(call, lost, now);
        let seen = self.seen(call)?;
        seen.away = seen.promised;
        if !seen.promised {
            self.calls.end(call);
        }
        Ok(())
    }

    /// A leg of the switch's begins to ring.
    pub(super) fn dials(&mut self, leg: Leg, line: Line, request: Option<&String>) -> Law {
        let call = line.call;
        let seen = self.seen(call)?;
        if seen.request.as_ref() != request {
            return Err(format!("{call:?} has lost its request"));
        }
        let same = |it: &&Line| it.who == line.who && !it.ended;
        match line.who {
            Who::Agent(agent) => {
                if let Some(other) = self.lines.values().find(same) {
                    return Err(format!(
                        "agent {agent} is in two places: {other:?} and {call:?}"
                    ));
                }
            }
            Who::Callback => {
                let own = |it: &&Line| it.call == call && !it.ended;
                let caller = |it: &&Line| matches!(it.who, Who::Caller | Who::Callback);
                if self.lines.values().filter(caller).any(|it| own(&it)) {
                    return Err(format!("{call:?} is called while on the line"));
                }
                self.seen(call)?.dials += 1;
            }
            Who::Office | Who::Caller => {}
        }
        self.lines.insert(leg, line);
        Ok(())
    }

    /// Somebody has left a talk: perhaps nobody but an office is in it any more,
    /// or is being called.
    pub(super) fn somebody_left(&mut self, call: CallId) {
        let lines = self.lines.values();
        let there = lines.filter(|it| it.call == call && !it.ended);
        let is_agent = |it: &Who| matches!(it, Who::Agent(agent) if *agent != SUPERVISOR);
        let (mut agents, mut offices) = (0, 0);
        for line in there {
            agents += u32::from(is_agent(&line.who) && line.up);
            offices += u32::from(line.who == Who::Office);
        }
        if let Some(seen) = self.calls.get_mut(call) {
            seen.at_office |= seen.stage == Stage::Talking && agents == 0 && offices > 0;
        }
    }

    /// After every event: nobody is stuck on what is gone, and nothing is lost.
    pub(super) fn look(&self) -> Law {
        let mut lines: BTreeMap<u32, (&Line, Option<&Line>)> = BTreeMap::new();
        for line in self.lines.values() {
            if let Who::Agent(agent) = line.who {
                let (_, open) = lines.entry(agent).or_insert((line, None));
                *open = open.or((!line.ended).then_some(line));
            }
        }
        for (agent, state) in &self.states {
            let own = lines.get(&agent.0);
            let line = own.and_then(|(_, open)| *open);
            let busy = matches!(state, AgentState::Offered | AgentState::Talking);
            match line {
                // What was ended is over in a moment.
                None if busy && own.is_none() => {
                    return Err(format!("{agent:?} is {state:?} on nothing"));
                }
                Some(line) if !busy => {
                    return Err(format!("{agent:?} is {state:?} and on {line:?}"));
                }
                Some(line) if !self.calls.is_open(line.call) => {
                    return Err(format!("{agent:?} is {state:?} on a dead call: {line:?}"));
                }
                Some(_) | None => {}
            }
        }
        Ok(())
    }

    /// Every call that has not ended is on a line or will be called back.
    pub(super) fn nothing_is_lost(&self) -> Law {
        let mut on_line = BTreeSet::new();
        for line in self.lines.values() {
            if matches!(line.who, Who::Caller | Who::Callback) {
                on_line.insert(line.call);
            }
        }
        for (call, seen) in self.calls.open() {
            if !on_line.contains(&call) && !seen.promised {
                return Err(format!("{call:?} has no end and is nowhere: {seen:?}"));
            }
        }
        Ok(())
    }

    /// The switch was killed, and another has begun.
    pub(super) fn restarted(&mut self, now: u64) {
        self.lines.clear();
        self.closed.clear();
        self.states.clear();
        self.kept_by_restart(now);
        for (call, place) in &self.places {
            // What it was since is not known any more.
            if let Some(seen) = self.calls.get_mut(*call) {
                (seen.priority, seen.queue) = (place.priority, place.queue.clone());
            }
        }
        let promised = |it: &&Place| matches!(it.standing, Standing::Promised { .. });
        let promised = self.places.values().filter(promised).map(|it| it.call);
        let promised: BTreeSet<CallId> = promised.collect();
        for call in &promised {
            self.calls.reopen(*call);
        }
        let open: Vec<CallId> = self.calls.open().map(|(call, _)| call).collect();
        for call in open {
            let promised = promised.contains(&call);
            if let Some(seen) = self.calls.get_mut(call) {
                (seen.promised, seen.away) = (promised, promised);
                (seen.stage, seen.rests_until) = (Stage::Waiting, 0);
            }
            if !promised {
                self.calls.end(call);
            }
        }
    }

    /// At the end of the day the book says what was seen.
    pub(super) fn compare(&self, written: &BTreeMap<CallId, Vec<String>>) -> Law {
        for (call, facts) in written {
            let (found, seen) = (facts.len() as u64, self.facts.get(call).copied());
            if seen != Some(found) {
                return Err(format!("{call:?} has {found} facts, {seen:?} were noted"));
            }
        }
        if let Some(call) = self.facts.keys().find(|it| !written.contains_key(it)) {
            return Err(format!("{call:?} is not in the book"));
        }
        self.calls.open().next().map_or(Ok(()), |(call, seen)| {
            Err(format!("{call:?} has no end: {seen:?}"))
        })
    }
}
