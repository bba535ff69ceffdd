//! The survey after a talk: one question after the other, each answered by a key from
//! 1 to 5, or by silence.
//!
//! Four verbs, no I/O. An answer is noted before the next question is asked.

#[cfg(test)]
mod table_tests;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use figures::Satisfaction;
use privacy::Personal;

/// How long a key may take after the question was heard to its end.
const ANSWERING: Duration = Duration::from_secs(5);
/// No sentence takes longer: whoever plays it has forgotten to say that it is over.
const SENTENCE_LONGEST: Duration = Duration::from_secs(60);

/// What happens at the caller's telephone.
#[derive(Clone, Debug)]
pub enum SurveyEvent {
    /// What was said has been heard to its end.
    PlayedOut,
    Digit(Personal<char>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SurveyCommand {
    /// In place of what was said before.
    Ask {
        question: String,
    },
    Note {
        question: String,
        answer: Satisfaction,
    },
    Thank,
    HangUp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The question is being said; who knows it need not hear it to its end.
    Asking {
        question: usize,
        until: Instant,
    },
    Listening {
        question: usize,
        until: Instant,
    },
    Thanking {
        until: Instant,
    },
    Over,
}

/// One caller's survey. A caller who hangs up drops it, whatever it is doing.
#[derive(Debug)]
pub struct Survey {
    questions: Vec<String>,
    step: Step,
    commands: VecDeque<SurveyCommand>,
}

impl Survey {
    /// Asks the first question at once.
    pub fn begin(questions: Vec<String>, now: Instant) -> Self {
        let mut survey = Self {
            questions,
            step: Step::Over,
            commands: VecDeque::new(),
        };
        survey.step = survey.ask(0, now);
        survey
    }

    pub fn handle(&mut self, event: SurveyEvent, now: Instant) {
        self.step = match (self.step, event) {
            (Step::Asking { question, .. }, SurveyEvent::PlayedOut) => Step::Listening {
                question,
                until: now + ANSWERING,
            },
            (
                Step::Asking { question, .. } | Step::Listening { question, .. },
                SurveyEvent::Digit(key),
            ) => match Satisfaction::of_key(&key) {
                Some(answer) => self.answered(question, answer, now),
                None => self.step,
            },
            (Step::Thanking { .. }, SurveyEvent::PlayedOut) => self.over(),
            (step, _) => step,
        };
    }

    /// Goes on where nothing is said.
    pub fn handle_timeout(&mut self, now: Instant) {
        if self.poll_timeout().is_none_or(|it| now < it) {
            return;
        }
        self.step = match self.step {
            Step::Asking { question, .. } => Step::Listening {
                question,
                until: now + ANSWERING,
            },
            Step::Listening { question, .. } => self.ask(question + 1, now),
            Step::Thanking { .. } => self.over(),
            Step::Over => Step::Over,
        };
    }

    pub fn poll_command(&mut self) -> Option<SurveyCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        match self.step {
            Step::Asking { until, .. }
            | Step::Listening { until, .. }
            | Step::Thanking { until } => Some(until),
            Step::Over => None,
        }
    }

    fn answered(&mut self, question: usize, answer: Satisfaction, now: Instant) -> Step {
        if let Some(asked) = self.questions.get(question) {
            let question = asked.clone();
            self.commands
                .push_back(SurveyCommand::Note { question, answer });
        }
        self.ask(question + 1, now)
    }

    /// After the last question the caller is thanked.
    fn ask(&mut self, question: usize, now: Instant) -> Step {
        let until = now + SENTENCE_LONGEST;
        match self.questions.get(question).cloned() {
            Some(asked) => {
                self.commands
                    .push_back(SurveyCommand::Ask { question: asked });
                Step::Asking { question, until }
            }
            None => {
                self.commands.push_back(SurveyCommand::Thank);
                Step::Thanking { until }
            }
        }
    }

    fn over(&mut self) -> Step {
        self.commands.push_back(SurveyCommand::HangUp);
        Step::Over
    }
}
