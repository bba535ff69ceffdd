//! The page of reports: made here, signed by the kiosk, saved where the settings say;
//! and starting anew.

use super::{
    Command, Maintenance, Moment, Step,
    book::What,
    task::Task,
    tongue::moment,
    view::{Mark, Prompt, Row},
};

/// So much of the book is looked at on the spot.
const ENTRIES_SHOWN: usize = 12;

/// What is done with reports, and the question before a restart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reporting {
    Saving,
    Saved(Result<String, String>),
    ConfirmingRestart,
}

impl Maintenance {
    pub(super) fn report_rows(&self) -> Vec<Row> {
        let why = self.unready();
        let mark = if why.is_empty() {
            Mark::Good
        } else {
            Mark::Warning
        };
        let verdict = if why.is_empty() {
            self.say("준비됨", "Ready")
        } else {
            let count = why.len();
            self.say(
                &format!("남은 일 {count}가지"),
                &format!("{count} left to do"),
            )
        };
        let mut rows = vec![
            Row::heading(self.say("보고", "Reports")),
            Row::fact(self.say("준비 상태 보고서", "Readiness report"), verdict)
                .marked(mark)
                .noted(why.join(" · "))
                .doing(Task::Report.id(), self.say("만들기", "Make it")),
            Row::fact(self.say("지원 묶음", "Support bundle"), String::new())
                .noted(self.say(
                    "기기 상태, 정비 기록, 최근 로그만 담아요. 민원인 정보는 없어요.",
                    "How the machine is, its book and newest log; nothing of any citizen.",
                ))
                .doing(Task::Bundle.id(), self.say("만들기", "Make it")),
            Row::fact(self.say("다시 시작", "Start anew"), String::new())
                .noted(self.say(
                    "정비를 끝내고 프로그램을 새로 시작해요.",
                    "Ends maintenance and starts the program anew.",
                ))
                .doing(Task::Restart.id(), self.say("다시 시작", "Restart")),
            Row::heading(self.say("정비 기록", "Book")),
        ];
        let entries = self.book.entries().iter().rev().take(ENTRIES_SHOWN);
        rows.extend(entries.map(|it| {
            let who = it.technician.as_str();
            Row::fact(self.told(&it.what), who.to_owned()).noted(moment(it.at))
        }));
        rows
    }

    fn told(&self, what: &What) -> String {
        match what {
            What::Entered => self.say("정비 시작", "Maintenance began"),
            What::WrongPin => self.say("비밀번호 틀림", "Wrong PIN"),
            What::Left { by_silence: false } => self.say("정비 끝", "Maintenance ended"),
            What::Left { by_silence: true } => {
                self.say("정비 끝 (손대지 않아서)", "Ended by silence")
            }
            What::Tested { test, passed, code } => {
                let name = test.name(self.tongue);
                let ended = if *passed {
                    self.say("통과", "passed")
                } else {
                    self.say("실패", "failed") + " " + code
                };
                format!("{name}: {}", ended.trim_end())
            }
            What::TestMoney { won, returned } => {
                let won = self.tongue.won((*won).into());
                if *returned {
                    self.say(
                        &format!("시험 동전 {won} 돌려줌"),
                        &format!("Test coin {won} back"),
                    )
                } else {
                    self.say(
                        &format!("시험 동전 {won} 받음"),
                        &format!("Test coin {won} in"),
                    )
                }
            }
            What::CashedUp(tally) => {
                let won = self.tongue.won(tally.taken_won());
                self.say(&format!("현금 마감 {won}"), &format!("Cashed up {won}"))
            }
            What::Filled {
                value_won, coins, ..
            } => self.say(
                &format!("{value_won}원 통 채움: {coins}개"),
                &format!("{value_won} won hopper: {coins} coins"),
            ),
            What::FillCounted { address, .. } => self.say(
                &format!("{address}번 통이 확인함"),
                &format!("Hopper no. {address} confirmed"),
            ),
            What::Reported => self.say("보고서 만듦", "Report made"),
            What::Restarted => self.say("다시 시작", "Started anew"),
            What::Set(set) => self.set_in_words(*set),
        }
    }

    fn set_reporting(&mut self, reporting: Option<Reporting>) {
        if let Step::Inside(inside) = &mut self.step {
            inside.reporting = reporting;
        }
    }

    fn reporting(&self) -> Option<&Reporting> {
        match &self.step {
            Step::Inside(inside) => inside.reporting.as_ref(),
            Step::Away
            | Step::Resting
            | Step::Recognising
            | Step::Called { .. }
            | Step::Gate(_) => None,
        }
    }

    pub(super) fn report_task(&mut self, task: Task, now: Moment) {
        let saving = match task {
            Task::Report => self.report(now),
            Task::Bundle => self.bundle(now),
            _ => return self.set_reporting(Some(Reporting::ConfirmingRestart)),
        };
        self.note_own(What::Reported, now);
        self.commands.push_back(Command::Save(Box::new(saving)));
        self.set_reporting(Some(Reporting::Saving));
    }

    pub(super) fn saved(&mut self, saved: Result<String, String>) {
        if self.reporting() == Some(&Reporting::Saving) {
            self.set_reporting(Some(Reporting::Saved(saved)));
        }
    }

    /// The program ends when nobody stands here any more, and is started anew.
    pub(super) fn restart_confirmed(&mut self, now: Moment) {
        if self.reporting() == Some(&Reporting::ConfirmingRestart) {
            self.note_own(What::Restarted, now);
            self.close(false, now);
            self.commands.push_back(Command::Restart);
        }
    }

    pub(super) fn reporting_closed(&mut self) {
        self.set_reporting(None);
    }

    pub(super) fn report_prompt(&self, reporting: &Reporting) -> Prompt {
        let close = || Self::choice(Task::Cancel, self.say("닫기", "Close"), false);
        match reporting {
            Reporting::Saving => Prompt {
                mark: Mark::Waiting,
                words: self.say("만들고 서명하고 있어요", "Making and signing it"),
                more: String::new(),
                choices: Vec::new(),
            },
            Reporting::Saved(Ok(place)) => Prompt {
                mark: Mark::Good,
                words: self.say("저장했어요", "Saved"),
                more: place.clone(),
                choices: vec![close()],
            },
            Reporting::Saved(Err(why)) => Prompt {
                mark: Mark::Bad,
                words: self.say("저장하지 못했어요", "It could not be saved"),
                more: self.say(
                    &format!("저장 장치를 꽂고 다시 하세요. ({why})"),
                    &format!("Plug the stick in and do it again. ({why})"),
                ),
                choices: vec![close()],
            },
            Reporting::ConfirmingRestart => Prompt {
                mark: Mark::Warning,
                words: self.say("프로그램을 다시 시작할까요?", "Start the program anew?"),
                more: self.say(
                    "1분쯤 걸려요. 정비 모드는 끝나요.",
                    "It takes about a minute. Maintenance ends.",
                ),
                choices: vec![
                    Self::choice(Task::Cancel, self.say("아니요", "No"), false),
                    Self::choice(Task::Yes, self.say("다시 시작하기", "Restart"), true),
                ],
            },
        }
    }
}
