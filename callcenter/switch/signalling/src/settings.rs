//! How the lines are opened.

use std::{net::SocketAddr, time::Duration};

use sip::session_timer;

/// What the lines listen on, and how patient they are.
#[derive(Clone, Debug)]
pub struct Settings {
    /// SIP over UDP; port 0 takes any.
    pub udp: Option<SocketAddr>,
    /// Legs at a time; further calls are refused with 503.
    pub legs_max: usize,
    /// Events the switch may be behind.
    pub events_max: usize,
    pub refreshing: session_timer::Policy,
    /// T1 of RFC 3261 §17.1.1.1; every other timer of the transactions follows from it.
    pub round_trip: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            udp: None,
            legs_max: 2_000,
            events_max: 4_096,
            refreshing: session_timer::Policy::default(),
            round_trip: Duration::from_millis(500),
        }
    }
}
