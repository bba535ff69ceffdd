//! A numbered, signed certificate, as the request refers to it.

mod typed;

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use typed::NotANumber;

/// Four groups of four characters; the number a reader checks a paper by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentNumber(String);

impl DocumentNumber {
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A document that lies ready; one number is one paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentReference {
    pub number: DocumentNumber,
    pub pages: u32,
    /// SHA-256 of the PDF, in lower-case hexadecimal.
    pub sha256: String,
}

impl DocumentReference {
    /// Refers to a document by what is in it.
    pub fn of(number: DocumentNumber, pages: u32, pdf: &[u8]) -> Self {
        let sha256 = sha256(pdf);
        Self {
            number,
            pages,
            sha256,
        }
    }

    /// Whether this is the document, whole and unaltered.
    pub fn is_of(&self, pdf: &[u8]) -> bool {
        sha256(pdf) == self.sha256
    }
}

fn sha256(pdf: &[u8]) -> String {
    Sha256::digest(pdf)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
