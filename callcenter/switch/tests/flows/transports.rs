//! Calls over TCP and TLS.

use std::fs;

use flows::Peer;
use tokio_rustls::rustls::RootCertStore;

use crate::{
    house::{House, TALKED},
    scenario::Scenario,
    sipp::{Sipp, free_port},
    telephone::{SDP, Telephone, header},
};

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn a_caller_over_tcp_and_an_agent_over_udp() {
    let house = House::open("the caller hangs up talking", Peer::SippTcp);
    let agent = house.agent(
        "agent-1",
        &Scenario::agent().takes_the_call().gets_hung_up_on(),
    );
    let caller = Scenario::caller("110")
        .gets_through()
        .waits(1_500)
        .hangs_up();

    Sipp::plays(caller.xml(), house.tcp, free_port(), &["-t", "t1"]).succeeds();
    agent.succeeds();

    house.closed().wrote(&TALKED);
}

#[test]
#[ignore = "a whole call; `make call-test` plays it"]
fn a_caller_over_tcp_gives_up_waiting() {
    let house = House::open("the caller gives up waiting", Peer::SippTcp);
    let caller = Scenario::caller("110").gets_through().waits(500).hangs_up();

    Sipp::plays(caller.xml(), house.tcp, free_port(), &["-t", "t1"]).succeeds();

    house.closed().wrote(&["arrived", "queued", "caller-left"]);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a whole call; `make call-test` plays it"]
async fn a_caller_over_tls() {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("tls.pem"), made.cert.pem()).unwrap();
    fs::write(
        folder.path().join("tls.key"),
        made.signing_key.serialize_pem(),
    )
    .unwrap();
    let flow = "the caller gives up waiting";
    let house = House::furnished(flow, Peer::OctetsTls, folder, |tls| {
        let tls = format!(
            "tls = {{ listen = \"{tls}\", certificate = \"tls.pem\", key = \"tls.key\" }}\n"
        );
        [tls, String::new()]
    });
    let mut telephone = Telephone::over_tls(house.tls, roots).await;

    let invite = telephone.request("INVITE sip:110@house", 1, &[], SDP);
    telephone.says(&invite).await;
    let answer = telephone.hears_final().await;
    assert!(answer.starts_with("SIP/2.0 200 "), "{answer}");
    let to = format!("To: {}", header(&answer, "To"));
    let ack = telephone.request("ACK sip:110@house", 1, &[&to], "");
    telephone.says(&ack).await;
    house.center.comes_to("waiting=1");
    let bye = telephone.request("BYE sip:110@house", 2, &[&to], "");
    telephone.says(&bye).await;
    assert!(telephone.hears_final().await.starts_with("SIP/2.0 200 "));

    house.closed().wrote(&["arrived", "queued", "caller-left"]);
}
