//! Transfers with consultation: two calls of the same house.

use signalling::{Command, Event, LegId};

use crate::{
    operator::Operator,
    telephone::{SDP, Telephone, header},
};

/// A telephone's call, answered, with what it needs to speak within it.
async fn in_a_call(operator: &mut Operator) -> (LegId, Telephone, String) {
    let mut telephone = Telephone::over_udp(operator.address()).await;
    let invite = telephone.request("INVITE sip:110@house", 1, &[], SDP);
    telephone.says(&invite).await;
    let (leg, offer) = operator.is_called().await;
    operator.answers(leg, &offer.unwrap());
    let answer = telephone.hears().await;
    let to = format!("To: {}", header(&answer, "To"));
    let ack = telephone.request("ACK sip:110@house", 1, &[&to], "");
    telephone.says(&ack).await;
    operator.hears_confirmed().await;
    (leg, telephone, to)
}

#[tokio::test]
async fn a_transfer_with_consultation_names_the_leg_it_takes_over() {
    let mut operator = Operator::open().await;
    let (consulted, other, other_to) = in_a_call(&mut operator).await;
    let (leg, mut telephone, to) = in_a_call(&mut operator).await;
    let (_, our_tag) = other_to.split_once("tag=").unwrap();
    let (call_id, their_tag) = (
        format!("c{}", other.address.port()),
        format!("f{}", other.address.port()),
    );
    let refer_to = format!(
        "Refer-To: <sip:110@house?Replaces={call_id}%3Bto-tag%3D{our_tag}%3Bfrom-tag%3D{their_tag}>"
    );

    let refer = telephone.request("REFER sip:110@house", 2, &[&to, &refer_to], "");
    telephone.says(&refer).await;

    let asked = operator.hears().await;
    let Event::TransferAsked {
        leg: asking,
        replaces,
        ..
    } = asked
    else {
        panic!("{asked:?}");
    };
    assert_eq!(asking, leg);
    assert_eq!(replaces, Some(consulted));
    assert!(telephone.hears().await.starts_with("SIP/2.0 202 "));
    let notify = telephone.hears().await;
    assert!(notify.contains("SIP/2.0 100 Trying"), "{notify}");
    let answer = telephone.response(&notify, "200 OK", "");
    telephone.says(&answer).await;
    operator.does(Command::TransferFailed { leg, status: 486 });
    let notify = telephone.hears().await;
    assert!(notify.contains("SIP/2.0 486 Busy Here"), "{notify}");
    assert!(header(&notify, "Subscription-State").starts_with("terminated"));
}

/// RFC 3891 §3. It leads nowhere, least of all to whoever stands in the URI.
#[tokio::test]
async fn a_transfer_that_names_a_call_which_is_not_there_is_told_so() {
    let mut operator = Operator::open().await;
    let (leg, mut telephone, to) = in_a_call(&mut operator).await;
    let refer_to = "Refer-To: <sip:110@house?Replaces=nobody%3Bto-tag%3Da%3Bfrom-tag%3Db>";

    let refer = telephone.request("REFER sip:110@house", 2, &[&to, refer_to], "");
    telephone.says(&refer).await;

    assert!(telephone.hears().await.starts_with("SIP/2.0 202 "));
    let mut told = Vec::new();
    for _ in 0..2 {
        let notify = telephone.hears().await;
        let answer = telephone.response(&notify, "200 OK", "");
        telephone.says(&answer).await;
        told.push(notify.lines().last().unwrap().to_owned());
    }
    assert_eq!(told[0], "SIP/2.0 100 Trying");
    assert!(told[1].starts_with("SIP/2.0 481 "), "{told:?}");
    let bye = telephone.request("BYE sip:110@house", 3, &[&to], "");
    telephone.says(&bye).await;
    let heard = operator.hears().await;
    assert!(
        matches!(heard, Event::Ended { leg: of, .. } if of == leg),
        "{heard:?}"
    );
}
