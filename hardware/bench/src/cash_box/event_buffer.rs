//! The last five events of an acceptor with their count, as headers 229 and 159
//! tell them.

#[derive(Default)]
pub(super) struct EventBuffer {
    count: u8,
    /// Newest first.
    events: [[u8; 2]; 5],
}

impl EventBuffer {
    /// 255 is followed by 1; nought says that there was a reset.
    pub(super) fn push(&mut self, event: [u8; 2]) {
        self.count = self.count.checked_add(1).unwrap_or(1);
        self.events.rotate_right(1);
        self.events[0] = event;
    }

    pub(super) fn tell(&self) -> Vec<u8> {
        let mut told = vec![self.count];
        told.extend_from_slice(self.events.as_flattened());
        told
    }
}
