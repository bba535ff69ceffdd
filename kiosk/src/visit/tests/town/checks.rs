//! Two agents at two desks and the exchange's checks between: the product's own
//! machines, and an invented register.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use bench::people::PEOPLE;
use catalog::Catalog;
use privacy::Personal;
use request::{AgentId, Applicant, CheckId, ResidentNumber, StationId};
use serde_json::json;
use vouching::{
    Attempt, Check, CheckFact, CheckFault, CheckOpening, CheckRefusal, Checks, DeskDeed, DeskSheet,
    Ground, KioskAnswer, KioskDeed, KioskQuestion, OpenedFor, Role, Seat, Speaker, draw,
};

use super::{Happening, Town};
use crate::visit::Event;

const TRAVEL: Duration = Duration::from_millis(40);

/// Desk, agent and what the agent may do.
pub(in super::super) type Who = (&'static str, &'static str, Role);

pub(in super::super) const KIM: Who = ("desk-1", "kim.2", Role::Agent);
pub(in super::super) const PARK: Who = ("desk-2", "park.1", Role::Supervisor);

#[derive(Default)]
pub(crate) struct CheckDesks {
    checks: Checks,
    held: Vec<(Attempt, KioskQuestion)>,
    /// What was written down of checks, in order.
    pub(crate) facts: Vec<CheckFact>,
    /// Every opening that came.
    pub(crate) openings: Vec<CheckOpening>,
    /// What the exchange says to the next opening.
    pub(crate) refuses: Option<CheckRefusal>,
    /// The line to the exchange is cut; questions go nowhere.
    pub(crate) cut: bool,
}

fn kiosk() -> StationId {
    StationId::new("gaon-1")
}

impl Town {
    /// The check that was opened last.
    fn check(&self) -> CheckId {
        CheckId::new(format!("check-{}", self.checks.openings.len()))
    }

    pub(in super::super) fn ask_check(&mut self, attempt: Attempt, question: KioskQuestion) {
        if self.checks.cut {
            let late = Event::CheckAnswered(attempt, Err(CheckFault::Unanswered));
            self.schedule([(Duration::from_secs(10), Happening::Tell(late))]);
            return;
        }
        if let KioskQuestion::Do { wait, .. } = &question
            && *wait > Duration::ZERO
        {
            // Held no longer than that; an answer that came before counts.
            let answer = self.answer(&question);
            let late = Happening::Tell(Event::CheckAnswered(attempt, answer));
            self.schedule([(*wait, late)]);
        }
        self.checks.held.push((attempt, question));
        self.answer_checks();
    }

    fn answer_checks(&mut self) {
        for (attempt, question) in std::mem::take(&mut self.checks.held) {
            let answer = self.answer(&question);
            let holds = match (&question, &answer) {
                (KioskQuestion::Do { known, wait, .. }, Ok(KioskAnswer::Seen(view))) => {
                    *wait > Duration::ZERO && view.edition == *known
                }
                _ => false,
            };
            if holds {
                self.checks.held.push((attempt, question));
            } else {
                let told = Happening::Tell(Event::CheckAnswered(attempt, answer));
                self.schedule([(TRAVEL, told)]);
            }
        }
    }

    fn answer(&mut self, question: &KioskQuestion) -> Result<KioskAnswer, CheckFault> {
        let now = self.now.instant;
        let answer = match question {
            KioskQuestion::Open(opening) => self.open_check(opening),
            KioskQuestion::Do { check, deed, .. } => self.kiosk_does(check, deed, now),
        };
        answer.map_err(CheckFault::Refused)
    }

    fn kiosk_does(
        &mut self,
        check: &CheckId,
        deed: &KioskDeed,
        now: Instant,
    ) -> Result<KioskAnswer, CheckRefusal> {
        let desks = &mut self.checks;
        let facts = desks.checks.decide_kiosk(&kiosk(), check, deed)?;
        desks.checks.take_over(check, &facts, now);
        desks.checks.heard_kiosk(check, deed, now);
        desks.facts.extend(facts);
        let view = desks.checks.kiosk_view(&kiosk(), check)?;
        Ok(KioskAnswer::Seen(view))
    }

    fn open_check(&mut self, opening: &CheckOpening) -> Result<KioskAnswer, CheckRefusal> {
        if let Some(refusal) = self.checks.refuses.take() {
            return Err(refusal);
        }
        self.checks.openings.push(opening.clone());
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/catalog");
        let catalog = Catalog::read(&folder).unwrap();
        let plan = catalog.two_persons().unwrap();
        let applicant = Applicant {
            name: opening.name.clone(),
            resident_number: opening.resident_number.clone(),
        };
        let drawn = draw(plan, &record(), &applicant, 5);
        let drawn = drawn.map_err(|_| CheckRefusal::NoSuchPerson)?;
        let opened = OpenedFor {
            kiosk: kiosk(),
            request: opening.request.clone(),
            service: opening.service.clone(),
        };
        let check = Check::new(self.check(), opened, plan.bounds, drawn.len());
        let (bounds, now) = (plan.bounds, self.now.instant);
        self.checks
            .checks
            .begin(check, "ko".to_owned(), drawn, &bounds, now);
        Ok(KioskAnswer::Opened(self.check()))
    }

    /// An agent does something; a moment passes until everybody knows.
    pub(in super::super) fn desk_does(
        &mut self,
        (desk, agent, role): Who,
        deed: &DeskDeed,
    ) -> Result<DeskSheet, CheckRefusal> {
        let (id, now) = (self.check(), self.now.instant);
        let (desk, agent) = (StationId::new(desk), AgentId::new(agent));
        let seat = Seat {
            desk: desk.clone(),
            agent: agent.clone(),
        };
        let speaker = Speaker { agent, role };
        let facts = self.checks.checks.decide_desk(&desk, &speaker, &id, deed)?;
        self.checks.checks.take_over(&id, &facts, now);
        self.checks.checks.heard_desk(&seat, &id, now);
        self.checks.facts.extend(facts);
        self.answer_checks();
        self.pass(8 * TRAVEL);
        self.checks.checks.desk_sheet(&seat, &id, self.now.instant)
    }

    /// The agent types what is right, or something else.
    pub(in super::super) fn desk_answers(&mut self, who: Who, right: bool) {
        let sheet = self.desk_does(who, &DeskDeed::Watch).unwrap();
        let asked = sheet.question.unwrap();
        let text = match right {
            true => right_answer(&asked.wording.ko),
            false => "모르겠어요",
        };
        let question = asked.number;
        let text = Personal::new(text.to_owned());
        self.desk_does(who, &DeskDeed::Answer { question, text })
            .unwrap();
    }

    /// Three right answers, and both believe it.
    pub(in super::super) fn two_agents_believe(&mut self) {
        let believe = DeskDeed::Believe {
            ground: Ground::AnsweredReadily,
        };
        self.desk_does(KIM, &DeskDeed::Take).unwrap();
        for _ in 0..3 {
            self.desk_answers(KIM, true);
        }
        self.desk_does(KIM, &believe).unwrap();
        self.desk_does(PARK, &DeskDeed::Take).unwrap();
        self.desk_does(PARK, &believe).unwrap();
    }
}

/// What the register says of the first of the people.
fn record() -> serde_json::Value {
    let person = PEOPLE[0];
    let number = ResidentNumber::parse(person.resident_number).unwrap();
    let row = |name: &str, number: &str| {
        json!({ "name": name, "name_latin": "X", "resident_number": number,
            "moved_in": "2015-01-23" })
    };
    let address = |ko: &str| json!({ "ko": ko, "en": "" });
    json!({
        "address": address("한빛시 가온구 다온로 133 (다온동)"),
        "members": [
            row(person.name, number.digits().reveal()),
            row("이서우", "9101041100214"),
        ],
        "history": [
            { "moved_in": "2012-12-19", "address": address("한빛시 나래구 이든로 161 (이든동)") },
        ],
    })
}

fn right_answer(wording: &str) -> &'static str {
    let known = [
        ("지금 사는 집의 도로", "다온로"),
        ("지금 사는 동", "다온동"),
        ("전입신고한", "2015년 1월"),
        ("가족 한 분", "이서우"),
        ("전에 살던 동", "이든동"),
        ("전에 살던 집의 도로", "이든로"),
    ];
    let found = known.iter().find(|(part, _)| wording.contains(part));
    found.unwrap_or_else(|| panic!("{wording}")).1
}

/// Whether the citizen has left the check, as it is written down.
pub(in super::super) fn is_left(facts: &[CheckFact]) -> bool {
    let left = CheckFact::Ended {
        by: vouching::CheckEnding::Left,
    };
    facts.last() == Some(&left)
}
