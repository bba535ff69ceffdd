//! The catalogue that ships.

use std::path::Path;

use catalog::Catalog;
use request::{IdentityLevel, ServiceId, Timestamp};

/// 2026-11-24, 09:30 in Korea.
const TUESDAY: Timestamp = Timestamp::from_millis(1_795_480_200_000);

fn catalog() -> Catalog {
    Catalog::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the edition fits together")
}

#[test]
fn every_service_has_a_fee_today_and_texts_in_both_languages() {
    let catalog = catalog();

    for service in catalog.services() {
        let fee = catalog.fee(service, &|_| None, "41999", TUESDAY.local(), "ko");
        assert!(fee.is_some(), "{}", service.id);
        for text in [&service.title, &service.summary, &service.issuer] {
            assert!(!text.ko.is_empty() && !text.en.is_empty(), "{}", service.id);
        }
    }
    assert!(catalog.services().count() >= 3);
}

#[test]
fn land_elsewhere_costs_more() {
    let catalog = catalog();
    let service = catalog
        .service(&ServiceId::new("land-ledger"))
        .expect("it ships");
    let won = |code: &str| {
        let answers = |_: &str| Some(code.to_owned());
        catalog
            .fee(service, &answers, "41999", TUESDAY.local(), "ko")
            .map(|fee| fee.unit_won)
    };

    assert_eq!(won("4199910100"), Some(300));
    assert_eq!(won("1111010100"), Some(500));
    assert_eq!(service.identity, IdentityLevel::None);
}

#[test]
fn a_parcel_number_is_a_parcel_number() {
    let catalog = catalog();
    let service = catalog
        .service(&ServiceId::new("land-ledger"))
        .expect("it ships");
    let question = &service.questions[1];

    for good in ["1", "12", "12-3", "9999-9999"] {
        assert!(question.accepts(good), "{good}");
    }
    for bad in [
        "",
        "0",
        "012",
        "12-",
        "-3",
        "12-3-4",
        "12345",
        "산12",
        "12345-6789",
    ] {
        assert!(!question.accepts(bad), "{bad}");
    }
}
