//! Every frame as it travels: a station and an exchange of different releases understand each other.

#![allow(clippy::unwrap_used)]

use privacy::Personal;
use request::{
    DocumentNumber, NetworkFault, RequestEvent, RequestId, ServiceId, StationId, Timestamp,
};
use serde::{Serialize, de::DeserializeOwned};
use sync::{
    Announcement, Answer, CoSignedHead, Content, Contradiction, Entry, Greeting, Hash, Head,
    HeadAnswer, HeadQuestion, Hello, Incarnation, LeaseAnswer, LeaseQuestion, LeasedRecord, Load,
    Offer, Publication, Publications, Reason, RemoteOrder, Salt, Welcome,
};

fn compare<T>(frozen: &str, frame: &T)
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let frozen = frozen.trim_end();

    assert_eq!(serde_json::from_str::<T>(frozen).unwrap(), *frame);
    assert_eq!(serde_json::to_string(frame).unwrap(), frozen);
}

#[test]
fn an_offer_is_what_it_always_was() {
    let entry = |number, content| Entry {
        station: StationId::new("gaon-1"),
        incarnation: Incarnation::from_bytes([7; 16]),
        number,
        request: RequestId::new("gaon-1-261124-000001"),
        recorded_at: Timestamp::from_millis(1_795_480_200_000),
        content,
    };
    let body = r#"{"type":"answered","question":"parcel_number","answer":"12-3"}"#;
    let whole = Content::Whole {
        salt: Salt::from_bytes([1; 16]),
        body: Personal::new(body.to_owned()),
    };
    let erased = Content::Erased {
        commitment: Hash::from_bytes([2; 32]),
    };
    let entries = vec![entry(7, whole), entry(8, erased)];

    let before = Hash::from_bytes([3; 32]);

    compare(
        include_str!("frozen/offer.json"),
        &Offer {
            speaker: Incarnation::from_bytes([8; 16]),
            before,
            entries,
        },
    );
}

#[test]
fn an_answer_to_an_offer_is_what_it_always_was() {
    compare(
        include_str!("frozen/acknowledgement.json"),
        &Answer::Acknowledged(8),
    );
    compare(r#""unknown""#, &Answer::Unknown);
    compare(r#"{"kept_aside":8}"#, &Answer::KeptAside(8));
    compare(
        r#"{"quarantined":"forked"}"#,
        &Answer::Quarantined(Contradiction::Forked),
    );
}

#[test]
fn a_hello_and_its_answers_are_what_they_always_were() {
    let head = Head::genesis(StationId::new("gaon-1"), Incarnation::from_bytes([7; 16]));
    let hash = head.hash;
    let hello = Hello {
        head,
        received: 4,
        release: "0.1.0".to_owned(),
        finding: None,
    };
    let found = Hello {
        finding: Some(Contradiction::Superseded),
        ..hello.clone()
    };
    let welcome = Welcome {
        acknowledged: 8,
        hash,
        received: 4,
    };

    compare(include_str!("frozen/hello.json"), &hello);
    compare(include_str!("frozen/hello-finding.json"), &found);
    compare(
        include_str!("frozen/welcome.json"),
        &Greeting::Welcome(welcome),
    );
    compare(
        r#"{"contradiction":"superseded"}"#,
        &Greeting::Contradiction(Contradiction::Superseded),
    );
    compare(
        r#"{"quarantined":"rewound"}"#,
        &Greeting::Quarantined(Contradiction::Rewound),
    );
}

#[test]
fn a_lease_is_asked_for_and_answered_as_it_always_was() {
    let question = LeaseQuestion {
        service: ServiceId::new("land-ledger"),
        key: vec![2, 7, 255],
    };
    let text = |text: &str| Personal::new(text.to_owned());
    let load = Load {
        numbers: vec![DocumentNumber::new("2611-7K3M-0V2W-9XYZ")],
        records: vec![LeasedRecord {
            query: [("parcel_number".to_owned(), text("12-3"))].into(),
            record: text("{}"),
        }],
    };
    let answer = LeaseAnswer {
        lease: vec![210, 132],
        load: text("{}"),
        seal_keys: serde_json::json!({ "keys": [] }),
    };

    compare(r#"{"service":"land-ledger","key":[2,7,255]}"#, &question);
    compare(
        r#"{"numbers":["2611-7K3M-0V2W-9XYZ"],"records":[{"query":{"parcel_number":"12-3"},"record":"{}"}]}"#,
        &load,
    );
    compare(
        r#"{"lease":[210,132],"load":"{}","seal_keys":{"keys":[]}}"#,
        &answer,
    );
    compare(r#""beyond_lease""#, &Reason::BeyondLease);
}

#[test]
fn a_signed_head_and_its_answers_are_what_they_always_were() {
    let co_signed = include_str!("frozen/co-signed-head.json");
    let co_signed: CoSignedHead = serde_json::from_str(co_signed).unwrap();
    let question = HeadQuestion {
        signed: co_signed.signed.clone(),
        public_key: include_str!("frozen/station.pub.pem").to_owned(),
    };

    assert_eq!(question.signed.verify(&question.key().unwrap()), Ok(()));
    compare(include_str!("frozen/head-question.json"), &question);
    compare(
        include_str!("frozen/head-answer.json"),
        &HeadAnswer::CoSigned(Box::new(co_signed)),
    );
    compare(r#""unknown""#, &HeadAnswer::Unknown);
    compare(
        r#"{"quarantined":"forked"}"#,
        &HeadAnswer::Quarantined(Contradiction::Forked),
    );
}

#[test]
fn every_kind_of_announcement_is_what_it_always_was() {
    let request = RequestId::new("gaon-1-261124-000001");
    let incarnation = Incarnation::from_bytes([7; 16]);
    let until = Timestamp::from_millis(1_795_480_201_000);
    let text = [("ko", "점검합니다"), ("en", "Under repair")];
    let text = text.map(|(language, words)| (language.to_owned(), words.to_owned()));
    let announcements = [
        Announcement::Notice {
            id: "n1".to_owned(),
            text: text.into(),
            until,
        },
        Announcement::Catalog {
            edition: "2026-11".to_owned(),
            sha256: "ab".to_owned(),
        },
        Announcement::Claim {
            request: request.clone(),
            code: "ABCD".to_owned(),
        },
        Announcement::Revoked {
            number: DocumentNumber::new("2611-AAAA-BBBB-CCCC"),
        },
        Announcement::Order {
            order: RemoteOrder::SelfTest,
            until,
        },
        Announcement::Wedged {
            incarnation: incarnation.clone(),
            number: 7,
            request,
            reason: Reason::Follows(6),
        },
        Announcement::Settled {
            incarnation,
            number: 7,
            applied: true,
        },
        Announcement::Released,
        Announcement::RefundSpent {
            ticket: "R-1".to_owned(),
        },
    ];

    let frozen: Vec<&str> = include_str!("frozen/announcements.jsonl").lines().collect();

    assert_eq!(frozen.len(), announcements.len());
    for (frozen, announcement) in frozen.into_iter().zip(&announcements) {
        compare(frozen, announcement);
    }
}

#[test]
fn publications_are_what_they_always_were() {
    let publication = Publication {
        number: 3,
        previous: 2,
        recorded_at: Timestamp::from_millis(1_795_480_201_000),
        content: Announcement::Request {
            request: RequestId::new("gaon-1-261124-000001"),
            event: RequestEvent::AttemptFailed {
                fault: NetworkFault::Slow,
            },
        },
    };
    let publications = vec![publication];

    compare(
        include_str!("frozen/publications.json"),
        &Publications { publications },
    );
    compare(r#"{"publications":[]}"#, &Publications::default());
}
