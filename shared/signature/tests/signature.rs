//! Signing a certificate, and what a verifier says to everything that is not it.

#![allow(clippy::unwrap_used)]

use std::{fs, path::Path, time::Duration};

use certificate::{Bilingual, Order, Press};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use signature::{
    Details, DevelopmentAuthority, Evidence, Level, Refused, Signer, Signing, SoftKey,
    TimeStampRequest, TrustAnchor, sign_pdf, verify_pdf,
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
        lease: None,
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

/// One revision that does `change` to the catalogue of the signed paper.
fn revised(
    signed: &[u8],
    change: impl FnOnce(&mut lopdf::IncrementalDocument, ObjectId),
) -> Vec<u8> {
    let previous = Document::load_mem(signed).unwrap();
    let root = previous
        .trailer
        .get(b"Root")
        .unwrap()
        .as_reference()
        .unwrap();
    let mut update = lopdf::IncrementalDocument::create_from(signed.to_vec(), previous);
    update.opt_clone_object_to_new_document(root).unwrap();
    change(&mut update, root);
    let mut written = Vec::new();
    update.save_to(&mut written).unwrap();
    written
}

#[test]
fn evidence_may_follow_the_signature() {
    let (authority, key) = office();
    let signed = sign_pdf(&paper(), &key, &DETAILS).unwrap();

    let preserved = Evidence::about(key.chain().to_vec())
        .append_to(&signed)
        .unwrap();

    assert!(preserved.starts_with(&signed));
    let found = verify_pdf(&preserved, &anchor(&authority)).unwrap();
    assert_eq!(found.level, Level::Preserved);
}

#[test]
fn nothing_may_hide_behind_the_evidence() {
    let (authority, key) = office();
    let signed = sign_pdf(&paper(), &key, &DETAILS).unwrap();
    let preserved = Evidence::about(key.chain().to_vec())
        .append_to(&signed)
        .unwrap();
    let anchor = anchor(&authority);

    let page = *Document::load_mem(&signed)
        .unwrap()
        .get_pages()
        .get(&1)
        .unwrap();
    let catalog = |change: fn(&mut Dictionary)| {
        revised(&preserved, |update, root| {
            change(
                update
                    .new_document
                    .get_object_mut(root)
                    .unwrap()
                    .as_dict_mut()
                    .unwrap(),
            );
        })
    };
    let forgeries = [
        (
            "an action on opening",
            catalog(|it| it.set("OpenAction", dictionary! { "S" => "JavaScript" })),
        ),
        (
            "a stray object",
            revised(&preserved, |update, _| {
                update
                    .new_document
                    .add_object(Object::string_literal("stray"));
            }),
        ),
        (
            "another page",
            revised(&preserved, |update, _| {
                update.opt_clone_object_to_new_document(page).unwrap();
                let page = update
                    .new_document
                    .get_object_mut(page)
                    .unwrap()
                    .as_dict_mut()
                    .unwrap();
                page.set("Contents", Object::Array(Vec::new()));
            }),
        ),
        ("a visible field", visible_field(&preserved, page)),
        (
            "a comment",
            [&preserved[..], b"% nothing to see\n%%EOF"].concat(),
        ),
        ("a key written twice", twice(&preserved)),
    ];

    let uncertified = catalog(|it| drop(it.remove(b"Perms")));
    assert_eq!(verify_pdf(&uncertified, &anchor), Err(Refused::Unsigned));
    for (what, forged) in forgeries {
        assert_eq!(
            verify_pdf(&forged, &anchor),
            Err(Refused::Revised),
            "{what}"
        );
    }
}

/// A field that would be a time-stamp's if it were not drawn.
fn visible_field(pdf: &[u8], page: ObjectId) -> Vec<u8> {
    revised(pdf, |update, root| {
        update.opt_clone_object_to_new_document(page).unwrap();
        let revision = &mut update.new_document;
        let stamp = revision.add_object(dictionary! {
            "Type" => "DocTimeStamp", "SubFilter" => "ETSI.RFC3161",
        });
        let widget = revision.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "FT" => "Sig", "V" => stamp, "P" => page,
            "Rect" => vec![0.into(), 0.into(), 500.into(), 500.into()],
        });
        let catalog = revision
            .get_object_mut(root)
            .unwrap()
            .as_dict_mut()
            .unwrap();
        let form = catalog.get_mut(b"AcroForm").unwrap().as_dict_mut().unwrap();
        form.get_mut(b"Fields")
            .unwrap()
            .as_array_mut()
            .unwrap()
            .push(widget.into());
        let page = revision
            .get_object_mut(page)
            .unwrap()
            .as_dict_mut()
            .unwrap();
        page.get_mut(b"Annots")
            .unwrap()
            .as_array_mut()
            .unwrap()
            .push(widget.into());
    })
}

/// The catalogue's language is written a second time: one reader takes the
/// first, another the last.
fn twice(pdf: &[u8]) -> Vec<u8> {
    let doubled = revised(pdf, |update, root| {
        let catalog = update
            .new_document
            .get_object_mut(root)
            .unwrap()
            .as_dict_mut()
            .unwrap();
        catalog.set("Lanh", Object::string_literal("ko"));
    });
    let place = doubled.windows(5).rposition(|it| it == b"/Lanh").unwrap();
    let mut doubled = doubled;
    doubled[place + 4] = b'g';
    doubled
}

#[test]
fn a_time_stamp_of_something_else_is_not_taken_for_this_signatures() {
    let (authority, key) = office();
    let stranger = TimeStampRequest::about(b"Minwon", 7);
    let token = stranger.read(include_bytes!("frozen/reply.der")).unwrap();

    let signing = Signing::begin(&paper(), &key, &DETAILS).unwrap();
    let stamped = signing.finish_with(&token).unwrap();

    assert_eq!(
        verify_pdf(&stamped, &anchor(&authority)),
        Err(Refused::Altered)
    );
}
