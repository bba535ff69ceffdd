//! Leases are believed as the exchange signed them for this station, or not at all.

#![allow(clippy::unwrap_used)]

use std::{collections::BTreeMap, path::Path};

use catalog::Catalog;
use p256::{
    ecdsa::SigningKey,
    elliptic_curve::rand_core::OsRng,
    pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding},
};
use privacy::Personal;
use request::DocumentNumber;
use seal::{SealKey, SoftSealKey};
use serde_json::Value;
use sync::LeasedRecord;

use super::*;

/// An exchange that grants leases, and what it says verifiers may trust.
struct Office {
    key: SoftSealKey,
    seal_keys: Value,
}

impl Office {
    fn new() -> Self {
        let key = SigningKey::random(&mut OsRng);
        let public_key = key.verifying_key().to_public_key_pem(LineEnding::LF);
        let office = "한빛시 발급센터".to_owned();
        let keys = vec![SealKey {
            office,
            public_key: public_key.unwrap(),
        }];
        let seal_keys = serde_json::to_value(TrustList { keys }).unwrap();
        let pem = key.to_pkcs8_pem(LineEnding::LF).unwrap();
        Self {
            key: SoftSealKey::from_pem(&pem).unwrap(),
            seal_keys,
        }
    }

    fn grant(&self, lease: &Lease, load: &str) -> LeaseAnswer {
        LeaseAnswer {
            lease: lease.grant(&self.key).unwrap(),
            load: Personal::new(load.to_owned()),
            seal_keys: self.seal_keys.clone(),
        }
    }
}

fn load() -> String {
    let load = Load {
        numbers: vec![DocumentNumber::new("2611-7K3M-0V2W-9XYZ")],
        records: vec![LeasedRecord {
            query: BTreeMap::from([("parcel".to_owned(), Personal::new("12-3".to_owned()))]),
            record: Personal::new("{}".to_owned()),
        }],
    };
    serde_json::to_string(&load).unwrap()
}

fn lease(load: &str, key: [u8; 33]) -> Lease {
    Lease {
        station: "gaon-1".to_owned(),
        service: "land-ledger".to_owned(),
        version: 1,
        prefix: "2611-7K3M".to_owned(),
        papers: 1,
        records_at: 100,
        granted_at: 101,
        until: 1_000,
        load: Sha256::digest(load.as_bytes()).into(),
        key,
    }
}

fn accepted(leased: &LeaseAnswer, pem: &str) -> Result<(Lease, Load), NotALease> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/catalog");
    let catalog = Catalog::read(&folder).unwrap();
    let service = catalog.service(&ServiceId::new("land-ledger")).unwrap();
    accept(leased, "gaon-1", service, pem)
}

#[test]
fn a_lease_as_the_exchange_signed_it_is_kept() {
    let (office, text) = (Office::new(), load());
    let (pem, key) = fresh_key().unwrap();
    let granted = lease(&text, key);

    let (kept, load) = accepted(&office.grant(&granted, &text), &pem).unwrap();

    assert_eq!(kept, granted);
    assert_eq!(load.numbers.len(), 1);
}

#[test]
fn a_lease_of_a_strange_office_an_altered_one_and_one_cut_short_are_not_believed() {
    let (office, text) = (Office::new(), load());
    let (pem, key) = fresh_key().unwrap();
    let granted = lease(&text, key);
    let mut strange = Office::new().grant(&granted, &text);
    strange.seal_keys.clone_from(&office.seal_keys);

    let strange = accepted(&strange, &pem);
    assert!(matches!(
        strange,
        Err(NotALease::Seal(SealError::UnknownKey))
    ));
    let good = office.grant(&granted, &text);
    for place in 0..good.lease.len() {
        let mut altered = good.clone();
        altered.lease[place] ^= 1;
        assert!(accepted(&altered, &pem).is_err(), "byte {place}");
        altered.lease.truncate(place);
        assert!(accepted(&altered, &pem).is_err(), "cut at {place}");
    }
}

#[test]
fn a_lease_for_another_key_station_service_or_edition_is_not_ours() {
    let (office, text) = (Office::new(), load());
    let (pem, key) = fresh_key().unwrap();
    let (other_pem, _) = fresh_key().unwrap();
    let ours = lease(&text, key);
    let others = [
        Lease {
            station: "narae-1".to_owned(),
            ..ours.clone()
        },
        Lease {
            service: "land-price".to_owned(),
            ..ours.clone()
        },
        Lease {
            version: 2,
            ..ours.clone()
        },
    ];

    for other in others {
        let refused = accepted(&office.grant(&other, &text), &pem);
        assert!(matches!(refused, Err(NotALease::NotOurs)), "{other:?}");
    }
    let refused = accepted(&office.grant(&ours, &text), &other_pem);
    assert!(matches!(refused, Err(NotALease::NotOurs)));
}

#[test]
fn numbers_and_records_that_were_not_signed_are_not_kept() {
    let (office, text) = (Office::new(), load());
    let (pem, key) = fresh_key().unwrap();
    let granted = lease(&text, key);
    let more = Lease {
        papers: 2,
        ..granted.clone()
    };
    let foreign = Lease {
        prefix: "2611-AAAA".to_owned(),
        ..granted.clone()
    };

    for (lease, load) in [
        (&granted, text.replace("12-3", "12-4")),
        (&more, text.clone()),
        (&foreign, text.clone()),
    ] {
        let refused = accepted(&office.grant(lease, &load), &pem);
        assert!(matches!(refused, Err(NotALease::OtherLoad)), "{load}");
    }
}
