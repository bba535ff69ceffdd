//! The terminal as whoever has its line sees it: bytes in, bytes out, on time.

use std::time::Instant;

use super::{Mood, PaymentTerminal};
use crate::{Twin, socket::Networked};

impl Twin for PaymentTerminal {
    fn receive(&mut self, bytes: &[u8], now: Instant) {
        self.frames.hear(bytes);
        while let Some(apdu) = self.frames.next() {
            if self.mood != Mood::Mute {
                self.hear(&apdu, now);
            }
        }
        self.go_on(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.go_on(now);
    }

    fn poll_wire(&mut self) -> Option<Vec<u8>> {
        self.wire.pop_front()
    }

    /// Asked often, because a card may be there any time.
    fn poll_timeout(&self) -> Option<Instant> {
        let dialogue = self.dialogue.as_ref()?;
        Some(dialogue.next_at)
    }
}

impl Networked for PaymentTerminal {
    fn hangs_up(&mut self) -> bool {
        PaymentTerminal::hangs_up(self)
    }

    fn hung_up(&mut self) {
        PaymentTerminal::hung_up(self);
    }
}
