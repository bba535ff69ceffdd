//! What is made of an exercise or a test that is over.

use desk::Moment;
use training::{Examination, Kind, Lesson, Score, TrainingRecord, score, score_visit};

use super::{Command, Room, Step};

/// What a record is of.
struct Practised {
    kind: Kind,
    scenario: String,
    version: u32,
    seed: u64,
}

impl Room {
    pub(super) fn judge(&mut self, now: Moment) {
        let step = std::mem::replace(&mut self.step, Step::Choosing);
        let (seed, score) = match (step, self.lessons.scenarios.get(self.selected)) {
            (Step::Practising(practice), Some(Lesson::Call(scenario))) => {
                let exercise = practice.exercise();
                let score = score(scenario, exercise.caller(), exercise.observed());
                (practice.seed(), score)
            }
            (Step::Visiting(visiting), Some(Lesson::Visit(scenario))) => {
                let score = score_visit(scenario, visiting.exercise().observed());
                (visiting.seed(), score)
            }
            (_, Some(Lesson::Call(_) | Lesson::Visit(_)) | None) => return,
        };
        let lesson = self.lessons.scenarios.get(self.selected);
        let id = lesson.map_or_else(String::new, |it| it.id().to_owned());
        let version = lesson.map_or(1, Lesson::version);
        if score.passed && !self.passed.contains(&id) {
            self.passed.push(id.clone());
        }
        let what = Practised {
            kind: Kind::Exercise,
            scenario: id,
            version,
            seed,
        };
        self.write(what, score.clone(), now);
        self.step = Step::Judged(Box::new(score));
    }

    pub(super) fn examined(&mut self, marked: training::MarkedExamination, now: Moment) {
        let Step::Sitting(sitting) = &self.step else {
            return;
        };
        let score = Score {
            points: marked.points,
            passed: marked.passed,
            findings: Vec::new(),
        };
        let seed = sitting.seed();
        let what = Practised {
            kind: Kind::Examination,
            scenario: "catalog".to_owned(),
            version: Examination::VERSION,
            seed,
        };
        self.write(what, score, now);
        self.step = Step::Marked(marked);
    }

    fn write(&mut self, what: Practised, score: Score, now: Moment) {
        let record = self.agent.clone().map(|agent| TrainingRecord {
            agent,
            kind: what.kind,
            scenario: what.scenario,
            version: what.version,
            seed: what.seed,
            ended_at: now.wall,
            score,
        });
        self.commands
            .extend(record.map(|it| Command::Write(Box::new(it))));
    }
}
