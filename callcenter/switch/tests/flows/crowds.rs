//! More than a center can serve, and calls that are only half made.

use flows::Peer;

use crate::{
    house::House,
    scenario::Scenario,
    telephone::{SDP, Telephone},
};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a whole call; `make call-test` plays it"]
async fn a_flood_is_told_to_come_later() {
    const CALLS: usize = 30;
    let folder = tempfile::tempdir().unwrap();
    let house = House::furnished("a flood of calls", Peer::Octets, folder, |_| {
        ["calls_per_second = 5".to_owned(), String::new()]
    });

    let mut refused = 0;
    for _ in 0..CALLS {
        let mut telephone = Telephone::over_udp(house.udp).await;
        // To a number nobody has: what is let in is over at once.
        let invite = telephone.request("INVITE sip:999@house", 1, &[], SDP);
        telephone.says(&invite).await;
        let answer = telephone.hears_final().await;
        if answer.starts_with("SIP/2.0 503 ") {
            assert!(answer.contains("Retry-After: "), "{answer}");
            refused += 1;
        } else {
            assert!(answer.starts_with("SIP/2.0 404 "), "{answer}");
        }
    }

    assert!((1..CALLS).contains(&refused), "{refused} were refused");
    let caller = Scenario::caller("110")
        .waits(2_000)
        .gets_through()
        .hangs_up();
    house.caller(&caller).succeeds();
    let closed = house.closed();
    assert_eq!(closed.facts.of(1).last().unwrap(), "caller-left");
    closed.saw("503 with Retry-After; afterwards calls get through");
}

/// Half a minute, until the switch gives up waiting for an ACK.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a whole call; `make call-test` plays it"]
async fn half_made_calls_do_not_stay() {
    const CALLS: u64 = 10;
    let house = House::open("calls that are never acknowledged", Peer::Octets);

    let mut telephones = Vec::new();
    for _ in 0..CALLS {
        let mut telephone = Telephone::over_udp(house.udp).await;
        let invite = telephone.request("INVITE sip:110@house", 1, &[], SDP);
        telephone.says(&invite).await;
        let answer = telephone.hears_final().await;
        assert!(answer.starts_with("SIP/2.0 200 "), "{answer}");
        telephones.push(telephone);
    }

    let closed = house.closed();
    for call in 1..=CALLS {
        assert_eq!(closed.facts.of(call), ["arrived", "caller-left"]);
    }
    closed.saw("10 half-made calls, and nothing is left");
}
