//! One exchange with one kiosk and three agents at three desks, in virtual time.

use std::time::{Duration, Instant};

use privacy::Personal;
use request::{AgentId, CheckId, RequestId, ServiceId, StationId};
use vouching::{
    Check, CheckFact, CheckFault, CheckNotice, CheckRefusal, Checks, DeskAnswer, DeskDeed,
    DeskQuestion, DeskSheet, Drawn, Ground, KioskDeed, KioskState, KioskView, OpenedFor, Role,
    Seat, Speaker, draw,
};

use crate::household::{BITNA, Household, check};

/// Desk, agent and what the agent may do.
pub(crate) type Who = (&'static str, &'static str, Role);

pub(crate) const KIM: Who = ("desk-1", "kim.2", Role::Agent);
pub(crate) const PARK: Who = ("desk-2", "park.1", Role::Supervisor);
pub(crate) const JANG: Who = ("desk-3", "jang.4", Role::Supervisor);

pub(crate) fn seat((desk, agent, _): Who) -> Seat {
    Seat {
        desk: StationId::new(desk),
        agent: AgentId::new(agent),
    }
}

pub(crate) fn believe() -> DeskDeed {
    DeskDeed::Believe {
        ground: Ground::AnsweredReadily,
    }
}

#[derive(Debug)]
pub(crate) struct Office {
    checks: Checks,
    now: Instant,
    /// Of the first check.
    questions: Vec<String>,
    /// Everything that was written down.
    pub(crate) facts: Vec<CheckFact>,
}

impl Office {
    /// One citizen at `gaon-1` waits.
    pub(crate) fn open() -> Self {
        let mut office = Self {
            checks: Checks::default(),
            now: Instant::now(),
            questions: Vec::new(),
            facts: Vec::new(),
        };
        let drawn = office.opens("gaon-1", "check-1");
        office.questions = drawn.into_iter().map(|it| it.id).collect();
        office
    }

    pub(crate) fn opens(&mut self, kiosk: &str, id: &str) -> Vec<Drawn> {
        let household = Household::default();
        let check = check();
        let drawn = draw(&check, &household.record(), &household.asks(BITNA), 11).unwrap();
        let opened = OpenedFor {
            kiosk: StationId::new(kiosk),
            request: RequestId::new(format!("{kiosk}-1")),
            service: ServiceId::new("resident-register-household"),
        };
        let bounds = check.bounds;
        let one = Check::new(CheckId::new(id), opened, bounds, drawn.len());
        let language = "ko".to_owned();
        self.checks
            .begin(one, language, drawn.clone(), &bounds, self.now);
        self.now += Duration::from_millis(1);
        drawn
    }

    pub(crate) fn does(&mut self, who: Who, deed: DeskDeed) -> Result<(), CheckRefusal> {
        let (id, desk) = (CheckId::new("check-1"), StationId::new(who.0));
        let speaker = Speaker {
            agent: AgentId::new(who.1),
            role: who.2,
        };
        let facts = self.checks.decide_desk(&desk, &speaker, &id, &deed)?;
        self.checks.take_over(&id, &facts, self.now);
        self.checks.heard_desk(&seat(who), &id, self.now);
        self.facts.extend(facts);
        Ok(())
    }

    pub(crate) fn kiosk_does(&mut self, kiosk: &str, deed: KioskDeed) -> Result<(), CheckRefusal> {
        let (id, kiosk) = (CheckId::new("check-1"), StationId::new(kiosk));
        let facts = self.checks.decide_kiosk(&kiosk, &id, &deed)?;
        self.checks.take_over(&id, &facts, self.now);
        self.checks.heard_kiosk(&id, &deed, self.now);
        self.facts.extend(facts);
        Ok(())
    }

    /// Number of the open question, and what is right or wrong to say.
    pub(crate) fn open_answer(&self, who: Who, right: bool) -> (u32, String) {
        let number = self.sheet(who).question.unwrap().number;
        let id = &self.questions[number as usize - 1];
        let text = if right {
            Household::answer(id)
        } else {
            "모르겠어요"
        };
        (number, text.to_owned())
    }

    pub(crate) fn answers(&mut self, who: Who, right: bool) -> Result<(), CheckRefusal> {
        let (question, text) = self.open_answer(who, right);
        let text = Personal::new(text);
        self.does(who, DeskDeed::Answer { question, text })
    }

    pub(crate) fn believed_by(mut self, who: Who) -> Self {
        self.does(who, DeskDeed::Take).unwrap();
        while self.sheet(who).question.is_some() {
            self.answers(who, true).unwrap();
        }
        self.does(who, believe()).unwrap();
        self
    }

    pub(crate) fn sheet(&self, who: Who) -> DeskSheet {
        let id = CheckId::new("check-1");
        let sheet = self.checks.desk_sheet(&seat(who), &id, self.now);
        sheet.unwrap()
    }

    /// What the exchange answers a desk.
    pub(crate) fn answers_desk(
        &mut self,
        who: Who,
        question: &DeskQuestion,
    ) -> Result<DeskAnswer, CheckFault> {
        match question {
            DeskQuestion::List { .. } => Ok(DeskAnswer::Listed(self.checks.waiting(self.now))),
            DeskQuestion::Do { check, saying, .. } => {
                let refused = CheckFault::Refused;
                self.does(who, saying.deed.clone()).map_err(refused)?;
                let sheet = self.checks.desk_sheet(&seat(who), check, self.now);
                sheet
                    .map(|it| DeskAnswer::Seen(Box::new(it)))
                    .map_err(refused)
            }
        }
    }

    pub(crate) fn view(&self) -> KioskState {
        self.view_of("gaon-1", "check-1").state
    }

    pub(crate) fn view_of(&self, kiosk: &str, id: &str) -> KioskView {
        let (kiosk, id) = (StationId::new(kiosk), CheckId::new(id));
        self.checks.kiosk_view(&kiosk, &id).unwrap()
    }

    pub(crate) fn waiting(&self) -> Vec<CheckNotice> {
        self.checks.waiting(self.now).checks
    }

    /// Time goes by in which the kiosk is heard and no desk is.
    pub(crate) fn passes(&mut self, time: Duration) {
        let step = Duration::from_secs(1);
        let until = self.now + time;
        while self.now < until {
            self.kiosk_is_silent(step);
            let _ = self.kiosk_does("gaon-1", KioskDeed::Watch);
        }
    }

    pub(crate) fn kiosk_is_silent(&mut self, time: Duration) {
        self.now += time;
        assert!(self.checks.poll_timeout().is_some() || self.waiting().is_empty());
        for (id, fact) in self.checks.decide_timeout(self.now) {
            self.checks
                .take_over(&id, std::slice::from_ref(&fact), self.now);
            self.facts.push(fact);
        }
        self.checks.forget_over(self.now);
    }
}
