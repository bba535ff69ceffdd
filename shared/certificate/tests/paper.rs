//! What comes off the press, and what never does.

#![allow(clippy::unwrap_used)]

use std::{cell::RefCell, fs, path::Path};

use catalog::Catalog;
use certificate::{Assignment, Bilingual, Order, Pdf, Press, RenderError};
use request::{DocumentNumber, ServiceId, Timestamp};
use seal::{SealSigner, SignError, SoftSealKey, fresh_key};
use serde_json::{Value, json};

const HOUSEHOLD: &str = "resident-register-household";
const SEAL: &str = "6BFOXN*TS0BI$ZD.P9UOL97O4-2HH77HRM3DSPTLRR+%3.ZH9M9ESIGUBA KWML/O6HXK 0D+4O5VC9:BPCNYKMXEE1JAA";

fn service(id: &str, name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/services");
    fs::read_to_string(folder.join(id).join(name)).unwrap()
}

fn bilingual(ko: &str, en: &str) -> Bilingual {
    Bilingual {
        ko: ko.to_owned(),
        en: en.to_owned(),
    }
}

fn print(press: &Press, template: &str, record: &Value) -> Result<Pdf, RenderError> {
    press.print(&Order {
        template,
        record,
        options: &json!({ "numbers": "masked", "history": "yes" }),
        title: bilingual("주민등록표 등본", "Resident register, household"),
        issuer: bilingual("한빛시 가온구청장", "Mayor of Gaon-gu"),
        place: bilingual("가온구청 민원실", "Gaon-gu office"),
        document_number: "2611-ABCD-EFGH-JKLM",
        issued_on: (2026, 11, 24),
        valid_days: 90,
        fee_won: 200,
        copy: (1, 1),
        lease: None,
        seal: SEAL,
    })
}

fn household() -> Value {
    serde_json::from_str(&service(HOUSEHOLD, "sample.json")).unwrap()
}

#[test]
fn the_same_order_gives_the_same_bytes() {
    let press = Press::with_debian_fonts().unwrap();
    let template = service(HOUSEHOLD, "certificate.typ");

    let first = print(&press, &template, &household()).unwrap();
    let second = print(&press, &template, &household()).unwrap();

    assert!(first.bytes.starts_with(b"%PDF-1.7"));
    assert_eq!(first.bytes, second.bytes);
    assert_eq!(first.pages, 1);
}

#[test]
fn a_household_of_thirty_goes_on_to_a_second_page() {
    let press = Press::with_debian_fonts().unwrap();
    let mut record = household();
    let members = record["members"].as_array_mut().unwrap();
    let member = members[1].clone();
    members.resize(30, member);

    let pdf = print(&press, &service(HOUSEHOLD, "certificate.typ"), &record).unwrap();

    assert_eq!(pdf.pages, 2);
}

/// The break before the last section and the numbers of the pages depend on each
/// other; the press refuses paper on which they do not agree.
#[test]
fn households_and_histories_of_every_length_settle_on_their_pages() {
    let press = Press::with_debian_fonts().unwrap();
    let template = service(HOUSEHOLD, "certificate.typ");

    for members in [1, 8, 10, 12, 14, 16, 30] {
        for history in [0, 1, 3, 8, 17, 50] {
            let mut record = household();
            for (list, length) in [("members", members), ("history", history)] {
                let rows = record[list].as_array_mut().unwrap();
                let row = rows[0].clone();
                rows.resize(length, row);
            }
            let pdf = print(&press, &template, &record).unwrap();
            let rows = members + history;
            let most = 1 + rows.div_ceil(15);
            assert!(
                (1..=most).contains(&usize::try_from(pdf.pages).unwrap()),
                "{members} members and {history} addresses on {} pages",
                pdf.pages
            );
        }
    }
}

#[test]
fn a_name_no_font_can_write_is_refused_and_not_printed_with_a_hole() {
    let press = Press::with_debian_fonts().unwrap();
    let mut record = household();
    record["householder"]["name"] = json!("한\u{e123}나");

    let refused = print(&press, &service(HOUSEHOLD, "certificate.typ"), &record).err();

    assert_eq!(refused, Some(RenderError::MissingGlyph));
}

#[test]
fn a_template_sees_neither_files_nor_packages() {
    let press = Press::with_debian_fonts().unwrap();

    for escape in [
        "#read(\"/etc/hostname\")",
        "#import \"@preview/cetz:0.3.0\": *",
    ] {
        let refused = print(&press, escape, &household()).err();
        assert!(
            matches!(refused, Some(RenderError::Template { .. })),
            "{escape}: {refused:?}"
        );
    }
}

#[test]
fn a_broken_template_names_its_line() {
    let press = Press::with_debian_fonts().unwrap();

    let refused = print(&press, "ok\n#nobody.knows", &household()).err();

    assert_eq!(refused, Some(RenderError::Template { line: 2 }));
}

/// Keeps what it signs.
struct Witnessed(SoftSealKey, RefCell<Vec<u8>>);

impl SealSigner for Witnessed {
    fn key_id(&self) -> [u8; 8] {
        self.0.key_id()
    }

    fn sign(&self, to_be_signed: &[u8]) -> Result<Vec<u8>, SignError> {
        *self.1.borrow_mut() = to_be_signed.to_vec();
        self.0.sign(to_be_signed)
    }
}

/// A permanent resident's stay has no end: nobody who reads the seal is told "null".
#[test]
fn a_field_that_is_not_there_is_sealed_as_nothing() {
    let press = Press::with_debian_fonts().unwrap();
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog");
    let catalog = Catalog::read(&house).unwrap();
    let id = ServiceId::new("alien-registration");
    let service = catalog.service(&id).unwrap();
    let mut record: Value = serde_json::from_str(&service.sample).unwrap();
    *record.pointer_mut("/status/until").unwrap() = Value::Null;
    let key = SoftSealKey::from_pem(&fresh_key().unwrap().0).unwrap();
    let signer = Witnessed(key, RefCell::default());
    let assignment = Assignment {
        service,
        record: &record,
        options: &json!({}),
        number: &DocumentNumber::new("2611-ABCD-EFGH-JKLM"),
        copy: (1, 1),
        fee_won: 0,
        now: Timestamp::from_millis(1_795_480_200_000),
    };

    press.certify(&assignment, &signer).unwrap();

    let signed = String::from_utf8_lossy(&signer.1.borrow()).into_owned();
    assert!(signed.contains("체류기간 만료일") && !signed.contains("null"));
}
