//! Agents at desks who check who a citizen without a card is: a real line, and a script
//! instead of a pane.

use std::time::{Duration, Instant};

use bench::magnetic_stripe_reader::Mood;
use kiosk::visit::view::{Check, InsertCard, Screen};
use link::{Clock, LinkFault, Settings, Wire};
use privacy::Personal;
use request::{AgentId, CheckId, StationId};
use tokio::runtime::Handle;
use vouching::{
    CheckRefusal, DeskAnswer, DeskDeed, DeskQuestion, DeskSaying, DeskSheet, Ground, NoticeStage,
    Role, Speaker, WaitingChecks,
};

use crate::{
    office::Office,
    stand::Stand,
    walk::{CITIZEN, Stop},
};

const PATIENCE: Duration = Duration::from_secs(60);

/// One agent at one desk.
pub struct Checker {
    wire: Wire,
    runtime: Handle,
    speaker: Speaker,
    check: Option<CheckId>,
}

impl Checker {
    /// At a desk that is enrolled for it.
    pub fn at(office: &Office, desk: &str, agent: &str, role: Role) -> Self {
        let station = StationId::new(desk);
        let credentials = office.enroll_desk(&station);
        let (start, clock) = (Instant::now(), office.clock());
        let wire = Wire::new(Settings {
            exchange: office.url(),
            station,
            credentials,
            clock: Clock::new(move || clock + start.elapsed()),
        });
        Self {
            wire,
            runtime: office.handle().clone(),
            speaker: Speaker {
                agent: AgentId::new(agent),
                role,
            },
            check: None,
        }
    }

    /// Takes the check that waits for a person like this, as soon as one does.
    pub fn takes(&mut self, second: bool) -> Result<DeskSheet, CheckRefusal> {
        let given_up = Instant::now() + PATIENCE;
        loop {
            let waits = |stage: &NoticeStage| matches!(stage, NoticeStage::Supervisor { .. });
            let checks = self.waiting().checks.into_iter();
            if let Some(found) = checks.into_iter().find(|it| waits(&it.stage) == second) {
                self.check = Some(found.check);
                return self.does(DeskDeed::Take);
            }
            assert!(Instant::now() < given_up, "no check waits");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    pub fn does(&self, deed: DeskDeed) -> Result<DeskSheet, CheckRefusal> {
        let question = DeskQuestion::Do {
            check: self.check.clone().unwrap(),
            saying: DeskSaying {
                speaker: self.speaker.clone(),
                deed,
            },
            known: 0,
            wait: Duration::ZERO,
        };
        match self.runtime.block_on(self.wire.ask_checks(&question)) {
            Ok(DeskAnswer::Seen(sheet)) => Ok(*sheet),
            Err(LinkFault::Check(refusal)) => Err(refusal),
            other => panic!("{other:?}"),
        }
    }

    pub fn believes(&self) -> DeskSheet {
        let ground = Ground::SpokenWith;
        self.does(DeskDeed::Believe { ground }).unwrap()
    }

    /// Types what was asked for, right or wrong, and sees what came of it.
    pub fn answers(&self, text: &str) -> DeskSheet {
        let sheet = self.does(DeskDeed::Watch).unwrap();
        let question = sheet.question.unwrap().number;
        let text = Personal::new(text.to_owned());
        self.does(DeskDeed::Answer { question, text }).unwrap()
    }

    /// Asks until three answers were right.
    pub fn hears_three_right_answers(&self) {
        while let Some(asked) = self.does(DeskDeed::Watch).unwrap().question {
            self.answers(right_answer(&asked.wording.ko));
        }
    }

    fn waiting(&self) -> WaitingChecks {
        let (known, wait) = (0, Duration::ZERO);
        let question = DeskQuestion::List { known, wait };
        match self.runtime.block_on(self.wire.ask_checks(&question)) {
            Ok(DeskAnswer::Listed(waiting)) => waiting,
            other => panic!("{other:?}"),
        }
    }
}

/// What the citizen of [`crate::walk`] knows of the household in the sandbox.
pub fn right_answer(wording: &str) -> &'static str {
    let known = [
        ("지금 사는 집의 도로", "다온로"),
        ("지금 사는 동", "다온동"),
        ("전입신고한", "2015년 1월"),
        ("가족 한 분", "이서우"),
        ("전에 살던 동", "이든동"),
        ("전에 살던 집의 도로", "늘봄로"),
    ];
    let found = known.iter().find(|(part, _)| wording.contains(part));
    found
        .unwrap_or_else(|| panic!("{wording} is not expected"))
        .1
}

/// From the welcome to the refused card, and there asks for two agents: up to the wait
/// for the first.
pub fn asks_for_a_check(stand: &mut Stand) {
    stand.walk_to(Stop::Service);
    stand.touch("신청 시작하기");
    stand.wait_for("insert-card");
    stand
        .bench
        .card_reader
        .with(|reader| reader.mood = Mood::Damaged);
    stand.insert_card(CITIZEN);
    stand.wait_until("the card is refused", |view| {
        matches!(view.screen, Screen::InsertCard(InsertCard::Refused(_)))
    });
    stand.pull_card();
    stand.touch("직원과 본인 확인하기");
    stand.touch("네, 확인할게요");
    stand.wait_for("question");
    for key in "ㅎㅏㄴㅂㅣㅊㄴㅏ".chars() {
        stand.touch(&key.to_string());
    }
    stand.touch("계속하기");
    stand.wait_for("resident-number");
    stand.type_digits(CITIZEN.resident_number);
    stand.touch("다 입력했어요");
    stand.wait_until("an agent is called", |view| {
        matches!(view.screen, Screen::Check(Check::Waiting { .. }))
    });
}
