//! Whether the desk's own telephone takes the next ring by itself.
//!
//! What the switch tells of a call and the call itself come by two ways, and either may
//! be first: a key that is pressed before the telephone rings counts when it does.

use cti::Event;

#[derive(Debug, Default)]
pub(super) struct WayIn {
    open: bool,
}

impl WayIn {
    /// The agent has answered what the switch has told of, a supervisor has asked to take
    /// part, or the citizen who is helped calls.
    pub(super) fn open(&mut self) {
        self.open = true;
    }

    /// The agent wants no call.
    pub(super) fn close(&mut self) {
        self.open = false;
    }

    /// Whether what rings now is taken.
    pub(super) fn rung(&mut self) -> bool {
        std::mem::take(&mut self.open)
    }

    /// Nobody is thrown into the next call by what was wanted of one before.
    pub(super) fn told(&mut self, event: &Event) {
        if matches!(
            event,
            Event::RequestRefused { .. }
                | Event::Delivered { .. }
                | Event::Talking { .. }
                | Event::NotAnswered
                | Event::ConnectionCleared
        ) {
            self.open = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use cti::{CallInfo, RequestRefusal, Talk, TalkState};

    use super::*;

    fn call() -> CallInfo {
        CallInfo {
            call: 7,
            queue: "general".to_owned(),
            language: "ko".to_owned(),
            waited_seconds: 0,
            caller: None,
            requests: Vec::new(),
            callback: false,
            cut_off: false,
            visit: None,
        }
    }

    #[test]
    fn a_key_that_is_faster_than_the_ring_counts_when_it_rings_and_once() {
        let mut way = WayIn::default();
        let call = Box::new(call());
        way.told(&Event::Delivered { call });
        assert!(!way.rung());

        way.open();

        assert!(way.rung() && !way.rung());
    }

    #[test]
    fn what_was_wanted_of_one_call_lets_no_later_one_in() {
        let talk = Box::new(Talk {
            call: call(),
            talking_seconds: 0,
            state: TalkState::Established,
        });
        let call = Box::new(call());
        let why = RequestRefusal::NotNow;
        for event in [
            Event::Delivered { call },
            Event::Talking { talk },
            Event::NotAnswered,
            Event::ConnectionCleared,
            Event::RequestRefused { why },
        ] {
            let mut way = WayIn::default();
            way.open();
            way.told(&event);
            assert!(!way.rung(), "{event:?}");
        }
        let mut way = WayIn::default();
        way.open();
        way.close();
        assert!(!way.rung());
    }
}
