//! The messages of RFC 4475, over the wire to the whole switch.

use std::{
    net::{SocketAddr, UdpSocket},
    time::Duration,
};

use flows::Peer;

use crate::{
    cases::{CASES, Expected},
    house::House,
    scenario::Scenario,
};

const PATIENCE: Duration = Duration::from_secs(10);

/// The status of what comes next that is an answer of the door, not of a call: calls
/// that are let in are answered to the addresses they name, and those are nobody's.
fn status(telephone: &UdpSocket) -> String {
    let mut octets = [0; 4_096];
    let count = telephone.recv(&mut octets).unwrap();
    let answer = String::from_utf8_lossy(&octets[..count]);
    answer.split(' ').nth(1).unwrap_or_default().to_owned()
}

fn says(message: &str, house: SocketAddr) -> UdpSocket {
    let telephone = UdpSocket::bind("127.0.0.1:0").unwrap();
    telephone.set_read_timeout(Some(PATIENCE)).unwrap();
    telephone.send_to(message.as_bytes(), house).unwrap();
    telephone
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn every_case_is_answered_as_the_rfc_says_and_calls_go_on() {
    let house = House::open("the messages of RFC 4475", Peer::Octets);

    let mut answered = 0;
    for case in CASES {
        let telephone = says(&(case.message)(), house.udp);
        if let Expected::Answered(expected) = case.expected {
            assert_eq!(status(&telephone), expected.to_string(), "{}", case.name);
            answered += 1;
        }
    }

    let caller = Scenario::caller("110").gets_through().hangs_up();
    house.caller(&caller).succeeds();
    let cases = CASES.len();
    house.closed().saw(&format!(
        "{cases} cases, {answered} of them refused; calls go on"
    ));
}
