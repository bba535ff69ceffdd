//! Signed heads: what was signed cannot be unsaid, and nobody else can say it.

#![allow(clippy::unwrap_used)]

use request::{RequestId, StationId, Timestamp};
use sync::{
    CoSignedHead, Forged, Head, Incarnation, KeyPair, PublicKey, Salt, Signature, SignedHead,
    commitment,
};

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn head() -> Head {
    let genesis = Head::genesis(StationId::new("gaon-1"), Incarnation::from_bytes([7; 16]));
    let commitment = commitment(&Salt::from_bytes([1; 16]), "{}");
    genesis.after(&RequestId::new("r"), at(1), &commitment)
}

#[test]
fn a_co_signed_head_is_believed_with_both_keys_and_with_no_others() {
    let (station, exchange, stranger) = (
        KeyPair::generate(),
        KeyPair::generate(),
        KeyPair::generate(),
    );
    let signed = SignedHead::sign(head(), at(5), &station);
    let co_signed = CoSignedHead::sign(signed.clone(), at(6), &exchange);

    assert_eq!(signed.verify(&station.public()), Ok(()));
    assert_eq!(
        co_signed.verify(&station.public(), &exchange.public()),
        Ok(())
    );
    assert_eq!(signed.verify(&stranger.public()), Err(Forged::Station));
    assert_eq!(
        co_signed.verify(&stranger.public(), &exchange.public()),
        Err(Forged::Station)
    );
    assert_eq!(
        co_signed.verify(&station.public(), &stranger.public()),
        Err(Forged::Exchange)
    );
    // A station cannot stand in for the exchange.
    let alone = CoSignedHead::sign(signed, at(6), &station);
    assert_eq!(
        alone.verify(&station.public(), &exchange.public()),
        Err(Forged::Exchange)
    );
}

#[test]
fn whatever_is_changed_in_a_signed_head_makes_it_forged() {
    let (station, exchange) = (KeyPair::generate(), KeyPair::generate());
    let signed = SignedHead::sign(head(), at(5), &station);
    let co_signed = CoSignedHead::sign(signed, at(6), &exchange);
    let verdict = |change: &dyn Fn(&mut CoSignedHead)| {
        let mut changed = co_signed.clone();
        change(&mut changed);
        changed.verify(&station.public(), &exchange.public())
    };

    let of_the_station: [&dyn Fn(&mut CoSignedHead); 6] = [
        &|it| it.signed.head.station = StationId::new("gaon-2"),
        &|it| it.signed.head.incarnation = Incarnation::from_bytes([8; 16]),
        &|it| it.signed.head.number += 1,
        &|it| it.signed.head.hash = Head::genesis(StationId::new("x"), Incarnation::new("y")).hash,
        &|it| it.signed.at = at(4),
        &|it| it.signed.station_signature = it.exchange_signature,
    ];
    for change in of_the_station {
        assert_eq!(verdict(change), Err(Forged::Station));
    }
    let of_the_exchange: [&dyn Fn(&mut CoSignedHead); 2] = [&|it| it.received_at = at(7), &|it| {
        it.exchange_signature = it.signed.station_signature
    }];
    for change in of_the_exchange {
        assert_eq!(verdict(change), Err(Forged::Exchange));
    }
}

#[test]
fn a_co_signed_head_is_written_as_it_always_was() {
    let frozen = include_str!("frozen/co-signed-head.json").trim_end();
    let (station, exchange) = (
        PublicKey::from_pem(include_str!("frozen/station.pub.pem")).unwrap(),
        PublicKey::from_pem(include_str!("frozen/exchange.pub.pem")).unwrap(),
    );

    let read: CoSignedHead = serde_json::from_str(frozen).unwrap();

    assert_eq!(read.verify(&station, &exchange), Ok(()));
    assert_eq!(read.head(), &head());
    assert_eq!(serde_json::to_string(&read).unwrap(), frozen);
}

#[test]
fn a_key_survives_its_file_and_nonsense_is_no_key() {
    let pair = KeyPair::generate();
    let again = KeyPair::from_pem(pair.to_pem().unwrap().as_str()).unwrap();
    let public = PublicKey::from_pem(&pair.public().to_pem().unwrap()).unwrap();

    assert_eq!(again.public(), public);
    assert!(KeyPair::from_pem(&public.to_pem().unwrap()).is_err());
    assert!(PublicKey::from_pem("-----BEGIN PUBLIC KEY-----\n").is_err());
    assert!(Signature::try_from("00".repeat(63)).is_err());
    assert_eq!(format!("{pair:?}"), "[key pair]");
}
