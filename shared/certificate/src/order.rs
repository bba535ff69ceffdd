//! What a certificate is made of.

use catalog::Bilingual;
use serde_json::{Value, json};

/// What the paper says of the lease it was issued under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaseNote {
    /// The moment of the records, such as `2026-11-28 09:00`.
    pub records_at: String,
    pub number: String,
}

/// One certificate to be made; everything a template may know.
pub struct Order<'a> {
    /// The service's Typst template.
    pub template: &'a str,
    /// The record as the data network answered it.
    pub record: &'a Value,
    /// The options the applicant chose, id to choice.
    pub options: &'a Value,
    pub title: Bilingual,
    /// The office over whose name the seal stands.
    pub issuer: Bilingual,
    /// Where the paper is printed.
    pub place: Bilingual,
    pub document_number: &'a str,
    /// Year, month, day in Korea.
    pub issued_on: (i64, u32, u32),
    pub valid_days: u32,
    pub fee_won: u32,
    /// Which of how many copies, 1-based.
    pub copy: (u32, u32),
    /// Under which lease a station issues it; the office itself needs none.
    pub lease: Option<LeaseNote>,
    /// The text of the QR code.
    pub seal: &'a str,
}

impl Order<'_> {
    /// The template's only window to the world.
    pub(crate) fn data(&self, seal_modules: u32) -> Value {
        let (year, month, day) = self.issued_on;
        json!({
            "record": self.record,
            "options": self.options,
            "title": words(&self.title),
            "issuer": words(&self.issuer),
            "place": words(&self.place),
            "document": {
                "number": self.document_number,
                "year": year,
                "month": month,
                "day": day,
                "valid_days": self.valid_days,
                "fee_won": self.fee_won,
                "copy": self.copy.0,
                "copies": self.copy.1,
            },
            "lease": self.lease.as_ref().map(|it| json!({
                "records_at": it.records_at,
                "number": it.number,
            })),
            "seal": { "modules": seal_modules, "text": self.seal },
        })
    }
}

fn words(text: &Bilingual) -> Value {
    json!({ "ko": text.ko, "en": text.en })
}

/// A finished page set.
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: u32,
}
