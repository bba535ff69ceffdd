//! Hold and resume, by re-INVITE.

use flows::Peer;

use crate::{
    house::{House, TALKED},
    scenario::{G729, Scenario},
};

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn the_caller_holds_and_comes_back() {
    let house = House::open("the caller holds and comes back", Peer::SippUdp);
    let agent = house.agent(
        "agent-1",
        &Scenario::agent().takes_the_call().gets_hung_up_on(),
    );
    let caller = Scenario::caller("110")
        .gets_through()
        .waits(500)
        .reinvites("sendonly", "recvonly")
        .waits(200)
        .reinvites("inactive", "inactive")
        .reinvites("sendrecv", "sendrecv");

    house.caller(&caller.waits(200).hangs_up()).succeeds();
    agent.succeeds();

    house.closed().wrote(&TALKED);
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn the_agent_holds_and_comes_back() {
    let house = House::open("the agent holds and comes back", Peer::SippUdp);
    let agent = Scenario::agent()
        .takes_the_call()
        .reinvites("sendonly", "recvonly")
        .waits(200)
        .reinvites("sendrecv", "sendrecv")
        .gets_hung_up_on();
    let agent = house.agent("agent-1", &agent);

    house.caller_who_stays("110", 2_000).succeeds();
    agent.succeeds();

    house.closed().wrote(&TALKED);
}

/// RFC 3261 §14.2: a change that is refused changes nothing.
#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn a_change_nobody_can_take_leaves_the_call_as_it_is() {
    let house = House::open("a re-INVITE with a codec nobody shares", Peer::SippUdp);
    let agent = house.agent(
        "agent-1",
        &Scenario::agent().takes_the_call().gets_hung_up_on(),
    );
    let caller = Scenario::caller("110").gets_through().waits(500);

    house
        .caller(&caller.reinvites_in_vain(G729, 488).waits(500).hangs_up())
        .succeeds();
    agent.succeeds();

    house.closed().wrote(&TALKED);
}
