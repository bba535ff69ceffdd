//! Who is served next, by whom, and why.

use std::{
    cmp::Reverse,
    time::{Duration, Instant},
};

use super::{
    Distributor,
    call::{Call, Rank},
    layout::QueueNumber,
    micros_span,
    offer::Purpose,
    offers::idle_for,
};
use crate::{AgentId, CallId, Candidate, Choice, Reason, Strategy};

/// Agents who ring at once, at most.
const RING_ALL_MOST: usize = 32;
/// Candidates a reason tells of, beside those who ring.
const CANDIDATES_TOLD: usize = 8;

impl Distributor {
    /// Offers waiting calls until no free agent can serve any of them.
    pub(super) fn distribute(&mut self, now: Instant) {
        while let Some(id) = self.next_served() {
            let Some(call) = self.calls.get(&id) else {
                return;
            };
            let strategy = call.queue.plan.strategy;
            let queue = call.queue.number;
            let mut candidates = self.candidates(call, now);
            self.rank_candidates(&mut candidates, strategy, queue);
            let ringing = match strategy {
                Strategy::RingAll => RING_ALL_MOST,
                Strategy::LongestIdle
                | Strategy::FewestCalls
                | Strategy::RoundRobin
                | Strategy::Linear => 1,
            };
            let chosen: Vec<AgentId> = candidates.iter().take(ringing).map(|it| it.agent).collect();
            let Some(first) = chosen.first() else {
                return;
            };
            self.chosen_last.insert(queue, *first);
            let considered = candidates.len();
            candidates.truncate(ringing.max(CANDIDATES_TOLD));
            let choice = Choice::Strategy(strategy);
            let reason = self.reason(call, choice, considered, candidates, now);
            self.offer(id, &chosen, Purpose::Distribution, reason, now);
        }
    }

    /// Of all needs that somebody waits for and somebody is free for, the call
    /// that ranks first.
    fn next_served(&self) -> Option<CallId> {
        let servable = self.needs.values().filter(|need| !need.idle.is_empty());
        let heads = servable.filter_map(|need| need.waiting.first_key_value());
        heads.min_by_key(|(rank, _)| **rank).map(|(_, id)| *id)
    }

    fn candidates(&self, call: &Call, now: Instant) -> Vec<Candidate> {
        let idle = self.needs.get(&call.need).map(|it| it.idle.iter());
        let idle = idle.into_iter().flatten();
        idle.filter_map(|it| self.candidate(call, *it, now))
            .collect()
    }

    fn candidate(&self, call: &Call, agent: AgentId, now: Instant) -> Option<Candidate> {
        let known = self.agents.get(&agent)?;
        Some(Candidate {
            agent,
            idle: idle_for(known.idle_since, now),
            calls: known.calls,
            level: known.levels.get(&call.queue.number).copied().unwrap_or(0),
            tried: call.tried.contains(&agent),
        })
    }

    /// Best first. Who did not take this very call before comes last.
    fn rank_candidates(
        &self,
        candidates: &mut [Candidate],
        strategy: Strategy,
        queue: QueueNumber,
    ) {
        match strategy {
            Strategy::LongestIdle | Strategy::RingAll => {
                candidates.sort_by_key(|it| (it.tried, Reverse(it.idle), it.agent));
            }
            Strategy::FewestCalls => {
                candidates.sort_by_key(|it| (it.tried, it.calls, Reverse(it.idle), it.agent));
            }
            Strategy::RoundRobin => {
                let last = self.chosen_last.get(&queue).copied();
                let wrapped = |agent| last.is_some_and(|last| agent <= last);
                candidates.sort_by_key(|it| (it.tried, wrapped(it.agent), it.agent));
            }
            Strategy::Linear => {
                candidates.sort_by_key(|it| (it.tried, Reverse(it.level), it.agent));
            }
        }
    }

    /// The reason of an offer to one agent whom somebody named.
    pub(super) fn reason_for_one(
        &self,
        call: &Call,
        agent: AgentId,
        choice: Choice,
        now: Instant,
    ) -> Reason {
        let candidates: Vec<_> = self.candidate(call, agent, now).into_iter().collect();
        self.reason(call, choice, candidates.len(), candidates, now)
    }

    fn reason(
        &self,
        call: &Call,
        choice: Choice,
        considered: usize,
        candidates: Vec<Candidate>,
        now: Instant,
    ) -> Reason {
        let waited = self.waited(call, now);
        Reason {
            waited,
            priority: call.priority,
            score: waited + call.priority_worth(),
            ahead_on_arrival: call.story.ahead_on_arrival,
            missed: call.story.missed.clone(),
            rang_in_vain: call.story.rang_in_vain,
            serving: self.serving(call.queue.number),
            choice,
            considered,
            candidates,
        }
    }

    /// Since the arrival that counts.
    pub(super) fn waited(&self, call: &Call, now: Instant) -> Duration {
        micros_span(self.micros(now).saturating_sub(call.arrived.micros))
    }

    /// How many who wait in the queue rank before this.
    pub(super) fn ahead_of(&self, queue: QueueNumber, rank: Rank) -> usize {
        let needs = self.needs.iter().filter(|(need, _)| need.queue == queue);
        needs
            .map(|(_, need)| need.waiting.range(..rank).count())
            .sum()
    }
}
