//! Petitions that wait for an answer: the list, one that is read, what is done with it.
//!
//! Four verbs, no I/O. An answer is written down in the journal before the exchange is
//! told, and told until the exchange has it or says why not. It goes in its author's
//! name: while nobody or somebody else works here it waits. All else that offices do with
//! a petition needs the exchange, which does it once.

mod answering;
mod choosing;
mod deciding;
mod deeds;
mod event;
mod file_kind;
mod letter;
mod listing;
mod present;
mod reading;
mod sending;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
    time::{Duration, Instant},
};

use catalog::Catalog;
use privacy::Personal;
use request::RequestId;

pub use deciding::DECISIONS;
use deciding::Decided;
pub use deeds::Act;
pub use event::{
    Deed, PetitionsCommand, PetitionsEvent, PetitionsFault, PetitionsNotice, PetitionsTouch,
};
pub use file_kind::FileKind;
pub use letter::{
    Ground, LaidFile, Letter, Office, OfficeFound, Other, Page, Petition, Replied, Standing, Step,
    StepName,
};
use listing::Listing;
pub(crate) use listing::PAGE;
pub use present::{
    AnswerView, FilePlace, FileView, FormView, GroundView, LetterView, OfficeView, OtherView,
    PageView, PetitionView, PetitionsView, RouteView, RowStanding, StepView, TimeLeft,
};
use reading::Open;
use sending::Written;

/// While the pane is up.
const ASK_EVERY: Duration = Duration::from_secs(30);

pub struct Petitions {
    catalog: Arc<Catalog>,
    /// Whether there is any way to say who answers.
    may_ask: bool,
    agent: Option<String>,
    /// As whom the exchange knows the agent, since it was last told.
    known_as: Option<String>,
    shown: bool,
    listing: Listing,
    opening: Option<RequestId>,
    open: Option<Open>,
    /// Counts letters that were opened; in each the answer's line starts anew.
    opened: u32,
    /// Answers that are not finished, and reasons.
    typed: BTreeMap<RequestId, Personal<String>>,
    reasons: BTreeMap<(RequestId, Act), Personal<String>>,
    /// What was decided of requests for information.
    decided: BTreeMap<RequestId, Decided>,
    written: BTreeMap<RequestId, Written>,
    /// Where files lie that this agent has saved, by their digests, and which are fetched.
    saved: BTreeMap<String, Personal<String>>,
    saving: BTreeSet<String>,
    journal_broken: bool,
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
            listing: Listing::default(),
            opening: None,
            open: None,
            opened: 0,
            typed: BTreeMap::new(),
            reasons: BTreeMap::new(),
            decided: BTreeMap::new(),
            written: BTreeMap::new(),
            saved: BTreeMap::new(),
            saving: BTreeSet::new(),
            journal_broken: false,
            notice: None,
            ask_at: None,
            commands: VecDeque::new(),
        }
    }

    /// Another edition of the catalogue counts from now on.
    pub(crate) fn go_over(&mut self, catalog: Arc<Catalog>) {
        self.catalog = catalog;
    }

    pub fn handle(&mut self, event: PetitionsEvent, now: Instant) {
        match event {
            PetitionsEvent::Touched(touch) => self.touched(touch, now),
            PetitionsEvent::Shown(shown) => self.show(shown, now),
            PetitionsEvent::Works(agent) => self.works(agent, now),
            PetitionsEvent::Connected => self.connected(now),
            PetitionsEvent::Journaled(replies) => self.journaled(replies, now),
            PetitionsEvent::Written(reply) => self.is_written(reply, now),
            PetitionsEvent::JournalBroken => self.journal_broken = true,
            PetitionsEvent::Told(begin, page) => self.told(begin.as_ref(), page),
            PetitionsEvent::Opened(request, letter) => self.is_opened(&request, letter),
            PetitionsEvent::Taken(request, taken) => self.is_taken(&request, taken),
            PetitionsEvent::Sent(request, sent) => self.is_sent(request, sent, now),
            PetitionsEvent::Found(sought, found) => self.found(&sought, found),
            PetitionsEvent::Done(request, act, done) => self.is_done(&request, act, done),
            PetitionsEvent::Saved(sha256, saved) => self.is_saved(sha256, saved),
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
        if self.agent == agent {
            return;
        }
        if self.agent.is_some() {
            self.commands.push_back(PetitionsCommand::ForgetFiles);
        }
        self.agent = agent;
        self.known_as = None;
        self.listing = Listing::default();
        self.open = None;
        self.opening = None;
        self.typed.clear();
        self.reasons.clear();
        self.decided.clear();
        self.saved.clear();
        self.saving.clear();
        self.notice = None;
        self.ask_at = None;
        if self.shown {
            self.ask(now);
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "what is left is the list's, the letter's or the form's"
    )]
    fn touched(&mut self, touch: PetitionsTouch, now: Instant) {
        match touch {
            PetitionsTouch::Type(text) => {
                if let Some(open) = &self.open {
                    let request = open.request().clone();
                    self.typed.insert(request, text);
                }
            }
            PetitionsTouch::Seek(sought) => self.seek(sought),
            PetitionsTouch::Reason(reason) => self.give_reason(reason),
            touch => {
                self.notice = None;
                if self.form().is_some() {
                    self.in_form(&touch, now);
                } else if self.open.is_some() {
                    self.in_letter(&touch, now);
                } else {
                    self.in_list(&touch, now);
                }
            }
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others mean nothing here"
    )]
    fn in_list(&mut self, touch: &PetitionsTouch, now: Instant) {
        let selected = self.listing.selected;
        match touch {
            PetitionsTouch::CheckNow => self.ask(now),
            PetitionsTouch::Next => self.read_chosen(),
            PetitionsTouch::Back => self.opening = None,
            PetitionsTouch::Up => self.listing.select(selected.saturating_sub(1)),
            PetitionsTouch::Down => self.listing.select(selected + 1),
            PetitionsTouch::Select(row) | PetitionsTouch::Pick(row) => self.listing.select(*row),
            PetitionsTouch::NextPage => self.turn_on(now),
            PetitionsTouch::PreviousPage => self.turn_back(now),
            _ => {}
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others mean nothing here"
    )]
    fn in_letter(&mut self, touch: &PetitionsTouch, now: Instant) {
        match touch {
            PetitionsTouch::CheckNow => self.ask(now),
            PetitionsTouch::Next => self.take(),
            PetitionsTouch::Send => self.finish_answer(),
            PetitionsTouch::TakeBack => self.take_back(),
            PetitionsTouch::Pick(place) => self.begin(*place),
            PetitionsTouch::Back => {
                self.open = None;
                self.opening = None;
            }
            _ => {}
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others mean nothing here"
    )]
    fn in_form(&mut self, touch: &PetitionsTouch, now: Instant) {
        match touch {
            PetitionsTouch::CheckNow => self.ask(now),
            PetitionsTouch::Next | PetitionsTouch::Send => self.finish_form(),
            PetitionsTouch::Up => self.choose_beside(false),
            PetitionsTouch::Down => self.choose_beside(true),
            PetitionsTouch::Pick(place) => self.choose(*place),
            PetitionsTouch::Select(place) => self.choose_row(*place),
            PetitionsTouch::Back => self.leave_form(),
            _ => {}
        }
    }
}
