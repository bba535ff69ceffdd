//! The workplace: everything an agent has before them, as one machine.
//!
//! Four verbs, no I/O. It holds the shift, the telephone, the preparation, the
//! worklist and what waits for a person, passes on what one of them means for
//! another, and says what the window shows.

mod answering;
mod checking;
mod command;
mod disposing;
mod giving;
mod going_over;
mod key;
mod kiosk_call;
mod knowing;
mod moderating;
mod passing_on;
mod present;
mod present_board;
mod reviewing;
mod sending;
mod signing_in;
mod sounding;
mod supervising;
#[cfg(test)]
mod tests;
mod touch;
pub mod view;

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use catalog::{Bilingual, Catalog};
use locator::Locator;
use privacy::Personal;
use softphone::SoundSettings;
use ticket::Issuer;

use crate::{
    Language, Moment, Outbox, Reach,
    attention::{Attention, AttentionEvent},
    checks::{ChecksEvent, IdentityChecks},
    directory::Directory,
    disposition::CallDisposition,
    helping::{Helping, HelpingEvent},
    knowledge::Knowledge,
    petitions::{Petitions, PetitionsEvent},
    postings::Postings,
    preparation::{Place, Preparation, PreparationEvent, PreparationTouch},
    reviews::TalkReviews,
    sending::Sending,
    shift::Shift,
    sound::Sound,
    telephone::{SignInFault, Telephone, Visit},
    wallboard::Wallboard,
    worklist::{Row, Worklist, WorklistEvent},
};

pub use command::{Command, Event};
pub use key::{KEYS, touch_of};
pub use touch::{CallKey, Line, Pane, Touch};
pub use view::View;

use view::Notice;

/// Stopwatches move by it.
const TICK: Duration = Duration::from_secs(1);

/// What provisioning wrote down about this desk.
#[derive(Clone, Debug)]
pub struct Site {
    /// The call centre.
    pub office: Bilingual,
    /// Legal-district code prefix of the office (5 digits).
    pub jurisdiction: String,
    /// Whether the exchange sends text messages to citizens.
    pub text_messages: bool,
    pub wrap_up: Duration,
    /// What a telephone of the desk's own hears and speaks with; none where it has none.
    pub sound: Option<SoundSettings>,
    pub has_telephone: bool,
    /// Whether agents prove to a switch who they are.
    pub has_switch: bool,
    /// Whether a certificate of an agent lies here.
    pub has_agent: bool,
}

pub struct Workplace {
    catalog: Arc<Catalog>,
    site: Site,
    language: Language,
    large_text: bool,
    high_contrast: bool,
    shift: Shift,
    telephone: Telephone,
    preparation: Preparation,
    worklist: Worklist,
    attention: Attention,
    directory: Directory,
    wallboard: Wallboard,
    /// Whether the agent may see the wallboard and take part in talks.
    supervisor: bool,
    /// Whether the exchange is shown who works here.
    badged: bool,
    helping: Helping,
    petitions: Petitions,
    knowledge: Knowledge,
    postings: Postings,
    sending: Sending,
    sound: Sound,
    checks: IdentityChecks,
    reviews: TalkReviews,
    disposition: CallDisposition,
    /// At which kiosk the switch was told that the agent helps.
    told_visit: Option<Visit>,
    /// Whether it was ever told of one.
    told_of_kiosks: bool,
    reach: Reach,
    outbox: Outbox,
    pane: Pane,
    /// Where the directory was opened, or the agent was asked how a call ended.
    pane_before: Pane,
    agent_typed: String,
    agent_refused: bool,
    passphrase_typed: Personal<String>,
    /// Who waits for the switch's answer.
    signing_in: Option<String>,
    sign_in_fault: Option<SignInFault>,
    notice: Option<Notice>,
    journal_broken: bool,
    no_room: bool,
    quarantined: bool,
    tick_at: Option<Instant>,
    shown: Option<View>,
    commands: VecDeque<Command>,
}

impl Workplace {
    /// `rows` are the requests the journal tells of, the newest first.
    pub fn new(
        catalog: Arc<Catalog>,
        site: Site,
        tickets: Arc<Issuer>,
        rows: Vec<Row>,
        now: Moment,
    ) -> Self {
        let place = Place {
            jurisdiction: site.jurisdiction.clone(),
            text_messages: site.text_messages,
        };
        let proves = site.has_switch || site.has_agent;
        let mut workplace = Self {
            preparation: Preparation::new(Arc::clone(&catalog), place, tickets),
            shift: Shift::new(site.wrap_up),
            telephone: Telephone::new(site.has_telephone),
            attention: Attention::new(site.has_agent),
            directory: Directory::default(),
            wallboard: Wallboard::default(),
            supervisor: false,
            badged: false,
            helping: Helping::new(Arc::clone(&catalog)),
            petitions: Petitions::new(Arc::clone(&catalog), proves),
            knowledge: Knowledge::new(proves),
            postings: Postings::new(proves),
            sending: Sending::new(proves),
            checks: IdentityChecks::new(Arc::clone(&catalog)),
            reviews: TalkReviews::default(),
            disposition: CallDisposition::default(),
            sound: Sound::new(site.sound.clone()),
            told_visit: None,
            told_of_kiosks: false,
            worklist: Worklist::new(rows),
            catalog,
            site,
            language: Language::default(),
            large_text: false,
            high_contrast: false,
            reach: Reach::default(),
            outbox: Outbox::default(),
            pane: Pane::Worklist,
            pane_before: Pane::Worklist,
            agent_typed: String::new(),
            agent_refused: false,
            passphrase_typed: Personal::default(),
            signing_in: None,
            sign_in_fault: None,
            notice: None,
            journal_broken: false,
            no_room: false,
            quarantined: false,
            tick_at: None,
            shown: None,
            commands: VecDeque::new(),
        };
        workplace.show(now);
        workplace
    }

    /// A workplace that also tells which office holds what.
    #[must_use]
    pub fn with_locator(mut self, locator: Arc<Locator>) -> Self {
        self.preparation.locate_in(locator);
        self
    }

    pub fn handle(&mut self, event: Event, now: Moment) {
        match event {
            Event::Touched(touch) => {
                self.notice = None;
                self.touched(touch, now);
            }
            Event::Opened(request) => {
                let event = PreparationEvent::Opened(request);
                self.preparation.handle(event, &self.reach, now);
            }
            Event::Prepared(row) => {
                let event = WorklistEvent::Prepared(row);
                self.worklist.handle(event, now.instant);
            }
            Event::Published { request, event } => {
                let event = WorklistEvent::Published { request, event };
                self.worklist.handle(event, now.instant);
            }
            Event::LookedUp { code, answer } => {
                let event = WorklistEvent::LookedUp { code, answer };
                self.worklist.handle(event, now.instant);
            }
            Event::Journaled(rows) => {
                let event = WorklistEvent::Journaled(rows);
                self.worklist.handle(event, now.instant);
            }
            Event::Connected => {
                self.quarantined = false;
                self.reach.connected();
                self.worklist.handle(WorklistEvent::Connected, now.instant);
                self.petitions
                    .handle(PetitionsEvent::Connected, now.instant);
            }
            Event::Away => {
                self.reach.away();
                self.worklist.handle(WorklistEvent::Away, now.instant);
            }
            Event::Quarantined => self.quarantined = true,
            Event::NetworksAway(networks) => self.reach.networks_away(networks),
            Event::LastContact(contact) => self.reach.heard(contact, now),
            Event::Outbox(outbox) => self.outbox = outbox,
            Event::Room(room) => self.room(room, now),
            Event::JournalBroken => self.journal_broke(now),
            Event::Telephone(event) => self.telephone_said(event, now),
            Event::Attention(event) => self.attention.handle(event, now.instant),
            Event::Petitions(event) => self.petitions.handle(event, now.instant),
            Event::Knowledge(event) => self.knowledge.handle(event),
            Event::Postings(event) => self.postings.handle(event),
            Event::Sending(event) => self.sending.handle(event, now),
            Event::RoomsAnswered(attempt, answer) => {
                let event = HelpingEvent::Answered(attempt, answer);
                self.helping.handle(event, now.instant);
            }
            Event::ChecksAnswered(attempt, answer) => {
                let event = ChecksEvent::Answered(attempt, answer);
                self.checks.handle(event, now.instant);
            }
        }
        self.pass_on(now);
        self.show(now);
    }

    pub fn handle_timeout(&mut self, now: Moment) {
        let is_due = |due: Option<Instant>| due.is_some_and(|due| due <= now.instant);
        if is_due(self.shift.poll_timeout()) {
            self.shift.handle_timeout(now.instant);
        }
        if is_due(self.preparation.poll_timeout()) {
            self.preparation.handle_timeout(now.instant);
        }
        if is_due(self.worklist.poll_timeout()) {
            self.worklist.handle_timeout(now.instant);
        }
        if is_due(self.attention.poll_timeout()) {
            self.attention.handle_timeout(now.instant);
        }
        if is_due(self.helping.poll_timeout()) {
            self.helping.handle_timeout(now.instant);
        }
        if is_due(self.petitions.poll_timeout()) {
            self.petitions.handle_timeout(now.instant);
        }
        if is_due(self.sending.poll_timeout()) {
            self.sending.handle_timeout(now.instant);
        }
        if is_due(self.checks.poll_timeout()) {
            self.checks.handle_timeout(now.instant);
        }
        self.pass_on(now);
        self.show(now);
    }

    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        [
            self.shift.poll_timeout(),
            self.preparation.poll_timeout(),
            self.worklist.poll_timeout(),
            self.attention.poll_timeout(),
            self.helping.poll_timeout(),
            self.petitions.poll_timeout(),
            self.sending.poll_timeout(),
            self.checks.poll_timeout(),
            self.tick_at,
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// Whether nobody's form is open: then erasing may empty the journal's log.
    pub fn is_resting(&self) -> bool {
        !self.preparation.is_open()
    }

    fn room(&mut self, room: bool, now: Moment) {
        self.no_room = !room;
        if !room {
            self.preparation
                .handle(PreparationEvent::NoRoom, &self.reach, now);
        }
    }

    /// What was not written down has not happened: nothing of it is shown.
    fn journal_broke(&mut self, now: Moment) {
        self.journal_broken = true;
        self.commands.retain(Command::needs_no_journal);
        self.preparation
            .handle(PreparationEvent::JournalBroken, &self.reach, now);
        self.petitions
            .handle(PetitionsEvent::JournalBroken, now.instant);
    }

    fn open_pane(&mut self, pane: Pane, now: Moment) {
        if !self.may_see(pane) {
            self.notice = Some(Notice::SupervisorsOnly);
            return;
        }
        if pane == Pane::Disposition && !self.may_dispose() {
            return;
        }
        if matches!(pane, Pane::Directory | Pane::Disposition) && self.pane != pane {
            self.pane_before = self.pane;
        }
        if pane == Pane::Directory && self.pane != Pane::Directory {
            self.directory.look_for(&Personal::default());
        }
        self.pane = pane;
        if pane == Pane::Reviews {
            self.open_reviews();
        }
        if pane == Pane::Preparation && !self.preparation.is_open() {
            self.prepare(PreparationTouch::Begin, now);
        }
        let shown = AttentionEvent::Shown(pane == Pane::Attention);
        self.attention.handle(shown, now.instant);
    }

    fn prepare(&mut self, touch: PreparationTouch, now: Moment) {
        let called_from = self.telephone.call().map(|it| it.caller.clone());
        // A form outlives its call.
        if called_from.is_some() || touch == PreparationTouch::Begin {
            let event = PreparationEvent::CalledFrom(called_from.flatten());
            self.preparation.handle(event, &self.reach, now);
        }
        let event = PreparationEvent::Touched(touch);
        self.preparation.handle(event, &self.reach, now);
    }

    fn show(&mut self, now: Moment) {
        self.tick_at = self.shift.since().map(|_| now.instant + TICK);
        let view = self.present(now);
        if self.shown.as_ref() != Some(&view) {
            self.commands
                .push_back(Command::Show(Box::new(view.clone())));
            self.shown = Some(view);
        }
    }
}
