//! The cash-acceptor class: coins, and notes with an escrow that holds one.
//!
//! A coin is in the cash box once it is accepted; a note waits in the escrow until the cash-in
//! ends. Rolled back, the note comes out again, and for the coins others do, from the hoppers.

mod commands;
mod tally;

use std::collections::VecDeque;

use devices::{
    DeviceState,
    cash::{CashEvent, CashFault, CashOrder, CashStatus},
};
use fitting::DeviceEvent;
use serde_json::{Map, Value, json};

use self::tally::Tally;
use crate::{
    completion::{Completion, CompletionCode, Stop},
    device_class::{DeviceClass, DeviceOrder, Effect, object},
    dialect::StorageName,
    envelope::Payload,
    interface::{CASH_ACCEPTOR, Interface},
};

pub(crate) struct CashAcceptor {
    storage: StorageName,
    status: Option<CashStatus>,
    transaction: Transaction,
    /// What came in since the transaction began.
    tally: Tally,
    /// The note in the escrow, in won.
    held_won: Option<u32>,
    doing: Doing,
    effects: VecDeque<Effect>,
}

/// As `CashAcceptor.GetCashInStatus` has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Transaction {
    /// There was none, or nobody knows how it ended.
    #[default]
    Unknown,
    Active,
    Ended,
    RolledBack,
}

/// What the command that runs waits for.
#[derive(Debug, Default)]
enum Doing {
    #[default]
    Nothing,
    /// Money; once some is in, or nobody wants to wait any more, for the slots to shut.
    Taking {
        items: Tally,
        stopped: Option<Stop>,
        shutting: bool,
    },
    /// The note's way into the stacker.
    Stacking,
    /// The note's way out.
    Returning,
    /// The hoppers' paying.
    Paying,
}

impl CashAcceptor {
    pub(crate) fn new(storage: StorageName) -> Self {
        Self {
            storage,
            status: None,
            transaction: Transaction::default(),
            tally: Tally::default(),
            held_won: None,
            doing: Doing::default(),
            effects: VecDeque::new(),
        }
    }
}

impl DeviceClass for CashAcceptor {
    fn interface(&self) -> &'static Interface {
        &CASH_ACCEPTOR
    }

    fn state(&self) -> DeviceState {
        self.status
            .as_ref()
            .map_or(DeviceState::Absent, |it| it.state)
    }

    fn status(&self) -> (&'static str, Map<String, Value>) {
        let held = self.held_won.is_some();
        let fault = self.status.as_ref().and_then(|it| it.fault);
        let reader = match fault {
            Some(CashFault::NoteJam | CashFault::NoteBox) => "inoperable",
            Some(CashFault::Silent | CashFault::EventsLost) => "unknown",
            Some(CashFault::CoinJam | CashFault::Hopper) => "ok",
            None if self.status.is_some() => "ok",
            None => "unknown",
        };
        let status = object([
            (
                "intermediateStacker",
                if held { "full" } else { "empty" }.into(),
            ),
            (
                "stackerItems",
                if held { "customerAccess" } else { "noItems" }.into(),
            ),
            ("banknoteReader", reader.into()),
            ("positions", json!([{ "position": "inDefault" }])),
        ]);
        ("cashAcceptor", status)
    }

    fn capabilities(&self) -> Map<String, Value> {
        let acceptor = json!({
            "type": "selfServiceBill",
            "maxCashInItems": 1,
            "shutter": false,
            "shutterControl": true,
            "intermediateStacker": 1,
            "itemsTakenSensor": false,
            "itemsInsertedSensor": false,
            "positions": [{
                "position": "inDefault",
                "usage": { "in": true, "refuse": true, "rollback": true },
                "shutterControl": true,
                "itemsTakenSensor": false,
                "itemsInsertedSensor": false,
            }],
        });
        object([("cashAcceptor", acceptor)])
    }

    fn answer(&self, command: &str) -> Option<Completion> {
        (command == "CashAcceptor.GetCashInStatus").then(|| self.cash_in_status())
    }

    fn begin(&mut self, command: &str, payload: &Payload) {
        let ended = match command {
            "CashAcceptor.CashInStart" => Some(self.start(payload)),
            "CashAcceptor.CashIn" => self.take(),
            "CashAcceptor.CashInEnd" => self.stack(),
            "CashAcceptor.CashInRollback" => self.roll_back(),
            _ => Some(Completion::of(CompletionCode::UnsupportedCommand)),
        };
        if let Some(completion) = ended {
            self.effects.push_back(Effect::Done(completion));
        }
    }

    fn waits_for_a_person(&self) -> bool {
        matches!(self.doing, Doing::Taking { .. })
    }

    /// Only waiting for money can be stopped: a note on its way is waited for.
    fn stop(&mut self, why: Stop) {
        if let Doing::Taking { stopped, .. } = &mut self.doing {
            *stopped = Some(why);
            self.shut();
        }
    }

    fn give_up(&mut self) {
        self.doing = Doing::Nothing;
        self.transaction = Transaction::Unknown;
        self.order(CashOrder::Stop);
    }

    fn told(&mut self, event: &DeviceEvent) {
        let DeviceEvent::Cash { event, .. } = event else {
            return;
        };
        match event {
            CashEvent::CoinAccepted { value_won } => self.came_in(*value_won, Kind::Coin),
            CashEvent::NoteEscrowed { value_won } => {
                self.held_won = Some(*value_won);
                self.came_in(*value_won, Kind::Note);
            }
            CashEvent::NoteStacked { .. } => self.stacked(),
            CashEvent::NoteReturned { value_won } => self.returned(*value_won),
            CashEvent::Rejected => self.refused(),
            CashEvent::Stopped => self.shut_now(),
            CashEvent::Paid { .. } => self.paid(None),
            CashEvent::PaidShort { .. } => self.paid(Some(
                Completion::error("cashUnitError").because("the hoppers paid less than the coins"),
            )),
            CashEvent::PayUnknown { .. } => self.paid(Some(
                Completion::of(CompletionCode::HardwareError)
                    .because("nobody knows what the hoppers paid"),
            )),
            CashEvent::Filled { .. } | CashEvent::Counted(_) => {}
            CashEvent::Status(status) => self.status = Some(status.clone()),
        }
    }

    fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Coin,
    Note,
}

impl CashAcceptor {
    fn came_in(&mut self, value_won: u32, kind: Kind) {
        self.tally.add(value_won, kind);
        if let Doing::Taking { items, .. } = &mut self.doing {
            items.add(value_won, kind);
            self.shut();
        }
    }

    fn refused(&mut self) {
        self.tally.refused += 1;
        if matches!(self.doing, Doing::Taking { .. }) {
            let reason = Payload(object([("reason", "invalidBill".into())]));
            let event = Effect::Event("CashAcceptor.InputRefuseEvent", reason);
            self.effects.push_back(event);
        }
    }

    /// Shuts the slots, once.
    fn shut(&mut self) {
        if let Doing::Taking { shutting, .. } = &mut self.doing
            && !std::mem::replace(shutting, true)
        {
            self.order(CashOrder::Stop);
        }
    }

    /// The slots are shut, and whatever fell before was told.
    fn shut_now(&mut self) {
        let Doing::Taking { items, stopped, .. } = &self.doing else {
            return;
        };
        let completion = match stopped {
            Some(why) if items.is_empty() => why.completion(),
            Some(_) | None => Completion::success(object([("items", items.counts().into())])),
        };
        self.finish(completion);
    }

    fn stacked(&mut self) {
        let meant = self.held_won.take();
        match self.doing {
            Doing::Stacking => self.stored(),
            Doing::Returning => self.fail("the note went into the stacker instead"),
            Doing::Nothing | Doing::Taking { .. } | Doing::Paying => {
                if meant.is_some() {
                    tracing::warn!("A note was stacked that nobody had ordered to be");
                }
            }
        }
    }

    fn returned(&mut self, value_won: u32) {
        self.held_won = None;
        match &mut self.doing {
            Doing::Returning => self.pay_back(),
            Doing::Stacking => {
                self.tally.remove_note(value_won);
                self.fail("the note came out again instead");
            }
            Doing::Taking { items, .. } => {
                items.remove_note(value_won);
                self.tally.remove_note(value_won);
            }
            Doing::Nothing | Doing::Paying => self.tally.remove_note(value_won),
        }
    }

    fn paid(&mut self, failed: Option<Completion>) {
        if matches!(self.doing, Doing::Paying) {
            match failed {
                None => self.rolled_back(),
                Some(completion) => {
                    self.transaction = Transaction::Unknown;
                    self.finish(completion);
                }
            }
        }
    }

    fn fail(&mut self, description: &'static str) {
        self.transaction = Transaction::Unknown;
        self.finish(Completion::error("cashUnitError").because(description));
    }

    fn finish(&mut self, completion: Completion) {
        self.doing = Doing::Nothing;
        self.effects.push_back(Effect::Done(completion));
    }

    fn order(&mut self, order: CashOrder) {
        let order = Effect::Order(DeviceOrder::Cash(order));
        self.effects.push_back(order);
    }
}
