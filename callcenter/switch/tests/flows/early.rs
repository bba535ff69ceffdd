//! Callers who hear the center before they are answered, which an agent alone does.

use std::net::UdpSocket;

use flows::Peer;

use crate::{
    house::{House, TALKED},
    scenario::{PCMU, Scenario},
    sound::{hear_something, offer},
    telephone::{Telephone, header},
};

/// 140 is answered by agent 2 alone.
const EARLY: &str = r#"
[[center.number]]
dialed = "140"
queue = "quick"
language = "ko"
early = true
"#;

fn house(flow: &'static str, peer: Peer) -> House {
    let folder = tempfile::tempdir().unwrap();
    House::furnished(flow, peer, folder, |_| [String::new(), EARLY.to_owned()])
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn the_call_is_answered_when_an_agent_answers() {
    let house = house(
        "music before the answer, which is an agent's",
        Peer::SippUdp,
    );
    let agent = Scenario::agent()
        .gets_called()
        .answers("180 Ringing")
        .waits(1_000)
        .answers_with("200 OK", PCMU)
        .gets_asked("ACK")
        .gets_hung_up_on();
    let agent = house.agent("agent-2", &agent);
    let caller = Scenario::caller("140")
        .invites(PCMU)
        .may_hear(100)
        .hears_saying(183, "m=audio")
        .hears_saying(200, "m=audio")
        .acks();

    house.caller(&caller.waits(500).hangs_up()).succeeds();
    agent.succeeds();

    house.closed().wrote(&TALKED);
}

/// Whoever bills by the answer has nothing to bill.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a whole call; `make call-test` plays it"]
async fn music_is_heard_and_nobody_answers() {
    let house = house("the caller gives up before the answer", Peer::Octets);
    let sound = UdpSocket::bind("127.0.0.1:0").unwrap();
    let mut telephone = Telephone::over_udp(house.udp).await;
    let invite = telephone.request("INVITE sip:140@house", 1, &[], &offer(&sound));
    telephone.says(&invite).await;
    let early = telephone.hears().await;
    assert!(early.starts_with("SIP/2.0 183 "), "{early}");
    hear_something(&sound);
    house.center.comes_to("waiting=1");

    let of_the_invite = |method: &str, to: &[&str]| {
        let message = telephone.request(&format!("{method} sip:140@house"), 1, to, "");
        message.replace(&format!("z9hG4bK{method}"), "z9hG4bKINVITE")
    };
    let to = format!("To: {}", header(&early, "To"));
    let (cancel, ack) = (of_the_invite("CANCEL", &[]), of_the_invite("ACK", &[&to]));
    telephone.says(&cancel).await;
    let mut answers = Vec::new();
    while answers.len() < 2 {
        let answer = telephone.hears().await;
        let method = header(&answer, "CSeq").split(' ').nth(1).unwrap();
        answers.push(format!("{} {method}", &answer[8..11]));
    }
    telephone.says(&ack).await;

    answers.sort();
    assert_eq!(answers, ["200 CANCEL", "487 INVITE"]);
    house.closed().wrote(&["arrived", "queued", "caller-left"]);
}
