//! What desks are told of talks: lists, and one talk with what was found of it.

use std::time::Duration;

use cti::{AgentMerit, QualityEvent, QualityRefusal, TalkLine, TalkName, TalkSheet, WrittenReview};
use distributor::{AgentId, CallId, WallTime};
use figures::Tally;

use super::{
    Quality,
    judging::key,
    name,
    talks::{Reviewed, Talk},
};

/// Talks of a list, at most: with the form they have to fit a frame.
const LISTED_MOST: usize = 60;
/// Agents of a part, at most.
const AGENTS_MOST: usize = 200;

impl Quality {
    pub(super) fn list_merits(
        &mut self,
        supervisor: AgentId,
        days: u16,
        now: WallTime,
    ) -> Result<(), QualityRefusal> {
        self.staff.check_supervisor(supervisor)?;
        let from = days_before(now, days);
        let agents = self.staff.judged_by(supervisor).into_iter();
        let agents: Vec<AgentMerit> = agents
            .map(|agent| AgentMerit {
                agent: agent.0,
                account: self.staff.account(agent),
                score: self.tally(agent, from).merit().score,
            })
            .collect();
        let parts = agents.chunks(AGENTS_MOST).map(<[AgentMerit]>::to_vec);
        let mut parts: Vec<_> = parts.collect();
        // That there is nobody is told, too.
        if parts.is_empty() {
            parts.push(Vec::new());
        }
        for (place, agents) in parts.into_iter().enumerate() {
            let told = QualityEvent::Merits {
                days,
                first: place == 0,
                agents,
            };
            self.tell(supervisor, told);
        }
        Ok(())
    }

    pub(super) fn list_talks(
        &mut self,
        supervisor: AgentId,
        agent: AgentId,
        days: u16,
        now: WallTime,
    ) -> Result<(), QualityRefusal> {
        self.staff.check_judges(supervisor, agent)?;
        let from = days_before(now, days);
        let talks = self.talks.of(agent);
        let talks = talks.filter(|(_, it)| it.ended.is_some() && it.began >= from);
        let talks = talks.map(|(call, talk)| self.line(call, agent, talk, now));
        let told = QualityEvent::Talks {
            agent: agent.0,
            days,
            talks: talks.take(LISTED_MOST).collect(),
            merit: self.tally(agent, from).merit(),
            form: self.forms.current().cloned(),
        };
        self.tell(supervisor, told);
        Ok(())
    }

    pub(super) fn tell_own(&mut self, agent: AgentId) {
        let judged = self.talks.of(agent);
        let judged = judged.filter(|(_, it)| !it.reviews.is_empty());
        let lines = judged.map(|(call, talk)| self.line(call, agent, talk, talk.began));
        let talks = lines.take(LISTED_MOST).collect();
        self.tell(agent, QualityEvent::Own { talks });
    }

    pub(super) fn open_talk(
        &mut self,
        who: AgentId,
        talk: TalkName,
        monitored: Option<TalkName>,
        now: WallTime,
    ) -> Result<(), QualityRefusal> {
        let (call, agent) = key(talk);
        let is_own = who == agent;
        if !is_own {
            self.staff.check_judges(who, agent)?;
        }
        let found = self.talks.get(call, agent);
        let found = found.ok_or(QualityRefusal::TalkGone)?;
        if is_own && found.reviews.is_empty() {
            return Err(QualityRefusal::NoSuchReview);
        }
        if found.ended.is_none() && monitored != Some(talk) {
            return Err(QualityRefusal::StillTalking);
        }
        if !is_own {
            self.form_for(found)?;
        }
        let sheet = self.sheet(call, agent, found, now);
        self.tell(who, QualityEvent::Talk { sheet });
        Ok(())
    }

    pub(super) fn open_monitored(
        &mut self,
        who: AgentId,
        monitored: Option<TalkName>,
        now: WallTime,
    ) -> Result<(), QualityRefusal> {
        self.staff.check_supervisor(who)?;
        let talk = monitored.ok_or(QualityRefusal::NotMonitoring)?;
        let (call, agent) = key(talk);
        if self.talks.get(call, agent).is_none() {
            // A caller who was handed on stands in the book when it is over.
            return Err(QualityRefusal::StillTalking);
        }
        self.open_talk(who, talk, monitored, now)
    }

    pub(super) fn tell_judged(&mut self, who: AgentId, call: CallId, agent: AgentId) {
        if let Some(talk) = self.talks.get(call, agent) {
            let sheet = self.sheet(call, agent, talk, talk.began);
            self.tell(who, QualityEvent::Judged { sheet });
        }
    }

    pub(super) fn tell_answered(&mut self, who: AgentId, call: CallId, agent: AgentId) {
        if let Some(talk) = self.talks.get(call, agent) {
            let sheet = self.sheet(call, agent, talk, talk.began);
            self.tell(who, QualityEvent::Answered { sheet });
        }
    }

    fn tally(&self, agent: AgentId, from: WallTime) -> Tally {
        let mut tally = Tally::default();
        let talks = self.talks.of(agent).filter(|(_, it)| it.began >= from);
        for reviewed in talks.flat_map(|(_, it)| it.reviews.values()) {
            self.add(&mut tally, reviewed);
        }
        tally
    }

    fn add(&self, tally: &mut Tally, reviewed: &Reviewed) {
        let review = &reviewed.review;
        let form = self.forms.of(&review.form, review.version);
        tally.add(form, &review.points, reviewed.score);
    }

    /// `now` matters to a talk that goes on.
    fn line(&self, call: CallId, agent: AgentId, talk: &Talk, now: WallTime) -> TalkLine {
        let mut tally = Tally::default();
        let reviews = talk.reviews.values();
        reviews.for_each(|it| self.add(&mut tally, it));
        let until = talk.ended.map_or(now, |(at, _)| at);
        TalkLine {
            talk: name(call, agent),
            began_ms: talk.began.0,
            seconds: until.since(talk.began).as_secs(),
            queue: talk.queue.as_ref().map(|it| it.0.clone()),
            ending: talk.ended.map(|(_, ending)| ending),
            recorded: talk.recorded,
            score: tally.merit().score,
            answered: talk.reviews.values().any(|it| it.answer.is_some()),
            disposition: talk.disposition.clone(),
        }
    }

    fn sheet(&self, call: CallId, agent: AgentId, talk: &Talk, now: WallTime) -> Box<TalkSheet> {
        let written = |(reviewer, it): (&AgentId, &Reviewed)| WrittenReview {
            reviewer: reviewer.0,
            account: self.staff.account(*reviewer),
            reviewed_ms: it.review.at.0,
            points: it.review.points.clone(),
            score: it.score,
            comment: it.review.comment.clone(),
            answer: it.answer.clone(),
        };
        Box::new(TalkSheet {
            line: self.line(call, agent, talk, now),
            form: self.form_for(talk).ok().cloned(),
            reviews: talk.reviews.iter().map(written).collect(),
        })
    }
}

fn days_before(now: WallTime, days: u16) -> WallTime {
    let span = Duration::from_hours(24 * u64::from(days));
    let millis = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
    WallTime(now.0.saturating_sub(millis))
}
