//! Session timers (RFC 4028) at the pace of the real switch.

use flows::Peer;

use crate::{
    house::House,
    scenario::{PCMU, Scenario},
};

/// The shortest session the switch takes.
const SHORTEST: &str = "Supported: timer\nSession-Expires: 90;refresher=uac\n";

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn the_caller_refreshes() {
    let house = House::open("the caller refreshes the session", Peer::SippUdp);
    let caller = Scenario::caller("110")
        .invites_with(PCMU, SHORTEST)
        .may_hear(100)
        .may_hear(180)
        .hears_saying(200, "Session-Expires: 90;refresher=uac")
        .acks()
        .waits(500)
        .requests("UPDATE", SHORTEST)
        .hears_saying(200, "Session-Expires: 90;refresher=uac");

    house.caller(&caller.waits(500).hangs_up()).succeeds();

    house.closed().wrote(&["arrived", "queued", "caller-left"]);
}

/// Three quarters of a minute.
#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn the_switch_refreshes() {
    let house = House::open("we refresh the session", Peer::SippUdp);
    let ours =
        "Supported: timer\nAllow: INVITE, ACK, BYE, UPDATE\nSession-Expires: 90;refresher=uas\n";
    let caller = Scenario::caller("110")
        .invites_with(PCMU, ours)
        .gets_answered()
        .acks()
        .gets_told("UPDATE", "Session-Expires: 90");

    house.caller(&caller.waits(300).hangs_up()).succeeds();

    house.closed().wrote(&["arrived", "queued", "caller-left"]);
}

/// A minute.
#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn the_caller_never_refreshes() {
    let house = House::open("nobody refreshes the session", Peer::SippUdp);
    let caller = Scenario::caller("110")
        .invites_with(PCMU, SHORTEST)
        .gets_answered()
        .acks();

    house.caller(&caller.gets_hung_up_on()).succeeds();

    let closed = house.closed();
    assert_eq!(closed.facts.facts(1)[2]["lost"], true);
    closed.wrote(&["arrived", "queued", "caller-left"]);
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn too_short_a_session_is_asked_for() {
    let house = House::open("too short a session", Peer::SippUdp);
    let caller = Scenario::caller("110")
        .invites_with(PCMU, "Supported: timer\nSession-Expires: 10\n")
        .may_hear(100)
        .hears_saying(422, "Min-SE: 90")
        .acks_the_refusal();

    house.caller(&caller).succeeds();

    house.closed().wrote(&[]);
}
