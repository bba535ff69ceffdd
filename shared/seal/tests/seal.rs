//! What a seal promises to whoever reads it.

#![allow(clippy::unwrap_used)]

use coset::TaggedCborSerializable;
use p256::{
    ecdsa::SigningKey,
    pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding},
};
use proptest::prelude::*;
use seal::{Claims, SealError, SealKey, SoftSealKey, Symbol, TrustList, compose, verify};

/// Two keys for tests only; their numbers are in everybody's hands.
fn key(number: u8) -> (SoftSealKey, TrustList) {
    let key = SigningKey::from_slice(&[number; 32]).unwrap();
    let pem = key.to_pkcs8_pem(LineEnding::LF).unwrap();
    let public_key = key
        .verifying_key()
        .to_public_key_pem(LineEnding::LF)
        .unwrap();
    let office = "한빛시 가온구".to_owned();
    let trust = TrustList {
        keys: vec![SealKey { office, public_key }],
    };
    (SoftSealKey::from_pem(&pem).unwrap(), trust)
}

fn claims() -> Claims {
    Claims {
        issuer: "KR-41999".to_owned(),
        issued_at: 1_795_480_200,
        expires_at: 1_803_256_200,
        service: "resident-register-household".to_owned(),
        version: 1,
        document_number: "2611-ABCD-EFGH-JKLM".to_owned(),
        fields: vec![
            ("세대주".to_owned(), "홍길동".to_owned()),
            (
                "주소".to_owned(),
                "한빛시 가온구 새빛로 12, 102동 1304호 (새빛동)".to_owned(),
            ),
        ],
    }
}

#[test]
fn what_was_sealed_is_read_back() {
    let (signer, trust) = key(7);

    let text = compose(&claims(), &signer).unwrap();

    let genuine = verify(&text, &trust).unwrap();
    assert_eq!(genuine.claims, claims());
    assert!(genuine.lease.is_none());
}

#[test]
fn a_strangers_seal_is_not_believed() {
    let (signer, _) = key(7);
    let (_, others) = key(9);

    let text = compose(&claims(), &signer).unwrap();

    assert_eq!(verify(&text, &others).unwrap_err(), SealError::UnknownKey);
}

#[test]
fn every_changed_character_is_told() {
    let (signer, trust) = key(7);
    let text = compose(&claims(), &signer).unwrap();

    for place in 4..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        assert!(verify(&changed, &trust).is_err(), "character {place}");
    }
}

#[test]
fn a_seal_that_is_cut_off_is_malformed() {
    let (signer, trust) = key(7);
    let text = compose(&claims(), &signer).unwrap();

    for length in 4..text.len() {
        assert!(
            verify(&text[..length], &trust).is_err(),
            "{length} characters"
        );
    }
    assert_eq!(
        verify("https://example.org", &trust),
        Err(SealError::NotASeal)
    );
}

#[test]
fn a_bomb_does_not_go_off() {
    let zeros = miniz_oxide::deflate::compress_to_vec_zlib(&vec![0; 50_000_000], 9);
    let bomb = format!("MW1:{}", base45::encode(&zeros[..2_000.min(zeros.len())]));

    assert_eq!(
        verify(&bomb, &TrustList::default()),
        Err(SealError::Malformed)
    );
}

#[test]
fn an_ordinary_seal_fits_its_place() {
    let (signer, _) = key(7);
    let text = compose(&claims(), &signer).unwrap();

    let symbol = Symbol::of(&text, 20).unwrap();

    // 4 dots a module at 203 dpi: under 50 mm.
    assert!(symbol.size() * 4 < 400, "{} modules", symbol.size());
}

/// Issuer, expiry, issue, document and fields; then the algorithm and the key.
#[test]
fn the_claims_are_written_as_they_always_were() {
    let (signer, _) = key(7);
    let text = compose(&claims(), &signer).unwrap();

    let packed = base45::decode(text.strip_prefix("MW1:").unwrap()).unwrap();
    let message = miniz_oxide::inflate::decompress_to_vec_zlib(&packed).unwrap_or(packed);
    let message = coset::CoseSign1::from_tagged_slice(&message).unwrap();

    let hexadecimal =
        |bytes: &[u8]| -> String { bytes.iter().map(|byte| format!("{byte:02x}")).collect() };
    assert_eq!(
        hexadecimal(&message.payload.unwrap()),
        include_str!("frozen/claims.cbor.hex").trim()
    );
    assert_eq!(
        hexadecimal(&message.protected.original_data.unwrap()),
        include_str!("frozen/protected.cbor.hex").trim()
    );
}

#[test]
fn a_seal_of_an_earlier_release_is_still_read() {
    let (_, trust) = key(7);

    let sealed = verify(include_str!("frozen/seal.txt"), &trust);

    assert_eq!(sealed.unwrap().claims, claims());
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "MW1:[0-9A-Z $%*+./:-]{0,300}") {
        prop_assert!(verify(&text, &TrustList::default()).is_err());
    }
}
