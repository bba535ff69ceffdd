//! The room as a plain machine: exercises are chosen, practised and judged.

mod choosing;
mod judging;
mod practice;
mod sitting;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
pub mod view;
mod visiting;

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use catalog::Catalog;
use desk::{Language, Moment, shift::ShiftState, workplace::view::View as DeskView};
use handover::{Attempt, Host, HostEvent, KioskAnswer, KioskQuestion, RoomFault};
use training::{Lesson, Score, TrainingRecord};

use crate::watching::Offices;
use practice::Practice;
use sitting::Sitting;
use view::{Notice, RoomView};
use visiting::Visiting;

/// What can be practised, and what is asked at the end.
#[derive(Clone, Debug)]
pub struct Lessons {
    pub scenarios: Vec<Lesson>,
    pub catalog: Arc<Catalog>,
    pub offices: Arc<Offices>,
    pub examination: ExaminationRules,
    /// Whether a kiosk's line leads from here to an exchange.
    pub has_kiosk: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExaminationRules {
    pub questions: usize,
    pub pass_percent: u32,
}

/// What reaches the room.
#[derive(Debug)]
pub enum Input {
    Desk(Box<DeskView>),
    Key(Key),
    /// What the caller's telephone tells.
    Line(softphone::Event),
    /// What the exchange answers the kiosk.
    Kiosk(Attempt, Result<KioskAnswer, RoomFault>),
    /// What was to be said last takes so long, and has just begun.
    Speaks(Duration),
    /// Scenarios the agent at the desk has passed before.
    Passed(Vec<String>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Up,
    Down,
    /// Chooses a line with the mouse.
    Pick(usize),
    /// Begins what is chosen, or goes on.
    Choose,
    /// An answer of the examination, from 0.
    Answer(usize),
    /// Breaks off, or goes back.
    Back,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    Show(Box<RoomView>),
    /// The caller calls the center.
    Call,
    /// The caller says this, in a language by its ISO 639-1 code.
    Say {
        text: String,
        language: String,
    },
    /// The caller is silent.
    Hush,
    HangUp,
    /// The kiosk asks the exchange.
    AskExchange(Attempt, KioskQuestion),
    Write(Box<TrainingRecord>),
    /// Ask for what an agent has passed.
    LookUp {
        agent: String,
    },
}

enum Step {
    Choosing,
    /// Until the trainee is ready for a call.
    Waiting,
    Practising(Box<Practice>),
    Visiting(Box<Visiting>),
    Judged(Box<Score>),
    Sitting(Box<Sitting>),
    Marked(training::MarkedExamination),
}

/// One trainee's room.
pub struct Room {
    lessons: Lessons,
    step: Step,
    /// In the list: the scenarios, and the examination behind them.
    selected: usize,
    passed: Vec<String>,
    agent: Option<String>,
    shift: ShiftState,
    language: Language,
    notice: Option<Notice>,
    /// Stays when a visit is over: late answers find nobody there.
    kiosk: Host,
    /// Of the next exercise.
    seed: u64,
    commands: VecDeque<Command>,
    shown: Option<RoomView>,
}

impl Room {
    /// `seed` makes the first exercise, the one after it the second.
    pub fn new(lessons: Lessons, seed: u64) -> Self {
        let mut room = Self {
            lessons,
            step: Step::Choosing,
            selected: 0,
            passed: Vec::new(),
            agent: None,
            shift: ShiftState::SignedOut,
            language: Language::default(),
            notice: None,
            kiosk: Host::default(),
            seed,
            commands: VecDeque::new(),
            shown: None,
        };
        room.show();
        room
    }

    pub fn handle(&mut self, input: Input, now: Moment) {
        match input {
            Input::Desk(view) => self.see(&view, now),
            Input::Key(key) => self.press(key, now),
            Input::Line(event) => {
                if let Step::Practising(practice) = &mut self.step {
                    practice.hear(&event, now.instant);
                }
            }
            Input::Kiosk(attempt, answer) => {
                let answered = HostEvent::Answered(attempt, answer);
                self.kiosk.handle(answered, now.instant);
            }
            Input::Speaks(lasts) => {
                if let Step::Practising(practice) = &mut self.step {
                    practice.speaks(lasts, now.instant);
                }
            }
            Input::Passed(scenarios) => self.passed = scenarios,
        }
        self.follow(now);
    }

    pub fn handle_timeout(&mut self, now: Moment) {
        match &mut self.step {
            Step::Practising(practice) => practice.handle_timeout(now.instant),
            Step::Visiting(visiting) => visiting.handle_timeout(now.instant),
            Step::Choosing
            | Step::Waiting
            | Step::Judged(_)
            | Step::Sitting(_)
            | Step::Marked(_) => {}
        }
        self.kiosk.handle_timeout(now.instant);
        self.follow(now);
    }

    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        let due = match &self.step {
            Step::Practising(practice) => practice.poll_timeout(),
            Step::Visiting(visiting) => visiting.poll_timeout(),
            Step::Choosing
            | Step::Waiting
            | Step::Judged(_)
            | Step::Sitting(_)
            | Step::Marked(_) => None,
        };
        due.into_iter().chain(self.kiosk.poll_timeout()).min()
    }

    fn see(&mut self, view: &DeskView, now: Moment) {
        self.language = view.language;
        self.shift = view.shift;
        if self.agent != view.agent {
            self.agent.clone_from(&view.agent);
            self.passed.clear();
            let agent = view.agent.clone();
            self.commands
                .extend(agent.map(|agent| Command::LookUp { agent }));
        }
        if let Step::Practising(practice) = &mut self.step {
            practice.see(view, now.instant);
        }
    }

    /// What follows from where everything stands.
    fn follow(&mut self, now: Moment) {
        if matches!(self.step, Step::Waiting) && self.shift == ShiftState::Ready {
            let seed = self.next_seed();
            if let Some(Lesson::Call(scenario)) = self.lessons.scenarios.get(self.selected) {
                let practice = Practice::begin(scenario, &self.lessons, seed, now.instant);
                self.step = Step::Practising(Box::new(practice));
            }
        }
        let (mut over, mut failed) = (false, None);
        if let Step::Practising(practice) = &mut self.step {
            self.commands.extend(practice.poll_commands());
            failed = practice.failed().then_some(Notice::NoCall);
            over = practice.is_finished();
        }
        let questions = match &mut self.step {
            Step::Visiting(visiting) => {
                let questions = visiting.follow(&mut self.kiosk, now.instant);
                failed = visiting.failed().then_some(Notice::NoRoom);
                over = visiting.is_finished();
                questions
            }
            Step::Choosing
            | Step::Waiting
            | Step::Practising(_)
            | Step::Judged(_)
            | Step::Sitting(_)
            | Step::Marked(_) => visiting::left_over(&mut self.kiosk),
        };
        let ask = |(attempt, question)| Command::AskExchange(attempt, question);
        self.commands.extend(questions.into_iter().map(ask));
        if failed.is_some() {
            self.notice = failed;
            self.step = Step::Choosing;
        } else if over {
            self.judge(now);
        }
        self.show();
    }

    fn show(&mut self) {
        let view = self.view();
        if self.shown.as_ref() != Some(&view) {
            self.shown = Some(view.clone());
            self.commands.push_back(Command::Show(Box::new(view)));
        }
    }
}
