//! Orders of the exchange.

use std::time::Duration;

use fleet::{
    Deed, Order, OrderId, Outcome,
    signed::{Key, sign},
};
use p256::{
    ecdsa::SigningKey,
    pkcs8::{EncodePrivateKey, LineEnding},
};
use request::StationId;
use steward::{
    book::Book,
    orders::{Decision, Here, decide},
};

use crate::NOON;

pub(crate) fn key(seed: u8) -> Key {
    let key = SigningKey::from_slice(&[seed; 32]).unwrap();
    Key::from_pem(&key.to_pkcs8_pem(LineEnding::LF).unwrap()).unwrap()
}

fn order(deed: Deed) -> Order {
    Order {
        id: OrderId("one".to_owned()),
        station: StationId::new("gaon-1"),
        deed,
        operator: "kim".to_owned(),
        given_at: NOON,
        until: NOON + Duration::from_mins(15),
    }
}

#[test]
fn an_order_is_carried_out_once_in_time_and_never_before_a_citizen() {
    let (exchange, station) = (key(7), StationId::new("gaon-1"));
    let (signer, empty) = (exchange.signer(), Book::default());
    let mut answered = Book::default();
    answered.note_outcome(OrderId("one".to_owned()), Outcome::Done);
    let here = |book, visit| Here {
        station: &station,
        signer: &signer,
        book,
        visit,
    };
    let restart = order(Deed::Restart);
    let signed = sign(&restart, &exchange).unwrap();

    assert_eq!(
        decide(&signed, &here(&empty, false), NOON),
        Decision::CarryOut(restart.clone())
    );
    assert_eq!(
        decide(&signed, &here(&empty, true), NOON),
        Decision::Answer(restart.clone(), Outcome::RefusedMidVisit)
    );
    assert_eq!(
        decide(&signed, &here(&answered, false), NOON),
        Decision::Ignore
    );
    let late = NOON + Duration::from_hours(1);
    assert_eq!(
        decide(&signed, &here(&empty, false), late),
        Decision::Answer(restart, Outcome::Stale)
    );
    let bundle = order(Deed::CollectBundle);
    let signed = sign(&bundle, &exchange).unwrap();
    assert_eq!(
        decide(&signed, &here(&empty, true), NOON),
        Decision::CarryOut(bundle)
    );
}

#[test]
fn what_another_key_signed_or_another_machine_is_told_is_not_obeyed() {
    let (exchange, station) = (key(7), StationId::new("gaon-1"));
    let (signer, book) = (exchange.signer(), Book::default());
    let here = Here {
        station: &station,
        signer: &signer,
        book: &book,
        visit: false,
    };
    let forged = sign(&order(Deed::Restart), &key(8)).unwrap();
    assert_eq!(decide(&forged, &here, NOON), Decision::Ignore);
    let mut altered = sign(&order(Deed::Restart), &exchange).unwrap();
    for place in 0..altered.len() {
        altered[place] ^= 1;
        assert!(
            !matches!(decide(&altered, &here, NOON), Decision::CarryOut(_)),
            "{place}"
        );
        altered[place] ^= 1;
    }
    let other = Order {
        station: StationId::new("narae-1"),
        ..order(Deed::Restart)
    };
    let signed = sign(&other, &exchange).unwrap();
    assert_eq!(
        decide(&signed, &here, NOON),
        Decision::Answer(other, Outcome::NotBelieved)
    );
    // A release is no order, whoever signed it.
    let release = sign(&crate::updates::release("2"), &exchange).unwrap();
    assert_eq!(decide(&release, &here, NOON), Decision::Ignore);
}
