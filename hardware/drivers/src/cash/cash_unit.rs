//! The cash unit: a coin acceptor, a bill validator and hoppers on one ccTalk line.

mod counters;
mod money_in;
mod money_out;
mod status;

use std::{collections::VecDeque, time::Instant};

use devices::cash::{CashCounters, CashEvent, CashOrder, CashStatus};

use super::{
    acceptor::{Acceptor, Kind},
    cctalk::header,
    cctalk_bill_validator::{BillValidator, Route},
    cctalk_hopper::{Hopper, HopperSettings},
    line::{Line, Question, Reply},
    payment::Payment,
};
use crate::{Driver, Input, Output};

/// Payments that may wait for the one before them.
const WAITING_MAX: usize = 8;

/// What hangs on the line; a device at another address is not asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CashSettings {
    /// 2 as a rule.
    pub coin_acceptor: u8,
    /// 40 as a rule.
    pub bill_validator: u8,
    pub hoppers: Vec<HopperSettings>,
}

/// Runs on a line of 9,600 baud, eight data bits, no parity, one stop bit.
pub struct CashUnit {
    connected: bool,
    line: Line,
    coins: Acceptor,
    notes: BillValidator,
    hoppers: Vec<Hopper>,
    /// Whose turn it is to ask.
    turn: usize,
    collection: Option<Collection>,
    stop_owed: bool,
    payment: Option<Payment>,
    waiting: VecDeque<u32>,
    events_lost_at: Option<Instant>,
    told: Option<CashStatus>,
    counted: CashCounters,
    outputs: VecDeque<Output<CashEvent>>,
}

struct Collection {
    wanted_won: u32,
    taken_won: u32,
}

impl CashUnit {
    #[must_use]
    pub fn new(settings: CashSettings) -> Self {
        Self {
            connected: false,
            line: Line::default(),
            coins: Acceptor::new(settings.coin_acceptor, Kind::Coins),
            notes: BillValidator::new(settings.bill_validator),
            hoppers: settings.hoppers.into_iter().map(Hopper::new).collect(),
            turn: 0,
            collection: None,
            stop_owed: false,
            payment: None,
            waiting: VecDeque::new(),
            events_lost_at: None,
            told: None,
            counted: CashCounters::default(),
            outputs: VecDeque::new(),
        }
    }
}

impl Driver for CashUnit {
    type Order = CashOrder;
    type Event = CashEvent;

    fn handle(&mut self, input: Input<CashOrder>, now: Instant) {
        match input {
            Input::Order(order) => self.obey(order),
            Input::Wire(bytes) => {
                if let Some((question, reply)) = self.line.receive(&bytes, now) {
                    self.answered(&question, &reply, now);
                }
            }
            Input::Connected => {
                self.connected = true;
                self.restart();
            }
            Input::HungUp => {
                self.connected = false;
                if let Some(question) = self.line.hang_up() {
                    self.answered(&question, &Reply::Silent, now);
                }
                self.restart();
            }
        }
        self.go_on(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        if let Some((question, reply)) = self.line.handle_timeout(now) {
            self.answered(&question, &reply, now);
        }
        for place in 0..self.hoppers.len() {
            if let Some(end) = self.hoppers[place].handle_timeout(now) {
                self.payout_ended(place, end);
            }
        }
        self.go_on(now);
    }

    fn poll_output(&mut self) -> Option<Output<CashEvent>> {
        self.outputs.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        let stall = self.hoppers.iter().filter_map(Hopper::stalled_at).min();
        let wire = if self.connected {
            self.line.poll_timeout().or_else(|| {
                let hoppers = self.hoppers.iter().filter_map(Hopper::due);
                let acceptors = [self.coins.due(), self.notes.due()];
                acceptors.into_iter().flatten().chain(hoppers).min()
            })
        } else {
            None
        };
        [stall, wire].into_iter().flatten().min()
    }
}

impl CashUnit {
    fn obey(&mut self, order: CashOrder) {
        match order {
            CashOrder::Collect { amount_won } => {
                self.collection = Some(Collection {
                    wanted_won: amount_won,
                    taken_won: 0,
                });
            }
            CashOrder::Stop => {
                self.collection = None;
                self.stop_owed = true;
            }
            CashOrder::StackNote => self.notes.route(Route::Stack),
            CashOrder::ReturnNote => self.notes.route(Route::Return),
            CashOrder::Pay { amount_won } if self.waiting.len() < WAITING_MAX => {
                self.waiting.push_back(amount_won);
            }
            CashOrder::Pay { amount_won } => self.tell(CashEvent::PaidShort {
                paid_won: 0,
                owed_won: amount_won,
            }),
            CashOrder::Fill { address, coins } => {
                let hoppers = self.hoppers.iter_mut();
                let filled = hoppers.filter(|it| it.address() == address);
                filled.for_each(|hopper| hopper.fill(coins));
            }
        }
    }

    /// Identifies every device from the beginning.
    fn restart(&mut self) {
        self.coins.restart();
        self.notes.acceptor.restart();
        self.hoppers.iter_mut().for_each(Hopper::restart);
    }

    /// After whatever happened: opens and shuts, pays, asks the next question.
    fn go_on(&mut self, now: Instant) {
        let open = self.wants_money();
        self.coins.wanted_open = open;
        self.notes.acceptor.wanted_open = open;
        if self.stop_owed && !open && self.coins.is_shut() && self.notes.acceptor.is_shut() {
            self.stop_owed = false;
            self.tell(CashEvent::Stopped);
        }
        self.pay_on(now);
        if self.connected && self.line.is_free(now) {
            self.ask(now);
        }
        while let Some(bytes) = self.line.poll_wire() {
            self.outputs.push_back(Output::Wire(bytes));
        }
        self.forget_lost_events(now);
        self.tell_counters();
        self.tell_status();
    }

    /// Lets the next device that wants to ask do so.
    fn ask(&mut self, now: Instant) {
        let devices = 2 + self.hoppers.len();
        for _ in 0..devices {
            let turn = self.turn;
            self.turn = (turn + 1) % devices;
            let question = match turn {
                0 => self.coins.next_question(now),
                1 => self.notes.next_question(now),
                hopper => self.hoppers[hopper - 2].next_question(now),
            };
            if let Some(question) = question {
                self.line.ask(question, now);
                return;
            }
        }
    }

    fn answered(&mut self, question: &Question, reply: &Reply, now: Instant) {
        if question.address == self.coins.address {
            if let Some(news) = self.coins.answered(question, reply, now) {
                self.coins_news(news, now);
            }
        } else if question.address == self.notes.acceptor.address {
            if question.header == header::ROUTE_BILL {
                self.notes.routed(reply, now);
                if *reply != Reply::Silent {
                    return;
                }
            }
            if let Some(news) = self.notes.acceptor.answered(question, reply, now) {
                self.notes_news(news, now);
            }
        } else if let Some(place) =
            (self.hoppers.iter()).position(|hopper| hopper.address() == question.address)
        {
            if let Some(end) = self.hoppers[place].answered(reply, now) {
                self.payout_ended(place, end);
            }
            if let Some(coins_paid) = self.hoppers[place].fill_counted() {
                let address = self.hoppers[place].address();
                self.tell(CashEvent::Filled {
                    address,
                    coins_paid,
                });
            }
        }
    }

    fn tell(&mut self, event: CashEvent) {
        self.outputs.push_back(Output::Tell(event));
    }
}
