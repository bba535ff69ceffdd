//! What a station seals under a lease, and what it cannot.

#![allow(clippy::unwrap_used)]

use p256::{
    ecdsa::SigningKey,
    pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding},
};
use seal::{
    Claims, Genuine, Lease, LeasedKey, SealError, SealKey, SoftSealKey, Symbol, TrustList, compose,
    fresh_key, verify,
};

/// The largest symbol that has its place on a paper.
const VERSION_MAX: u8 = 20;

fn office(number: u8) -> (SoftSealKey, TrustList) {
    let key = SigningKey::from_slice(&[number; 32]).unwrap();
    let pem = key.to_pkcs8_pem(LineEnding::LF).unwrap();
    let public_key = key.verifying_key().to_public_key_pem(LineEnding::LF);
    let key = SealKey {
        office: "한빛시 발급센터".to_owned(),
        public_key: public_key.unwrap(),
    };
    let trust = TrustList { keys: vec![key] };
    (SoftSealKey::from_pem(&pem).unwrap(), trust)
}

fn lease(key: [u8; 33]) -> Lease {
    Lease {
        station: "gaon-1".to_owned(),
        service: "land-ledger".to_owned(),
        version: 1,
        prefix: "2611-7K3M".to_owned(),
        papers: 40,
        records_at: 1_795_480_000,
        granted_at: 1_795_480_010,
        until: 1_795_739_200,
        load: [9; 32],
        key,
    }
}

fn claims() -> Claims {
    Claims {
        issuer: "한빛시장".to_owned(),
        issued_at: 1_795_480_200,
        expires_at: 1_803_256_200,
        service: "land-ledger".to_owned(),
        version: 1,
        document_number: "2611-7K3M-EFGH-JKLM".to_owned(),
        fields: vec![("소재지".to_owned(), "한빛시 가온구 새빛동".to_owned())],
    }
}

#[test]
fn a_paper_sealed_under_a_lease_needs_no_more_than_the_offices_key() {
    let (signer, trust) = office(7);
    let (pem, key) = fresh_key().unwrap();
    let granted = lease(key);
    let station = LeasedKey::new(&pem, granted.grant(&signer).unwrap()).unwrap();

    let text = compose(&claims(), &station).unwrap();

    let genuine = Genuine {
        claims: claims(),
        lease: Some(granted),
    };
    assert_eq!(verify(&text, &trust), Ok(genuine));
    assert!(Symbol::of(&text, VERSION_MAX).is_ok(), "{}", text.len());
}

#[test]
fn what_goes_beyond_the_lease_is_not_believed() {
    let (signer, trust) = office(7);
    let (pem, key) = fresh_key().unwrap();
    let signed = lease(key).grant(&signer).unwrap();
    let station = LeasedKey::new(&pem, signed).unwrap();
    let beyond = [
        Claims {
            service: "family-relations".to_owned(),
            ..claims()
        },
        Claims {
            version: 2,
            ..claims()
        },
        Claims {
            document_number: "2611-AAAA-EFGH-JKLM".to_owned(),
            ..claims()
        },
        Claims {
            issued_at: lease(key).until + 1,
            ..claims()
        },
        Claims {
            issued_at: lease(key).records_at - 1,
            ..claims()
        },
    ];

    for claims in beyond {
        let text = compose(&claims, &station).unwrap();
        assert_eq!(
            verify(&text, &trust),
            Err(SealError::BeyondLease),
            "{claims:?}"
        );
    }
}

#[test]
fn a_lease_of_a_strange_office_or_for_a_strange_key_seals_nothing() {
    let ((signer, _), (_, other_trust)) = (office(7), office(8));
    let (pem, key) = fresh_key().unwrap();
    let (thief, _) = fresh_key().unwrap();
    let signed = lease(key).grant(&signer).unwrap();
    let station = LeasedKey::new(&pem, signed.clone()).unwrap();

    let text = compose(&claims(), &station).unwrap();

    assert_eq!(verify(&text, &other_trust), Err(SealError::UnknownKey));
    assert!(LeasedKey::new(&thief, signed).is_err());
}

#[test]
fn a_station_without_its_lease_is_nobody() {
    let (_, trust) = office(7);
    let (pem, _) = fresh_key().unwrap();
    let key = SoftSealKey::from_pem(&pem).unwrap();

    let text = compose(&claims(), &key).unwrap();

    assert_eq!(verify(&text, &trust), Err(SealError::UnknownKey));
}

#[test]
fn a_lease_is_read_back_and_believed_with_every_byte_or_not_at_all() {
    let (signer, trust) = office(7);
    let (_, key) = fresh_key().unwrap();
    let signed = lease(key).grant(&signer).unwrap();

    assert_eq!(Lease::verify(&signed, &trust), Ok(lease(key)));
    for place in 0..signed.len() {
        let mut altered = signed.clone();
        altered[place] ^= 0x40;
        assert!(Lease::verify(&altered, &trust).is_err(), "byte {place}");
        assert!(
            Lease::verify(&signed[..place], &trust).is_err(),
            "cut at {place}"
        );
    }
}
