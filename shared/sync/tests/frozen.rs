//! Every frame as it travels: a station and an exchange of different releases understand each other.

#![allow(clippy::unwrap_used)]

use privacy::Personal;
use request::{NetworkFault, RequestEvent, RequestId, StationId, Timestamp};
use serde::{Serialize, de::DeserializeOwned};
use sync::{
    Acknowledgement, Content, Entry, Hash, Incarnation, Offer, Publication, Publications, Salt,
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

    compare(include_str!("frozen/offer.json"), &Offer { entries });
}

#[test]
fn an_acknowledgement_is_what_it_always_was() {
    let acknowledgement = Acknowledgement { acknowledged: 8 };

    compare(
        include_str!("frozen/acknowledgement.json"),
        &acknowledgement,
    );
}

#[test]
fn publications_are_what_they_always_were() {
    let publication = Publication {
        number: 3,
        request: RequestId::new("gaon-1-261124-000001"),
        recorded_at: Timestamp::from_millis(1_795_480_201_000),
        event: RequestEvent::AttemptFailed {
            fault: NetworkFault::Slow,
        },
    };
    let publications = vec![publication];

    compare(
        include_str!("frozen/publications.json"),
        &Publications { publications },
    );
    compare(r#"{"publications":[]}"#, &Publications::default());
}
