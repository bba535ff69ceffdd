//! The citizen at a kiosk whom the agent helps also calls: the switch must know of the
//! one, and the pane shows the other.

use super::Workplace;
use crate::{
    helping::KioskVoice,
    telephone::{CallState, TelephoneOrder},
};

impl Workplace {
    /// What the switch does not know yet of the kiosk at which the agent helps.
    pub(super) fn kiosk_order(&mut self) -> Option<TelephoneOrder> {
        let visit = self.helping.visit();
        if visit == self.told_visit.as_ref() {
            return None;
        }
        Some(self.say_visit())
    }

    /// The line is back: what was said while it was down is lost.
    pub(super) fn kiosk_order_again(&mut self) -> Option<TelephoneOrder> {
        self.told_of_kiosks.then(|| self.say_visit())
    }

    fn say_visit(&mut self) -> TelephoneOrder {
        self.told_of_kiosks = true;
        let visit = self.helping.visit().cloned();
        self.told_visit.clone_from(&visit);
        match visit {
            Some(visit) => TelephoneOrder::TakeKiosk { visit },
            None => TelephoneOrder::LeaveKiosk,
        }
    }

    pub(super) fn kiosk_voice(&self) -> KioskVoice {
        let call = self.telephone.call();
        let is_theirs = call.is_some_and(|it| it.visit.as_ref() == self.helping.visit());
        match self.telephone.state() {
            CallState::NotConfigured | CallState::Unregistered => KioskVoice::NoTelephone,
            CallState::Resting => KioskVoice::NoCall,
            CallState::Ringing | CallState::Talking { .. } if !is_theirs => KioskVoice::OtherCall,
            CallState::Ringing => KioskVoice::Ringing,
            CallState::Talking { .. } => KioskVoice::Talking,
        }
    }
}
