//! Talks that are judged: a supervisor finds, judges and saves; an agent reads what was
//! found of an own talk, and answers.
//!
//! The switch knows the talks and keeps what is written. What is typed here and not yet
//! taken by it outlives a line that is cut.

mod draft;
mod hearing;
mod present;
#[cfg(test)]
mod tests;
mod touch;

use std::collections::{BTreeMap, VecDeque};

use cti::{QualityEvent, QualityRefusal, QualityRequest, TalkLine, TalkName, TalkSheet};

pub(crate) use present::Names;
pub use present::{
    AgentRowView, CriterionView, JudgingView, MeanView, PlaceView, ReadingView, ReviewsView,
    TalkRowView, WrittenView,
};
pub use touch::ReviewsTouch;

use draft::{AnswerDraft, Draft};
use hearing::{Standing, TalksOf};

/// The periods means are of, in days; each has a key.
pub const PERIODS: [u16; 3] = [7, 30, 90];
/// Talks whose judgment was begun and not saved, at most.
const DRAFTS_MOST: usize = 8;

/// Who works here, as the switch knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The agent's number in the center.
    pub agent: u32,
    pub supervisor: bool,
}

#[derive(Clone, Debug)]
pub enum ReviewsEvent {
    /// The switch knows who works here, for the first time or again.
    Known(Reader),
    /// Nobody works here any more.
    SignedOut,
    /// The switch cannot be reached.
    Away,
    /// The switch has forgotten who works here.
    Forgotten,
    /// The pane comes up, or is asked for again; whether the supervisor takes part in a
    /// talk meanwhile.
    Opened {
        monitoring: bool,
    },
    /// Another pane is up.
    Left,
    Touched(ReviewsTouch),
    Told(Box<QualityEvent>),
}

/// What is told until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewsNotice {
    /// The switch cannot be asked now.
    Away,
    /// Saved as soon as the switch is back.
    Kept,
    /// The switch wants to know anew who works here; what is typed stays.
    SignInAgain,
    Saved,
    Answered,
    Refused(QualityRefusal),
    /// Save or discard something first.
    TooManyDrafts,
}

/// What the pane is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Agents,
    Talks(u32),
    Own,
    Sheet(Step),
}

/// With an open talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Points,
    Comment,
    Reading,
    Answering,
}

pub struct TalkReviews {
    reader: Option<Reader>,
    /// Whose drafts these are.
    author: Option<u32>,
    online: bool,
    /// The pane is up.
    shown: bool,
    /// What is typed waits for its author to sign in again.
    forgotten: bool,
    /// Which of [`PERIODS`].
    period: usize,
    place: Place,
    /// Where Back leads from an open talk.
    list: Place,
    agents: Vec<Standing>,
    agents_known: bool,
    agent: usize,
    talks: Option<TalksOf>,
    own: Option<Vec<TalkLine>>,
    /// Something was found of an own talk that was not looked at.
    news: bool,
    row: usize,
    sheet: Option<Box<TalkSheet>>,
    /// The chosen criterion, or review.
    chosen: usize,
    drafts: BTreeMap<TalkName, Draft>,
    answers: BTreeMap<(TalkName, u32), AnswerDraft>,
    /// Counts the lines that were begun.
    lines_begun: u32,
    notice: Option<ReviewsNotice>,
    commands: VecDeque<QualityRequest>,
}

impl Default for TalkReviews {
    fn default() -> Self {
        Self {
            reader: None,
            author: None,
            online: false,
            shown: false,
            forgotten: false,
            period: 1,
            place: Place::Own,
            list: Place::Own,
            agents: Vec::new(),
            agents_known: false,
            agent: 0,
            talks: None,
            own: None,
            news: false,
            row: 0,
            sheet: None,
            chosen: 0,
            drafts: BTreeMap::new(),
            answers: BTreeMap::new(),
            lines_begun: 0,
            notice: None,
            commands: VecDeque::new(),
        }
    }
}

impl TalkReviews {
    pub fn handle(&mut self, event: ReviewsEvent) {
        match event {
            ReviewsEvent::Known(reader) => self.known(reader),
            ReviewsEvent::SignedOut => self.signed_out(),
            ReviewsEvent::Away => self.online = false,
            ReviewsEvent::Forgotten => {
                (self.online, self.forgotten) = (false, true);
                if self.has_unsaved() {
                    self.notice = Some(ReviewsNotice::SignInAgain);
                }
            }
            ReviewsEvent::Opened { monitoring } => self.opened(monitoring),
            ReviewsEvent::Left => self.shown = false,
            ReviewsEvent::Touched(touch) => self.touched(touch),
            ReviewsEvent::Told(told) => self.told(*told),
        }
    }

    pub fn poll_command(&mut self) -> Option<QualityRequest> {
        self.commands.pop_front()
    }

    /// Whether something is typed that its author would lose by signing out.
    pub fn would_lose(&self) -> bool {
        self.has_unsaved() && !self.forgotten
    }

    /// Whether anybody's talks are here.
    pub fn is_somebodys(&self) -> bool {
        self.reader.is_some()
    }

    pub fn is_shown(&self) -> bool {
        self.shown
    }

    /// Whether something was found of an own talk that was not looked at.
    pub fn has_news(&self) -> bool {
        self.news
    }

    fn has_unsaved(&self) -> bool {
        !self.drafts.is_empty() || !self.answers.is_empty()
    }

    fn known(&mut self, reader: Reader) {
        if self.author != Some(reader.agent) {
            let shown = self.shown;
            *self = Self {
                shown,
                ..Self::default()
            };
        }
        (self.reader, self.author) = (Some(reader), Some(reader.agent));
        (self.online, self.forgotten) = (true, false);
        if self.place == Place::Own && reader.supervisor && self.own.is_none() {
            (self.place, self.list) = (Place::Agents, Place::Agents);
        }
        let held = [
            ReviewsNotice::Away,
            ReviewsNotice::Kept,
            ReviewsNotice::SignInAgain,
        ];
        self.notice = self.notice.take().filter(|it| !held.contains(it));
        // What the switch was told and did not acknowledge it is told again.
        self.send_what_waits();
        if self.shown {
            self.look_again();
        }
    }

    fn signed_out(&mut self) {
        let kept = (self.author, std::mem::take(&mut self.drafts));
        let answers = std::mem::take(&mut self.answers);
        let forgotten = self.forgotten;
        *self = Self::default();
        if forgotten {
            (self.author, self.drafts) = kept;
            (self.answers, self.forgotten) = (answers, true);
        }
    }

    fn opened(&mut self, monitoring: bool) {
        self.shown = true;
        let Some(reader) = self.reader else {
            self.notice = Some(ReviewsNotice::Away);
            return;
        };
        self.notice = None;
        if monitoring && reader.supervisor {
            self.ask(QualityRequest::OpenMonitored);
        } else {
            self.look_again();
        }
    }

    /// What is before the reader is asked for anew.
    fn look_again(&mut self) {
        match self.place {
            Place::Agents => self.ask(QualityRequest::ListMerits { days: self.days() }),
            Place::Talks(agent) => self.list_talks(agent),
            Place::Own => {
                self.news = false;
                self.ask(QualityRequest::ListOwn);
            }
            Place::Sheet(_) => {
                if let Some(talk) = self.sheet.as_ref().map(|it| it.line.talk) {
                    self.ask(QualityRequest::OpenTalk { talk });
                }
            }
        }
    }

    fn list_talks(&mut self, agent: u32) {
        let days = self.days();
        self.ask(QualityRequest::ListTalks { agent, days });
    }

    fn days(&self) -> u16 {
        PERIODS.get(self.period).copied().unwrap_or(PERIODS[0])
    }

    /// Where the switch is away, what is before the reader may be old.
    fn ask(&mut self, asked: QualityRequest) {
        if self.online {
            self.commands.push_back(asked);
        } else {
            self.notice = Some(ReviewsNotice::Away);
        }
    }

    fn begin_line(&mut self) {
        self.lines_begun = self.lines_begun.wrapping_add(1);
    }
}
