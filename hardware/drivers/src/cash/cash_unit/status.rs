//! What the cash unit says of itself.

use devices::{
    DeviceState,
    cash::{CashEvent, CashFault, CashStatus},
};

use super::CashUnit;
use crate::cash::cctalk_hopper::Hopper;

impl CashUnit {
    pub(super) fn tell_status(&mut self) {
        let status = self.status();
        if self.told.as_ref() != Some(&status) {
            self.told = Some(status.clone());
            self.tell(CashEvent::Status(status));
        }
    }

    fn status(&self) -> CashStatus {
        if !self.connected {
            return CashStatus {
                state: DeviceState::Absent,
                change_won: 0,
                fault: None,
            };
        }
        let stocks = self.hoppers.iter().map(|hopper| hopper.stock().won());
        let fault = self.fault();
        CashStatus {
            state: self.state(fault),
            change_won: stocks.fold(0, u32::saturating_add),
            fault,
        }
    }

    fn state(&self, fault: Option<CashFault>) -> DeviceState {
        let starting = self.coins.is_starting()
            || self.notes.acceptor.is_starting()
            || self.hoppers.iter().any(Hopper::is_starting);
        let busy = self.collection.is_some() || self.payment.is_some() || self.notes.held_won() > 0;
        match fault {
            // Before a fault: whoever waits for what happened during a crash goes
            // on when nothing starts any more, and all of it has been told.
            _ if starting => DeviceState::Starting,
            Some(_) => DeviceState::Faulted,
            None if busy => DeviceState::Busy,
            None => DeviceState::Ready,
        }
    }

    fn fault(&self) -> Option<CashFault> {
        let silent = self.coins.is_silent() || self.notes.acceptor.is_silent();
        let jams = self.notes.acceptor.fault.or(self.coins.fault);
        let hoppers = self.hoppers.iter().any(Hopper::has_failed);
        // Missed events go first: they pass, and concern somebody's money.
        (self.events_lost_at.map(|_| CashFault::EventsLost))
            .or(silent.then_some(CashFault::Silent))
            .or(jams)
            .or(hoppers.then_some(CashFault::Hopper))
    }
}
