//! The checks that are under way at the exchange.
//!
//! The right answers and what citizens have typed are here, in memory alone, and gone
//! when a check is over or the exchange ends. Nothing here takes effect before it is
//! in the ledger: `decide_…` says what is to be written, [`Checks::take_over`] takes
//! over what was.

mod shown;

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use catalog::CheckBounds;
use privacy::Personal;
use request::{CheckId, RequestId, StationId};

use crate::{
    ANSWER_MAX, Check, CheckEnding, CheckFact, CheckRefusal, DeskDeed, Drawn, KioskDeed, Seat,
    Speaker, Stage, Wording,
};

/// More kiosks than a center has agents for.
pub const CHECKS_MAX: usize = 256;
/// Characters of what a citizen types in answer.
pub const SAID_MAX: usize = ANSWER_MAX;
/// An end that says nothing for so long has gone. Longer than a question is held and
/// a lost answer costs.
pub const SILENCE_MAX: Duration = Duration::from_secs(45);
/// How long those who had to do with a check can hear how it ended.
const OVER_KEPT: Duration = Duration::from_secs(120);

/// Whoever asks is who the line's certificate says.
#[derive(Debug)]
pub struct Checks {
    edition: u64,
    live: BTreeMap<CheckId, Live>,
}

#[derive(Debug)]
struct Live {
    check: Check,
    language: String,
    drawn: Vec<Drawn>,
    /// Of the questions, in their order; they outlive the right answers.
    wordings: Vec<Wording>,
    /// What the citizen has typed, and to which question.
    said: Option<(u32, Personal<String>)>,
    edition: u64,
    waiting_since: Instant,
    ends_at: Instant,
    kiosk_heard_at: Instant,
    desk_heard_at: Instant,
    /// Since when it is over.
    over_at: Option<Instant>,
}

impl Default for Checks {
    fn default() -> Self {
        Self {
            edition: 1,
            live: BTreeMap::new(),
        }
    }
}

impl Checks {
    /// Whether another can be opened.
    pub fn is_full(&self) -> bool {
        let under_way = self.live.values().filter(|it| it.over_at.is_none());
        under_way.count() >= CHECKS_MAX
    }

    /// The check of a kiosk's request that is under way.
    pub fn of_request(&self, kiosk: &StationId, request: &RequestId) -> Option<&CheckId> {
        let wanted = |it: &Live| it.check.kiosk == *kiosk && it.check.request == *request;
        let mut live = self.live.iter();
        let found = live.find(|(_, it)| it.over_at.is_none() && wanted(it));
        found.map(|(id, _)| id)
    }

    /// A check begins whose opening is in the ledger; `language` is the citizen's.
    pub fn begin(
        &mut self,
        check: Check,
        language: String,
        drawn: Vec<Drawn>,
        bounds: &CheckBounds,
        now: Instant,
    ) {
        let live = Live {
            language,
            wordings: drawn.iter().map(|it| it.wording.clone()).collect(),
            drawn,
            said: None,
            edition: 1,
            waiting_since: now,
            ends_at: now + bounds.life(),
            kiosk_heard_at: now,
            desk_heard_at: now,
            over_at: None,
            check,
        };
        self.live.insert(live.check.id.clone(), live);
        self.list_changed();
    }

    /// What a kiosk's deed leads to; nothing is changed.
    ///
    /// # Errors
    /// The [`CheckRefusal`] says why not.
    pub fn decide_kiosk(
        &self,
        kiosk: &StationId,
        id: &CheckId,
        deed: &KioskDeed,
    ) -> Result<Vec<CheckFact>, CheckRefusal> {
        let live = self.of_kiosk(kiosk, id)?;
        match deed {
            KioskDeed::Watch => Ok(Vec::new()),
            KioskDeed::Leave if live.check.is_over() => Ok(Vec::new()),
            KioskDeed::Leave => Ok(vec![CheckFact::Ended {
                by: CheckEnding::Left,
            }]),
            KioskDeed::Say { text, .. } if text.chars() > SAID_MAX => Err(CheckRefusal::TooLong),
            KioskDeed::Say { question, .. } if live.check.open_question() != Some(*question) => {
                Err(CheckRefusal::NotNow)
            }
            KioskDeed::Say { .. } => Ok(Vec::new()),
        }
    }

    /// What a desk's deed leads to; nothing is changed.
    ///
    /// # Errors
    /// The [`CheckRefusal`] says why not.
    pub fn decide_desk(
        &self,
        desk: &StationId,
        speaker: &Speaker,
        id: &CheckId,
        deed: &DeskDeed,
    ) -> Result<Vec<CheckFact>, CheckRefusal> {
        let live = self.live.get(id).ok_or(CheckRefusal::Gone)?;
        live.check.decide(desk, speaker, deed, &live.drawn)
    }

    /// Takes over facts that are in the ledger.
    pub fn take_over(&mut self, id: &CheckId, facts: &[CheckFact], now: Instant) {
        let Some(live) = self.live.get_mut(id) else {
            return;
        };
        for fact in facts {
            live.check.apply(fact);
            live.said = None;
        }
        if facts.is_empty() {
            return;
        }
        live.edition += 1;
        live.desk_heard_at = now;
        if live.check.is_over() {
            live.over_at = Some(now);
            live.drawn.clear();
        }
        let goes_on =
            |it: &CheckFact| matches!(it, CheckFact::Answered { .. } | CheckFact::AskedMore { .. });
        if !facts.iter().all(goes_on) {
            live.waiting_since = now;
            self.list_changed();
        }
    }

    /// A kiosk was heard; what its citizen typed is for the agent to read.
    pub fn heard_kiosk(&mut self, id: &CheckId, deed: &KioskDeed, now: Instant) {
        if let Some(live) = self.live.get_mut(id) {
            live.kiosk_heard_at = now;
            if let KioskDeed::Say { question, text } = deed {
                live.said = Some((*question, text.clone()));
                live.edition += 1;
            }
        }
    }

    /// A desk was heard.
    pub fn heard_desk(&mut self, seat: &Seat, id: &CheckId, now: Instant) {
        let live = self.live.get_mut(id);
        if let Some(live) = live.filter(|it| it.check.seat() == Some(seat)) {
            live.desk_heard_at = now;
        }
    }

    /// What the passing of time leads to; to be written down and taken over.
    pub fn decide_timeout(&self, now: Instant) -> Vec<(CheckId, CheckFact)> {
        let due = |live: &Live| {
            let ended = |by| Some(CheckFact::Ended { by });
            if live.over_at.is_some() {
                None
            } else if live.ends_at <= now {
                ended(CheckEnding::TimeUp)
            } else if live.kiosk_heard_at + SILENCE_MAX <= now {
                ended(CheckEnding::KioskSilent)
            } else {
                let silent = live.desk_heard_at + SILENCE_MAX <= now;
                let seat = live.check.seat().filter(|_| silent).cloned();
                seat.map(|seat| CheckFact::LetGo { seat })
            }
        };
        self.live
            .iter()
            .filter_map(|(id, live)| Some((id.clone(), due(live)?)))
            .collect()
    }

    /// Forgets what has been over for long enough.
    pub fn forget_over(&mut self, now: Instant) {
        let keep = |live: &Live| live.over_at.is_none_or(|it| now < it + OVER_KEPT);
        self.live.retain(|_, live| keep(live));
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        self.live.values().map(Live::due_at).min()
    }

    /// Of the list of who waits.
    pub fn edition(&self) -> u64 {
        self.edition
    }

    fn of_kiosk(&self, kiosk: &StationId, id: &CheckId) -> Result<&Live, CheckRefusal> {
        let live = self.live.get(id).filter(|it| it.check.kiosk == *kiosk);
        live.ok_or(CheckRefusal::Gone)
    }

    /// Who waits sees how many came before.
    fn list_changed(&mut self) {
        self.edition += 1;
        for live in self.live.values_mut() {
            if live.check.stage == Stage::Waiting {
                live.edition += 1;
            }
        }
    }
}

impl Live {
    fn due_at(&self) -> Instant {
        if let Some(over_at) = self.over_at {
            return over_at + OVER_KEPT;
        }
        let kiosk = self.ends_at.min(self.kiosk_heard_at + SILENCE_MAX);
        match self.check.seat() {
            Some(_) => kiosk.min(self.desk_heard_at + SILENCE_MAX),
            None => kiosk,
        }
    }
}
