//! The house of a flow: a center with a menu, two queues and two agents.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicU16, Ordering},
};

use flows::{Peer, Trial};

use crate::{
    center::{Center, Facts},
    scenario::Scenario,
    sipp::{Sipp, free_port},
};

const HERE: &str = "127.0.0.1";
/// Ports of a house: for sound, and the last two for SIP over TCP and TLS.
const PORTS: u16 = 100;

/// 110 leads to agent 1 (see `calls/center.rs`), 130 to agent 2, 120 to a menu.
const MORE: &str = r#"
[[center.number]]
dialed = "120"
queue = "quick"
language = "ko"
menu = "main"

[[center.number]]
dialed = "130"
queue = "quick"
language = "ko"

[center.menu.main]
words = { ko = "안녕하세요. 민원 상담이에요. 무엇을 도와 드릴까요?" }
keys = { 1 = { menu = "more" }, 2 = { queue = "general" }, 3 = {} }

[center.menu.more]
words = { ko = "더 자세히 말씀해 주세요. 1번이나 2번을 눌러 주세요." }
keys = { 1 = {}, 2 = { queue = "general" } }

[[center.agent]]
id = 2
account = "agent-2"
queues = ["quick"]
languages = ["ko"]
ready_when_registered = true

[[center.plan.queues]]
id = "quick"
languages = ["ko"]
strategy = "longest-idle"
ring_seconds = 2
wrap_up_seconds = 0
wrap_up_longest_seconds = 300
service_level_seconds = 20
longest_wait_seconds = 300
overflow = "refuse"
announce_every_seconds = 600
priority_step_seconds = 60
misses_before_break = 3
"#;

/// What is written of a caller who talks with an agent and hangs up.
pub(crate) const TALKED: [&str; 6] = [
    "arrived",
    "queued",
    "offered",
    "bridged",
    "caller-left",
    "agent-left",
];
/// What is written of one whom the only agent did not answer.
pub(crate) const MISSED: [&str; 5] = ["arrived", "queued", "offered", "missed", "caller-left"];

pub(crate) struct House {
    pub(crate) center: Center,
    /// Where calls over UDP, TCP and TLS come in.
    pub(crate) udp: SocketAddr,
    pub(crate) tcp: SocketAddr,
    pub(crate) tls: SocketAddr,
    trial: Trial,
}

/// What a house has left when it is closed: facts.
pub(crate) struct Closed {
    pub(crate) facts: Facts,
    trial: Trial,
}

impl House {
    /// The house in which a flow of the table is played.
    pub(crate) fn open(flow: &'static str, peer: Peer) -> Self {
        Self::furnished(flow, peer, tempfile::tempdir().unwrap(), |_| {
            [String::new(), String::new()]
        })
    }

    /// `settings` says, for the address of TLS, what is added to those of the lines
    /// and to all.
    pub(crate) fn furnished(
        flow: &'static str,
        peer: Peer,
        folder: tempfile::TempDir,
        settings: impl FnOnce(SocketAddr) -> [String; 2],
    ) -> Self {
        static NEXT: AtomicU16 = AtomicU16::new(22_000);

        let trial = flows::tried(flow, peer);
        let first = NEXT.fetch_add(PORTS, Ordering::Relaxed);
        let at = |port: u16| SocketAddr::new(HERE.parse().unwrap(), first + port);
        let (tcp, tls) = (at(PORTS - 2), at(PORTS - 1));
        let [lines, more] = settings(tls);
        let lines = format!("tcp = \"{tcp}\"\n{lines}");
        let more = format!("{MORE}{more}");
        let sound = [first, first + PORTS - 3];
        let center = Center::furnished(folder, HERE, sound, [&lines, &more]);
        Self {
            udp: center.address,
            tcp,
            tls,
            center,
            trial,
        }
    }

    /// A caller over UDP, who sends back what he hears: he is not silent.
    pub(crate) fn caller(&self, scenario: &Scenario) -> Sipp {
        Sipp::plays(scenario.xml(), self.udp, free_port(), &["-rtp_echo"])
    }

    /// One who gets through, stays so long, and hangs up.
    pub(crate) fn caller_who_stays(&self, dialed: &str, milliseconds: u32) -> Sipp {
        let caller = Scenario::caller(dialed).gets_through();
        self.caller(&caller.waits(milliseconds).hangs_up())
    }

    /// An agent's telephone, registered, that does this when it rings.
    pub(crate) fn agent(&self, account: &str, scenario: &Scenario) -> Sipp {
        let port = Sipp::registers(self.udp, account);
        Sipp::plays(scenario.xml(), self.udp, port, &[])
    }

    /// Closes the house once nothing is left of any call.
    pub(crate) fn closed(self) -> Closed {
        self.center.is_left_empty();
        Closed {
            facts: self.center.closed(),
            trial: self.trial,
        }
    }
}

impl Closed {
    /// The first call's facts were these: the flow has passed.
    pub(crate) fn wrote(self, expected: &[&str]) {
        assert_eq!(self.facts.of(1), expected);
        assert_eq!(self.facts.places(), 0, "a place is left");
        let seen = match expected {
            [] => "no call is written".to_owned(),
            _ => expected.join(", "),
        };
        self.trial.saw(seen);
    }

    /// The flow has passed.
    pub(crate) fn saw(self, seen: &str) {
        self.trial.saw(seen);
    }
}
