//! What agents' telephones do to a caller.

use flows::Peer;

use crate::{
    house::{House, MISSED, TALKED},
    scenario::{G729, PCMU, Scenario},
};

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn the_agent_hangs_up_first() {
    let house = House::open("the agent hangs up first", Peer::SippUdp);
    let agent = Scenario::agent().takes_the_call().waits(500).hangs_up();
    let agent = house.agent("agent-1", &agent);

    house
        .caller(&Scenario::caller("110").gets_through().gets_hung_up_on())
        .succeeds();
    agent.succeeds();

    let closed = house.closed();
    assert_eq!(closed.facts.agent_was(1), "idle");
    closed.wrote(&[
        "arrived",
        "queued",
        "offered",
        "bridged",
        "agent-left",
        "caller-left",
    ]);
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn the_agent_does_not_answer() {
    let house = House::open("the agent does not answer", Peer::SippUdp);
    let agent = Scenario::agent()
        .gets_called()
        .answers("180 Ringing")
        .gets_asked("CANCEL")
        .answers("200 OK")
        .gets_terminated();
    let agent = house.agent("agent-2", &agent);

    house.caller_who_stays("130", 3_500).succeeds();
    agent.succeeds();

    let closed = house.closed();
    assert_eq!(closed.facts.facts(1)[3]["how"], "no-answer");
    assert_eq!(closed.facts.agent_was(2), "resting");
    closed.wrote(&MISSED);
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn the_agent_declines() {
    let house = House::open("the agent declines", Peer::SippUdp);
    let agent = Scenario::agent()
        .gets_called()
        .answers("603 Decline")
        .gets_asked("ACK");
    let agent = house.agent("agent-1", &agent);

    house.caller_who_stays("110", 1_000).succeeds();
    agent.succeeds();

    let closed = house.closed();
    assert_eq!(closed.facts.facts(1)[3]["how"], "rejected");
    closed.wrote(&MISSED);
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn the_agents_telephone_sends_early_media() {
    let house = House::open("the agent's telephone sends early media", Peer::SippUdp);
    let agent = Scenario::agent()
        .gets_called()
        .answers_with("183 Session Progress", PCMU)
        .waits(300)
        .answers_with("200 OK", PCMU)
        .gets_asked("ACK")
        .gets_hung_up_on();
    let agent = house.agent("agent-1", &agent);

    house.caller_who_stays("110", 1_500).succeeds();
    agent.succeeds();

    house.closed().wrote(&TALKED);
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn the_agent_answers_with_a_codec_nobody_offered() {
    let house = House::open(
        "the agent answers with a codec nobody offered",
        Peer::SippUdp,
    );
    let agent = Scenario::agent()
        .gets_called()
        .answers("180 Ringing")
        .answers_with("200 OK", G729)
        .gets_asked("ACK")
        .gets_hung_up_on();
    let agent = house.agent("agent-1", &agent);

    house.caller_who_stays("110", 1_500).succeeds();
    agent.succeeds();

    house.closed().wrote(&MISSED);
}

/// Forty seconds without any sound, as `running.rs` has it.
#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn the_agents_machine_vanishes() {
    let house = House::open("the agent's machine vanishes in a talk", Peer::SippUdp);
    let vanishes = Scenario::agent().takes_the_call();
    let agent = house.agent("agent-1", &vanishes);

    let caller = house.caller_who_stays("110", 46_000);
    agent.succeeds();
    caller.succeeds();

    let closed = house.closed();
    let left = &closed.facts.facts(1)[4];
    assert_eq!(left["lost"], true);
    assert_eq!(closed.facts.agent_was(1), "no-device");
    closed.wrote(&[
        "arrived",
        "queued",
        "offered",
        "bridged",
        "agent-left",
        "queued",
        "caller-left",
    ]);
}
