//! A terminal that speaks ZVT, as a pure machine between orders and frames.
//!
//! ZVT knows no key for a transaction, so none is ever sent twice: where an answer is
//! missing, the terminal is asked for its newest transaction (06 20), and its counter
//! from before tells whether that is the one. What cannot be told is unknown.

mod errand;
mod hearing;
mod talking;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use devices::{
    DeviceState,
    payment_terminal::{
        PaymentTerminalEvent, PaymentTerminalOrder, PaymentTerminalStatus, TerminalFault,
    },
};

use super::apdu::{Apdu, Inbox};
use crate::{Driver, Input, Output};
use errand::Errand;
use talking::{Subject, Talk};

/// A terminal that rests is asked whether it is there.
const ENQUIRY: Duration = Duration::from_secs(15);
/// …and one that did not answer or did not want to, once more.
const ONCE_MORE: Duration = Duration::from_secs(5);

#[derive(Clone, Copy, Debug)]
pub struct ZvtSettings {
    /// Six digits at most; terminals come with 000000.
    pub password: u32,
    /// As ISO 4217 numbers it.
    pub currency: u16,
}

impl Default for ZvtSettings {
    fn default() -> Self {
        Self {
            password: 0,
            currency: 410,
        }
    }
}

pub struct ZvtTerminal {
    settings: ZvtSettings,
    inbox: Inbox,
    connected: bool,
    registered: bool,
    /// It was asked for its newest transaction since it was registered.
    asked_for_newest: bool,
    /// The number of that one, as far as it is known; 0 where it has none.
    counted: Option<u32>,
    told_counted: Option<u32>,
    talk: Option<Talk>,
    errand: Option<Errand>,
    /// When the next thing is said by itself.
    speak_at: Instant,
    status: PaymentTerminalStatus,
    fault: Option<TerminalFault>,
    output: VecDeque<Output<PaymentTerminalEvent>>,
}

impl ZvtTerminal {
    pub fn new(settings: ZvtSettings, now: Instant) -> Self {
        Self {
            settings,
            inbox: Inbox::default(),
            connected: false,
            registered: false,
            asked_for_newest: false,
            counted: None,
            told_counted: None,
            talk: None,
            errand: None,
            speak_at: now,
            status: PaymentTerminalStatus {
                state: DeviceState::Absent,
                fault: Some(TerminalFault::Offline),
            },
            fault: None,
            output: VecDeque::new(),
        }
    }

    fn is_ready(&self) -> bool {
        self.connected && self.registered && self.asked_for_newest && self.fault.is_none()
    }

    /// What comes next, when nothing is being talked about.
    fn go_on(&mut self, now: Instant) {
        if self.connected && self.talk.is_none() {
            if !self.registered {
                if self.speak_at <= now {
                    self.begin(Subject::Registration, now);
                }
            } else if !self.asked_for_newest {
                if self.speak_at <= now {
                    self.begin(Subject::Newest, now);
                }
            } else if let Some(subject) = self.due_for_errand(now) {
                self.begin(subject, now);
            } else if self.speak_at <= now && self.errand.is_none() {
                self.begin(Subject::Enquiry, now);
            }
        }
        self.tell_counted();
        self.tell_status();
    }

    fn tell(&mut self, event: PaymentTerminalEvent) {
        self.output.push_back(Output::Tell(event));
    }

    fn send(&mut self, apdu: &Apdu) {
        self.output.push_back(Output::Wire(apdu.encode()));
    }

    /// Only while nothing is under way that would change it.
    fn tell_counted(&mut self) {
        if self.errand.is_none() && self.counted != self.told_counted {
            self.told_counted = self.counted;
            if let Some(trace) = self.counted {
                self.tell(PaymentTerminalEvent::Counted { trace });
            }
        }
    }

    fn tell_status(&mut self) {
        let status = PaymentTerminalStatus {
            state: match self.fault {
                _ if !self.connected => DeviceState::Absent,
                Some(_) => DeviceState::Faulted,
                None if !self.is_ready() => DeviceState::Starting,
                None if self.errand.is_some() => DeviceState::Busy,
                None => DeviceState::Ready,
            },
            fault: match self.connected {
                true => self.fault,
                false => Some(TerminalFault::Offline),
            },
        };
        if status != self.status {
            self.status = status;
            self.tell(PaymentTerminalEvent::Status(status));
        }
    }
}

impl Driver for ZvtTerminal {
    type Order = PaymentTerminalOrder;
    type Event = PaymentTerminalEvent;

    fn handle(&mut self, input: Input<PaymentTerminalOrder>, now: Instant) {
        match input {
            Input::Order(order) => self.order(order, now),
            Input::Wire(bytes) => self.hear(&bytes, now),
            Input::Connected => {
                self.connected = true;
                self.fault = None;
                self.speak_at = now;
                self.forget_the_line();
            }
            Input::HungUp => {
                self.connected = false;
                self.forget_the_line();
                self.errand_is_in_doubt(now);
            }
        }
        self.go_on(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        if self.talk.as_ref().is_some_and(|talk| talk.due <= now) {
            self.talk_overdue(now);
        }
        if self.errand.as_ref().is_some_and(|it| it.due <= now) {
            self.errand_overdue(now);
        }
        self.go_on(now);
    }

    fn poll_output(&mut self) -> Option<Output<PaymentTerminalEvent>> {
        self.output.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        let talk = self.talk.as_ref().map(|talk| talk.due);
        let errand = self.errand.as_ref();
        let rests = self.connected && self.talk.is_none();
        let speaks = match errand {
            Some(errand) if self.registered && self.asked_for_newest => errand.ask_at,
            _ => Some(self.speak_at),
        };
        let due = [talk, errand.map(|it| it.due), speaks.filter(|_| rests)];
        due.into_iter().flatten().min()
    }
}
