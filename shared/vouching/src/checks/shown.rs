//! What kiosks and desks are shown.

use std::time::Instant;

use request::{CheckId, StationId};

use super::{Checks, Live};
use crate::{
    AskedQuestion, CheckNotice, CheckOutcome, CheckRefusal, DeskSheet, FirstWord, KioskState,
    KioskView, LogLine, NoticeStage, Part, Seat, Stage, WaitingChecks, Wording,
};

impl Checks {
    /// # Errors
    /// When there is no such check of this kiosk, or no more.
    pub fn kiosk_view(&self, kiosk: &StationId, id: &CheckId) -> Result<KioskView, CheckRefusal> {
        let live = self.of_kiosk(kiosk, id)?;
        let state = match &live.check.stage {
            Stage::Waiting => KioskState::Waiting {
                ahead: self.ahead_of(live),
            },
            Stage::Examined(_) => live
                .asked()
                .map_or(KioskState::Considered, KioskState::Asked),
            Stage::WaitingForSecond => KioskState::WaitingForSecond,
            Stage::Supervised(_) => live
                .asked()
                .map_or(KioskState::Supervised, KioskState::Asked),
            Stage::Passed => live
                .check
                .vouching()
                .map_or(KioskState::Considered, KioskState::Passed),
            Stage::Ended(by) => KioskState::Ended(*by),
        };
        let edition = live.edition;
        Ok(KioskView { edition, state })
    }

    /// # Errors
    /// When the seat has nothing to do with it, or there is no such check.
    pub fn desk_sheet(
        &self,
        seat: &Seat,
        id: &CheckId,
        now: Instant,
    ) -> Result<DeskSheet, CheckRefusal> {
        let live = self.live.get(id).ok_or(CheckRefusal::Gone)?;
        let check = &live.check;
        if !check.knows(seat) {
            return Err(CheckRefusal::NotYours);
        }
        let first = check.believed().map(|(seat, ground)| FirstWord {
            seat: seat.clone(),
            ground: *ground,
        });
        let is_first = first.as_ref().is_none_or(|it| it.seat == *seat);
        let has_it = check.seat() == Some(seat);
        let question = live.asked().filter(|_| has_it);
        let said = live.said.as_ref().zip(question.as_ref());
        let said = said.filter(|((number, _), open)| *number == open.number);
        Ok(DeskSheet {
            edition: live.edition,
            check: check.id.clone(),
            kiosk: check.kiosk.clone(),
            service: check.service.clone(),
            language: live.language.clone(),
            part: if is_first { Part::First } else { Part::Second },
            said: said.map(|((_, text), _)| text.clone()),
            question,
            log: live.log(),
            right_needed: check.right_needed(),
            wrong_left: check.wrong_left(),
            first,
            may_believe: has_it && check.may_believe(),
            may_ask_more: has_it && check.may_ask_more(),
            over: match &check.stage {
                Stage::Passed => Some(CheckOutcome::Passed),
                Stage::Ended(by) => Some(CheckOutcome::Ended(*by)),
                Stage::Waiting
                | Stage::Examined(_)
                | Stage::WaitingForSecond
                | Stage::Supervised(_) => None,
            },
            seconds_left: (live.over_at.is_none())
                .then(|| live.ends_at.saturating_duration_since(now).as_secs()),
        })
    }

    /// Every check that waits for a first or a second person, the longest waiting
    /// first.
    pub fn waiting(&self, now: Instant) -> WaitingChecks {
        let mut waiting: Vec<_> = self
            .live
            .values()
            .filter_map(|live| {
                let stage = match &live.check.stage {
                    Stage::Waiting => NoticeStage::Agent,
                    Stage::WaitingForSecond => NoticeStage::Supervisor {
                        believed_by: live.check.believed()?.0.clone(),
                    },
                    Stage::Examined(_) | Stage::Supervised(_) | Stage::Passed | Stage::Ended(_) => {
                        return None;
                    }
                };
                Some((live, stage))
            })
            .collect();
        waiting.sort_by_key(|(live, _)| live.waiting_since);
        let checks = waiting.into_iter().map(|(live, stage)| CheckNotice {
            check: live.check.id.clone(),
            kiosk: live.check.kiosk.clone(),
            service: live.check.service.clone(),
            language: live.language.clone(),
            stage,
            waited_seconds: now.saturating_duration_since(live.waiting_since).as_secs(),
        });
        WaitingChecks {
            edition: self.edition,
            checks: checks.collect(),
        }
    }

    fn ahead_of(&self, one: &Live) -> u32 {
        let before = self.live.values().filter(|it| {
            it.check.stage == Stage::Waiting
                && it.check.id != one.check.id
                && (it.waiting_since, &it.check.id) < (one.waiting_since, &one.check.id)
        });
        u32::try_from(before.count()).unwrap_or(u32::MAX)
    }
}

impl Live {
    fn asked(&self) -> Option<AskedQuestion> {
        let number = self.check.open_question()?;
        let drawn = self.drawn.get(self.check.log().len())?;
        let wording = drawn.wording.clone();
        Some(AskedQuestion { number, wording })
    }

    /// Questions are asked in the order in which they were drawn.
    fn log(&self) -> Vec<LogLine> {
        let answered = self.check.log().iter().zip(&self.wordings);
        answered
            .map(|(it, wording): (_, &Wording)| LogLine {
                wording: wording.clone(),
                right: it.right,
                asked_by: it.seat.clone(),
            })
            .collect()
    }
}
