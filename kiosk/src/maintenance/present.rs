//! Which page is up, and what stands on it.

use std::time::Duration;

use super::{
    Maintenance, Moment, Step,
    cashing::Cashing,
    gate::Typing,
    inside::Inside,
    task::{Tab, Task},
    tongue::hour,
    view::{Choice, Entry, Mark, Page, Prompt, Row, TabView, Upkeep},
};
use crate::visit::{
    View,
    view::{Basket, Help, Screen},
};

impl Maintenance {
    pub(super) fn present(&self, now: Moment) -> Option<View> {
        let upkeep = match &self.step {
            Step::Away | Step::Resting | Step::Recognising => return None,
            Step::Called { asking } => self.call_page(*asking, now),
            Step::Gate(typing) => self.gate_page(typing, now),
            Step::Inside(inside) => self.inside_page(inside, now),
        };
        let code = self.tongue.language().of_catalog().code();
        Some(View {
            screen: Screen::Upkeep(Box::new(upkeep)),
            language: self.tongue.language(),
            title: None,
            progress: None,
            leaving_in: self.leaving_in(now.instant),
            accessibility: self.accessibility,
            office: self.fitted.office.in_language(code).to_owned(),
            telephone: self.fitted.telephone.clone(),
            helping: false,
            choosing_language: false,
            help: Help::default(),
            check_offered: false,
            basket: Basket::default(),
            nearby: None,
        })
    }

    pub(super) fn say(&self, ko: &str, en: &str) -> String {
        self.tongue.say(ko, en)
    }

    pub(super) fn choice(task: Task, label: String, primary: bool) -> Choice {
        Choice {
            id: task.id(),
            label,
            primary,
        }
    }

    pub(super) fn place(&self) -> String {
        let code = self.tongue.language().of_catalog().code();
        self.fitted.place.in_language(code).to_owned()
    }

    /// Who is at work; empty where nobody is known.
    pub(super) fn technician(&self) -> String {
        match &self.step {
            Step::Inside(inside) => inside.technician.as_str().to_owned(),
            Step::Away
            | Step::Resting
            | Step::Recognising
            | Step::Called { .. }
            | Step::Gate(_) => String::new(),
        }
    }

    /// Which machine it is.
    pub(super) fn station(&self) -> String {
        format!("{} · {}", self.fitted.station, self.place())
    }

    pub(super) fn switch_tongue(&self) -> Choice {
        let other = self.tongue.other().language().own_name();
        Self::choice(Task::SwitchTongue, other.to_owned(), false)
    }

    fn gate_page(&self, typing: &Typing, now: Moment) -> Upkeep {
        let wait = self.gate.wait(&typing.technician, now.instant);
        let name = typing.technician.as_str();
        let asked = Prompt {
            mark: Mark::Waiting,
            words: self.say(
                "기술자 비밀번호를 입력하세요",
                "Enter your technician's PIN",
            ),
            more: self.say(
                &format!("카드: {name}. 6~12자리 숫자예요. 카드를 빼면 취소돼요."),
                &format!("Card: {name}. 6 to 12 digits. Pulling the card cancels."),
            ),
            choices: Vec::new(),
        };
        let prompt = match wait {
            Some(wait) => Prompt {
                mark: Mark::Bad,
                words: self.say("비밀번호가 여러 번 틀렸어요", "The PIN was wrong too often"),
                more: self.told_to_wait(wait),
                ..asked
            },
            None if typing.checking => Prompt {
                words: self.say("확인하고 있어요", "Checking"),
                ..asked
            },
            None if typing.refused => Prompt {
                mark: Mark::Warning,
                words: self.say("비밀번호가 틀렸어요", "This PIN is wrong"),
                more: self.say(
                    "다시 입력하세요. 여러 번 틀리면 점점 오래 기다려야 해요.",
                    "Enter it again. Each wrong one makes the wait longer.",
                ),
                ..asked
            },
            None => asked,
        };
        let count = typing.count();
        let ready = wait.is_none() && typing.is_complete() && !typing.checking;
        let mut ways = vec![Self::choice(Task::Leave, self.say("취소", "Cancel"), false)];
        ways.push(self.switch_tongue());
        if ready {
            ways.push(Self::choice(
                Task::Enter,
                self.say("들어가기", "Enter"),
                true,
            ));
        }
        Upkeep {
            page: Page::Gate,
            station: self.station(),
            title: self.say("정비 모드", "Maintenance"),
            technician: String::new(),
            clock: hour(now.wall),
            tabs: Vec::new(),
            prompt: Some(prompt),
            entry: Some(Entry {
                name: self.say("비밀번호", "PIN"),
                shown: "●".repeat(count),
                heard: self.say(&format!("{count}자리"), &format!("{count} digits")),
                digits: u32::try_from(count).unwrap_or(u32::MAX),
                refused: typing.refused || wait.is_some(),
            }),
            rows: Vec::new(),
            said: None,
            ways,
        }
    }

    fn told_to_wait(&self, wait: Duration) -> String {
        let seconds = wait.as_millis().div_ceil(1000);
        let (minutes, rest) = (seconds / 60, seconds % 60);
        if minutes > 0 {
            return self.say(
                &format!("{minutes}분 {rest}초 뒤에 다시 할 수 있어요."),
                &format!("Try again in {minutes} min {rest} s."),
            );
        }
        self.say(
            &format!("{rest}초 뒤에 다시 할 수 있어요."),
            &format!("Try again in {rest} s."),
        )
    }

    fn inside_page(&self, inside: &Inside, now: Moment) -> Upkeep {
        let tab = inside.tab;
        let entry = inside.cashing.as_ref().and_then(|it| self.cash_entry(it));
        Upkeep {
            page: if matches!(inside.cashing, Some(Cashing::Filling { .. })) {
                Page::Typing(tab)
            } else if inside.is_asked() {
                Page::Asking(tab)
            } else {
                Page::Inside(tab)
            },
            station: self.station(),
            title: self.say("정비 모드", "Maintenance") + " · " + &self.tab_name(tab),
            technician: inside.technician.as_str().to_owned(),
            clock: hour(now.wall),
            tabs: self.tabs().map(|it| self.tab(it, tab)).collect(),
            prompt: match (&inside.running, &inside.cashing) {
                (Some(running), _) => Some(self.test_prompt(running)),
                (None, Some(cashing)) => Some(self.cash_prompt(cashing)),
                (None, None) => match inside.adjusting {
                    Some(setting) => Some(self.setting_prompt(setting)),
                    None => inside.reporting.as_ref().map(|it| self.report_prompt(it)),
                },
            },
            // The pad takes their place.
            rows: match &entry {
                Some(_) => Vec::new(),
                None => self.rows(tab, now),
            },
            said: (self.said > 0).then(|| (self.said, self.sentence())),
            ways: match &entry {
                Some(entry) => self.typing_ways(entry),
                None => vec![
                    Self::choice(Task::Leave, self.say("정비 끝내기", "Finish"), false),
                    self.switch_tongue(),
                ],
            },
            entry,
        }
    }

    /// A kiosk that takes cards alone has no money in it.
    fn tabs(&self) -> impl Iterator<Item = Tab> {
        let cash = self.fitted.cash;
        Tab::ALL
            .into_iter()
            .filter(move |it| cash || *it != Tab::Cash)
    }

    fn tab(&self, tab: Tab, up: Tab) -> TabView {
        TabView {
            id: Task::Open(tab).id(),
            label: self.tab_name(tab),
            mark: self.tab_mark(tab),
            on: tab == up,
        }
    }

    fn tab_name(&self, tab: Tab) -> String {
        match tab {
            Tab::Status => self.say("상태", "Status"),
            Tab::Tests => self.say("시험", "Tests"),
            Tab::Cash => self.say("현금", "Cash"),
            Tab::Settings => self.say("설정", "Settings"),
            Tab::Reports => self.say("보고", "Reports"),
        }
    }

    /// The worst that stands below it.
    fn tab_mark(&self, tab: Tab) -> Mark {
        match tab {
            Tab::Status => self.worst(),
            Tab::Tests => self.worst_test(),
            Tab::Cash | Tab::Settings | Tab::Reports => Mark::None,
        }
    }

    fn rows(&self, tab: Tab, now: Moment) -> Vec<Row> {
        match tab {
            Tab::Status => self.status_rows(now),
            Tab::Tests => self.test_rows(),
            Tab::Cash => self.cash_rows(),
            Tab::Settings => self.setting_rows(),
            Tab::Reports => self.report_rows(),
        }
    }
}
