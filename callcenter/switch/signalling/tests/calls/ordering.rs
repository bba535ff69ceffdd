//! Requests of one call, in the order in which they were made.

use flows::Peer;
use signalling::{Cause, Command, Event, LegId};

use crate::{
    operator::Operator,
    telephone::{SDP, Telephone, header},
};

/// A telephone's call that is answered, and the header it speaks within it by.
async fn answered(operator: &mut Operator) -> (LegId, Telephone, String) {
    let mut telephone = Telephone::over_udp(operator.address()).await;
    let invite = telephone.request("INVITE sip:110@house", 1, &[], SDP);
    telephone.says(&invite).await;
    let (leg, offer) = operator.is_called().await;
    operator.answers(leg, &offer.unwrap());
    let answer = telephone.hears_final().await;
    let to = format!("To: {}", header(&answer, "To"));
    (leg, telephone, to)
}

#[tokio::test]
async fn what_overtakes_the_ack_waits_for_it() {
    let trial = flows::tried("lines: requests overtake the ACK", Peer::Octets);
    let mut operator = Operator::open().await;
    let (leg, mut telephone, to) = answered(&mut operator).await;
    let refer_to = "Refer-To: <sip:120@house>";
    let refer = telephone.request("REFER sip:110@house", 2, &[&to, refer_to], "");
    let ask = telephone.request("OPTIONS sip:110@house", 3, &[&to], "");
    let ack = telephone.request("ACK sip:110@house", 1, &[&to], "");

    for message in [&refer, &ask, &ack] {
        telephone.says(message).await;
    }

    operator.hears_confirmed().await;
    let asked = operator.hears().await;
    assert!(
        matches!(asked, Event::TransferAsked { leg: it, .. } if it == leg),
        "{asked:?}"
    );
    let mut statuses = Vec::new();
    while statuses.len() < 2 {
        let message = telephone.hears().await;
        if message.starts_with("NOTIFY ") {
            let answer = telephone.response(&message, "200 OK", "");
            telephone.says(&answer).await;
        } else if !header(&message, "CSeq").ends_with("INVITE") {
            statuses.push(message[8..11].to_owned());
        }
    }
    statuses.sort();
    assert_eq!(statuses, ["200", "202"]);
    trial.saw("REFER waits: 202");
}

#[tokio::test]
async fn what_waits_for_an_ack_that_never_comes_is_answered() {
    let mut operator = Operator::open().await;
    let (leg, mut telephone, to) = answered(&mut operator).await;

    let ask = telephone.request("OPTIONS sip:110@house", 2, &[&to], "");
    telephone.says(&ask).await;

    let answer = loop {
        let message = telephone.hears().await;
        if message.starts_with("SIP/2.0") && header(&message, "CSeq") == "2 OPTIONS" {
            break message;
        }
    };
    assert!(answer.starts_with("SIP/2.0 481 "), "{answer}");
    assert_eq!(operator.hears_end().await, (leg, Cause::Unacknowledged));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_outcome_of_a_transfer_is_told_before_the_call_is_hung_up() {
    let trial = flows::tried(
        "lines: the outcome of a transfer, then the BYE",
        Peer::Octets,
    );
    const TIMES: usize = 30;
    for _ in 0..TIMES {
        let mut operator = Operator::open().await;
        let (leg, mut telephone, to) = answered(&mut operator).await;
        let ack = telephone.request("ACK sip:110@house", 1, &[&to], "");
        telephone.says(&ack).await;
        operator.hears_confirmed().await;
        let refer_to = "Refer-To: <sip:120@house>";
        let refer = telephone.request("REFER sip:110@house", 2, &[&to, refer_to], "");
        telephone.says(&refer).await;
        operator.hears().await;

        operator.does(Command::TransferDone { leg });
        operator.does(Command::End { leg });

        let mut requests = Vec::new();
        while requests.len() < 3 {
            let message = telephone.hears().await;
            if !message.starts_with("SIP/2.0") {
                let answer = telephone.response(&message, "200 OK", "");
                telephone.says(&answer).await;
                requests.push(header(&message, "CSeq").to_owned());
            }
        }
        assert_eq!(requests, ["1 NOTIFY", "2 NOTIFY", "3 BYE"]);
    }
    trial.saw("NOTIFY 100, NOTIFY 200, BYE");
}
