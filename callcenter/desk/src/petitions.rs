//! Petitions that wait for an answer: the list, one that is read, what is answered.
//!
//! Four verbs, no I/O. An answer is written down in the journal before the exchange is
//! told, and told until the exchange has it or says why not. It goes in its author's
//! name: while nobody or somebody else works here it waits.

mod answering;
mod letter;
mod present;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    time::{Duration, Instant},
};

use catalog::Catalog;
use journal::WrittenReply;
use privacy::Personal;
use request::RequestId;

use answering::Written;
pub use letter::{Letter, Petition, Replied, Standing};
pub use present::{
    AnswerView, EnclosureView, LetterView, PetitionView, PetitionsView, RowStanding, TimeLeft,
};

/// While the pane is up.
const ASK_EVERY: Duration = Duration::from_secs(30);

/// Why the exchange does not tell, or did not do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PetitionsFault {
    Unreachable,
    /// Whoever works here may not.
    Forbidden,
    /// The exchange wants the switch's word on who works here.
    Unproven,
    /// It is over.
    Gone,
    /// Another agent has taken it.
    Taken,
    /// It has been answered.
    Answered,
    /// The exchange takes no such answer.
    Malformed,
}

/// What the agent is told until the next key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PetitionsNotice {
    Fault(PetitionsFault),
    /// Another agent has it; asked again, it is taken over.
    TakeOver,
    /// The answer is empty.
    NoWords,
    /// The answer is longer than the exchange takes.
    TooLong,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PetitionsTouch {
    Up,
    Down,
    Select(usize),
    /// Opens who is chosen; in a letter, takes it.
    Next,
    /// Back to the list; what is typed stays.
    Back,
    Type(Personal<String>),
    Send,
    /// Takes back an answer that has not gone.
    TakeBack,
    CheckNow,
}

#[derive(Clone, Debug)]
pub enum PetitionsEvent {
    Touched(PetitionsTouch),
    /// The pane comes up, or goes.
    Shown(bool),
    /// Who works here now.
    Works(Option<String>),
    /// The exchange answers again.
    Connected,
    /// What the journal holds of earlier days.
    Journaled(Vec<WrittenReply>),
    /// An answer is durable.
    Written(WrittenReply),
    Told(Result<Vec<Petition>, PetitionsFault>),
    Opened(RequestId, Result<Box<Letter>, PetitionsFault>),
    /// With the name the exchange knows the agent by.
    Taken(RequestId, Result<String, PetitionsFault>),
    Sent(RequestId, Result<(), PetitionsFault>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PetitionsCommand {
    /// Ask which wait.
    Ask,
    Open(RequestId),
    Take {
        request: RequestId,
        /// By this agent, though another has it.
        over: Option<String>,
    },
    /// Write an answer down, and say so.
    WriteDown {
        request: RequestId,
        agent: String,
        text: Personal<String>,
    },
    Send {
        request: RequestId,
        text: Personal<String>,
    },
    /// The answer need not be known any more.
    Erase(RequestId),
}

/// The letter that is read.
#[derive(Debug)]
struct Open {
    letter: Letter,
    /// The exchange is asked for it.
    taking: bool,
    /// The agent was told that another has it.
    warned: bool,
}

pub struct Petitions {
    catalog: Arc<Catalog>,
    /// Whether there is any way to say who answers.
    may_ask: bool,
    agent: Option<String>,
    /// As whom the exchange knows the agent, since it was last told.
    known_as: Option<String>,
    shown: bool,
    list: Option<Vec<Petition>>,
    selected: usize,
    opening: Option<RequestId>,
    open: Option<Open>,
    /// Counts letters that were opened; in each the answer's line starts anew.
    opened: u32,
    /// Answers that are not finished.
    typed: BTreeMap<RequestId, Personal<String>>,
    written: BTreeMap<RequestId, Written>,
    notice: Option<PetitionsNotice>,
    ask_at: Option<Instant>,
    commands: VecDeque<PetitionsCommand>,
}

impl Petitions {
    pub fn new(catalog: Arc<Catalog>, may_ask: bool) -> Self {
        Self {
            catalog,
            may_ask,
            agent: None,
            known_as: None,
            shown: false,
            list: None,
            selected: 0,
            opening: None,
            open: None,
            opened: 0,
            typed: BTreeMap::new(),
            written: BTreeMap::new(),
            notice: None,
            ask_at: None,
            commands: VecDeque::new(),
        }
    }

    pub fn handle(&mut self, event: PetitionsEvent, now: Instant) {
        match event {
            PetitionsEvent::Touched(touch) => self.touched(touch, now),
            PetitionsEvent::Shown(shown) => self.show(shown, now),
            PetitionsEvent::Works(agent) => self.works(agent, now),
            PetitionsEvent::Connected => self.connected(now),
            PetitionsEvent::Journaled(replies) => self.journaled(replies, now),
            PetitionsEvent::Written(reply) => self.is_written(reply, now),
            PetitionsEvent::Told(Ok(list)) => self.told(list),
            PetitionsEvent::Told(Err(fault)) => {
                self.notice = Some(PetitionsNotice::Fault(fault));
            }
            PetitionsEvent::Opened(request, letter) => self.is_opened(&request, letter),
            PetitionsEvent::Taken(request, taken) => self.is_taken(&request, taken),
            PetitionsEvent::Sent(request, sent) => self.is_sent(request, sent, now),
        }
        self.send_what_is_due(now);
    }

    pub fn handle_timeout(&mut self, now: Instant) {
        if self.ask_at.is_some_and(|due| due <= now) {
            self.ask(now);
        }
        self.send_what_is_due(now);
    }

    pub fn poll_command(&mut self) -> Option<PetitionsCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        let answers = self.next_answer_due();
        self.ask_at.into_iter().chain(answers).min()
    }

    /// Whether letters of an answer are being typed.
    pub fn is_writing(&self) -> bool {
        self.open.as_ref().is_some_and(|it| self.may_write(it))
    }

    pub fn is_shown(&self) -> bool {
        self.shown
    }

    /// Who works here, as far as was told.
    pub fn agent(&self) -> Option<&str> {
        self.agent.as_deref()
    }

    fn show(&mut self, shown: bool, now: Instant) {
        if shown && !self.shown {
            self.ask(now);
        }
        self.shown = shown;
        if !shown {
            self.ask_at = None;
        }
    }

    /// Nothing of a letter stays for whoever comes next but what is written down.
    fn works(&mut self, agent: Option<String>, now: Instant) {
        if self.agent != agent {
            self.agent = agent;
            self.known_as = None;
            self.list = None;
            self.open = None;
            self.opening = None;
            self.typed.clear();
            self.notice = None;
            self.ask_at = None;
            if self.shown {
                self.ask(now);
            }
        }
    }

    fn told(&mut self, mut list: Vec<Petition>) {
        // Those that want an answer first, the one with the least time left before.
        list.sort_by_key(|it| {
            let waits = it.standing.wants_an_answer();
            (!waits, it.due_at.is_none(), it.due_at, it.submitted_at)
        });
        let chosen = self.chosen().map(|it| it.request.clone());
        let place = chosen.and_then(|chosen| list.iter().position(|it| it.request == chosen));
        self.selected = place
            .unwrap_or(self.selected)
            .min(list.len().saturating_sub(1));
        self.list = Some(list);
        if self.notice == Some(PetitionsNotice::Fault(PetitionsFault::Unreachable)) {
            self.notice = None;
        }
    }

    fn is_opened(&mut self, request: &RequestId, letter: Result<Box<Letter>, PetitionsFault>) {
        if self.opening.take_if(|it| it == request).is_none() {
            return;
        }
        match letter {
            Ok(letter) => {
                let was = self.open.as_ref().map(|it| &it.letter.petition.request);
                // The same letter told anew leaves the line as it is.
                if was != Some(request) {
                    self.opened = self.opened.wrapping_add(1);
                }
                let warned = self.open.as_ref().is_some_and(|it| it.warned);
                self.open = Some(Open {
                    letter: *letter,
                    taking: false,
                    warned,
                });
            }
            Err(fault) => {
                self.open = None;
                self.notice = Some(PetitionsNotice::Fault(fault));
            }
        }
    }

    fn touched(&mut self, touch: PetitionsTouch, now: Instant) {
        let typing = matches!(touch, PetitionsTouch::Type(_));
        if !typing {
            self.notice = None;
        }
        let last = self.list.as_ref().map_or(0, Vec::len).saturating_sub(1);
        match touch {
            PetitionsTouch::CheckNow => self.ask(now),
            PetitionsTouch::Type(text) => {
                if let Some(open) = &self.open {
                    let request = open.letter.petition.request.clone();
                    self.typed.insert(request, text);
                }
            }
            PetitionsTouch::Send => self.finish_answer(),
            PetitionsTouch::TakeBack => self.take_back(),
            PetitionsTouch::Next if self.open.is_some() => self.take(),
            PetitionsTouch::Next => {
                let chosen = self.chosen().map(|it| it.request.clone());
                if let Some(request) = chosen {
                    self.read(request);
                }
            }
            PetitionsTouch::Back => {
                self.open = None;
                self.opening = None;
            }
            PetitionsTouch::Up | PetitionsTouch::Down | PetitionsTouch::Select(_)
                if self.open.is_some() => {}
            PetitionsTouch::Up => self.selected = self.selected.saturating_sub(1),
            PetitionsTouch::Down => self.selected = (self.selected + 1).min(last),
            PetitionsTouch::Select(row) => self.selected = row.min(last),
        }
    }

    fn take(&mut self) {
        let agent = self.agent.clone();
        let Some(open) = &mut self.open else {
            return;
        };
        let petition = &open.letter.petition;
        let is_ours = petition.assigned_to.is_some() && petition.assigned_to == self.known_as;
        if open.taking || is_ours || !petition.standing.wants_an_answer() {
            return;
        }
        let is_anothers = petition.assigned_to.is_some() && petition.assigned_to != agent;
        if is_anothers && !std::mem::replace(&mut open.warned, true) {
            self.notice = Some(PetitionsNotice::TakeOver);
            return;
        }
        open.taking = true;
        self.commands.push_back(PetitionsCommand::Take {
            request: petition.request.clone(),
            over: agent.filter(|_| open.warned),
        });
    }

    fn is_taken(&mut self, request: &RequestId, taken: Result<String, PetitionsFault>) {
        let open = self.open.as_mut();
        let Some(open) = open.filter(|it| it.letter.petition.request == *request) else {
            return;
        };
        open.taking = false;
        match taken {
            Ok(known_as) => {
                open.letter.petition.assigned_to = Some(known_as.clone());
                self.known_as = Some(known_as);
                self.commands.push_back(PetitionsCommand::Ask);
            }
            Err(fault) => {
                open.warned |= fault == PetitionsFault::Taken;
                self.notice = Some(match fault == PetitionsFault::Taken {
                    true => PetitionsNotice::TakeOver,
                    false => PetitionsNotice::Fault(fault),
                });
                self.read(request.clone());
            }
        }
    }

    fn read(&mut self, request: RequestId) {
        self.opening = Some(request.clone());
        self.commands.push_back(PetitionsCommand::Open(request));
    }

    fn chosen(&self) -> Option<&Petition> {
        self.list.as_ref()?.get(self.selected)
    }

    fn ask(&mut self, now: Instant) {
        let may_ask = self.may_ask && self.agent.is_some();
        self.ask_at = may_ask.then(|| now + ASK_EVERY);
        self.commands
            .extend(may_ask.then_some(PetitionsCommand::Ask));
    }
}
