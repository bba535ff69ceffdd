//! What citizens wrote for the bulletin board: read by a moderator, who publishes it for a
//! while or refuses it with a reason.
//!
//! Four verbs, no I/O. The exchange takes a decision once, however often it is told; what
//! is typed stays here until it has said that it is done.

mod posting;
mod present;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};

use privacy::Personal;

pub use posting::{Judgment, Posting, PostingsFault, Title, Words};
pub use present::{ChoiceView, PostingRow, PostingView, PostingsView};

/// Days a notice may stand, as its keys are numbered; the last choice refuses it.
pub const DAYS: [u64; 4] = [7, 14, 30, 90];
/// Characters of a reason; what the exchange takes.
const REASON_MAX: usize = 300;

/// What the moderator is told until the next key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostingsNotice {
    Fault(PostingsFault),
    /// It is not said what becomes of it.
    Choose,
    NoReason,
    TooLong,
    Published,
    Refused,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PostingsTouch {
    Up,
    Down,
    Select(usize),
    /// The n-th posting, or the n-th thing that may become of one.
    Pick(usize),
    /// Opens the one that is chosen; does what was chosen with it.
    Next,
    Back,
    Reason(Personal<String>),
    LookAgain,
}

#[derive(Clone, Debug)]
pub enum PostingsEvent {
    Touched(PostingsTouch),
    Shown(bool),
    /// Who works here now.
    Works(Option<String>),
    Told(Result<Vec<Posting>, PostingsFault>),
    Judged(String, Result<(), PostingsFault>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PostingsCommand {
    /// Ask which wait; the exchange notes who asked.
    Ask,
    Judge {
        posting: String,
        judgment: Judgment,
    },
}

/// What is to become of a posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Publish(u64),
    Refuse,
}

#[derive(Debug)]
struct Open {
    posting: Posting,
    choice: Option<Choice>,
    /// The exchange is told what becomes of it, and has not answered.
    judging: bool,
}

pub struct Postings {
    /// Whether there is any way to say who decides.
    may_ask: bool,
    agent: Option<String>,
    shown: bool,
    /// Whoever works here has asked which wait: another's answer is not theirs.
    asked: bool,
    list: Option<Vec<Posting>>,
    selected: usize,
    open: Option<Open>,
    /// What is typed of reasons, by their postings.
    reasons: BTreeMap<String, Personal<String>>,
    notice: Option<PostingsNotice>,
    commands: VecDeque<PostingsCommand>,
}

impl Postings {
    pub fn new(may_ask: bool) -> Self {
        Self {
            may_ask,
            agent: None,
            shown: false,
            asked: false,
            list: None,
            selected: 0,
            open: None,
            reasons: BTreeMap::new(),
            notice: None,
            commands: VecDeque::new(),
        }
    }

    pub fn handle(&mut self, event: PostingsEvent) {
        match event {
            PostingsEvent::Touched(touch) => self.touched(touch),
            PostingsEvent::Shown(shown) => {
                if shown && !self.shown {
                    self.notice = None;
                    self.ask();
                }
                self.shown = shown;
            }
            PostingsEvent::Works(agent) => {
                let may_ask = self.may_ask;
                *self = Self::new(may_ask);
                self.agent = agent;
            }
            PostingsEvent::Told(_) if !self.asked => {}
            PostingsEvent::Told(Ok(list)) => self.told(list),
            PostingsEvent::Told(Err(fault)) => self.notice = Some(PostingsNotice::Fault(fault)),
            PostingsEvent::Judged(posting, judged) => self.is_judged(&posting, judged),
        }
    }

    pub fn poll_command(&mut self) -> Option<PostingsCommand> {
        self.commands.pop_front()
    }

    pub fn is_shown(&self) -> bool {
        self.shown
    }

    /// Who works here, as far as was told.
    pub fn agent(&self) -> Option<&str> {
        self.agent.as_deref()
    }

    fn ask(&mut self) {
        if self.may_ask && self.agent.is_some() {
            self.asked = true;
            self.commands.push_back(PostingsCommand::Ask);
        }
    }

    fn told(&mut self, list: Vec<Posting>) {
        let chosen = self.list.iter().flatten().nth(self.selected);
        let place = chosen.and_then(|chosen| list.iter().position(|it| it.id == chosen.id));
        let last = list.len().saturating_sub(1);
        self.selected = place.unwrap_or(self.selected).min(last);
        self.list = Some(list);
    }

    fn touched(&mut self, touch: PostingsTouch) {
        if let PostingsTouch::Reason(reason) = touch {
            if let Some(open) = &self.open {
                self.reasons.insert(open.posting.id.clone(), reason);
            }
            return;
        }
        self.notice = None;
        match self.open {
            Some(_) => self.in_posting(&touch),
            None => self.in_list(&touch),
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others mean nothing here"
    )]
    fn in_list(&mut self, touch: &PostingsTouch) {
        let last = self.list.as_ref().map_or(0, Vec::len).saturating_sub(1);
        match touch {
            PostingsTouch::Up => self.selected = self.selected.saturating_sub(1),
            PostingsTouch::Down => self.selected = (self.selected + 1).min(last),
            PostingsTouch::Select(row) | PostingsTouch::Pick(row) => {
                self.selected = (*row).min(last);
            }
            PostingsTouch::Next => {
                let chosen = self.list.iter().flatten().nth(self.selected);
                self.open = chosen.map(|posting| Open {
                    posting: posting.clone(),
                    choice: None,
                    judging: false,
                });
            }
            PostingsTouch::LookAgain => self.ask(),
            _ => {}
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others mean nothing here"
    )]
    fn in_posting(&mut self, touch: &PostingsTouch) {
        // What the exchange has been told stands until it has answered.
        let Some(open) = self.open.as_mut().filter(|it| !it.judging) else {
            return;
        };
        match touch {
            PostingsTouch::Pick(place) => match DAYS.get(*place) {
                Some(days) => open.choice = Some(Choice::Publish(*days)),
                None if *place == DAYS.len() => open.choice = Some(Choice::Refuse),
                None => {}
            },
            PostingsTouch::Next => self.judge(),
            PostingsTouch::Back => self.open = None,
            _ => {}
        }
    }

    fn judge(&mut self) {
        let Some(open) = &mut self.open else {
            return;
        };
        let reason = self.reasons.get(&open.posting.id).cloned();
        let reason = reason.unwrap_or_default();
        let judgment = match open.choice {
            None => Err(PostingsNotice::Choose),
            Some(Choice::Publish(days)) => Ok(Judgment::Publish { days }),
            Some(Choice::Refuse) if reason.is_blank() => Err(PostingsNotice::NoReason),
            Some(Choice::Refuse) if reason.chars() > REASON_MAX => Err(PostingsNotice::TooLong),
            Some(Choice::Refuse) => Ok(Judgment::Refuse { reason }),
        };
        match judgment {
            Ok(judgment) => {
                open.judging = true;
                let posting = open.posting.id.clone();
                self.commands
                    .push_back(PostingsCommand::Judge { posting, judgment });
            }
            Err(notice) => self.notice = Some(notice),
        }
    }

    fn is_judged(&mut self, posting: &str, judged: Result<(), PostingsFault>) {
        let open = self.open.as_mut();
        let Some(open) = open.filter(|it| it.judging && it.posting.id == posting) else {
            return;
        };
        open.judging = false;
        self.notice = Some(match (judged, open.choice) {
            (Ok(()), Some(Choice::Refuse)) => PostingsNotice::Refused,
            (Ok(()), Some(Choice::Publish(_)) | None) => PostingsNotice::Published,
            (Err(fault), _) => PostingsNotice::Fault(fault),
        });
        // Also where another moderator was quicker there is nothing left to decide.
        if matches!(judged, Ok(()) | Err(PostingsFault::Decided)) {
            self.reasons.remove(posting);
            self.open = None;
            self.ask();
        }
    }
}
