//! Messages that are lost, come twice, or never.

use flows::Peer;

use crate::{
    house::House,
    scenario::{PCMU, Scenario},
    sipp::{Sipp, free_port},
};

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn the_invite_comes_twice() {
    let house = House::open("the INVITE comes twice", Peer::SippUdp);
    let caller = Scenario::caller("110")
        .invites_twice(PCMU)
        .gets_answered()
        .acks();

    house.caller(&caller.waits(500).hangs_up()).succeeds();

    let closed = house.closed();
    assert!(closed.facts.of(2).is_empty(), "it was two calls");
    closed.wrote(&["arrived", "queued", "caller-left"]);
}

/// Half a minute: the switch says 200 again and again, and gives up.
#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn the_ack_never_comes() {
    let house = House::open("the ACK never comes", Peer::SippUdp);
    let caller = Scenario::caller("110").invites(PCMU).gets_answered();

    house.caller(&caller.gets_hung_up_on()).succeeds();

    let closed = house.closed();
    assert_eq!(closed.facts.facts(1)[1]["lost"], true);
    closed.wrote(&["arrived", "caller-left"]);
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn one_message_in_ten_is_lost() {
    const CALLS: u64 = 20;
    let house = House::open("one message in ten is lost", Peer::SippUdp);
    let calls = CALLS.to_string();
    let arguments = ["-sn", "uac", "-s", "130", "-d", "500", "-lost", "10"];
    let many = ["-m", &calls, "-r", "10"];

    let callers = Sipp::start(
        house.udp,
        free_port(),
        &[&arguments[..], &many[..]].concat(),
    );
    callers.succeeds();

    let closed = house.closed();
    for call in 1..=CALLS {
        // Whose ACK was lost may hang up before it is said again.
        let written = closed.facts.of(call);
        assert_eq!(written.first().unwrap(), "arrived");
        assert_eq!(written.iter().filter(|it| *it == "caller-left").count(), 1);
        assert_eq!(written.last().unwrap(), "caller-left");
    }
    assert!(closed.facts.of(CALLS + 1).is_empty(), "a call came twice");
    closed.saw("20 calls of 20 came to their end");
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn the_offer_comes_late() {
    let house = House::open("a call without an offer", Peer::SippUdp);
    let caller = Scenario::caller("110")
        .invites_without_offer()
        .may_hear(100)
        .may_hear(180)
        .hears_saying(200, "m=audio [0-9]+ RTP/AVP 0")
        .acks_with_answer(PCMU);

    house.caller(&caller.waits(500).hangs_up()).succeeds();

    house.closed().wrote(&["arrived", "queued", "caller-left"]);
}
