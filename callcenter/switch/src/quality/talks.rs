//! The talks that can be judged: which agent's part in which call, and what was found of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use cti::{TalkDisposition, TalkEnding};
use distributor::{AgentId, CallId, QueueId, WallTime};
use figures::{Review, Share};
use privacy::Personal;

use super::{Happening, WrittenAnswer};

/// Talks of an agent that were not judged, at most: the latest.
const UNJUDGED_MOST: usize = 500;
/// The longest time between two things that happen in a call.
const CALL_LONGEST: Duration = Duration::from_hours(24);

/// One agent's part in a call.
#[derive(Clone, Debug)]
pub(super) struct Talk {
    pub(super) began: WallTime,
    /// None with a citizen at a kiosk.
    pub(super) queue: Option<QueueId>,
    pub(super) ended: Option<(WallTime, TalkEnding)>,
    pub(super) recorded: bool,
    pub(super) disposition: Option<TalkDisposition>,
    /// The last one of each reviewer.
    pub(super) reviews: BTreeMap<AgentId, Reviewed>,
    handed_on: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Reviewed {
    pub(super) review: Review,
    pub(super) score: Share,
    pub(super) answer: Option<Personal<String>>,
}

/// What is known of a call, whoever is in it.
#[derive(Clone, Debug)]
struct Course {
    queue: Option<QueueId>,
    /// An agent has given the caller over to whom he had asked.
    transferred: Option<WallTime>,
    /// The caller is gone.
    over: Option<(WallTime, TalkEnding)>,
    latest: WallTime,
}

#[derive(Debug, Default)]
pub(super) struct Talks {
    talks: BTreeMap<(CallId, AgentId), Talk>,
    of_agents: BTreeMap<AgentId, BTreeSet<CallId>>,
    courses: BTreeMap<CallId, Course>,
}

impl Talks {
    pub(super) fn happened(&mut self, call: CallId, what: Happening, at: WallTime) {
        match what {
            Happening::Queued { queue } => {
                self.talking(call).for_each(|it| it.handed_on = true);
                self.course(call, at).queue = Some(queue);
            }
            Happening::Moved { to } => self.course(call, at).queue = Some(to),
            Happening::Bridged { agent } => {
                let course = self.course(call, at);
                // Whoever is called back has left before.
                (course.over, course.transferred) = (None, None);
                let queue = course.queue.clone();
                self.begin(call, agent, queue, at);
            }
            Happening::JoinedAtKiosk { agent } => {
                self.course(call, at);
                self.begin(call, agent, None, at);
            }
            Happening::Transferred { by } => {
                self.course(call, at).transferred = Some(at);
                if let Some(talk) = self.talks.get_mut(&(call, by)) {
                    talk.handed_on = true;
                }
            }
            Happening::CallerLeft { lost } => self.caller_left(call, lost, at),
            Happening::AgentLeft { agent, lost } => self.agent_left(call, agent, lost, at),
            Happening::DispositionSaid { agent, disposition } => {
                self.disposed(call, agent, TalkDisposition::Said(disposition));
            }
            Happening::DispositionUnsaid { agent } => {
                self.disposed(call, agent, TalkDisposition::Unsaid);
            }
            Happening::Recorded => self.of_call(call).for_each(|it| it.recorded = true),
            Happening::RecordingErased => self.of_call(call).for_each(|it| it.recorded = false),
            Happening::Started => self.interrupted(),
            Happening::Reviewed { review, score } => self.reviewed(review, score),
            Happening::ReviewAnswered(answer) => self.answered(call, answer),
            Happening::Else => {}
        }
    }

    pub(super) fn get(&self, call: CallId, agent: AgentId) -> Option<&Talk> {
        self.talks.get(&(call, agent))
    }

    /// Of an agent, the latest first.
    pub(super) fn of(&self, agent: AgentId) -> impl Iterator<Item = (CallId, &Talk)> {
        let calls = self.of_agents.get(&agent).into_iter().flatten().rev();
        calls.filter_map(move |call| Some((*call, self.get(*call, agent)?)))
    }

    /// Nothing stays of talks that began before then, and of too many.
    pub(super) fn forget(&mut self, before: WallTime, now: WallTime) {
        self.talks.retain(|_, talk| talk.began >= before);
        let longest = i64::try_from(CALL_LONGEST.as_millis()).unwrap_or(i64::MAX);
        let long_ago = now.0.saturating_sub(longest);
        self.courses.retain(|_, it| it.latest.0 >= long_ago);
        let talks = &mut self.talks;
        self.of_agents.retain(|agent, calls| {
            calls.retain(|call| talks.contains_key(&(*call, *agent)));
            let unjudged = |call: &&CallId| {
                let talk = talks.get(&(**call, *agent));
                talk.is_some_and(|it| it.reviews.is_empty() && it.ended.is_some())
            };
            let too_many: Vec<CallId> = (calls.iter().rev().filter(unjudged))
                .skip(UNJUDGED_MOST)
                .copied()
                .collect();
            for call in too_many {
                talks.remove(&(call, *agent));
                calls.remove(&call);
            }
            !calls.is_empty()
        });
    }

    fn begin(&mut self, call: CallId, agent: AgentId, queue: Option<QueueId>, at: WallTime) {
        self.of_agents.entry(agent).or_default().insert(call);
        let talk = self.talks.entry((call, agent)).or_insert_with(|| Talk {
            began: at,
            queue,
            ended: None,
            recorded: false,
            disposition: None,
            reviews: BTreeMap::new(),
            handed_on: false,
        });
        // The same caller may have come back.
        (talk.ended, talk.handed_on) = (None, false);
    }

    fn caller_left(&mut self, call: CallId, lost: bool, at: WallTime) {
        let ending = match lost {
            true => TalkEnding::Lost,
            false => TalkEnding::CallerHungUp,
        };
        self.course(call, at).over = Some((at, ending));
        self.talking(call)
            .for_each(|it| it.ended = Some((at, ending)));
    }

    fn agent_left(&mut self, call: CallId, agent: AgentId, lost: bool, at: WallTime) {
        let course = self.course(call, at);
        let (over, transferred) = (course.over, course.transferred);
        let queue = course.queue.clone();
        if !self.talks.contains_key(&(call, agent)) {
            // Who was asked is in no talk before he takes the caller over.
            let Some(began) = transferred else { return };
            self.begin(call, agent, queue, began);
        }
        let Some(talk) = self.talks.get_mut(&(call, agent)) else {
            return;
        };
        let ending = match (lost, talk.handed_on) {
            (true, _) => TalkEnding::Lost,
            (false, true) => TalkEnding::HandedOn,
            (false, false) => TalkEnding::AgentHungUp,
        };
        talk.ended = talk.ended.or(over).or(Some((at, ending)));
    }

    /// Nobody knows how long a talk went on that a crash has ended.
    fn interrupted(&mut self) {
        for ((call, _), talk) in &mut self.talks {
            if talk.ended.is_none() {
                let latest = self.courses.get(call).map_or(talk.began, |it| it.latest);
                talk.ended = Some((latest, TalkEnding::Interrupted));
            }
        }
    }

    /// Of who was asked and never had the caller there is no talk.
    fn disposed(&mut self, call: CallId, agent: AgentId, disposition: TalkDisposition) {
        if let Some(talk) = self.talks.get_mut(&(call, agent)) {
            talk.disposition = Some(disposition);
        }
    }

    fn reviewed(&mut self, review: Review, score: Share) {
        if let Some(talk) = self.talks.get_mut(&(review.call, review.agent)) {
            let (reviewer, answer) = (review.reviewer, None);
            let reviewed = Reviewed {
                review,
                score,
                answer,
            };
            talk.reviews.insert(reviewer, reviewed);
        }
    }

    /// Of a review that was replaced before, the answer is not this one's.
    fn answered(&mut self, call: CallId, answer: WrittenAnswer) {
        let talk = self.talks.get_mut(&(call, answer.agent));
        let reviewed = talk.and_then(|it| it.reviews.get_mut(&answer.reviewer));
        if let Some(reviewed) = reviewed.filter(|it| it.review.at == answer.reviewed_at) {
            reviewed.answer = Some(answer.text);
        }
    }

    fn course(&mut self, call: CallId, at: WallTime) -> &mut Course {
        let course = self.courses.entry(call).or_insert(Course {
            queue: None,
            transferred: None,
            over: None,
            latest: at,
        });
        course.latest = at;
        course
    }

    fn of_call(&mut self, call: CallId) -> impl Iterator<Item = &mut Talk> {
        let agents = (call, AgentId(0))..=(call, AgentId(u32::MAX));
        self.talks.range_mut(agents).map(|(_, talk)| talk)
    }

    fn talking(&mut self, call: CallId) -> impl Iterator<Item = &mut Talk> {
        self.of_call(call).filter(|it| it.ended.is_none())
    }
}

#[cfg(test)]
mod tests;
