//! A request prepared by telephone, to be collected at any kiosk.
//!
//! Four verbs, no I/O. The agent fills the same form from the same catalogue as
//! a kiosk; every fact goes through [`ServiceRequest::decide`] and into the desk's
//! journal. It ends accepted for collection, under a code that is read aloud.
//! Nothing comes of the code alone: what needs identification is collected with
//! the card of whoever was named, and no network is asked before
//! ([`ServiceRequest::waits_for_its_holder`]).

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "a transition table ends with: everything else stays as it is"
)]

mod draft;
mod filling;
mod finding;
mod identifying;
mod messaging;
mod present;
mod step;
mod submitting;
#[cfg(test)]
mod tests;
pub mod view;

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use catalog::{Catalog, Service};
use locator::Locator;
use privacy::Personal;
use request::{
    Action, Applicant, RequestEvent, RequestId, ServiceId, ServiceRequest, TelephoneNumber, Terms,
};
use ticket::{Code, Issuer};

use crate::{Language, Moment, Reach};

use draft::Draft;
pub use identifying::{Caller, Disclosure, Known};
pub(crate) use present::read_aloud;
use step::Step;
pub use view::PreparationView;

/// A form that nobody has touched for so long is withdrawn and forgotten.
const IDLE: Duration = Duration::from_secs(30 * 60);

/// A line an agent types into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    Query,
    Name,
    ResidentNumber,
    /// By the question's id.
    Answer(String),
    /// Where a text message goes.
    Telephone,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PreparationTouch {
    /// Begins with the search for a service.
    Begin,
    Type {
        field: Field,
        text: Personal<String>,
    },
    Choose(ServiceId),
    /// How sure the agent is of the caller.
    Caller(Caller),
    /// The caller did, or did not, know the answer to a question about the record.
    Knew {
        question: usize,
    },
    PickSuggestion {
        question: String,
        index: usize,
    },
    PickOption {
        option: String,
        choice: String,
    },
    MoreCopies,
    FewerCopies,
    /// The caller has consented in spoken words.
    Consented,
    /// A text message goes, or does not go, to the number of the call.
    MessageToCaller,
    Next,
    Back,
    /// Ends it; what was begun is withdrawn.
    Abandon,
    /// Reads the code from its first group.
    ReadAgain,
}

#[derive(Clone, Debug)]
pub enum PreparationEvent {
    Touched(PreparationTouch),
    /// The journal has a new request.
    Opened(Box<ServiceRequest>),
    /// What is known of an earlier request under the number that was typed.
    Known(Option<Known>),
    /// The journal cannot be written.
    JournalBroken,
    /// The disk is full: nothing new can be begun.
    NoRoom,
    /// From which number the call comes; none while there is no call, or none is shown.
    CalledFrom(Option<Personal<String>>),
}

#[derive(Clone, Debug)]
pub enum PreparationCommand {
    Open {
        service: ServiceId,
        version: u32,
        language: &'static str,
        terms: Terms,
    },
    /// Write it down; later commands must not be carried out before it is durable.
    Record {
        request: RequestId,
        event: RequestEvent,
    },
    /// A number was typed whole: what is known of it here?
    LookFor(Applicant),
    Prepared(Box<Prepared>),
}

/// A request that lies ready to be collected.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub request: RequestId,
    pub service: ServiceId,
    pub copies: u32,
    pub fee_won: u32,
    pub code: Code,
    pub applicant: Option<Applicant>,
}

/// Where the desk stands, for what depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Legal-district code prefix of the desk's office (5 digits).
    pub jurisdiction: String,
    /// Whether the exchange sends text messages to citizens.
    pub text_messages: bool,
}

pub struct Preparation {
    catalog: Arc<Catalog>,
    locator: Arc<Locator>,
    place: Place,
    tickets: Arc<Issuer>,
    step: Step,
    draft: Draft,
    language: Language,
    /// The mobile telephone at the other end of the call.
    caller: Option<TelephoneNumber>,
    idle_at: Option<Instant>,
    journal_broken: bool,
    commands: VecDeque<PreparationCommand>,
}

impl Preparation {
    /// `tickets` signs what this station promises.
    pub fn new(catalog: Arc<Catalog>, place: Place, tickets: Arc<Issuer>) -> Self {
        Self {
            catalog,
            locator: Arc::default(),
            place,
            tickets,
            step: Step::Idle,
            draft: Draft::default(),
            language: Language::default(),
            caller: None,
            idle_at: None,
            journal_broken: false,
            commands: VecDeque::new(),
        }
    }

    /// Another edition of the catalogue counts from now on.
    pub(crate) fn go_over(&mut self, catalog: Arc<Catalog>) {
        self.catalog = catalog;
    }

    /// What agencies hold is found beside the services from now on.
    pub(crate) fn locate_in(&mut self, locator: Arc<Locator>) {
        self.locator = locator;
    }

    pub fn handle(&mut self, event: PreparationEvent, reach: &Reach, now: Moment) {
        match event {
            PreparationEvent::Touched(touch) => {
                self.touched(touch, reach, now);
                self.idle_at = self.is_open().then(|| now.instant + IDLE);
            }
            PreparationEvent::Opened(request) => self.opened(*request),
            PreparationEvent::Known(known) => self.draft.known = known,
            PreparationEvent::JournalBroken => {
                self.journal_broken = true;
                self.commands.clear();
                self.draft = Draft::default();
                self.step = Step::Idle;
            }
            PreparationEvent::NoRoom => self.draft.opening = false,
            PreparationEvent::CalledFrom(number) => self.called_from(number.as_ref()),
        }
    }

    /// Nobody has touched the form for long.
    pub fn handle_timeout(&mut self, now: Instant) {
        if self.idle_at.is_some_and(|due| due <= now) {
            self.abandon();
        }
    }

    pub fn poll_command(&mut self) -> Option<PreparationCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        self.idle_at
    }

    /// Whether a caller's form is open, or their code still being read.
    pub fn is_open(&self) -> bool {
        self.step != Step::Idle
    }

    /// How sure the agent is of the caller whose form is open.
    pub fn caller(&self) -> Option<Caller> {
        self.is_open().then_some(self.draft.caller)
    }

    /// Only an open form keeps its language.
    pub fn speak(&mut self, language: Language) {
        if self.draft.request.is_none() {
            self.language = language;
        }
    }

    /// Which service is being prepared.
    pub(crate) fn service_in_hand(&self) -> Option<&ServiceId> {
        self.draft.service.as_ref()
    }

    fn service(&self) -> Option<&Service> {
        let id = self.draft.service.as_ref()?;
        self.catalog.service(id)
    }

    /// Decides, writes down and takes over one action on the present request. A
    /// refusal means that the desk has lost track of it, and is a bug.
    fn act(&mut self, action: Action) -> bool {
        let Some(request) = &mut self.draft.request else {
            return false;
        };
        match request.decide(action) {
            Ok(event) => {
                request.apply(&event);
                self.commands.push_back(PreparationCommand::Record {
                    request: request.id.clone(),
                    event,
                });
                true
            }
            Err(refusal) => {
                tracing::error!(%refusal, request = %request.id, "The core refused a desk's action");
                false
            }
        }
    }

    fn abandon(&mut self) {
        let draft = self
            .draft
            .request
            .as_ref()
            .is_some_and(|it| it.stage == request::Stage::Draft);
        if draft {
            self.act(Action::Withdraw);
        }
        self.forget();
    }

    /// What is not in the journal outlives nobody.
    fn forget(&mut self) {
        self.draft = Draft::default();
        self.step = Step::Idle;
        self.idle_at = None;
    }
}
