//! What the room's window shows.

use desk::Language;
use training::{Answer, Question};

use super::{Room, Step, practice::Practice};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomView {
    pub language: Language,
    pub agent: Option<String>,
    pub notice: Option<Notice>,
    pub pane: Pane,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Nobody works at the desk yet.
    SignInFirst,
    /// The center took no call.
    NoCall,
    /// No kiosk's line is set up here.
    NoKiosk,
    /// The exchange gave the kiosk no room, or the line was lost.
    NoRoom,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pane {
    Choose {
        rows: Vec<Row>,
        selected: usize,
    },
    /// The caller calls as soon as the trainee is ready.
    Wait {
        title: String,
    },
    Practise {
        title: String,
        stage: Stage,
        /// What the caller has said or the citizen written, the newest last.
        said: Vec<String>,
    },
    Judged {
        title: String,
        lesson: String,
        points: u32,
        passed: bool,
        findings: Vec<FindingRow>,
    },
    Question {
        number: usize,
        of: usize,
        text: String,
        answers: Vec<String>,
    },
    Marked {
        points: u32,
        passed: bool,
        right: usize,
        of: usize,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub title: String,
    /// None for the examination.
    pub passed: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Ringing,
    Talking,
    WrappingUp,
    /// A citizen waits at a kiosk.
    KioskWaits,
    Helping,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingRow {
    pub kept: bool,
    pub why: String,
    pub points: u32,
    pub possible: u32,
}

impl Room {
    pub(super) fn view(&self) -> RoomView {
        RoomView {
            language: self.language,
            agent: self.agent.clone(),
            notice: self.notice,
            pane: self.pane(),
        }
    }

    fn pane(&self) -> Pane {
        let title = || {
            let scenario = self.lessons.scenarios.get(self.selected);
            let title = scenario.map(|it| it.title().in_language(self.language.code()));
            title.unwrap_or_default().to_owned()
        };
        match &self.step {
            Step::Choosing => self.list(),
            Step::Waiting => Pane::Wait { title: title() },
            Step::Practising(practice) => Pane::Practise {
                title: title(),
                stage: stage(practice),
                said: practice.said().to_vec(),
            },
            Step::Visiting(visiting) => Pane::Practise {
                title: title(),
                stage: match visiting.exercise().is_helped() {
                    true => Stage::Helping,
                    false => Stage::KioskWaits,
                },
                said: visiting.said(),
            },
            Step::Judged(score) => {
                let scenario = self.lessons.scenarios.get(self.selected);
                let lesson = scenario.map(|it| it.aim().in_language(self.language.code()));
                let finding = |it: &training::Finding| FindingRow {
                    kept: it.kept,
                    why: self.say(&it.why_ko, &it.why_en),
                    points: it.points,
                    possible: it.possible,
                };
                Pane::Judged {
                    title: title(),
                    lesson: lesson.unwrap_or_default().to_owned(),
                    points: score.points,
                    passed: score.passed,
                    findings: score.findings.iter().map(finding).collect(),
                }
            }
            Step::Sitting(sitting) => match sitting.question() {
                Some((question, at, of)) => self.question(question, at, of),
                None => self.list(),
            },
            Step::Marked(marked) => Pane::Marked {
                points: marked.points,
                passed: marked.passed,
                right: marked.right.iter().filter(|it| **it).count(),
                of: marked.right.len(),
            },
        }
    }

    fn list(&self) -> Pane {
        let scenarios = self.lessons.scenarios.iter().map(|it| Row {
            title: it.title().in_language(self.language.code()).to_owned(),
            passed: Some(self.passed.iter().any(|id| id == it.id())),
        });
        let examination = Row {
            title: self.say("시험 보기", "Take the test"),
            passed: None,
        };
        Pane::Choose {
            rows: scenarios.chain([examination]).collect(),
            selected: self.selected,
        }
    }

    fn question(&self, question: &Question, at: usize, of: usize) -> Pane {
        let answer = |it: &Answer| self.say(&it.ko, &it.en);
        Pane::Question {
            number: at + 1,
            of,
            text: self.say(&question.ko, &question.en),
            answers: question.answers.iter().map(answer).collect(),
        }
    }

    fn say(&self, ko: &str, en: &str) -> String {
        match self.language {
            Language::Korean => ko.to_owned(),
            Language::English => en.to_owned(),
        }
    }
}

fn stage(practice: &Practice) -> Stage {
    if practice.is_over() {
        Stage::WrappingUp
    } else if practice.is_answered() {
        Stage::Talking
    } else {
        Stage::Ringing
    }
}
