//! What a trainee chooses with keys and hands.

use desk::Moment;
use training::Lesson;

use super::{Key, Room, Step, sitting::Sitting, view::Notice, visiting, visiting::Visiting};

impl Room {
    pub(super) fn press(&mut self, key: Key, now: Moment) {
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
            (Step::Choosing, Key::Choose) => self.choose(now),
            (Step::Waiting | Step::Judged(_) | Step::Marked(_), Key::Back)
            | (Step::Judged(_) | Step::Marked(_), Key::Choose) => self.step = Step::Choosing,
            (Step::Practising(practice), Key::Back) => {
                practice.break_off();
                self.commands.extend(practice.poll_commands());
                self.step = Step::Choosing;
            }
            (Step::Visiting(_), Key::Back) => {
                visiting::leave(&mut self.kiosk, now.instant);
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

    fn choose(&mut self, now: Moment) {
        if self.agent.is_none() {
            self.notice = Some(Notice::SignInFirst);
            return;
        }
        match self.lessons.scenarios.get(self.selected) {
            Some(Lesson::Call(_)) => self.step = Step::Waiting,
            Some(Lesson::Visit(_)) if !self.lessons.has_kiosk => {
                self.notice = Some(Notice::NoKiosk);
            }
            Some(Lesson::Visit(_)) => self.visit(now),
            None => {
                let rules = self.lessons.examination;
                let seed = self.next_seed();
                let sitting = Sitting::begin(&self.lessons.catalog, rules, seed);
                self.step = Step::Sitting(Box::new(sitting));
            }
        }
    }

    fn visit(&mut self, now: Moment) {
        let seed = self.next_seed();
        let lesson = self.lessons.scenarios.get(self.selected);
        let begun = match lesson {
            Some(Lesson::Visit(scenario)) => {
                Visiting::begin(scenario, &self.lessons, seed, now.instant)
            }
            Some(Lesson::Call(_)) | None => None,
        };
        if let Some(visiting) = begun {
            self.step = Step::Visiting(Box::new(visiting));
        }
    }

    pub(super) fn next_seed(&mut self) -> u64 {
        let seed = self.seed;
        self.seed = seed.wrapping_add(1);
        seed
    }
}
