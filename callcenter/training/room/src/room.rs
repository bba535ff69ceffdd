//! The room as a plain machine: exercises are chosen, practised and judged.

mod practice;
mod sitting;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
pub mod view;

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use catalog::Catalog;
use desk::{Language, Moment, shift::ShiftState, workplace::view::View as DeskView};
use training::{Kind, Scenario, Score, TrainingRecord, score};

use crate::watching::Offices;
use practice::Practice;
use sitting::Sitting;
use view::{Notice, RoomView};

/// What can be practised, and what is asked at the end.
#[derive(Clone, Debug)]
pub struct Lessons {
    pub scenarios: Vec<Scenario>,
    pub catalog: Arc<Catalog>,
    pub offices: Arc<Offices>,
    pub examination: ExaminationRules,
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
        if let Step::Practising(practice) = &mut self.step {
            practice.handle_timeout(now.instant);
        }
        self.follow(now);
    }

    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        match &self.step {
            Step::Practising(practice) => practice.poll_timeout(),
            Step::Choosing
            | Step::Waiting
            | Step::Judged(_)
            | Step::Sitting(_)
            | Step::Marked(_) => None,
        }
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

    fn press(&mut self, key: Key, now: Moment) {
        self.notice = None;
        match (&mut self.step, key) {
            (Step::Choosing, Key::Up) => self.selected = self.selected.saturating_sub(1),
            (Step::Choosing, Key::Down) => {
                // The examination stands last.
                self.selected = (self.selected + 1).min(self.lessons.scenarios.len());
            }
            (Step::Choosing, Key::Pick(line)) => {
                self.selected = line.min(self.lessons.scenarios.len());
            }
            (Step::Choosing, Key::Choose) => self.choose(),
            (Step::Waiting | Step::Judged(_) | Step::Marked(_), Key::Back)
            | (Step::Judged(_) | Step::Marked(_), Key::Choose) => self.step = Step::Choosing,
            (Step::Practising(practice), Key::Back) => {
                practice.break_off();
                self.commands.extend(practice.poll_commands());
                self.step = Step::Choosing;
            }
            (Step::Sitting(_), Key::Back) => self.step = Step::Choosing,
            (Step::Sitting(sitting), Key::Answer(answer)) => {
                if let Some(marked) = sitting.answer(answer) {
                    self.examined(marked, now);
                }
            }
            (_, Key::Up | Key::Down | Key::Pick(_) | Key::Choose | Key::Answer(_) | Key::Back) => {}
        }
    }

    fn choose(&mut self) {
        if self.agent.is_none() {
            self.notice = Some(Notice::SignInFirst);
        } else if self.selected < self.lessons.scenarios.len() {
            self.step = Step::Waiting;
        } else {
            let rules = self.lessons.examination;
            let seed = self.next_seed();
            let sitting = Sitting::begin(&self.lessons.catalog, rules, seed);
            self.step = Step::Sitting(Box::new(sitting));
        }
    }

    fn next_seed(&mut self) -> u64 {
        let seed = self.seed;
        self.seed = seed.wrapping_add(1);
        seed
    }

    /// What follows from where everything stands.
    fn follow(&mut self, now: Moment) {
        if matches!(self.step, Step::Waiting) && self.shift == ShiftState::Ready {
            let seed = self.next_seed();
            if let Some(scenario) = self.lessons.scenarios.get(self.selected) {
                let practice = Practice::begin(scenario, &self.lessons, seed, now.instant);
                self.step = Step::Practising(Box::new(practice));
            }
        }
        if let Step::Practising(practice) = &mut self.step {
            self.commands.extend(practice.poll_commands());
            if practice.failed() {
                self.notice = Some(Notice::NoCall);
                self.step = Step::Choosing;
            } else if practice.is_finished() {
                self.judge(now);
            }
        }
        self.show();
    }

    fn judge(&mut self, now: Moment) {
        let step = std::mem::replace(&mut self.step, Step::Choosing);
        let scenario = self.lessons.scenarios.get(self.selected);
        let (Step::Practising(practice), Some(scenario)) = (step, scenario) else {
            return;
        };
        let exercise = practice.exercise();
        let score = score(scenario, exercise.caller(), exercise.observed());
        let id = scenario.id.clone();
        if score.passed && !self.passed.contains(&id) {
            self.passed.push(id.clone());
        }
        self.write(Kind::Exercise, id, practice.seed(), score.clone(), now);
        self.step = Step::Judged(Box::new(score));
    }

    fn examined(&mut self, marked: training::MarkedExamination, now: Moment) {
        let Step::Sitting(sitting) = &self.step else {
            return;
        };
        let score = Score {
            points: marked.points,
            passed: marked.passed,
            findings: Vec::new(),
        };
        let seed = sitting.seed();
        self.write(Kind::Examination, "catalog".to_owned(), seed, score, now);
        self.step = Step::Marked(marked);
    }

    fn write(&mut self, kind: Kind, scenario: String, seed: u64, score: Score, now: Moment) {
        let record = self.agent.clone().map(|agent| TrainingRecord {
            agent,
            kind,
            scenario,
            seed,
            ended_at: now.wall,
            score,
        });
        self.commands
            .extend(record.map(|it| Command::Write(Box::new(it))));
    }

    fn show(&mut self) {
        let view = self.view();
        if self.shown.as_ref() != Some(&view) {
            self.shown = Some(view.clone());
            self.commands.push_back(Command::Show(Box::new(view)));
        }
    }
}
