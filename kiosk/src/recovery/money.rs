//! What the cash devices can prove: what came in, where a note went, what was paid.

use std::time::Instant;

use devices::{
    DeviceState,
    cash::{CashCounters, CashEvent, CashOrder},
};
use request::{Action, ServiceRequest};

use super::{Command, MONEY, Recovery, Step};

impl Recovery {
    pub(super) fn cash(&mut self, event: CashEvent, counters: CashCounters, now: Instant) {
        self.counted = counters;
        match event {
            CashEvent::CoinAccepted { value_won } => self.money(Action::TakeCoin { value_won }),
            CashEvent::NoteEscrowed { .. } => self.note_there = true,
            CashEvent::NoteStacked { value_won } => {
                self.note_there = false;
                self.money(Action::StackNote { value_won });
            }
            CashEvent::NoteReturned { value_won } => {
                self.note_there = false;
                self.money(Action::ReturnNote { value_won });
            }
            CashEvent::Status(status) => self.cash = status.state,
            CashEvent::Rejected
            | CashEvent::Paid { .. }
            | CashEvent::PaidShort { .. }
            | CashEvent::Filled { .. }
            | CashEvent::PayUnknown { .. }
            | CashEvent::Stopped
            | CashEvent::Counted(_) => {}
        }
        if matches!(self.step, Step::Counting | Step::Note) {
            self.go_on(now);
        }
    }

    /// Money moves for the one request that had the cash devices last.
    fn money(&mut self, action: Action) {
        if let Some(place) = self.open.iter().position(|it| it.cash.is_some()) {
            self.act(place, action);
        }
    }

    /// Whether every counter that was known before is known again, and nothing moves
    /// that nobody has ordered: a note of which nobody was told goes back by itself.
    pub(super) fn has_counted(&self, request: &ServiceRequest, before: CashCounters) -> bool {
        let known = |before: Option<u8>, now: Option<u8>| before.is_none() || now.is_some();
        let pays = request.money.paying_out.is_some() && before.paid_won.is_some();
        let rests = match self.cash {
            DeviceState::Ready | DeviceState::Faulted => true,
            DeviceState::Busy => self.note_there,
            DeviceState::Absent | DeviceState::Starting => false,
        };
        rests
            && known(before.coin_events, self.counted.coin_events)
            && known(before.note_events, self.counted.note_events)
            && (!pays || self.counted.paid_won.is_some())
    }

    /// The note in the escrow pays for what was issued, or goes back.
    pub(super) fn route_note(&mut self, now: Instant) {
        if self.step == Step::Note {
            return;
        }
        let Some(open) = self.open.front() else {
            return;
        };
        let needed = open.request.due_won() > open.request.money.held_won();
        let (action, order) = if needed {
            (Action::BeginNoteStack, CashOrder::StackNote)
        } else {
            (Action::BeginNoteReturn, CashOrder::ReturnNote)
        };
        // A note that was routed before the crash has its intention written down.
        if let Ok(event) = open.request.decide(action) {
            self.record(0, event);
        }
        self.commands.push_back(Command::Cash(order));
        self.wait(Step::Note, MONEY, now);
    }

    /// What the hoppers paid since they were ordered to, by their own counts.
    pub(super) fn account_for_payout(&mut self, before: CashCounters) {
        let Some(open) = self.open.front() else {
            return;
        };
        let (Some((asked_won, _)), Some(before), Some(now)) = (
            open.request.money.paying_out,
            before.paid_won,
            self.counted.paid_won,
        ) else {
            return;
        };
        let paid = now.checked_sub(before).map(u32::try_from);
        if let Some(Ok(amount_won)) = paid
            && amount_won <= asked_won
        {
            self.act(0, Action::PayOut { amount_won });
        }
    }
}
