//! What both acceptors do: say what they are and what they know, be opened and
//! shut, tell their events.

mod kind;
mod set_up;

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use devices::cash::CashFault;

use super::{
    cctalk::header,
    event_counter::{ANSWER_LENGTH, EventCounter, News},
    line::{Question, Reply},
    value::COUNTRY,
};

pub(super) use kind::Kind;

/// While money can come in; no device has more than five events in it.
const POLL: Duration = Duration::from_millis(200);
/// While nothing can come in, only faults are awaited.
const IDLE_POLL: Duration = Duration::from_millis(500);
/// Before a silent device, or one that is busy, is asked again.
const RETRY: Duration = Duration::from_secs(1);
/// A device that was reset unnoticed has forgotten its inhibits: they are asked.
const VERIFY: Duration = Duration::from_secs(5);
/// Before a device with a fault is asked whether somebody has helped.
const CHECK: Duration = Duration::from_secs(2);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Silent,
    Category,
    Shut,
    /// Known from before: what has happened meanwhile, and was it reset?
    Catch,
    Verify,
    Id(u8),
    Scaling,
    /// Before the mode: a reset between the two then leaves the device shut.
    Inhibits,
    Mode,
    Running,
}

pub(super) struct Acceptor {
    pub(super) address: u8,
    kind: Kind,
    step: Step,
    /// Its events have been read since it was last identified.
    started: bool,
    counter: EventCounter,
    /// Worth of each type in won.
    values: BTreeMap<u8, u32>,
    ids: BTreeMap<u8, Vec<u8>>,
    /// Whether it shall take money.
    pub(super) wanted_open: bool,
    /// What it last confirmed.
    open: Option<bool>,
    /// The inhibits it was given; a reset takes them away.
    inhibits: Option<[u8; 2]>,
    /// It was set up since it was last shut.
    set_up: bool,
    /// Its events were read since it was last opened or shut.
    caught: bool,
    /// Its inhibits were still there after that, so it had lost no event.
    verified: bool,
    /// It was opened, and what came in since has not been read to the end.
    exposed: bool,
    /// What needs a hand, until the device finds itself well again.
    pub(super) fault: Option<CashFault>,
    not_before: Option<Instant>,
    poll_at: Option<Instant>,
    verify_at: Option<Instant>,
    check_at: Option<Instant>,
}

impl Acceptor {
    pub(super) fn new(address: u8, kind: Kind) -> Self {
        Self {
            address,
            kind,
            step: Step::Category,
            started: false,
            counter: EventCounter::default(),
            values: BTreeMap::new(),
            ids: BTreeMap::new(),
            wanted_open: false,
            open: None,
            inhibits: None,
            set_up: false,
            caught: false,
            verified: false,
            exposed: false,
            fault: None,
            not_before: None,
            poll_at: None,
            verify_at: None,
            check_at: None,
        }
    }

    /// Tells what happened since the `seen`th event, which may be money: until
    /// the station crashed it took some.
    pub(super) fn resume(&mut self, seen: u8) {
        self.counter = EventCounter::resume(seen);
        self.exposed = true;
    }

    /// How many events it had counted when they were last read.
    pub(super) fn count(&self) -> Option<u8> {
        self.counter.count()
    }

    /// Identifies the device from the beginning; its event counter goes on.
    pub(super) fn restart(&mut self) {
        self.step = Step::Category;
        self.started = false;
        self.open = None;
        self.set_up = false;
        self.caught = false;
        self.verified = false;
        self.not_before = None;
        self.poll_at = None;
        self.verify_at = None;
    }

    pub(super) fn is_running(&self) -> bool {
        self.step == Step::Running
    }

    pub(super) fn is_starting(&self) -> bool {
        !self.started && !self.is_silent()
    }

    pub(super) fn is_silent(&self) -> bool {
        self.step == Step::Silent
    }

    /// It takes nothing, as far as anybody can know.
    pub(super) fn is_shut(&self) -> bool {
        self.open == Some(false) && self.verified || self.is_silent()
    }

    /// After a reset: whether it can have forgotten money that came in.
    pub(super) fn take_exposed(&mut self) -> bool {
        std::mem::take(&mut self.exposed)
    }

    pub(super) fn value_won(&self, kind: u8) -> Option<u32> {
        self.values.get(&kind).copied()
    }

    pub(super) fn poll_soon(&mut self) {
        self.poll_at = None;
    }

    pub(super) fn next_question(&mut self, now: Instant) -> Option<Question> {
        if self.not_before.is_some_and(|until| now < until) {
            return None;
        }
        if self.is_running() && self.started && self.wanted_open && !self.set_up {
            self.step = Step::Inhibits;
        }
        if self.is_running() && self.started && self.wanted_open {
            self.exposed = true;
        }
        let ask = |header, data: &[u8]| Some(Question::new(self.address, header, data));
        match self.step {
            // Once, so that an absent device holds nobody up.
            Step::Silent => Some(Question::once(
                self.address,
                header::EQUIPMENT_CATEGORY,
                &[],
            )),
            Step::Category => ask(header::EQUIPMENT_CATEGORY, &[]),
            Step::Shut => ask(header::MASTER_INHIBIT, &[0]),
            Step::Verify => ask(header::REQUEST_INHIBITS, &[]),
            Step::Catch => ask(self.kind.events_header(), &[]),
            Step::Id(place) => ask(self.kind.id_header(), &[place]),
            Step::Scaling => ask(header::COUNTRY_SCALING_FACTOR, &COUNTRY),
            // Stacker and escrow.
            Step::Mode => ask(header::BILL_OPERATING_MODE, &[0b11]),
            Step::Inhibits => ask(header::MODIFY_INHIBITS, &self.mask()),
            // What is there before it opens happened to somebody else.
            Step::Running if !self.started => ask(self.kind.events_header(), &[]),
            Step::Running if self.open != Some(self.wanted_open) => {
                ask(header::MASTER_INHIBIT, &[u8::from(self.wanted_open)])
            }
            Step::Running if self.is_to_be_verified(now) => ask(header::REQUEST_INHIBITS, &[]),
            Step::Running if is_due(self.poll_at, now) => ask(self.kind.events_header(), &[]),
            Step::Running if self.fault.is_some() && is_due(self.check_at, now) => {
                ask(header::SELF_CHECK, &[])
            }
            Step::Running => None,
        }
    }

    fn is_to_be_verified(&self, now: Instant) -> bool {
        match self.open {
            Some(true) => is_due(self.verify_at, now),
            Some(false) => !self.verified && self.caught,
            None => false,
        }
    }

    /// When it next wants to ask; `None` means at once.
    pub(super) fn due(&self) -> Option<Instant> {
        let unconfirmed = self.open != Some(self.wanted_open) || !(self.verified || self.set_up);
        let wish = if !self.is_running() || unconfirmed {
            None
        } else {
            let check = self.fault.and(self.check_at);
            self.poll_at
                .map(|poll| check.map_or(poll, |it| it.min(poll)))
        };
        self.not_before.max(wish)
    }

    pub(super) fn answered(
        &mut self,
        question: &Question,
        reply: &Reply,
        now: Instant,
    ) -> Option<News> {
        self.not_before = None;
        match reply {
            Reply::Silent => {
                self.restart();
                self.step = Step::Silent;
                self.not_before = Some(now + RETRY);
                None
            }
            Reply::Refused => {
                self.refused(question, now);
                None
            }
            Reply::Answer(data) => self.advance(question, data, now),
        }
    }

    fn refused(&mut self, question: &Question, now: Instant) {
        match (self.step, question.header) {
            (Step::Id(place), _) => self.keep_id(place, &[]),
            // A device without these two is believed less, but not lost.
            (Step::Verify, _) => self.step = Step::Id(1),
            (_, header::REQUEST_INHIBITS) => {
                self.verified = true;
                self.verify_at = Some(now + VERIFY);
            }
            (_, header::SELF_CHECK) => self.check_at = Some(now + CHECK),
            _ => self.not_before = Some(now + RETRY),
        }
    }

    fn heard(&mut self, question: &Question, data: &[u8], now: Instant) -> Option<News> {
        match question.header {
            header::MASTER_INHIBIT => {
                let open = question.data == [1];
                self.open = Some(open);
                self.set_up = open;
                self.caught = false;
                self.verified = false;
                self.verify_at = Some(now + VERIFY);
                self.poll_at = None;
                None
            }
            header::REQUEST_INHIBITS => self.verify(data, now),
            header::SELF_CHECK => {
                self.check_at = Some(now + CHECK);
                if data.first() == Some(&0) {
                    self.fault = None;
                }
                None
            }
            _ => {
                let active = self.wanted_open || self.open != Some(false);
                self.poll_at = Some(now + if active { POLL } else { IDLE_POLL });
                self.read(data, now)
            }
        }
    }

    fn verify(&mut self, data: &[u8], now: Instant) -> Option<News> {
        self.verified = true;
        self.verify_at = Some(now + VERIFY);
        if self.inhibits.is_some_and(|inhibits| data == inhibits) {
            self.exposed &= self.open != Some(false) || !self.caught;
            return None;
        }
        self.counter.restart();
        self.was_reset();
        Some(News::Reset { events: Vec::new() })
    }

    fn read(&mut self, data: &[u8], now: Instant) -> Option<News> {
        let Ok(answer) = <&[u8; ANSWER_LENGTH]>::try_from(data) else {
            self.not_before = Some(now + RETRY);
            return None;
        };
        self.started |= self.is_running();
        let news = self.counter.read(answer);
        if matches!(news, News::Reset { .. }) {
            self.was_reset();
        } else {
            self.caught = true;
        }
        Some(news)
    }

    fn was_reset(&mut self) {
        tracing::warn!(address = self.address, "A cash device was reset");
        self.inhibits = None;
        self.restart();
    }
}

pub(super) fn is_due(at: Option<Instant>, now: Instant) -> bool {
    at.is_none_or(|at| at <= now)
}
