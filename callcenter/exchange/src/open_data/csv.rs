//! Tables as comma-separated values (RFC 4180).

use serde::Serialize;
use serde_json::Value;

/// Writes rows with a header of their fields' names; nothing where there is no row.
/// Spreadsheets take it for UTF-8 by the mark at its beginning.
pub(crate) fn csv(rows: &[impl Serialize], names: &[&str]) -> String {
    let mut written = String::from("\u{FEFF}");
    written += &names.join(",");
    written += "\r\n";
    for row in rows {
        let row = serde_json::to_value(row).unwrap_or_default();
        let cells: Vec<String> = names.iter().map(|name| cell(&row[*name])).collect();
        written += &cells.join(",");
        written += "\r\n";
    }
    written
}

fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    };
    // A spreadsheet would calculate what begins like this.
    let calculates = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if calculates { format!("'{text}") } else { text };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}
