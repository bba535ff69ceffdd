//! Callers who give up, wherever they are.

use flows::Peer;

use crate::{
    house::{House, TALKED},
    scenario::{PCMU, Scenario},
    sipp::{Sipp, free_port},
};

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn in_the_welcome() {
    let house = House::open("the caller gives up in the welcome", Peer::SippUdp);
    let caller = Scenario::caller("120").gets_through().waits(300).hangs_up();

    house.caller(&caller).succeeds();

    house.closed().wrote(&["arrived", "caller-left"]);
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn in_the_menu() {
    let house = House::open("the caller gives up in the menu", Peer::SippUdp);
    let caller = Scenario::caller("120").gets_through();

    house
        .caller(&caller.presses('1').waits(300).hangs_up())
        .succeeds();

    house.closed().wrote(&["arrived", "caller-left"]);
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn after_choosing() {
    let house = House::open("the caller chooses and gives up waiting", Peer::SippUdp);
    let caller = Scenario::caller("120").gets_through().presses('1');

    house
        .caller(&caller.presses('2').waits(300).hangs_up())
        .succeeds();

    let closed = house.closed();
    assert_eq!(closed.facts.facts(1)[1]["queue"], "general");
    closed.wrote(&["arrived", "queued", "caller-left"]);
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn as_it_is_answered() {
    let house = House::open("the caller's CANCEL crosses our 200", Peer::SippUdp);
    let caller = Scenario::caller("110").invites(PCMU).gets_answered();

    house
        .caller(&caller.cancels().hears(200).acks().hangs_up())
        .succeeds();

    let closed = house.closed();
    assert_eq!(closed.facts.of(1).last().unwrap(), "caller-left");
    closed.saw("CANCEL has no effect, the BYE ends it");
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn while_it_rings_and_the_answer_crosses() {
    let house = House::open("the agent's answer crosses the withdrawal", Peer::SippUdp);
    let agent = Scenario::agent()
        .gets_called()
        .answers("180 Ringing")
        .gets_asked("CANCEL")
        .answers("200 OK")
        .answers_crossing(PCMU)
        .gets_asked("ACK")
        .gets_hung_up_on();
    let agent = house.agent("agent-1", &agent);

    house.caller_who_stays("110", 1_000).succeeds();
    agent.succeeds();

    house
        .closed()
        .wrote(&["arrived", "queued", "offered", "caller-left"]);
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn on_hold() {
    let house = House::open("the caller hangs up on hold", Peer::SippUdp);
    let agent = Scenario::agent().takes_the_call();
    let agent = agent.reinvites("sendonly", "recvonly").gets_hung_up_on();
    let agent = house.agent("agent-1", &agent);

    house.caller_who_stays("110", 2_000).succeeds();
    agent.succeeds();

    house.closed().wrote(&TALKED);
}

/// Forty seconds without any sound.
#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn without_a_word() {
    let house = House::open("the caller vanishes waiting", Peer::SippUdp);
    let caller = Scenario::caller("110").gets_through().gets_hung_up_on();

    Sipp::plays(caller.xml(), house.udp, free_port(), &[]).succeeds();

    let closed = house.closed();
    assert_eq!(closed.facts.facts(1)[2]["lost"], true);
    closed.wrote(&["arrived", "queued", "caller-left"]);
}
