//! Tickets as stations issue them and others read them.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use ticket::{Issuer, Kind, NotGenuine, read, verify};

/// A key made for this test and used nowhere else.
const KEY: &str = include_str!("frozen/key.pem");
const FROZEN: &str = include_str!("frozen/ticket.txt");
const NOON: i64 = 1_795_489_200;

fn issuer() -> Issuer {
    Issuer::from_pem("gaon-1", KEY).unwrap()
}

fn key_of(station: &str) -> Option<String> {
    (station == "gaon-1").then(|| issuer().public_key().unwrap())
}

#[test]
fn a_ticket_of_the_first_form_is_still_believed() {
    let ticket = verify(FROZEN, key_of).unwrap();

    assert_eq!(ticket.code, issuer().refund_code("gaon-1-261124-000007"));
    assert_eq!(ticket.code.to_string(), "7266 1208 1614 5339");
    assert_eq!((ticket.amount_won, ticket.issued_at), (700, NOON));
}

#[test]
fn a_station_finds_the_code_of_a_request_again_and_no_other_station_has_it() {
    let again = issuer();
    let elsewhere = Issuer::from_pem("gaon-1", &Issuer::fresh_key().unwrap()).unwrap();

    let code = issuer().claim_code("r");

    assert_eq!(code.kind(), Kind::Claim);
    assert_eq!(again.claim_code("r"), code);
    assert_ne!(again.claim_code("s"), code);
    assert_ne!(again.refund_code("r").digits()[1..], code.digits()[1..]);
    assert_ne!(elsewhere.claim_code("r"), code);
}

#[test]
fn what_a_key_has_not_signed_is_forged() {
    let stranger = Issuer::from_pem("gaon-1", &Issuer::fresh_key().unwrap()).unwrap();
    let unknown = Issuer::from_pem("narae-1", KEY).unwrap();
    let code = stranger.refund_code("r");

    let forged = stranger.sign(&code, 700, NOON).unwrap();
    let of_nobody = unknown.sign(&code, 700, NOON).unwrap();

    assert_eq!(verify(&forged, key_of), Err(NotGenuine::Forged));
    assert_eq!(verify(&of_nobody, key_of), Err(NotGenuine::UnknownStation));
    assert_eq!(verify("MW1:AB", key_of), Err(NotGenuine::NotATicket));
    assert_eq!(verify("MT1:", key_of), Err(NotGenuine::Malformed));
    assert_eq!(read(&forged).unwrap().amount_won, 700);
}

proptest! {
    #[test]
    fn a_ticket_with_one_letter_changed_is_not_believed(at in 4..FROZEN.len() - 1, to in "[0-9A-Z]") {
        let mut altered = FROZEN.trim_end().to_owned();
        prop_assume!(at < altered.len() && altered[at..=at] != to);
        altered.replace_range(at..=at, &to);

        prop_assert!(verify(&altered, key_of).is_err());
    }

    #[test]
    fn nonsense_is_refused_and_nothing_breaks(text in "(MT1:)?[0-9A-Z $%*+./:-]{0,300}") {
        prop_assert!(verify(&text, key_of).is_err());
    }
}
