//! Whole calls through the real switch, with telephones nobody here wrote.
//!
//! `make call-test` also calls with baresip, and listens to what both ends hear.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

#[path = "calls/center.rs"]
#[expect(dead_code, reason = "other stories furnish it with desks")]
mod center;
#[path = "calls/sipp.rs"]
#[expect(dead_code, reason = "other stories register in vain")]
mod sipp;

use baresip::Baresip;
use center::Center;
use flows::Peer;
use sipp::Sipp;

const HERE: &str = "127.0.0.1";
const CALLERS_TONE: f64 = 700.0;
const AGENTS_TONE: f64 = 1_100.0;

#[test]
fn a_caller_hears_music_and_gives_up() {
    let trial = flows::tried("the caller gives up waiting", Peer::SippUdp);
    let center = Center::open(HERE, [21_000, 21_099]);

    Sipp::calls(center.address, 500).succeeds();

    center.is_left_empty();
    let facts = center.closed();
    assert_eq!(facts.of(1), ["arrived", "queued", "caller-left"]);
    trial.saw(facts.of(1).join(", "));
}

#[test]
fn an_agent_answers_and_the_caller_hangs_up() {
    let trial = flows::tried("the caller hangs up talking", Peer::SippUdp);
    let center = Center::open(HERE, [21_100, 21_199]);
    let port = Sipp::registers(center.address, "agent-1");
    let agent = Sipp::agent("agent_answers", center.address, port);

    Sipp::calls(center.address, 2_000).succeeds();
    agent.succeeds();

    center.is_left_empty();
    let facts = center.closed();
    assert_eq!(
        facts.of(1),
        [
            "arrived",
            "queued",
            "offered",
            "bridged",
            "caller-left",
            "agent-left"
        ]
    );
    assert_eq!(facts.places(), 0);
    trial.saw(facts.of(1).join(", "));
}

#[test]
fn a_caller_gives_up_while_it_rings_and_the_agent_is_left_in_peace() {
    let trial = flows::tried("the caller gives up while it rings", Peer::SippUdp);
    let center = Center::open(HERE, [21_200, 21_299]);
    let port = Sipp::registers(center.address, "agent-1");
    let agent = Sipp::agent("agent_is_withdrawn", center.address, port);

    Sipp::calls(center.address, 1_000).succeeds();
    agent.succeeds();

    center.is_left_empty();
    let facts = center.closed();
    assert_eq!(facts.of(1), ["arrived", "queued", "offered", "caller-left"]);
    trial.saw(facts.of(1).join(", "));
}

#[test]
fn a_caller_waits_on_when_the_agent_is_busy() {
    let trial = flows::tried("the agent is busy", Peer::SippUdp);
    let center = Center::open(HERE, [21_300, 21_399]);
    let port = Sipp::registers(center.address, "agent-1");
    let agent = Sipp::agent("agent_is_busy", center.address, port);

    Sipp::calls(center.address, 1_000).succeeds();
    agent.succeeds();

    center.is_left_empty();
    let facts = center.closed();
    assert_eq!(
        facts.of(1),
        ["arrived", "queued", "offered", "missed", "caller-left"]
    );
    trial.saw(facts.of(1).join(", "));
}

#[test]
#[ignore = "ten seconds of a talk; `make call-test` plays it"]
fn a_caller_and_an_agent_hear_each_other_and_nothing_else() {
    let trial = flows::tried("both hear each other and nothing else", Peer::Baresip);
    let center = Center::open(HERE, [21_400, 21_449]);
    let udp = center.address.to_string();

    let heard = talk(&udp, &udp);

    let facts = center.closed();
    assert!(facts.of(1).contains(&"bridged".to_owned()));
    trial.saw(heard);
}

#[test]
#[ignore = "ten seconds of a talk; `make call-test` plays it"]
fn a_caller_over_tcp_and_an_agent_over_tls_hear_each_other_and_nothing_else() {
    let flow = "the same, the caller over TCP, the agent over TLS";
    let trial = flows::tried(flow, Peer::Baresip);
    let made = rcgen::generate_simple_self_signed([HERE.to_owned()]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("tls.pem"), made.cert.pem()).unwrap();
    let key = made.signing_key.serialize_pem();
    std::fs::write(folder.path().join("tls.key"), key).unwrap();
    let [tcp, tls] = [21_498, 21_499].map(|port| format!("{HERE}:{port}"));
    let lines = format!(
        "tcp = \"{tcp}\"\n\
         tls = {{ listen = \"{tls}\", certificate = \"tls.pem\", key = \"tls.key\" }}\n"
    );
    let center = Center::furnished(folder, HERE, [21_450, 21_497], [&lines, ""]);

    let agent = format!("{tls};transport=tls");
    let heard = talk(&agent, &format!("{tcp};transport=tcp"));

    let facts = center.closed();
    assert!(facts.of(1).contains(&"bridged".to_owned()));
    trial.saw(heard);
}

/// Who hears how much of the other, when agent and caller come in there.
fn talk(agent: &str, caller: &str) -> String {
    let agent = Baresip::registers("agent-1", "secret-agent-1", agent, AGENTS_TONE);
    let caller = Baresip::calls("01012345678", &format!("sip:110@{caller}"), CALLERS_TONE);
    agent.talks();
    agent.hears_for(6);

    let [caller, agent] = [caller, agent].map(Baresip::hangs_up);
    let both = [
        ("the caller", caller, [AGENTS_TONE, CALLERS_TONE]),
        ("the agent", agent, [CALLERS_TONE, AGENTS_TONE]),
    ];
    let shares = both.map(|(who, heard, tones)| {
        let [of_the_other, of_itself] = heard.shares(4, tones);
        assert!(of_the_other > 0.9, "{who} hears {of_the_other}");
        assert!(of_itself < 0.01, "{who} hears an echo: {of_itself}");
        format!("{who} hears {:.0} %", 100.0 * of_the_other)
    });
    shares.join(", ")
}
