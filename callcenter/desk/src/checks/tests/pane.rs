//! The pane with an exchange whose answers are the story's.

use std::{path::Path, sync::Arc, time::Instant};

use catalog::Catalog;
use privacy::Personal;
use request::{AgentId, CheckId, ServiceId, StationId};
use vouching::{
    AskedQuestion, Attempt, CheckFault, CheckNotice, CheckRefusal, DeskAnswer, DeskDeed,
    DeskQuestion, DeskSheet, FirstWord, Ground, LogLine, NoticeStage, Part, Role, Seat, Speaker,
    WaitingChecks, Wording,
};

use super::super::{ChecksEvent, ChecksTouch, ChecksView, IdentityChecks, SheetView};
use crate::Language;

pub(super) fn seat(desk: &str, agent: &str) -> Seat {
    Seat {
        desk: StationId::new(desk),
        agent: AgentId::new(agent),
    }
}

pub(super) fn wording() -> Wording {
    Wording {
        ko: "지금 사는 동의 이름이 무엇인가요?".to_owned(),
        en: "Which neighborhood do you live in now?".to_owned(),
    }
}

/// The sheet of the first person, whom the first question is open for.
pub(super) fn sheet() -> DeskSheet {
    DeskSheet {
        edition: 2,
        check: CheckId::new("c-1"),
        kiosk: StationId::new("gaon-1"),
        service: ServiceId::new("resident-register-household"),
        language: "en".to_owned(),
        part: Part::First,
        question: Some(AskedQuestion {
            number: 1,
            wording: wording(),
        }),
        said: None,
        log: Vec::new(),
        right_needed: 3,
        wrong_left: 1,
        first: None,
        may_believe: false,
        may_ask_more: false,
        over: None,
        seconds_left: Some(870),
    }
}

/// After so many right answers and no question more.
pub(super) fn answered(edition: u64, part: Part) -> DeskSheet {
    let line = LogLine {
        wording: wording(),
        right: true,
        asked_by: seat("desk-1", "kim.2"),
    };
    let first = (part == Part::Second).then(|| FirstWord {
        seat: seat("desk-1", "kim.2"),
        ground: Ground::SpokenWith,
    });
    DeskSheet {
        edition,
        part,
        question: None,
        log: vec![line; 3],
        first,
        may_believe: true,
        may_ask_more: part == Part::Second,
        ..sheet()
    }
}

pub(super) struct Pane {
    pub(super) checks: IdentityChecks,
    pub(super) now: Instant,
    asked: Vec<(Attempt, DeskQuestion)>,
}

impl Pane {
    /// One check waits for an agent, another for a supervisor.
    pub(super) fn of(agent: &str, role: Role) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/catalog");
        let catalog = Arc::new(Catalog::read(&folder).unwrap());
        let mut pane = Self {
            checks: IdentityChecks::new(catalog),
            now: Instant::now(),
            asked: Vec::new(),
        };
        let agent = AgentId::new(agent);
        pane.checks
            .handle(ChecksEvent::Works(Some(Speaker { agent, role })), pane.now);
        let notice = |check: &str, stage| CheckNotice {
            check: CheckId::new(check),
            kiosk: StationId::new("gaon-1"),
            service: ServiceId::new("resident-register-household"),
            language: "en".to_owned(),
            stage,
            waited_seconds: 61,
        };
        let believed_by = seat("desk-1", "kim.2");
        let waiting = WaitingChecks {
            edition: 3,
            checks: vec![
                notice("c-1", NoticeStage::Agent),
                notice("c-2", NoticeStage::Supervisor { believed_by }),
            ],
        };
        pane.listed(waiting);
        pane
    }

    fn listed(&mut self, waiting: WaitingChecks) {
        self.answers(Ok(DeskAnswer::Listed(waiting)), |question| {
            matches!(question, DeskQuestion::List { .. })
        });
    }

    /// A check is taken, and this is its sheet.
    pub(super) fn taken(agent: &str, role: Role, sheet: DeskSheet) -> Self {
        let mut pane = Self::of(agent, role);
        pane.touch(ChecksTouch::Next);
        pane.sees(sheet, &DeskDeed::Take);
        pane
    }

    pub(super) fn touch(&mut self, touch: ChecksTouch) {
        self.checks.handle(ChecksEvent::Touched(touch), self.now);
    }

    pub(super) fn types(&mut self, text: &str) {
        self.touch(ChecksTouch::Type(Personal::new(text.to_owned())));
    }

    /// The exchange answers what was asked and fits; the rest stays open.
    fn answers(
        &mut self,
        answer: Result<DeskAnswer, CheckFault>,
        fits: impl Fn(&DeskQuestion) -> bool,
    ) {
        self.hear();
        let place = self.asked.iter().position(|(_, it)| fits(it));
        let (attempt, _) = self
            .asked
            .remove(place.expect("nothing like that was asked"));
        self.checks
            .handle(ChecksEvent::Answered(attempt, answer), self.now);
    }

    fn hear(&mut self) {
        self.asked
            .extend(std::iter::from_fn(|| self.checks.poll_command()));
    }

    /// The exchange has heard the deed; the sheet is what came of it.
    pub(super) fn sees(&mut self, sheet: DeskSheet, deed: &DeskDeed) {
        self.answers(
            Ok(DeskAnswer::Seen(Box::new(sheet))),
            |question| matches!(question, DeskQuestion::Do { saying, .. } if saying.deed == *deed),
        );
    }

    pub(super) fn is_refused(&mut self, why: CheckRefusal, deed: &DeskDeed) {
        self.answers(
            Err(CheckFault::Refused(why)),
            |question| matches!(question, DeskQuestion::Do { saying, .. } if saying.deed == *deed),
        );
    }

    /// Every deed that was told and not answered.
    pub(super) fn told(&mut self) -> Vec<DeskDeed> {
        self.hear();
        let deeds = self.asked.iter().filter_map(|(_, it)| match it {
            DeskQuestion::Do { saying, .. } => Some(saying.deed.clone()),
            DeskQuestion::List { .. } => None,
        });
        deeds.filter(|it| *it != DeskDeed::Watch).collect()
    }

    pub(super) fn view(&self) -> ChecksView {
        self.checks.present(Language::Korean, self.now)
    }

    pub(super) fn sheet(&self) -> SheetView {
        self.view().sheet.unwrap()
    }
}

pub(super) fn answer(question: u32, text: &str) -> DeskDeed {
    DeskDeed::Answer {
        question,
        text: Personal::new(text.to_owned()),
    }
}
