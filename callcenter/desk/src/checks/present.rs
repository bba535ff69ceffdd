//! What the pane shows of checks that wait and of the one that is taken.

use std::time::Instant;

use privacy::Personal;
use request::ServiceId;
use vouching::{
    CheckEnding, CheckNotice, CheckOutcome, DeskSheet, Doubt, Ground, LogLine, NoticeStage, Part,
};

use super::{ChecksNotice, IdentityChecks, Verdict, With, verdict::DOUBTS};
use crate::{Language, wording::stopwatch};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecksView {
    /// Whether the exchange has said which checks wait.
    pub known: bool,
    pub waiting: Vec<WaitingCheckView>,
    pub selected: usize,
    /// The exchange is asked for the selected one.
    pub taking: bool,
    pub notice: Option<ChecksNotice>,
    pub sheet: Option<SheetView>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingCheckView {
    pub kiosk: String,
    pub service: String,
    /// The citizen's, by its name.
    pub language: String,
    pub waited: String,
    /// Who believes it already; empty while it waits for the first person.
    pub believed_by: String,
}

/// The check that is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetView {
    pub kiosk: String,
    pub service: String,
    /// The citizen's, by its name.
    pub language: String,
    /// Until the check ends by itself, such as `14:30`; empty when that is not known.
    pub left: String,
    /// For the second person.
    pub believed: Option<BelievedView>,
    pub turn: Turn,
    pub log: Vec<AnsweredView>,
    pub right: usize,
    pub right_needed: u32,
    /// Wrong answers that are still forgiven.
    pub wrong_left: u32,
    /// The second person may have one more question.
    pub may_ask_more: bool,
    /// What was done last is on its way.
    pub doing: bool,
    /// A verdict that is being given, with its reasons.
    pub verdict: Option<VerdictView>,
}

/// Whose turn it is, and for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    Asking(AskedView),
    /// Enough was answered: a verdict is due.
    Deciding,
    /// This agent believes it; a supervisor at another desk has the last word.
    WithSecond,
    Passed,
    Ended(CheckEnding),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedView {
    pub number: u32,
    pub wording: String,
    /// As the citizen reads it, where that is another language than the desk's.
    pub in_their_words: String,
    /// What the citizen has typed at the kiosk.
    pub said: Option<Personal<String>>,
    /// What stands in the line.
    pub typed: Personal<String>,
    /// Counts the lines that were begun.
    pub line: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnsweredView {
    pub wording: String,
    pub right: bool,
    pub asked_by: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BelievedView {
    pub agent: String,
    pub desk: String,
    pub ground: Ground,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VerdictView {
    Believe {
        grounds: Vec<Ground>,
        chosen: Option<Ground>,
    },
    Refuse {
        doubts: Vec<Doubt>,
        chosen: Option<Doubt>,
    },
}

impl IdentityChecks {
    pub(crate) fn present(&self, language: Language, now: Instant) -> ChecksView {
        let since = self.known_at.map_or(0, |at| seconds_since(at, now));
        let waiting = self.waiting.iter();
        ChecksView {
            known: self.known_at.is_some(),
            waiting: waiting.map(|it| self.row(it, language, since)).collect(),
            selected: self.selected,
            taking: self.with.is_none() && self.examiner.is_in_check(),
            notice: self.notice,
            sheet: (self.with.as_ref()).map(|it| self.sheet(it, language, now)),
        }
    }

    fn row(&self, told: &CheckNotice, language: Language, since: u64) -> WaitingCheckView {
        WaitingCheckView {
            kiosk: told.kiosk.to_string(),
            service: self.title(&told.service, language),
            language: language.name_of(&told.language),
            waited: stopwatch(told.waited_seconds + since),
            believed_by: match &told.stage {
                NoticeStage::Agent => String::new(),
                NoticeStage::Supervisor { believed_by } => believed_by.agent.to_string(),
            },
        }
    }

    fn sheet(&self, with: &With, language: Language, now: Instant) -> SheetView {
        let sheet = &*with.sheet;
        let passed = seconds_since(with.seen_at, now);
        let left = sheet.seconds_left.filter(|_| sheet.over.is_none());
        let left = left.map(|it| stopwatch(it.saturating_sub(passed)));
        let believed = sheet.first.as_ref().map(|it| BelievedView {
            agent: it.seat.agent.to_string(),
            desk: it.seat.desk.to_string(),
            ground: it.ground,
        });
        let answered = |it: &LogLine| AnsweredView {
            wording: it.wording.in_language(language.code()).to_owned(),
            right: it.right,
            asked_by: it.asked_by.agent.to_string(),
        };
        SheetView {
            kiosk: sheet.kiosk.to_string(),
            service: self.title(&sheet.service, language),
            language: language.name_of(&sheet.language),
            left: left.unwrap_or_default(),
            believed: believed.filter(|_| sheet.part == Part::Second),
            turn: self.turn(with, language),
            log: sheet.log.iter().map(answered).collect(),
            right: sheet.log.iter().filter(|it| it.right).count(),
            right_needed: sheet.right_needed,
            wrong_left: sheet.wrong_left,
            may_ask_more: sheet.may_ask_more,
            doing: self.examiner.is_doing(),
            verdict: self.verdict.map(|it| self.verdict_view(it)),
        }
    }

    fn turn(&self, with: &With, language: Language) -> Turn {
        match (with.sheet.over, self.asked(&with.sheet, language)) {
            (Some(CheckOutcome::Passed), _) => Turn::Passed,
            (Some(CheckOutcome::Ended(by)), _) => Turn::Ended(by),
            (None, _) if !with.is_held() => Turn::WithSecond,
            (None, Some(asked)) => Turn::Asking(asked),
            (None, None) => Turn::Deciding,
        }
    }

    fn asked(&self, sheet: &DeskSheet, language: Language) -> Option<AskedView> {
        let question = sheet.question.as_ref()?;
        let wording = question.wording.in_language(language.code());
        let theirs = question.wording.in_language(&sheet.language);
        Some(AskedView {
            number: question.number,
            wording: wording.to_owned(),
            in_their_words: if theirs == wording { "" } else { theirs }.to_owned(),
            said: sheet.said.clone(),
            typed: self.typed.clone(),
            line: self.lines_begun,
        })
    }

    fn verdict_view(&self, verdict: Verdict) -> VerdictView {
        match verdict {
            Verdict::Believe(chosen) => VerdictView::Believe {
                grounds: self.grounds().to_vec(),
                chosen,
            },
            Verdict::Refuse(chosen) => VerdictView::Refuse {
                doubts: DOUBTS.to_vec(),
                chosen,
            },
        }
    }

    fn title(&self, service: &ServiceId, language: Language) -> String {
        let known = self.catalog.service(service);
        known.map_or_else(|| service.to_string(), |it| language.of(&it.title))
    }
}

fn seconds_since(at: Instant, now: Instant) -> u64 {
    now.saturating_duration_since(at).as_secs()
}
