//! What is made of an exercise or a test that is over.

use desk::Moment;
use training::{Kind, Lesson, Score, TrainingRecord, score, score_visit};

use super::{Command, Room, Step};

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
        if score.passed && !self.passed.contains(&id) {
            self.passed.push(id.clone());
        }
        self.write(Kind::Exercise, id, seed, score.clone(), now);
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
}
