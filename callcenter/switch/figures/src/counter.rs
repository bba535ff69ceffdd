//! Counts what happens, live or replayed.

mod presenting;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, time::Duration};

use distributor::{AgentId, AgentState, CallId, Plan, QueueId, WallTime};

use crate::{
    Counts, Doing, Event, Interval, Ledger, LocalDay, PromiseEnd, disposition::Dispositions,
    presence::Presence, survey::Opinions,
};

/// Nobody can be expected to answer within it.
const SHORT: Duration = Duration::from_secs(5);
/// What the forecast looks back on.
const KEPT_DAYS: u64 = 7 * 13;

/// What is promised to the callers of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    pub queue: QueueId,
    /// An answer within it keeps the service level.
    pub within_seconds: u32,
}

/// A caller, as far as he makes figures.
#[derive(Clone, Debug)]
struct Caller {
    queue: QueueId,
    came: Interval,
    since: WallTime,
    stage: Stage,
    promised: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Waiting,
    /// Was answered, or told that nobody comes.
    Counted,
    /// Waits for a callback.
    Away,
}

/// What an agent's talk and wrap-up are counted for.
#[derive(Clone, Debug)]
struct Work {
    queue: QueueId,
    came: Interval,
    since: WallTime,
}

/// Counts one center. Events come in the order in which they happened.
#[derive(Clone, Debug)]
pub struct Counter {
    goals: Vec<Goal>,
    minutes_ahead: i32,
    ledger: Ledger,
    callers: BTreeMap<CallId, Caller>,
    presence: Presence,
    work: BTreeMap<AgentId, Work>,
    opinions: Opinions,
    dispositions: Dispositions,
    /// When anything was heard last.
    latest: WallTime,
}

impl Counter {
    /// How far back it counts: a quarter of a year.
    pub const KEPT: Duration = Duration::from_secs(KEPT_DAYS * 24 * 3_600);

    /// `minutes_ahead` of UTC the center's day begins.
    pub fn new(plan: &Plan, minutes_ahead: i32) -> Self {
        let goal = |it: &distributor::QueuePlan| Goal {
            queue: it.id.clone(),
            within_seconds: it.service_level_seconds,
        };
        Self {
            goals: plan.queues.iter().map(goal).collect(),
            minutes_ahead,
            ledger: Ledger::default(),
            callers: BTreeMap::new(),
            presence: Presence::default(),
            work: BTreeMap::new(),
            opinions: Opinions::default(),
            dispositions: Dispositions::default(),
            latest: WallTime(i64::MIN),
        }
    }

    /// `call` is whatever an event of an agent or of the switch stands under.
    pub fn handle(&mut self, call: CallId, event: &Event, at: WallTime) {
        match event {
            Event::Queued { queue } => self.queued(call, queue, at),
            Event::Moved { to } => self.moved(call, to),
            Event::Bridged { agent } => self.bridged(call, *agent, at),
            Event::TurnedAway => self.settle(call, |counts, _| counts.turned_away += 1),
            Event::CallbackPromised => {
                if let Some(caller) = self.callers.get_mut(&call) {
                    caller.promised = true;
                }
            }
            Event::CallbackEnded { why } => self.promise_ended(call, *why),
            Event::CallerLeft => {
                self.answers_no_more(call, at);
                self.left(call, at);
            }
            Event::SurveyAnswered { answer } => self.opinions.answered(call, answer),
            Event::WrapUpBegun { agent } => {
                let day = LocalDay::of(at, self.minutes_ahead);
                self.dispositions.begun(*agent, call, day);
            }
            Event::DispositionSaid { agent, disposition } => {
                self.dispositions.said(*agent, call, disposition);
            }
            Event::AgentState { agent, state } => {
                if *state != AgentState::WrapUp {
                    self.dispositions.over(*agent);
                }
                let before = self.presence.changed(*agent, state, at, &mut self.ledger);
                self.worked(*agent, before.map(|(doing, _)| doing), at);
            }
            Event::Started => self.started(at),
            Event::Uncounted => {}
        }
        self.latest = self.latest.max(at);
    }

    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// What was counted before, elsewhere or in an earlier run.
    pub fn add(&mut self, earlier: &Ledger) {
        self.ledger.add(earlier);
    }

    /// Those who wait on the line.
    pub fn waiting(&self) -> usize {
        let waits = |it: &&Caller| it.stage == Stage::Waiting;
        self.callers.values().filter(waits).count()
    }

    fn queued(&mut self, call: CallId, queue: &QueueId, at: WallTime) {
        let came = Interval::of(at);
        // Who was with an agent was counted when he came.
        if let Some(caller) = self.callers.get_mut(&call) {
            caller.queue = queue.clone();
            return;
        }
        self.forget_old(came);
        self.ledger.counts(came, queue).offered += 1;
        let caller = Caller {
            queue: queue.clone(),
            came,
            since: at,
            stage: Stage::Waiting,
            promised: false,
        };
        self.callers.insert(call, caller);
    }

    fn moved(&mut self, call: CallId, to: &QueueId) {
        let Some(caller) = self.callers.get_mut(&call) else {
            return;
        };
        let from = std::mem::replace(&mut caller.queue, to.clone());
        if caller.stage == Stage::Waiting {
            self.ledger.counts(caller.came, &from).moved_out += 1;
            self.ledger.counts(caller.came, to).moved_in += 1;
        }
    }

    fn bridged(&mut self, call: CallId, agent: AgentId, at: WallTime) {
        let Some(caller) = self.callers.get_mut(&call) else {
            return;
        };
        let work = Work {
            queue: caller.queue.clone(),
            came: caller.came,
            since: at,
        };
        let (stage, waited) = (caller.stage, millis(at.since(caller.since)));
        caller.stage = Stage::Counted;
        caller.promised = false;
        let counts = self.ledger.counts(caller.came, &caller.queue);
        match stage {
            Stage::Waiting => {
                let goal = self.goals.iter().find(|it| it.queue == caller.queue);
                let in_time = goal.is_some_and(|it| waited <= u64::from(it.within_seconds) * 1_000);
                counts.answered += 1;
                counts.answered_within += u64::from(in_time);
                counts.waited_ms += waited;
                counts.longest_wait_ms = counts.longest_wait_ms.max(waited);
            }
            Stage::Away => counts.callbacks_kept += 1,
            Stage::Counted => {}
        }
        self.work.insert(agent, work);
    }

    /// A caller who waits is waiting no more.
    fn settle(&mut self, call: CallId, count: impl FnOnce(&mut Counts, &Caller)) {
        if let Some(caller) = self.callers.get_mut(&call)
            && caller.stage == Stage::Waiting
        {
            caller.stage = Stage::Counted;
            let counts = self.ledger.counts(caller.came, &caller.queue);
            count(counts, caller);
        }
    }

    fn left(&mut self, call: CallId, at: WallTime) {
        let Some(caller) = self.callers.get_mut(&call) else {
            return;
        };
        if caller.promised && caller.stage == Stage::Waiting {
            caller.stage = Stage::Away;
            self.ledger.counts(caller.came, &caller.queue).promised += 1;
            return;
        }
        self.settle(call, |counts, caller| {
            let waited = at.since(caller.since);
            counts.abandoned += 1;
            counts.abandoned_short += u64::from(waited <= SHORT);
            counts.waited_in_vain_ms += millis(waited);
            counts.longest_wait_ms = counts.longest_wait_ms.max(millis(waited));
        });
        self.callers.remove(&call);
    }

    fn answers_no_more(&mut self, call: CallId, at: WallTime) {
        if let Some(caller) = self.callers.get(&call) {
            let day = LocalDay::of(at, self.minutes_ahead);
            self.opinions.left(call, &caller.queue, day);
        }
    }

    fn promise_ended(&mut self, call: CallId, why: PromiseEnd) {
        let Some(caller) = self.callers.remove(&call) else {
            return;
        };
        let counts = self.ledger.counts(caller.came, &caller.queue);
        if caller.stage == Stage::Waiting {
            counts.promised += 1;
        }
        match why {
            PromiseEnd::Unreached => counts.callbacks_unreached += 1,
            PromiseEnd::Returned => counts.callbacks_returned += 1,
        }
    }

    /// The agent does something else than before.
    fn worked(&mut self, agent: AgentId, before: Option<Doing>, at: WallTime) {
        let Some(work) = self.work.get_mut(&agent) else {
            return;
        };
        let counts = self.ledger.counts(work.came, &work.queue);
        let spent = millis(at.since(work.since));
        match before {
            Some(Doing::Talking) => {
                counts.handled += 1;
                counts.talk_ms += spent;
                work.since = at;
            }
            Some(Doing::WrapUp) => {
                counts.wrap_up_ms += spent;
                self.work.remove(&agent);
            }
            Some(
                Doing::Idle
                | Doing::Offered
                | Doing::Resting
                | Doing::AtKiosk
                | Doing::Break
                | Doing::NoDevice,
            )
            | None => drop(self.work.remove(&agent)),
        }
    }

    fn started(&mut self, at: WallTime) {
        let went_down = self.latest.min(at);
        let working: Vec<AgentId> = self.work.keys().copied().collect();
        let doing: BTreeMap<AgentId, Doing> = (self.presence.agents())
            .map(|(id, present)| (id, present.doing))
            .collect();
        for agent in working {
            self.worked(agent, doing.get(&agent).copied(), went_down);
        }
        self.work.clear();
        self.presence.ended(went_down, &mut self.ledger);
        self.dispositions.all_over();
        for call in self.opinions.answering() {
            self.answers_no_more(call, went_down);
        }
        self.callers.retain(|_, caller| {
            let counts = self.ledger.counts(caller.came, &caller.queue);
            if caller.stage == Stage::Waiting {
                if caller.promised {
                    counts.promised += 1;
                    caller.stage = Stage::Away;
                } else {
                    counts.cut_off += 1;
                }
            }
            caller.stage == Stage::Away
        });
    }

    fn forget_old(&mut self, present: Interval) {
        let oldest =
            LocalDay::of(present.start(), self.minutes_ahead).plus(-KEPT_DAYS.cast_signed());
        if (self.ledger.span()).is_some_and(|(first, _)| first < oldest.first()) {
            self.ledger.forget_before(oldest.first());
        }
    }
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}
