//! A document that a citizen wants an agency to have: found by its number, sent with the
//! consent that was read aloud, and followed until the agency has it.
//!
//! Four verbs, no I/O. A document has one delivery to each agency: whatever is said to the
//! exchange twice is the same. What is typed stays until it has spoken.

mod delivery;
mod event;
mod paper;
mod present;
#[cfg(test)]
mod tests;
mod wishing;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use privacy::Personal;
use request::{DocumentNumber, NotANumber};

pub use delivery::{Consent, Delivery, DeliveryEnd, Found, Recipient, Title, Wanted};
pub use event::{SendingCommand, SendingEvent, SendingFault, SendingNotice, SendingTouch};
use paper::Paper;
pub use present::{
    AgencyRow, AgencyView, ConsentView, DeliveryRow, NumberCheck, NumberView, PaperView, PlaceView,
    PurposeView, SendingView,
};

use crate::Moment;

/// An agency that is there has a document within it.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
/// While an agency is away and the pane stays up.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

pub struct Sending {
    /// Whether there is any way to say who sends.
    may_ask: bool,
    agent: Option<String>,
    shown: bool,
    recipients: Option<Vec<Recipient>>,
    /// The number as it is typed.
    typed: Personal<String>,
    /// What the exchange was asked about and has not answered.
    asked: Option<DocumentNumber>,
    paper: Option<Paper>,
    /// A deed is on its way to the exchange.
    busy: bool,
    look_at: Option<Instant>,
    pause: Duration,
    notice: Option<SendingNotice>,
    commands: VecDeque<SendingCommand>,
}

impl Sending {
    pub fn new(may_ask: bool) -> Self {
        Self {
            may_ask,
            agent: None,
            shown: false,
            recipients: None,
            typed: Personal::default(),
            asked: None,
            paper: None,
            busy: false,
            look_at: None,
            pause: FIRST_PAUSE,
            notice: None,
            commands: VecDeque::new(),
        }
    }

    pub fn handle(&mut self, event: SendingEvent, now: Moment) {
        match event {
            SendingEvent::Touched(touch) => self.touched(touch, now),
            SendingEvent::Shown(shown) => self.show(shown),
            SendingEvent::Works(agent) => {
                *self = Self {
                    agent,
                    ..Self::new(self.may_ask)
                }
            }
            SendingEvent::Recipients(Ok(recipients)) => {
                self.is_there();
                self.recipients = Some(recipients);
            }
            SendingEvent::Recipients(Err(fault)) => self.fail(fault),
            SendingEvent::Found(number, found) => self.found(&number, found, now.instant),
            SendingEvent::Sent(number, sent) => self.is_sent(&number, sent),
        }
    }

    /// Looks again what has become of what is on its way.
    pub fn handle_timeout(&mut self, now: Instant) {
        if self.look_at.is_some_and(|due| due <= now) {
            self.look_at = None;
            self.look_again();
        }
    }

    pub fn poll_command(&mut self) -> Option<SendingCommand> {
        self.commands.pop_front()
    }

    pub fn poll_timeout(&self) -> Option<Instant> {
        self.look_at
    }

    pub fn is_shown(&self) -> bool {
        self.shown
    }

    /// Who works here, as far as was told.
    pub fn agent(&self) -> Option<&str> {
        self.agent.as_deref()
    }

    fn show(&mut self, shown: bool) {
        if shown && !self.shown {
            self.notice = None;
            self.pause = FIRST_PAUSE;
            self.ask_recipients();
            self.look_again();
        }
        if !shown {
            self.look_at = None;
        }
        self.shown = shown;
    }

    fn ask_recipients(&mut self) {
        if self.may_ask && self.agent.is_some() {
            self.commands.push_back(SendingCommand::AskRecipients);
        }
    }

    /// Asks about a document, also when the last answer has not come.
    fn look_up(&mut self, number: DocumentNumber) {
        self.asked = Some(number.clone());
        self.commands.push_back(SendingCommand::LookUp(number));
    }

    fn look_again(&mut self) {
        if let Some(paper) = &self.paper {
            self.look_up(paper.number.clone());
        }
    }

    fn number(&self, now: Moment) -> Result<DocumentNumber, NotANumber> {
        DocumentNumber::read(self.typed.reveal(), now.wall.local())
    }

    /// Nothing is taken while a deed is on its way: it is about what stands there.
    fn touched(&mut self, touch: SendingTouch, now: Moment) {
        if self.busy || !self.may_ask {
            return;
        }
        if !touch.is_typing() {
            self.notice = None;
        }
        match self.paper.as_ref().map(Paper::is_wishing) {
            None => self.typing_number(touch, now),
            Some(true) => self.wishing(touch),
            Some(false) => self.before_paper(&touch),
        }
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the others mean nothing here"
    )]
    fn typing_number(&mut self, touch: SendingTouch, now: Moment) {
        match touch {
            SendingTouch::Number(typed) => {
                self.typed = typed;
                self.asked = None;
            }
            SendingTouch::Next => match self.number(now) {
                Ok(number) if self.asked.as_ref() == Some(&number) => {}
                Ok(number) => self.look_up(number),
                Err(_) => self.notice = Some(SendingNotice::Number),
            },
            _ => {}
        }
    }

    fn found(&mut self, number: &DocumentNumber, found: Result<Found, SendingFault>, now: Instant) {
        if self.asked.as_ref() != Some(number) {
            return;
        }
        self.asked = None;
        match found {
            Ok(found) => {
                self.is_there();
                self.open(number, found);
            }
            Err(fault) => self.fail(fault),
        }
        let waits = self.paper.as_ref().is_some_and(Paper::waits);
        if waits && self.shown {
            self.look_at = Some(now + self.pause);
            self.pause = self.pause.saturating_mul(2).min(LONGEST_PAUSE);
        }
    }

    /// A document that cannot be sent and never was leaves nothing to look at.
    fn open(&mut self, number: &DocumentNumber, found: Found) {
        let Found {
            refusal,
            deliveries,
        } = found;
        match (&mut self.paper, refusal) {
            (Some(paper), refusal) => paper.take_over(refusal, deliveries),
            (None, Some(refusal)) if deliveries.is_empty() => {
                self.fail(SendingFault::Refused(refusal));
            }
            (None, refusal) => {
                self.pause = FIRST_PAUSE;
                self.paper = Some(Paper::new(number.clone(), refusal, deliveries));
            }
        }
    }

    fn is_sent(&mut self, number: &DocumentNumber, sent: Result<(), SendingFault>) {
        let paper = self.paper.as_mut().filter(|it| it.number == *number);
        let Some(paper) = paper.filter(|_| self.busy) else {
            return;
        };
        self.busy = false;
        match sent {
            Ok(()) => {
                paper.stop_wishing();
                self.notice = Some(SendingNotice::Sent);
                self.pause = FIRST_PAUSE;
                self.look_again();
            }
            Err(fault) => {
                self.fail(fault);
                // What was refused stands otherwise than it is shown.
                if matches!(fault, SendingFault::Refused(_)) {
                    self.look_again();
                }
            }
        }
    }

    /// The exchange has answered.
    fn is_there(&mut self) {
        if self.notice == Some(SendingNotice::Fault(SendingFault::Unreachable)) {
            self.notice = None;
        }
    }

    fn fail(&mut self, fault: SendingFault) {
        self.notice = Some(SendingNotice::Fault(fault));
    }
}
