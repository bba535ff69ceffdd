//! What both acceptors do: say what they are and what they know, be opened and
//! shut, tell their events.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use super::{
    cctalk::header,
    event_counter::{ANSWER_LENGTH, EventCounter, News},
    line::{Question, Reply},
    value::{COUNTRY, Scaling, coin_won, note_won},
};

/// Part 1, section 15: a device that takes money is polled at least so often.
const POLL: Duration = Duration::from_millis(200);
/// While nothing can come in, only faults are awaited.
const IDLE_POLL: Duration = Duration::from_millis(500);
/// Before a silent device, or one that is busy, is asked again.
const RETRY: Duration = Duration::from_secs(1);
/// A device that was reset unnoticed has shut itself: it is opened again.
const REFRESH: Duration = Duration::from_secs(5);
/// Before a jammed device is asked whether somebody has freed it.
const CHECK: Duration = Duration::from_secs(2);
/// Types both inhibit masks have room for.
const TYPES: u8 = 16;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Coins,
    Notes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Silent,
    Category,
    Shut,
    Id(u8),
    Scaling,
    Mode,
    Inhibits,
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
    pub(super) jammed: bool,
    not_before: Option<Instant>,
    poll_at: Option<Instant>,
    refresh_at: Option<Instant>,
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
            jammed: false,
            not_before: None,
            poll_at: None,
            refresh_at: None,
            check_at: None,
        }
    }

    /// Identifies the device from the beginning; its event counter goes on.
    pub(super) fn restart(&mut self) {
        self.step = Step::Category;
        self.started = false;
        self.open = None;
        self.not_before = None;
        self.poll_at = None;
        self.refresh_at = None;
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
        self.open == Some(false) || self.is_silent()
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
        if self.is_running() && self.open == Some(true) && is_due(self.refresh_at, now) {
            self.step = Step::Inhibits;
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
            Step::Running if is_due(self.poll_at, now) => ask(self.kind.events_header(), &[]),
            Step::Running if self.jammed && is_due(self.check_at, now) => {
                ask(header::SELF_CHECK, &[])
            }
            Step::Running => None,
        }
    }

    /// When it next wants to ask; `None` means at once.
    pub(super) fn due(&self) -> Option<Instant> {
        let wish = if !self.is_running() || self.open != Some(self.wanted_open) {
            None
        } else {
            let check = if self.jammed { self.check_at } else { None };
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
                match self.step {
                    Step::Id(place) => self.keep_id(place, &[]),
                    Step::Silent
                    | Step::Category
                    | Step::Shut
                    | Step::Scaling
                    | Step::Mode
                    | Step::Inhibits
                    | Step::Running => self.not_before = Some(now + RETRY),
                }
                None
            }
            Reply::Answer(data) => self.advance(question, data, now),
        }
    }

    fn advance(&mut self, question: &Question, data: &[u8], now: Instant) -> Option<News> {
        match self.step {
            Step::Silent | Step::Category => {
                if data.eq_ignore_ascii_case(self.kind.category()) {
                    self.step = Step::Shut;
                } else {
                    tracing::warn!(address = self.address, "Something else answers for money");
                    self.step = Step::Silent;
                    self.not_before = Some(now + RETRY);
                }
            }
            Step::Shut => {
                self.open = Some(false);
                self.values.clear();
                self.ids.clear();
                self.step = Step::Id(1);
            }
            Step::Id(place) => self.keep_id(place, data),
            Step::Scaling => {
                self.evaluate(Scaling::read(data));
                self.step = Step::Mode;
            }
            Step::Mode => self.step = Step::Inhibits,
            Step::Inhibits => {
                self.step = Step::Running;
                self.open = None;
                self.refresh_at = Some(now + REFRESH);
                self.poll_at = None;
            }
            Step::Running => return self.heard(question, data, now),
        }
        None
    }

    fn keep_id(&mut self, place: u8, id: &[u8]) {
        self.ids.insert(place, id.to_vec());
        self.step = match self.kind {
            _ if place < TYPES => Step::Id(place + 1),
            Kind::Coins => {
                self.evaluate(None);
                Step::Inhibits
            }
            Kind::Notes => Step::Scaling,
        };
    }

    fn evaluate(&mut self, scaling: Option<Scaling>) {
        let worth = |id: &Vec<u8>| match self.kind {
            Kind::Coins => coin_won(id),
            Kind::Notes => scaling.and_then(|scaling| note_won(id, scaling)),
        };
        self.values = (self.ids.iter())
            .filter_map(|(place, id)| Some((*place, worth(id)?)))
            .collect();
    }

    fn heard(&mut self, question: &Question, data: &[u8], now: Instant) -> Option<News> {
        match question.header {
            header::MASTER_INHIBIT => {
                self.open = Some(question.data == [1]);
                self.poll_at = None;
                None
            }
            header::SELF_CHECK => {
                self.check_at = Some(now + CHECK);
                self.jammed = data.first() != Some(&0);
                None
            }
            _ => {
                let active = self.wanted_open || self.open != Some(false);
                self.poll_at = Some(now + if active { POLL } else { IDLE_POLL });
                let Ok(answer) = <&[u8; ANSWER_LENGTH]>::try_from(data) else {
                    self.not_before = Some(now + RETRY);
                    return None;
                };
                self.started = true;
                let news = self.counter.read(answer);
                if matches!(news, News::Reset { .. }) {
                    tracing::warn!(address = self.address, "A cash device was reset");
                    self.restart();
                }
                Some(news)
            }
        }
    }

    /// One bit for each type that is worth something, lowest type first.
    fn mask(&self) -> [u8; 2] {
        let bits = (self.values.keys()).fold(0u16, |bits, kind| bits | 1 << (kind - 1));
        bits.to_le_bytes()
    }
}

impl Kind {
    /// Part 2, header 245.
    fn category(self) -> &'static [u8] {
        match self {
            Kind::Coins => b"Coin Acceptor",
            Kind::Notes => b"Bill Validator",
        }
    }

    fn id_header(self) -> u8 {
        match self {
            Kind::Coins => header::REQUEST_COIN_ID,
            Kind::Notes => header::REQUEST_BILL_ID,
        }
    }

    fn events_header(self) -> u8 {
        match self {
            Kind::Coins => header::READ_CREDIT,
            Kind::Notes => header::READ_BILL_EVENTS,
        }
    }
}

pub(super) fn is_due(at: Option<Instant>, now: Instant) -> bool {
    at.is_none_or(|at| at <= now)
}
