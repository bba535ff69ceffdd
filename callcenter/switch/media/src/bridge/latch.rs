//! From where a leg's packets are taken: the first right one decides, and for good.
//!
//! Whoever could move it later would hear the call and be heard in it ("RTP bleed").

use std::net::SocketAddr;

use crate::plane::SourceRule;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Latch {
    signaled: SocketAddr,
    rule: SourceRule,
    latched: Option<SocketAddr>,
}

impl Latch {
    pub(super) fn new(signaled: SocketAddr, rule: SourceRule) -> Self {
        Self {
            signaled,
            rule,
            latched: None,
        }
    }

    /// Whether packets from there may be looked at.
    pub(super) fn admits(&self, from: SocketAddr) -> bool {
        match (self.latched, self.rule) {
            (Some(latched), _) => latched == from,
            (None, SourceRule::SignaledHost) => self.signaled.ip() == from.ip(),
            (None, SourceRule::FirstComer) => true,
        }
    }

    /// Whether reports from there may be looked at: they come from another port.
    pub(super) fn admits_reports(&self, from: SocketAddr) -> bool {
        self.target().ip() == from.ip()
    }

    /// A packet from there was right in everything.
    pub(super) fn close(&mut self, from: SocketAddr) {
        if self.admits(from) {
            self.latched = Some(from);
        }
    }

    /// Where to send.
    pub(super) fn target(&self) -> SocketAddr {
        self.latched.unwrap_or(self.signaled)
    }

    /// Where reports go: the next port (RFC 3550 §11).
    pub(super) fn report_target(&self) -> Option<SocketAddr> {
        let target = self.target();
        let port = target.port().checked_add(1)?;
        Some(SocketAddr::new(target.ip(), port))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(host: u8, port: u16) -> SocketAddr {
        SocketAddr::from(([10, 0, 0, host], port))
    }

    #[test]
    fn the_signaled_host_may_come_from_one_other_port_and_nobody_else_at_all() {
        let mut latch = Latch::new(at(1, 4_000), SourceRule::SignaledHost);
        assert_eq!(latch.target(), at(1, 4_000));
        assert!(!latch.admits(at(2, 4_000)));

        latch.close(at(2, 4_000));
        latch.close(at(1, 9_999));
        latch.close(at(1, 4_000));

        assert_eq!(latch.target(), at(1, 9_999));
        assert!(!latch.admits(at(1, 4_000)));
        assert!(latch.admits_reports(at(1, 10_000)));
        assert!(!latch.admits_reports(at(2, 10_000)));
    }

    #[test]
    fn the_first_comer_stays() {
        let mut latch = Latch::new(at(1, 4_000), SourceRule::FirstComer);

        latch.close(at(7, 1_000));
        latch.close(at(1, 4_000));

        assert_eq!(latch.target(), at(7, 1_000));
        assert!(!latch.admits(at(1, 4_000)));
    }
}
