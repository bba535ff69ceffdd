//! A page that is no certificate: no number, no seal, nobody's record.

use serde_json::Value;

/// Such as a sheet of results.
#[derive(Debug)]
pub struct Page<'a> {
    /// A Typst template, which reads `data.json`.
    pub template: &'a str,
    pub data: &'a Value,
    /// Tells it from other documents.
    pub title: &'a str,
    /// Year, month, day in Korea.
    pub printed_on: (i64, u32, u32),
}
