//! Sound before the answer.

use flows::Peer;
use signalling::{Cause, Command};
use sip::sdp::{Answer, Origin};

use crate::{
    operator::{Operator, abilities},
    telephone::{SDP, Telephone, header},
};

fn session(message: &str) -> &str {
    message.split_once("\r\n\r\n").unwrap().1
}

/// RFC 3261 §13.3.1.1 has it once a minute, and here patience is a tenth of that; §13.2.1
/// wants the same session in the answer.
#[tokio::test]
async fn early_sound_is_told_again_until_the_answer_which_tells_the_same() {
    let trial = flows::tried("lines: sound before the answer", Peer::Octets);
    let mut operator = Operator::open().await;
    let mut telephone = Telephone::over_udp(operator.address()).await;
    let invite = telephone.request("INVITE sip:110@house", 1, &[], SDP);
    telephone.says(&invite).await;
    let (leg, offer) = operator.is_called().await;
    let origin = Origin::first(leg.number(), operator.address().ip());
    let answer = Answer::to(&offer.unwrap(), &abilities(), origin).unwrap();

    let early = answer.clone();
    operator.does(Command::EarlyMedia { leg, answer: early });
    let early = [telephone.hears().await, telephone.hears().await];
    operator.does(Command::Answer { leg, answer });
    let last = telephone.hears().await;

    assert!(last.starts_with("SIP/2.0 200 "), "{last}");
    assert!(session(&last).contains("m=audio "));
    for told in &early {
        assert!(told.starts_with("SIP/2.0 183 "), "{told}");
        assert_eq!(session(told), session(&last));
        assert_eq!(header(told, "To"), header(&last, "To"));
    }
    let to = format!("To: {}", header(&last, "To"));
    let ack = telephone.request("ACK sip:110@house", 1, &[&to], "");
    telephone.says(&ack).await;
    operator.hears_confirmed().await;
    let bye = telephone.request("BYE sip:110@house", 2, &[&to], "");
    telephone.says(&bye).await;
    assert_eq!(operator.hears_end().await, (leg, Cause::HungUp));
    operator.has_nothing_left();
    trial.saw("183, 183, 200");
}
