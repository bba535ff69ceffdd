//! How a citizen walks through a visit for a household's certificate, by the
//! words on the buttons.

use bench::people::{PEOPLE, Person};
use kiosk::visit::view::{Failed, Screen, ServiceSheet};

use crate::{keypad::Hands, stand::Stand};

/// Where something may happen to a citizen, in the order of the road.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stop {
    /// The service is explained; no card is in.
    Service,
    Number,
    Options,
    Consent,
    Review,
    Pay,
    TakePaper,
    Receipt,
    TakeCard,
}

impl Stop {
    pub const ALL: [Stop; 9] = [
        Stop::Service,
        Stop::Number,
        Stop::Options,
        Stop::Consent,
        Stop::Review,
        Stop::Pay,
        Stop::TakePaper,
        Stop::Receipt,
        Stop::TakeCard,
    ];

    /// The screen of this stop.
    pub fn screen(self) -> &'static str {
        match self {
            Stop::Service => "service",
            Stop::Number => "resident-number",
            Stop::Options => "options",
            Stop::Consent => "consent",
            Stop::Review => "review",
            Stop::Pay => "pay",
            Stop::TakePaper => "take-paper",
            Stop::Receipt => "receipt",
            Stop::TakeCard => "take-card",
        }
    }
}

/// How a visit ended for the citizen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    Thanked,
    /// What the screen said, which is in no doubt about the money.
    Failed(Failed),
    /// It could not even be begun.
    NotOffered,
}

/// Whoever walks here; has enough coins.
pub const CITIZEN: Person = PEOPLE[0];

impl Stand {
    /// From the welcome up to a stop; the stop's own screen is up then.
    pub fn walk_to(&mut self, stop: Stop) {
        self.wait_for("welcome");
        self.touch("시작하기");
        self.wait_for("find");
        self.touch("주민등록표 등본");
        self.wait_for("service");
        for at in Stop::ALL.into_iter().take_while(|at| *at < stop) {
            self.wait_for(at.screen());
            self.step_on(at);
        }
        self.wait_for(stop.screen());
    }

    /// What a citizen does at a stop to get on.
    fn step_on(&mut self, stop: Stop) {
        match stop {
            Stop::Service => {
                self.touch("신청 시작하기");
                self.wait_for("insert-card");
                self.insert_card(CITIZEN);
            }
            Stop::Number => {
                self.type_digits(CITIZEN.resident_number);
                self.touch("다 입력했어요");
            }
            Stop::Options => self.touch("계속하기"),
            Stop::Consent => self.touch("동의해요"),
            Stop::Review => self.touch("이대로 신청하기"),
            Stop::Pay => {
                self.touch("현금으로 내기");
                self.wait_until("money is taken", |view| match &view.screen {
                    Screen::Pay(pay) => pay.means.is_some(),
                    _ => true,
                });
                // What has failed meanwhile takes no money.
                if self.slot_opens() {
                    match self.hands {
                        Hands::Headphones => self.drop_coins_one_by_one(&[100, 100]),
                        Hands::Finger | Hands::Switches => self.drop_coins(&[100, 100]),
                    }
                }
            }
            Stop::TakePaper => self.touch("증명서 챙겼어요"),
            Stop::Receipt => self.touch("영수증 받기"),
            Stop::TakeCard => self.pull_card(),
        }
    }

    /// From the welcome to the review of a land ledger for this parcel; answers
    /// how the service was explained.
    pub fn ask_for_land(&mut self, parcel: &str) -> ServiceSheet {
        self.wait_for("welcome");
        self.touch("시작하기");
        self.wait_for("find");
        self.touch("토지대장");
        let Screen::Service(sheet) = self.wait_for("service").screen else {
            unreachable!("waited for it");
        };
        self.touch("신청 시작하기");
        self.wait_for("question");
        self.touch_all(["ㅅ", "ㅐ", "ㅂ", "ㅣ", "ㅊ"]);
        self.wait_until("the place is found", |view| match &view.screen {
            Screen::Question(question) => question.text.clone() + &question.composing == "새빛",
            _ => false,
        });
        self.touch("계속하기");
        self.wait_until("the parcel is asked for", |view| match &view.screen {
            Screen::Question(question) => question.text.is_empty() && question.composing.is_empty(),
            _ => false,
        });
        for key in parcel.chars() {
            self.touch(&key.to_string());
        }
        self.wait_until("the parcel is typed", |view| match &view.screen {
            Screen::Question(question) => question.text == parcel,
            _ => false,
        });
        self.touch("계속하기");
        self.wait_for("options");
        self.touch("계속하기");
        self.wait_for("review");
        sheet
    }

    pub fn type_digits(&mut self, digits: &str) {
        for digit in digits.chars() {
            match self.has_digits() {
                true => self.press_and_listen(digit),
                false => self.touch(&digit.to_string()),
            }
        }
    }

    /// Drops coins in as soon as the slot is open.
    pub fn pay_coins(&mut self, coins: &[u32]) {
        assert!(self.slot_opens(), "nobody asks for money");
        self.drop_coins(coins);
    }

    fn drop_coins(&self, coins: &[u32]) {
        for value_won in coins {
            self.bench.cash.with(|cash| cash.insert_coin(*value_won));
        }
    }

    /// Who sees nothing listens whether a coin was taken before they put in the next.
    fn drop_coins_one_by_one(&mut self, coins: &[u32]) {
        let mut paid = 0;
        for value_won in coins {
            self.drop_coins(&[*value_won]);
            paid += value_won;
            self.wait_until("the coin counts", |view| match &view.screen {
                Screen::Pay(pay) => pay.inserted_won == paid,
                _ => true,
            });
        }
    }

    /// Goes on from wherever the visit stands, as a citizen who does what the
    /// screen says, until it has ended.
    pub fn go_on(&mut self) -> End {
        let mut end = End::NotOffered;
        loop {
            let view = self.wait_until("a screen that wants something", |view| {
                !matches!(view.screen, Screen::Working(_) | Screen::InsertCard(_))
            });
            let at = view.screen.name();
            match &view.screen {
                Screen::Welcome(_) | Screen::OutOfService(_) => return end,
                Screen::Service(sheet) if sheet.unavailable.is_some() => self.touch("처음으로"),
                Screen::Failed(failed) => {
                    end = End::Failed(failed.clone());
                    self.touch("끝내기");
                }
                Screen::PaperQuestion(question) if question.void => {
                    self.touch("돈으로 돌려받기");
                }
                Screen::PaperQuestion(_) => self.touch("아니요"),
                Screen::Farewell(_) => {
                    if end == End::NotOffered {
                        end = End::Thanked;
                    }
                    // Whoever goes from stop to stop may be too late: it ends by itself.
                    if self.hands == Hands::Finger {
                        self.touch("처음 화면으로 가기");
                    }
                }
                _ => {
                    let stop = Stop::ALL.into_iter().find(|stop| stop.screen() == at);
                    self.step_on(stop.expect("the road knows this screen"));
                }
            }
            self.wait_until("the next screen", |next| {
                let asked_on = at == "paper-question" && next.screen != view.screen;
                next.screen.name() != at || asked_on
            });
        }
    }
}
