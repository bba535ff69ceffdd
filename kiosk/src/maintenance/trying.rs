//! The page of the self-tests: each with how it last ended, and the one under way above.

use std::time::Instant;

use super::{
    Maintenance, Step,
    task::Task,
    test::Test,
    testing::{Phase, Running},
    tongue::moment,
    view::{Mark, Prompt, Row},
};

impl Maintenance {
    /// What this kiosk can try.
    pub(super) fn tests(&self) -> Vec<Test> {
        let slots = self.slots();
        let fitted = |test: &Test| test.slot().is_none_or(|slot| slots.contains(&slot));
        Test::ALL.into_iter().filter(fitted).collect()
    }

    pub(super) fn worst_test(&self) -> Mark {
        let failed = |test| self.book.last_test(test).is_some_and(|it| !it.1);
        if self.tests().into_iter().any(failed) {
            Mark::Bad
        } else {
            Mark::None
        }
    }

    pub(super) fn test_due(&self) -> Option<Instant> {
        match &self.step {
            Step::Inside(inside) => inside.running.as_ref()?.due(),
            Step::Away
            | Step::Resting
            | Step::Recognising
            | Step::Called { .. }
            | Step::Gate(_) => None,
        }
    }

    /// Said to try the sound.
    pub(super) fn sentence(&self) -> String {
        self.say(
            "소리 시험입니다. 하나, 둘, 셋.",
            "This is a test of the sound. One, two, three.",
        )
    }

    pub(super) fn test_rows(&self) -> Vec<Row> {
        let tests = self.tests();
        let passed = |it: &&Test| self.book.last_test(**it).is_some_and(|it| it.1);
        let count = tests.iter().filter(passed).count();
        let mut rows = vec![Row {
            value: self.say(
                &format!("{}가지 가운데 {count}가지 통과", tests.len()),
                &format!("{count} of {} passed", tests.len()),
            ),
            ..Row::heading(self.say("장치 하나씩 시험하기", "One device at a time"))
        }];
        rows.extend(tests.into_iter().map(|test| self.test_row(test)));
        rows
    }

    fn test_row(&self, test: Test) -> Row {
        let name = test.name(self.tongue);
        let action = self.say("시험하기", "Test");
        let row = match self.book.last_test(test) {
            None => Row::fact(name, self.say("아직 안 함", "Not yet")),
            Some((entry, passed, code)) => {
                let note = format!("{} · {}", moment(entry.at), entry.technician.as_str());
                let (mark, value) = if passed {
                    (Mark::Good, self.say("통과", "Passed"))
                } else {
                    let failed = self.say("실패", "Failed");
                    (Mark::Bad, format!("{failed} {code}").trim_end().to_owned())
                };
                Row::fact(name, value).marked(mark).noted(note)
            }
        };
        row.doing(Task::Try(test).id(), action)
    }

    pub(super) fn test_prompt(&self, running: &Running) -> Prompt {
        let test = running.test;
        let name = test.name(self.tongue);
        let cancel = || Self::choice(Task::Cancel, self.say("그만두기", "Cancel"), false);
        match &running.phase {
            Phase::Waiting => {
                let (words, more) = test.asks(self.tongue);
                Prompt {
                    mark: Mark::Waiting,
                    words,
                    more,
                    choices: vec![cancel()],
                }
            }
            Phase::GivingBack { won, .. } => Prompt {
                mark: Mark::Waiting,
                words: self.say("동전을 돌려주고 있어요", "Giving the coin back"),
                more: self.tongue.won((*won).into()),
                choices: Vec::new(),
            },
            Phase::Asking => {
                let (words, more) = test.question(self.tongue);
                Prompt {
                    mark: Mark::Waiting,
                    words,
                    more,
                    choices: vec![
                        Self::choice(Task::No, self.say("아니요", "No"), false),
                        Self::choice(Task::Yes, self.say("네, 좋아요", "Yes"), true),
                    ],
                }
            }
            Phase::Done { passed: true, .. } => Prompt {
                mark: Mark::Good,
                words: format!("{name}: {}", self.say("통과", "passed")),
                more: self.say("결과를 적어 두었어요.", "The result is kept."),
                choices: vec![Self::choice(Task::Cancel, self.say("닫기", "Close"), false)],
            },
            Phase::Done { code, .. } => Prompt {
                mark: Mark::Bad,
                words: format!("{name}: {} {code}", self.say("실패", "failed")),
                more: self.say(
                    "결과를 적어 두었어요. 상태 탭에서 할 일을 보고 다시 시험하세요.",
                    "The result is kept. See Status for what to do, then test again.",
                ),
                choices: vec![
                    Self::choice(Task::Cancel, self.say("닫기", "Close"), false),
                    Self::choice(
                        Task::Try(test),
                        self.say("다시 시험하기", "Test again"),
                        true,
                    ),
                ],
            },
        }
    }
}
