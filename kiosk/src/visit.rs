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
mod choosing;
mod command;
mod deciding;
mod entry;
mod fittings;
mod identifying;
mod leaving;
mod paying;
mod person;
mod present;
mod printing;
mod settling;
mod site;
mod slip;
mod step;
mod submitting;
pub mod touch;
pub mod view;

use std::{collections::VecDeque, sync::Arc, time::Instant};

use catalog::{Catalog, Service};
use request::{Action, RequestId, ServiceRequest, Timestamp};

pub use command::{Command, Event, Link};
pub use site::Site;
pub use touch::{Key, Language, Touch};
pub use view::View;

use fittings::Fittings;
use leaving::Idle;
use person::Person;
use step::Step;
use view::{FailureReason, Screen};

/// One moment on both clocks: deadlines live on the first, papers on the second.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub instant: Instant,
    pub wall: Timestamp,
}

pub struct Visit {
    catalog: Arc<Catalog>,
    site: Site,
    step: Step,
    person: Person,
    fittings: Fittings,
    /// When the present step ends by itself.
    deadline: Option<Instant>,
    idle: Idle,
    shown: Option<View>,
    commands: VecDeque<Command>,
}

impl Visit {
    pub fn new(catalog: Arc<Catalog>, site: Site, now: Moment) -> Self {
        let mut visit = Self {
            catalog,
            site,
            step: Step::Resting,
            person: Person::default(),
            fittings: Fittings::default(),
            deadline: None,
            idle: Idle::default(),
            shown: None,
            commands: VecDeque::new(),
        };
        visit.show(now);
        visit
    }

    pub fn handle(&mut self, event: Event, now: Moment) {
        self.fittings.note(&event);
        if matches!(event, Event::Touched(_)) {
            self.idle.touched(now.instant);
        }
        self.advance(event, now);
        self.idle.watch(self.step.watched(), now.instant);
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
        self.idle.watch(self.step.watched(), now.instant);
        self.show(now);
    }

    pub fn poll_command(&mut self) -> Option<Command> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        [self.deadline, self.idle.next_change()]
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

    fn language(&self) -> &'static str {
        self.person.language.code()
    }

    /// Decides, writes down and takes over one action on the present request.
    ///
    /// A refusal here means that the visit has lost track of its request: that
    /// is a bug, and the citizen is let go with money and paper accounted for.
    fn act(&mut self, action: Action) -> bool {
        let Some(request) = &mut self.person.request else {
            return false;
        };
        match request.decide(action) {
            Ok(event) => {
                request.apply(&event);
                self.commands.push_back(Command::Record {
                    request: request.id.clone(),
                    event,
                });
                true
            }
            Err(refusal) => {
                tracing::error!(request = %request.id, %refusal, "The core refused a visit's action");
                self.person.refused = true;
                false
            }
        }
    }

    fn order(&mut self, command: Command) {
        self.commands.push_back(command);
    }

    fn is_mine(&self, id: &RequestId) -> bool {
        self.person
            .request
            .as_ref()
            .is_some_and(|request| request.id == *id)
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
        self.person = Person::default();
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
