//! The written forms: what an older or newer program on the other end reads.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up has failed"
)]

use handover::{
    Delivery, Filled, Form, FromDesk, FromKiosk, Numbered, Opening, Place, Posting, Presence,
    Proposal, RoomId, RoomNotice, RoomRefusal, Shareable, WaitingRooms,
};
use request::{AgentId, FormField, ServiceId, StationId};
use serde::{Serialize, de::DeserializeOwned};

fn is_written<T>(value: &T, text: &str)
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    assert_eq!(serde_json::to_string(value).unwrap(), text);
    assert_eq!(serde_json::from_str::<T>(text).unwrap(), *value);
}

fn text(text: &str) -> Shareable {
    Shareable::new(text).unwrap()
}

fn parcel() -> FormField {
    FormField::Question("parcel_number".to_owned())
}

fn opening() -> Opening {
    Opening {
        service: Some(ServiceId::new("land-ledger")),
        language: "ko".to_owned(),
    }
}

#[test]
fn what_a_kiosk_says_is_written_like_this() {
    let form = Form {
        service: Some(ServiceId::new("land-ledger")),
        at: Place::Question("parcel_number".to_owned()),
        fields: vec![
            Filled {
                field: parcel(),
                value: Some(text("12-3")),
            },
            Filled {
                field: FormField::Copies,
                value: None,
            },
        ],
    };
    is_written(
        &FromKiosk::Shows { form },
        r#"{"type":"shows","form":{"service":"land-ledger","at":{"question":"parcel_number"},"fields":[{"field":{"question":"parcel_number"},"value":"12-3"},{"field":"copies","value":null}]}}"#,
    );
    is_written(
        &FromKiosk::Confirmed { proposal: 2 },
        r#"{"type":"confirmed","proposal":2}"#,
    );
    is_written(
        &FromKiosk::Declined { proposal: 3 },
        r#"{"type":"declined","proposal":3}"#,
    );
    is_written(
        &FromKiosk::Says { text: text("네") },
        r#"{"type":"says","text":"네"}"#,
    );
}

#[test]
fn where_a_citizen_is_is_written_like_this() {
    let places = [
        (Place::Finding, r#""finding""#),
        (Place::Explaining, r#""explaining""#),
        (
            Place::Question("district".to_owned()),
            r#"{"question":"district"}"#,
        ),
        (Place::Options, r#""options""#),
        (Place::Consent, r#""consent""#),
        (Place::Review, r#""review""#),
        (Place::Stuck, r#""stuck""#),
        (Place::Hidden, r#""hidden""#),
    ];
    for (place, written) in places {
        is_written(&place, written);
    }
}

#[test]
fn what_a_desk_says_is_written_like_this() {
    let proposes = FromDesk::Proposes(Proposal {
        proposal: 1,
        field: FormField::Option("history".to_owned()),
        value: text("yes"),
    });
    is_written(
        &proposes,
        r#"{"type":"proposes","proposal":1,"field":{"option":"history"},"value":"yes"}"#,
    );
    is_written(
        &FromDesk::TakesBack { proposal: 1 },
        r#"{"type":"takes_back","proposal":1}"#,
    );
    is_written(
        &FromDesk::PointsAt {
            field: Some(parcel()),
        },
        r#"{"type":"points_at","field":{"question":"parcel_number"}}"#,
    );
    is_written(
        &FromDesk::PointsAt { field: None },
        r#"{"type":"points_at","field":null}"#,
    );
    is_written(
        &FromDesk::Says {
            text: text("안녕하세요"),
        },
        r#"{"type":"says","text":"안녕하세요"}"#,
    );
    is_written(&FromDesk::Leaves, r#"{"type":"leaves"}"#);
}

#[test]
fn the_mail_between_them_is_written_like_this() {
    let posting = Posting {
        received: 4,
        messages: vec![Numbered {
            number: 7,
            message: FromDesk::Leaves,
        }],
        known: Some(Presence::Waiting { ahead: 2 }),
    };
    is_written(
        &posting,
        r#"{"received":4,"messages":[{"number":7,"message":{"type":"leaves"}}],"known":{"waiting":{"ahead":2}}}"#,
    );
    is_written(
        &Posting::<FromKiosk> {
            received: 0,
            messages: Vec::new(),
            known: None,
        },
        r#"{"received":0,"messages":[]}"#,
    );
    is_written(
        &Delivery::<FromKiosk> {
            taken: 7,
            messages: Vec::new(),
            presence: Presence::Joined {
                desk: StationId::new("desk-1"),
                agent: AgentId::new("kim.2"),
            },
        },
        r#"{"taken":7,"messages":[],"presence":{"joined":{"desk":"desk-1","agent":"kim.2"}}}"#,
    );
}

#[test]
fn who_waits_is_written_like_this() {
    is_written(&opening(), r#"{"service":"land-ledger","language":"ko"}"#);
    let waiting = WaitingRooms {
        edition: 9,
        rooms: vec![RoomNotice {
            room: RoomId::new("1795476600000-3"),
            kiosk: StationId::new("gaon-1"),
            opening: opening(),
            waited_seconds: 12,
        }],
    };
    is_written(
        &waiting,
        r#"{"edition":9,"rooms":[{"room":"1795476600000-3","kiosk":"gaon-1","service":"land-ledger","language":"ko","waited_seconds":12}]}"#,
    );
}

#[test]
fn why_not_is_written_like_this() {
    let written = [
        "urn:minwon:room-gone",
        "urn:minwon:room-taken",
        "urn:minwon:room-full",
        "urn:minwon:room-too-much",
        "urn:minwon:room-out-of-order",
        "urn:minwon:room-not-for-you",
    ];
    for (refusal, written) in RoomRefusal::ALL.into_iter().zip(written) {
        assert_eq!(refusal.urn(), written);
        assert_eq!(RoomRefusal::from_urn(written), Some(refusal));
    }
    assert_eq!(RoomRefusal::from_urn("about:blank"), None);
}
