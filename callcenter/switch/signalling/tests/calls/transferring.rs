//! Transfers with consultation: two calls of the same house.

use signalling::{Command, Event, LegId};

use crate::{
    calling::calls,
    operator::Operator,
    telephone::{SDP, Telephone, header},
};

/// A telephone's call, answered, with what it needs to speak within it.
pub(crate) async fn in_a_call(operator: &mut Operator) -> (LegId, Telephone, String) {
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

/// How a Refer-To names a call (RFC 3891 §6.1).
fn replacing(call_id: &str, tags: &str) -> String {
    let tags = tags.replace(';', "%3B").replace('=', "%3D");
    format!("Refer-To: <sip:110@house?Replaces={call_id}{tags}>")
}

/// All NOTIFYs of a transfer, answered; what the last says.
async fn outcome(telephone: &mut Telephone) -> String {
    assert!(telephone.hears().await.starts_with("SIP/2.0 202 "));
    loop {
        let notify = telephone.hears().await;
        let answer = telephone.response(&notify, "200 OK", "");
        telephone.says(&answer).await;
        if header(&notify, "Subscription-State").starts_with("terminated") {
            return notify.lines().last().unwrap().to_owned();
        }
    }
}

/// RFC 3891 §3: all three, each in its place. It leads nowhere, least of all to whoever
/// stands in the URI.
#[tokio::test]
async fn a_transfer_that_names_a_call_which_is_not_there_is_told_so() {
    let mut operator = Operator::open().await;
    let (_, other, other_to) = in_a_call(&mut operator).await;
    let (_, ours) = other_to.split_once("tag=").unwrap();
    let port = other.address.port();
    let (call, theirs) = (format!("c{port}"), format!("f{port}"));
    for (call, tags) in [
        ("nobody", format!(";to-tag={ours};from-tag={theirs}")),
        (&call, format!(";to-tag=x{ours};from-tag={theirs}")),
        (&call, format!(";to-tag={ours};from-tag=x{theirs}")),
        (&call, format!(";to-tag={theirs};from-tag={ours}")),
        (&call, format!(";to-tag={ours}")),
        (&call, format!(";from-tag={theirs}")),
        (&call, format!(";to-tag={ours};from-tag=0")),
        (&call, String::new()),
    ] {
        let (leg, mut telephone, to) = in_a_call(&mut operator).await;
        let refer_to = replacing(call, &tags);

        let refer = telephone.request("REFER sip:110@house", 2, &[&to, &refer_to], "");
        telephone.says(&refer).await;

        let told = outcome(&mut telephone).await;
        assert!(told.starts_with("SIP/2.0 481 "), "{tags}: {told}");
        let bye = telephone.request("BYE sip:110@house", 3, &[&to], "");
        telephone.says(&bye).await;
        let heard = operator.hears().await;
        assert!(
            matches!(heard, Event::Ended { leg: of, .. } if of == leg),
            "{tags}: {heard:?}"
        );
    }
}

#[tokio::test]
async fn a_call_of_ours_is_named_as_one_of_theirs() {
    let mut operator = Operator::open().await;
    let mut called = Telephone::over_udp(operator.address()).await;
    let (consulted, _) = calls(&mut operator, called.address);
    let invite = called.hears().await;
    let answer = called.response(&invite, "200 OK", SDP);
    called.says(&answer).await;
    operator.hears_answer().await;
    let (_, ours) = header(&invite, "From").split_once("tag=").unwrap();
    let theirs = header(&answer, "To").split_once("tag=").unwrap().1;
    let tags = format!(";from-tag={theirs};to-tag={ours}");
    let refer_to = replacing(header(&invite, "Call-ID"), &tags);
    let (_, mut telephone, to) = in_a_call(&mut operator).await;

    let refer = telephone.request("REFER sip:110@house", 2, &[&to, &refer_to], "");
    telephone.says(&refer).await;

    let asked = operator.hears().await;
    assert!(
        matches!(asked, Event::TransferAsked { replaces: Some(leg), .. } if leg == consulted),
        "{asked:?}"
    );
}
