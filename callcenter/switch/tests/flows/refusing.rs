//! Who is not let through, and how that is said.

use flows::Peer;

use crate::{
    house::House,
    scenario::{G729, PCMU, Scenario},
    sipp::{Sipp, free_port},
};

/// Callers prove who they are.
fn strict(flow: &'static str) -> House {
    House::furnished(flow, Peer::SippUdp, tempfile::tempdir().unwrap(), |_| {
        ["trunks = []".to_owned(), String::new()]
    })
}

fn proven(password: &str) -> String {
    format!("[authentication username=agent-1 password={password}]\n")
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn no_codec_is_shared() {
    let house = House::open("a codec nobody shares", Peer::SippUdp);
    let caller = Scenario::caller("110")
        .invites(G729)
        .may_hear(100)
        .may_hear(180);

    house
        .caller(&caller.hears(488).acks_the_refusal())
        .succeeds();

    house.closed().wrote(&["arrived", "caller-left"]);
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn nobody_has_the_number() {
    let house = House::open("a number nobody has", Peer::SippUdp);
    let caller = Scenario::caller("999").invites(PCMU).may_hear(100);

    house
        .caller(&caller.hears(404).acks_the_refusal())
        .succeeds();

    house.closed().wrote(&[]);
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn a_caller_proves_who_calls() {
    let house = strict("the caller proves who calls");
    let caller = Scenario::caller("110")
        .invites(PCMU)
        .may_hear(100)
        .hears(401)
        .acks_the_refusal()
        .invites_again(PCMU, &proven("secret-agent-1"))
        .gets_answered()
        .acks();

    house.caller(&caller.waits(300).hangs_up()).succeeds();

    let closed = house.closed();
    assert_eq!(closed.facts.of(1), ["arrived", "queued", "caller-left"]);
    // A number that is proven is recognized when it calls again.
    assert_eq!(closed.facts.places(), 1);
    closed.saw("401, 200; the place is kept");
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn a_wrong_password_calls_nobody() {
    let house = strict("the caller's password is wrong");
    let caller = Scenario::caller("110")
        .invites(PCMU)
        .may_hear(100)
        .hears(401)
        .acks_the_refusal()
        .invites_again(PCMU, &proven("guessed"))
        .may_hear(100)
        .hears(401);

    house.caller(&caller.acks_the_other_refusal()).succeeds();

    house.closed().wrote(&[]);
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn who_guesses_passwords_is_locked_out() {
    let house = House::open("who guesses passwords is locked out", Peer::SippUdp);
    let mut guesses = Scenario::caller("110")
        .requests("REGISTER", "Expires: 60\n")
        .hears(401);
    for _ in 0..5 {
        let headers = format!("Expires: 60\n{}", proven("guessed"));
        guesses = guesses.requests("REGISTER", &headers).hears(401);
    }
    let headers = format!("Expires: 60\n{}", proven("secret-agent-1"));
    let guesses = guesses.requests("REGISTER", &headers);

    house
        .caller(&guesses.hears_saying(403, "Retry-After"))
        .succeeds();

    house
        .closed()
        .saw("401 six times, then 403 with Retry-After");
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn somebody_asks_what_we_can() {
    for (peer, transport) in [(Peer::SippUdp, "u1"), (Peer::SippTcp, "t1")] {
        let house = House::open("OPTIONS", peer);
        let asks = Scenario::caller("110").requests("OPTIONS", "");
        let asks = asks.hears_saying(200, "Allow: INVITE");
        let target = match peer {
            Peer::SippTcp => house.tcp,
            Peer::SippUdp | Peer::Baresip | Peer::Octets | Peer::OctetsTls => house.udp,
        };

        Sipp::plays(asks.xml(), target, free_port(), &["-t", transport]).succeeds();

        house.closed().saw("200, Allow");
    }
}
