//! A citizen's visit, from the first touch to the last sheet of paper.
//!
//! Four verbs, no I/O: events come in through [`Visit::handle`], whatever the
//! visit wants done is fetched with [`Visit::poll_command`] and carried out in
//! that order. A [`Command::Record`] comes before the deed it announces.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "a transition table ends with: everything else stays as it is"
)]

mod asking;
mod availability;
mod basket;
mod cabinet;
mod card_paying;
mod card_slip;
mod choosing;
mod collecting;
mod command;
pub mod contact;
mod deciding;
mod doubting;
mod entry;
mod finding;
mod fittings;
mod helping;
mod identifying;
mod language;
mod leasing;
mod leaving;
mod messaging;
mod owing;
mod paying;
mod person;
mod petitioning;
mod phrase;
mod preferences;
mod present;
mod printing;
mod queueing;
mod receipt;
mod scanning;
mod settling;
mod site;
mod slip;
mod step;
mod submitting;
mod ticket_slip;
pub mod touch;
mod tracking;
mod unwritten;
mod verifying;
pub mod view;
mod vouching;
mod writing;

use std::{collections::VecDeque, sync::Arc, time::Instant};

use ::vouching::Asker;
use board::{Edition, Local};
use catalog::{Catalog, Service};
use handover::Host;
use locator::Locator;
use request::{Action, AssistanceEnding, Refusal, RequestEvent, RequestId, ServiceRequest};
use seal::TrustList;
use ticket::Issuer;

pub use command::{Command, Event, Link};
pub use language::{CatalogLanguage, Language};
pub use leasing::{Made, Making, NotMade};
pub use preferences::Preferences;
pub use site::Site;
pub use station::{Contact, Moment};
pub use touch::{Key, Touch};
pub use view::View;

use fittings::Fittings;
use leaving::Idle;
use person::Person;
use step::Step;
use view::{FailureReason, Screen};

use crate::content::Content;

pub struct Visit {
    catalog: Arc<Catalog>,
    locator: Arc<Locator>,
    /// Topics and figures of the place ...
    local: Arc<Local>,
    /// ... and the copy of its board.
    board: Edition,
    /// By whom seals may be; empty as long as the exchange has not said.
    trust: Arc<TrustList>,
    site: Site,
    preferences: Preferences,
    tickets: Arc<Issuer>,
    /// The scanner has been told to read the next code.
    scanning: bool,
    /// Headphones are plugged in.
    headset: bool,
    step: Step,
    person: Person,
    fittings: Fittings,
    /// The line to an agent; not of the person, whom it may outlive by a moment.
    host: Host,
    /// The line to a two-person check; like it.
    asker: Asker,
    /// When the present step ends by itself.
    deadline: Option<Instant>,
    idle: Idle,
    shown: Option<View>,
    commands: VecDeque<Command>,
    /// Handed out to be written down, and not yet known to be.
    recording: Vec<(RequestId, RequestEvent)>,
}

impl Visit {
    /// `tickets` signs what this station promises.
    pub fn new(catalog: Arc<Catalog>, site: Site, tickets: Arc<Issuer>, now: Moment) -> Self {
        let mut visit = Self {
            catalog,
            locator: Arc::default(),
            local: Arc::default(),
            board: Edition::default(),
            trust: Arc::default(),
            site,
            preferences: Preferences::default(),
            tickets,
            scanning: false,
            headset: false,
            step: Step::Resting,
            person: Person::default(),
            fittings: Fittings::default(),
            host: Host::default(),
            asker: Asker::default(),
            deadline: None,
            idle: Idle::default(),
            shown: None,
            commands: VecDeque::new(),
            recording: Vec::new(),
        };
        visit.show(now);
        visit
    }

    /// A visit that waits: something is open from before a crash. It goes on with
    /// [`Event::Recovered`].
    pub fn recovering(
        catalog: Arc<Catalog>,
        site: Site,
        tickets: Arc<Issuer>,
        now: Moment,
    ) -> Self {
        let mut visit = Self::new(catalog, site, tickets, now);
        // Nobody is welcomed yet.
        visit.commands.clear();
        visit.enter(Step::Recovering);
        visit.show(now);
        visit
    }

    /// A visit that also tells which office holds what.
    #[must_use]
    pub fn with_locator(mut self, locator: Arc<Locator>) -> Self {
        self.locator = locator;
        self
    }

    /// A visit that also shows the board and figures of the place.
    #[must_use]
    pub fn with_board(mut self, local: Arc<Local>, board: Edition) -> Self {
        (self.local, self.board) = (local, board);
        self
    }

    /// A visit that also tells whose seal a paper bears.
    #[must_use]
    pub fn trusting(mut self, trust: Arc<TrustList>) -> Self {
        self.trust = trust;
        self
    }

    /// Another edition counts from now on; while nobody stands here.
    pub(crate) fn go_over(&mut self, content: Content, now: Moment) {
        (self.catalog, self.locator, self.local) =
            (content.catalog, content.locator, content.local);
        self.show(now);
    }

    pub fn handle(&mut self, event: Event, now: Moment) {
        self.fittings.note(&event, now);
        if event.shows_a_person() {
            self.idle.touched(now.instant);
        }
        self.advance(event, now);
        self.tend_cabinet(now);
        self.tend_check(now);
        self.tend_help(now);
        self.tend_scanner();
        self.watch_idle(now.instant);
        self.show(now);
    }

    pub fn handle_timeout(&mut self, now: Moment) {
        if self.deadline.is_some_and(|due| due <= now.instant) {
            self.deadline = None;
            self.overdue(now);
        }
        if self.idle.expired(now.instant) {
            self.leave(now);
        }
        if self
            .host
            .poll_timeout()
            .is_some_and(|due| due <= now.instant)
        {
            self.host.handle_timeout(now.instant);
        }
        self.asker.handle_timeout(now.instant);
        self.fittings.handle_timeout(now);
        self.tend_cabinet(now);
        self.tend_check(now);
        self.tend_help(now);
        self.tend_scanner();
        self.watch_idle(now.instant);
        self.show(now);
    }

    /// Shows anew what is up, after the screen was somebody else's.
    pub(crate) fn show_again(&mut self, now: Moment) {
        self.shown = None;
        self.show(now);
    }

    /// Whoever comes next is greeted so; who is here is left alone.
    pub fn prefer(&mut self, preferences: Preferences, now: Moment) {
        self.preferences = preferences;
        if matches!(self.step, Step::Resting | Step::Recovering) {
            self.person.language = preferences.language;
            self.show(now);
        }
    }

    /// Whether nobody stands here.
    pub fn is_resting(&self) -> bool {
        self.step == Step::Resting
    }

    pub fn poll_command(&mut self) -> Option<Command> {
        // Whoever asks for the next command has carried out the one before.
        for (id, event) in std::mem::take(&mut self.recording) {
            if let Some(written) = self.written_of(&id) {
                written.apply(&event);
            }
        }
        let command = self.commands.pop_front()?;
        self.recording = command.facts();
        Some(command)
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        let (host, asker) = (self.host.poll_timeout(), self.asker.poll_timeout());
        let bulletin = self.fittings.poll_timeout();
        [
            self.deadline,
            self.idle.next_change(),
            host,
            asker,
            bulletin,
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// The request under way, for whoever watches the visit.
    pub fn request(&self) -> Option<&ServiceRequest> {
        self.person.request.as_ref()
    }

    fn service(&self) -> Option<&Service> {
        self.person
            .service
            .as_ref()
            .and_then(|id| self.catalog.service(id))
    }

    /// The code of the language that the catalogue, slips and whatever else is written for
    /// everybody speak to this citizen.
    fn language(&self) -> &'static str {
        self.person.language.of_catalog().code()
    }

    /// Decides, writes down and takes over one action on the present request.
    ///
    /// A refusal here means that the visit has lost track of its request: that
    /// is a bug, and [`Visit::put_in_order`] accounts for money and paper.
    fn act(&mut self, action: Action) -> bool {
        self.try_act(action).unwrap_or_else(|refusal| {
            tracing::error!(%refusal, "The core refused a visit's action");
            false
        })
    }

    /// Takes over what a device tells; one may tell what fits nothing.
    fn take_note(&mut self, action: Action) -> bool {
        self.try_act(action).unwrap_or_else(|refusal| {
            tracing::warn!(%refusal, "A device told what the request does not expect");
            false
        })
    }

    fn try_act(&mut self, action: Action) -> Result<bool, Refusal> {
        let Some(request) = &mut self.person.request else {
            tracing::warn!("Something happened to a request that is not there");
            return Ok(false);
        };
        if self.fittings.journal_broken() {
            return Ok(false);
        }
        let event = request.decide(action)?;
        request.apply(&event);
        self.commands.push_back(Command::Record {
            request: request.id.clone(),
            event,
        });
        Ok(true)
    }

    /// Has a deed done. What is not harmless needs a journal that can be written.
    fn order(&mut self, command: Command) {
        if !self.fittings.journal_broken() || command.is_harmless() {
            self.commands.push_back(command);
        }
    }

    fn enter(&mut self, step: Step) {
        self.deadline = None;
        self.step = step;
    }

    fn show(&mut self, now: Moment) {
        let view = self.present(now);
        if self.shown.as_ref() != Some(&view) {
            self.commands
                .push_back(Command::Show(Box::new(view.clone())));
            self.shown = Some(view);
        }
    }

    /// Ends everything about the person who stood here.
    fn forget(&mut self, now: Moment) {
        self.end_help(AssistanceEnding::ByCitizen, now);
        self.end_check(now);
        self.put_in_order();
        self.person = self.preferences.somebody();
        self.enter(Step::Resting);
        self.idle = Idle::default();
        self.idle.touched(now.instant);
    }
}

impl View {
    /// Whether the kiosk waits for its next citizen.
    pub fn is_resting(&self) -> bool {
        matches!(self.screen, Screen::Welcome(_) | Screen::OutOfService(_))
    }
}

/// The failure a fault of the data network means to a citizen.
fn network_failure(fault: request::NetworkFault) -> FailureReason {
    match fault {
        request::NetworkFault::Unreachable => FailureReason::NetworkDown,
        request::NetworkFault::Slow => FailureReason::NetworkSlow,
        request::NetworkFault::Nonsense => FailureReason::NetworkNonsense,
    }
}

#[cfg(test)]
mod tests;
