//! What the lines do with what should not get through.

use std::time::Duration;

use flows::Peer;
use signalling::{Command, Event, Settings};
use sip::admission::{Limits, Rate};

use crate::{
    operator::{Operator, for_anyone},
    telephone::{SDP, Telephone, header},
};

#[tokio::test]
async fn what_is_malformed_is_answered_and_never_told_of() {
    let trial = flows::tried("lines: malformed requests are answered", Peer::Octets);
    let mut operator = Operator::open().await;
    let tcp = operator.lines.tcp_address().unwrap();
    let telephones = [
        Telephone::over_udp(operator.address()).await,
        Telephone::over_tcp(tcp).await,
    ];

    for mut telephone in telephones {
        for (line, more, status) in [
            ("INVITE sip:110@house", "From: <sip:a@b>;tag=2", "400"),
            ("INVITE tel:110", "Subject: y", "416"),
            ("DANCE sip:110@house", "Subject: y", "501"),
            ("SUBSCRIBE sip:110@house", "Subject: y", "405"),
            ("INVITE sip:110@house", "Require: 100rel", "420"),
        ] {
            let message = telephone.request(line, 1, &[more], SDP);
            telephone.says(&message).await;
            let answer = telephone.hears().await;
            assert!(
                answer.starts_with(&format!("SIP/2.0 {status} ")),
                "{answer}"
            );
            assert!(header(&answer, "To").contains(";tag="));
        }
    }
    operator.has_nothing_left();
    trial.saw("400, 416, 501, 405, 420");
}

#[tokio::test]
async fn a_stream_that_cannot_be_cut_is_closed() {
    let operator = Operator::open().await;
    let mut telephone = Telephone::over_tcp(operator.lines.tcp_address().unwrap()).await;
    let message = telephone.request("OPTIONS sip:house", 1, &[], "");

    telephone
        .says(&message.replace("Content-Length: 0", "Content-Length: x"))
        .await;

    assert!(telephone.hears().await.starts_with("SIP/2.0 400 "));
    assert!(telephone.is_hung_up_on().await);
}

#[tokio::test]
async fn a_folded_invite_is_understood() {
    let mut operator = Operator::open().await;
    let mut telephone = Telephone::over_udp(operator.address()).await;
    let message = telephone
        .request("INVITE sip:110@house", 1, &[], SDP)
        .replace("From: ", "f  :\r\n ")
        .replace("CSeq: 1 ", "cseq: 0001\r\n\t")
        .replace("Via: SIP/2.0/UDP ", "v: SIP / 2.0\r\n / UDP ");

    telephone.says(&message).await;

    let (leg, _) = operator.is_called().await;
    operator.does(Command::Ring { leg });
    assert!(telephone.hears().await.starts_with("SIP/2.0 180 "));
}

#[tokio::test]
async fn escapes_are_not_escaped_again() {
    let mut operator = Operator::open().await;
    let mut telephone = Telephone::over_udp(operator.address()).await;
    let contact = format!("Contact: <sip:cal%6Cer@{}>", telephone.address);
    let invite = telephone.request("INVITE sip:1%31%30@house", 1, &[&contact], SDP);
    telephone.says(&invite).await;
    let called = operator.hears().await;
    let Event::Called { leg, offer, to, .. } = called else {
        panic!("{called:?}");
    };
    operator.answers(leg, &offer.unwrap());
    let answer = telephone.hears().await;
    let to_tagged = format!("To: {}", header(&answer, "To"));
    let ack = telephone.request("ACK sip:110@house", 1, &[&to_tagged], "");
    telephone.says(&ack).await;

    operator.hears_confirmed().await;
    operator.does(Command::End { leg });

    let bye = telephone.hears().await;
    assert_eq!(to, "110");
    assert!(bye.starts_with("BYE sip:caller@127.0.0.1:"), "{bye}");
}

#[tokio::test]
async fn in_a_rush_emergencies_pass_and_others_are_told_when_to_come() {
    let one = Rate {
        at_once: 1,
        every: Duration::from_secs(60),
    };
    let mut operator = Operator::open_with(Settings {
        limits: Limits {
            calls: one,
            ..Limits::default()
        },
        emergency: Some("119".to_owned()),
        ..for_anyone()
    })
    .await;
    let mut telephones = Vec::new();
    for _ in 0..3 {
        telephones.push(Telephone::over_udp(operator.address()).await);
    }
    let [first, second, third] = telephones.as_mut_slice() else {
        panic!("three telephones");
    };

    let invite = first.request("INVITE sip:110@house", 1, &[], SDP);
    first.says(&invite).await;
    operator.is_called().await;
    let invite = second.request("INVITE sip:110@house", 1, &[], SDP);
    second.says(&invite).await;
    let refused = second.hears().await;
    let invite = third.request("INVITE sip:119@house", 1, &[], SDP);
    third.says(&invite).await;

    assert!(refused.starts_with("SIP/2.0 503 "), "{refused}");
    let wait: u64 = header(&refused, "Retry-After").parse().unwrap();
    assert!((50..=60).contains(&wait), "{wait}");
    let called = operator.hears().await;
    assert!(matches!(called, Event::Called { to, .. } if to == "119"));
}

#[tokio::test]
async fn a_full_house_takes_no_more_legs() {
    let mut operator = Operator::open_with(Settings {
        legs_max: 1,
        ..for_anyone()
    })
    .await;
    let mut first = Telephone::over_udp(operator.address()).await;
    let mut second = Telephone::over_udp(operator.address()).await;

    let invite = first.request("INVITE sip:110@house", 1, &[], SDP);
    first.says(&invite).await;
    operator.is_called().await;
    let invite = second.request("INVITE sip:110@house", 1, &[], SDP);
    second.says(&invite).await;

    assert!(second.hears().await.starts_with("SIP/2.0 503 "));
}
