//! A citizen at the kiosk, who asks for one service by the words on the buttons.

use bench::people::{PEOPLE, Person};
use catalog::{Catalog, Question, QuestionKind, Service};
use kiosk::visit::view::{Question as Asked, Screen};
use sandbox::Example;
use tests::{
    stand::Stand,
    walk::{CITIZEN, End},
};

use crate::keys::keys;

/// What fits into the slot, the largest first.
const COINS: [u32; 3] = [500, 100, 50];
const NOTE: u32 = 1_000;

pub(crate) struct Citizen<'a> {
    catalog: &'a Catalog,
    service: &'a Service,
    example: &'a Example,
    person: Person,
}

impl<'a> Citizen<'a> {
    pub(crate) fn new(catalog: &'a Catalog, service: &'a Service, example: &'a Example) -> Self {
        Self {
            catalog,
            service,
            example,
            person: person(example),
        }
    }

    /// From the welcome to the service, by its topic.
    pub(crate) fn find(&self, stand: &mut Stand) {
        let topic = self.catalog.topic(&self.service.topic).unwrap();
        stand.wait_for("welcome");
        stand.touch("시작하기");
        stand.wait_for("find");
        stand.touch(&topic.title.ko);
        stand.wait_for("topic");
        stand.touch(&self.service.title.ko);
        stand.wait_for("service");
        stand.touch("신청 시작하기");
        stand.wait_until("the request is begun", |view| {
            view.screen.name() != "service"
        });
    }

    /// Does what the screens ask for, to the end; answers what was paid.
    pub(crate) fn walk(&mut self, stand: &mut Stand) -> Result<u32, String> {
        loop {
            let view = stand.wait_until("a screen that wants something", |view| {
                !matches!(view.screen, Screen::Working(_))
            });
            let at = view.screen.name();
            match &view.screen {
                Screen::InsertCard(_) => stand.insert_card(self.person),
                Screen::ResidentNumber(_) => {
                    stand.type_digits(self.person.resident_number);
                    stand.touch("다 입력했어요");
                }
                Screen::Question(asked) => {
                    self.answer(stand, asked);
                    continue;
                }
                Screen::Options(options) => {
                    for group in &options.groups {
                        let wanted = self.example.options.get(&group.option);
                        let choice = group.choices.iter().find(|it| Some(&it.id) == wanted);
                        if let Some(choice) = choice.filter(|it| !it.chosen) {
                            stand.touch(&choice.label);
                        }
                    }
                    stand.touch("계속하기");
                }
                Screen::Consent(_) => stand.touch("동의해요"),
                Screen::Review(_) => stand.touch("이대로 신청하기"),
                Screen::Pay(pay) => {
                    let amount = pay.amount_won;
                    pay_in_cash(stand, amount);
                    return ended(stand.go_on()).map(|()| amount);
                }
                _ => return ended(stand.go_on()).map(|()| 0),
            }
            stand.wait_until("the next screen", |next| next.screen.name() != at);
        }
    }

    fn answer(&self, stand: &mut Stand, asked: &Asked) {
        let question = self.question(&asked.label);
        let answer = &self.example.answers[&question.id];
        let codes = question
            .codes
            .as_ref()
            .and_then(|it| self.catalog.codes(it));
        if let Some(code) = codes.and_then(|it| it.get(answer)) {
            for key in keys(&code.ko) {
                stand.touch(&key);
            }
            let wanted = code.ko.clone();
            stand.wait_until("the list has it", |view| {
                matches!(&view.screen, Screen::Question(it) if it.suggestions.contains(&wanted))
            });
            stand.touch(&wanted);
        } else {
            let typed = match question.kind {
                // The hyphens come by themselves.
                QuestionKind::Date => answer.replace('-', ""),
                _ => answer.clone(),
            };
            for key in keys(&typed) {
                stand.touch(&key);
            }
            stand.wait_until("it is typed", |view| match &view.screen {
                Screen::Question(it) => {
                    let shown = it.text.clone() + &it.composing;
                    shown == *answer || shown == typed
                }
                _ => false,
            });
            stand.touch("계속하기");
        }
        let label = asked.label.clone();
        let view = stand.wait_until("the answer is taken or refused", |view| {
            match &view.screen {
                Screen::Question(it) => it.label != label || it.refusal.is_some(),
                _ => true,
            }
        });
        if let Screen::Question(it) = &view.screen {
            assert!(
                it.label != label,
                "{} is refused: {:?}",
                question.id,
                it.refusal
            );
        }
    }

    fn question(&self, label: &str) -> &'a Question {
        let mut questions = self.service.questions.iter();
        let question = questions.find(|it| it.label.ko == label);
        question.unwrap_or_else(|| panic!("{} asks nothing called {label}", self.service.id))
    }
}

/// Whose card is put in.
fn person(example: &Example) -> Person {
    let Some(number) = &example.applicant else {
        return CITIZEN;
    };
    let known = PEOPLE.into_iter().find(|it| it.resident_number == number);
    known.unwrap_or_else(|| Person {
        name: "한빛나",
        // Once for each service that knows none of the citizens of the bench.
        resident_number: Box::leak(number.clone().into_boxed_str()),
    })
}

fn pay_in_cash(stand: &mut Stand, amount_won: u32) {
    stand.touch("현금으로 내기");
    assert!(stand.slot_opens(), "nobody asks for money");
    let mut left = amount_won;
    let mut given = 0;
    while left > 0 {
        // One note fits into the escrow; another one that comes meanwhile is given back.
        stand.until("the note is stacked", |stand| {
            stand.holdings().escrow_won == 0
        });
        if left >= NOTE {
            stand.bench.cash.with(|cash| cash.insert_note(NOTE));
            left -= NOTE;
            given += NOTE;
        } else {
            let coin = *COINS
                .iter()
                .find(|it| **it <= left)
                .expect("fees are of coins");
            stand.bench.cash.with(|cash| cash.insert_coin(coin));
            left -= coin;
            given += coin;
        }
        stand.wait_until("it is counted", |view| match &view.screen {
            Screen::Pay(pay) => pay.inserted_won >= given,
            _ => true,
        });
    }
}

fn ended(end: End) -> Result<(), String> {
    match end {
        End::Thanked => Ok(()),
        other => Err(format!("{other:?}")),
    }
}
