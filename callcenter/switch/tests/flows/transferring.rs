//! Transfers with a telephone's own key: REFER (RFC 3515).

use flows::Peer;

use crate::{
    house::{House, TALKED},
    scenario::Scenario,
    sipp::Sipp,
};

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn to_another_queue() {
    let house = House::open("the agent transfers to another queue", Peer::SippUdp);
    let first = Scenario::agent().takes_the_call().transfers("130", 200);
    let first = house.agent("agent-1", &first);
    let second = house.agent(
        "agent-2",
        &Scenario::agent().takes_the_call().gets_hung_up_on(),
    );

    house.caller_who_stays("110", 3_000).succeeds();
    first.succeeds();
    second.succeeds();

    let closed = house.closed();
    let written = closed.facts.of(1);
    let bridged = written.iter().filter(|it| *it == "bridged").count();
    assert_eq!(bridged, 2, "{written:?}");
    closed.saw("202, NOTIFY 100, NOTIFY 200, BYE; the second agent has the caller");
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn to_a_number_that_leads_nowhere() {
    let house = House::open("the agent transfers to a number nobody has", Peer::SippUdp);
    let agent = Scenario::agent().takes_the_call().transfers("999", 603);
    let agent = house.agent("agent-1", &agent);

    house.caller_who_stays("110", 2_000).succeeds();
    agent.succeeds();

    house.closed().wrote(&TALKED);
}

/// The telephone makes two calls of its own: to the switch's caller, and to agent 2. A
/// REFER that names neither is told so, the next one joins the far ends.
#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn to_a_colleague_who_was_asked_first() {
    let house = House::open("the agent asks first and transfers by REFER", Peer::SippUdp);
    let port = Sipp::registers(house.udp, "agent-1");
    let first = Sipp::agent("agent_asks_and_transfers", house.udp, port);
    let second = house.agent(
        "agent-2",
        &Scenario::agent().takes_the_call().gets_hung_up_on(),
    );

    house.caller_who_stays("110", 5_000).succeeds();
    first.succeeds();
    second.succeeds();

    let closed = house.closed();
    assert_eq!(closed.facts.facts(1)[5]["by"], 1);
    assert_eq!(closed.facts.facts(1)[6]["agent"], 1);
    closed.wrote(&[
        "arrived",
        "queued",
        "offered",
        "bridged",
        "offered",
        "transferred",
        "agent-left",
        "caller-left",
        "agent-left",
    ]);
}
