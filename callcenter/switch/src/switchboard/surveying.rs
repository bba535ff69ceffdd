//! Callers who are asked after the talk how it was.
//!
//! Asked is who was served in a queue that has a survey and stays on the line when the
//! agents have hung up; his agent wraps up meanwhile. Nobody is asked who called in an
//! emergency, whose talk broke off or went on to an office outside, or who did not want
//! to be recorded: no to the one question is no to more of them.

use std::{collections::BTreeSet, time::Instant};

use distributor::{CallId, Priority};
use privacy::Personal;

use super::{Command, Leg, Moment, Stage, Switchboard, Words};
use crate::{
    call_book::Fact,
    survey::{Survey, SurveyCommand, SurveyEvent},
};

impl Switchboard {
    /// The conversation ends the caller's leg: the last of its agents has left.
    pub(super) fn take_leave(&mut self, call: CallId, party: distributor::LegId, now: Moment) {
        match self.questions_after(call) {
            Some(questions) => self.begin_survey(call, questions, now),
            None => self.end_party(call, party),
        }
    }

    fn questions_after(&self, call: CallId) -> Option<Vec<String>> {
        let (caller, talk) = (self.callers.get(&call)?, self.talks.get(&call)?);
        let urgent = caller.priority == Priority::Emergency;
        if urgent || caller.unrecorded || talk.sent_out {
            return None;
        }
        let survey = self.center.survey_of(&talk.queue)?;
        Some(survey.questions.iter().map(|it| it.id.clone()).collect())
    }

    fn begin_survey(&mut self, call: CallId, questions: Vec<String>, now: Moment) {
        let legs = self.talks.get(&call).into_iter();
        let legs: Vec<Leg> = legs.flat_map(|it| it.legs.values().copied()).collect();
        // Whoever is slow to hang up hears no answer, and is not heard.
        for leg in legs {
            let sources = BTreeSet::new();
            self.order(Command::Hear { leg, sources });
        }
        self.enter(call, Stage::Surveyed);
        self.note(call, Fact::SurveyBegun);
        let survey = Survey::begin(questions, now.instant);
        self.surveys.insert(call, survey);
        self.survey_on(call);
    }

    /// Where the talk goes on it was the caller who did not want to be recorded.
    pub(super) fn stopped_recording(&mut self, call: CallId) {
        let talk = self.talks.get(&call);
        let goes_on = talk.is_some_and(|it| it.conversation.parties().next().is_some());
        if let Some(caller) = self.callers.get_mut(&call).filter(|_| goes_on) {
            caller.unrecorded = true;
        }
    }

    pub(super) fn survey_digit(&mut self, call: CallId, digit: Personal<char>, now: Moment) {
        self.tell_survey(call, SurveyEvent::Digit(digit), now);
    }

    pub(super) fn survey_played_out(&mut self, call: CallId, now: Moment) {
        self.tell_survey(call, SurveyEvent::PlayedOut, now);
    }

    fn tell_survey(&mut self, call: CallId, event: SurveyEvent, now: Moment) {
        if let Some(survey) = self.surveys.get_mut(&call) {
            survey.handle(event, now.instant);
            self.survey_on(call);
        }
    }

    pub(super) fn surveys_timed_out(&mut self, now: Instant) {
        let calls: Vec<CallId> = self.surveys.keys().copied().collect();
        for call in calls {
            if let Some(survey) = self.surveys.get_mut(&call) {
                survey.handle_timeout(now);
                self.survey_on(call);
            }
        }
    }

    /// When the next of them has waited long enough.
    pub(super) fn surveys_due(&self) -> Option<Instant> {
        let due = self.surveys.values().filter_map(Survey::poll_timeout);
        due.min()
    }

    fn survey_on(&mut self, call: CallId) {
        let said = |board: &mut Self| board.surveys.get_mut(&call)?.poll_command();
        while let Some(command) = said(self) {
            match command {
                SurveyCommand::Ask { question } => self.say(call, [Words::Question(question)]),
                SurveyCommand::Note { question, answer } => {
                    self.note(call, Fact::SurveyAnswered { question, answer });
                }
                SurveyCommand::Thank => self.say(call, [Words::Thanks]),
                SurveyCommand::HangUp => {
                    if let Some(leg) = self.leg_of(call) {
                        self.order(Command::End { leg });
                    }
                }
            }
        }
    }
}
