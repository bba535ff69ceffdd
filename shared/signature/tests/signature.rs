//! Signing a certificate, and what a verifier says to everything that is not it.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path, time::Duration};

use certificate::{Bilingual, Order, Press};
use signature::{
    Details, DevelopmentAuthority, Refused, Signer, SoftKey, TrustAnchor, sign_pdf, verify_pdf,
};

const NOW: Duration = Duration::from_secs(1_795_500_000);
const DETAILS: Details<'_> = Details {
    name: "한빛시 가온구청장",
    reason: "주민등록표 등본 발급",
    location: "KR",
    at: "D:20261124180000+09'00'",
};

fn paper() -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/services/land-ledger");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let both = |text: &str| Bilingual {
        ko: text.to_owned(),
        en: text.to_owned(),
    };
    let order = Order {
        template: &read("certificate.typ"),
        record: &serde_json::from_str(&read("sample.json")).unwrap(),
        options: &serde_json::json!({}),
        title: both("토지대장"),
        issuer: both("한빛시장"),
        place: both("가온구청"),
        document_number: "2611-ABCD-EFGH-JKLM",
        issued_on: (2026, 11, 24),
        valid_days: 90,
        fee_won: 300,
        copy: (1, 1),
        seal: "MW1:ABC",
    };
    Press::with_debian_fonts()
        .unwrap()
        .print(&order)
        .unwrap()
        .bytes
}

fn office() -> (DevelopmentAuthority, SoftKey) {
    let authority = DevelopmentAuthority::create("Minwon development CA", NOW).unwrap();
    let issued = authority.issue("한빛시 가온구청장", NOW).unwrap();
    let key = SoftKey::from_pem(&issued.key_pem, &issued.certificate_pem).unwrap();
    (authority, key)
}

fn anchor(authority: &DevelopmentAuthority) -> TrustAnchor {
    TrustAnchor::read(authority.certificate_pem().unwrap().as_bytes()).unwrap()
}

#[test]
fn a_signed_certificate_is_genuine_and_starts_with_the_bytes_that_were_signed() {
    let (authority, key) = office();
    let paper = paper();

    let signed = sign_pdf(&paper, &key, &DETAILS).unwrap();

    assert!(signed.starts_with(&paper));
    let found = verify_pdf(&signed, &anchor(&authority)).unwrap();
    assert!(found.signer.contains("가온구청장"), "{}", found.signer);
    assert_eq!(found.claimed_at, DETAILS.at);
}

#[test]
fn one_flipped_bit_anywhere_is_told() {
    let (authority, key) = office();
    let signed = sign_pdf(&paper(), &key, &DETAILS).unwrap();
    let anchor = anchor(&authority);

    for at in (0..signed.len())
        .step_by(997)
        .chain(signed.len() - 700..signed.len())
    {
        let mut altered = signed.clone();
        altered[at] ^= 1;
        assert!(
            verify_pdf(&altered, &anchor).is_err(),
            "the bit at {at} was not noticed"
        );
    }
}

#[test]
fn anything_added_after_the_signature_is_refused() {
    let (authority, key) = office();
    let signed = sign_pdf(&paper(), &key, &DETAILS).unwrap();
    let anchor = anchor(&authority);

    let with_comment = [&signed[..], b"\n% nothing to see\n"].concat();
    assert_eq!(verify_pdf(&with_comment, &anchor), Err(Refused::Revised));

    let mut update = lopdf::IncrementalDocument::create_from(
        signed.clone(),
        lopdf::Document::load_mem(&signed).unwrap(),
    );
    update
        .new_document
        .add_object(lopdf::dictionary! { "Type" => "Annot" });
    let mut revised = Vec::new();
    update.save_to(&mut revised).unwrap();
    assert_eq!(verify_pdf(&revised, &anchor), Err(Refused::Revised));
}

#[test]
fn a_stranger_cannot_sign_in_the_name_of_the_office() {
    let (authority, _) = office();
    let (_, stranger) = office();

    let forged = sign_pdf(&paper(), &stranger, &DETAILS).unwrap();

    assert_eq!(
        verify_pdf(&forged, &anchor(&authority)),
        Err(Refused::Untrusted)
    );
}

#[test]
fn a_signature_from_before_the_certificate_is_not_believed() {
    let (authority, key) = office();
    let details = Details {
        at: "D:20200101000000Z",
        ..DETAILS
    };

    let signed = sign_pdf(&paper(), &key, &details).unwrap();

    assert_eq!(
        verify_pdf(&signed, &anchor(&authority)),
        Err(Refused::Untrusted)
    );
}

#[test]
fn what_is_not_signed_or_no_pdf_at_all_gets_a_plain_answer() {
    let (authority, key) = office();
    let anchor = anchor(&authority);
    let paper = paper();
    let signed = sign_pdf(&paper, &key, &DETAILS).unwrap();

    assert_eq!(verify_pdf(&paper, &anchor), Err(Refused::Unsigned));
    assert_eq!(verify_pdf(b"", &anchor), Err(Refused::NotPdf));
    assert_eq!(
        verify_pdf(b"%PDF-1.7\nnonsense", &anchor),
        Err(Refused::NotPdf)
    );
    for length in (0..signed.len()).step_by(4999) {
        assert!(
            verify_pdf(&signed[..length], &anchor).is_err(),
            "cut at {length}"
        );
    }
    assert!(sign_pdf(b"no pdf", &key, &DETAILS).is_err());
    assert_eq!(key.chain().len(), 1);
}
