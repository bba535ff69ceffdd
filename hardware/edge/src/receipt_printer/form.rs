//! The one form of the receipt printer: a heading, if there is one, and lines.

use serde_json::Value;
use sheet::{Line, Sheet};

use crate::{
    completion::{Completion, CompletionCode},
    envelope::Payload,
};

pub(super) const NAME: &str = "lines";

/// More does not go on a receipt.
const LINES_MAX: usize = 200;
const LINE_MAX: usize = 200;

/// The sheet that a `Printer.PrintForm` describes.
pub(super) fn fill(payload: &Payload) -> Result<Sheet, Completion> {
    let text = |name: &str| payload.0.get(name).filter(|it| !it.is_null());
    if text("formName").and_then(Value::as_str) != Some(NAME) {
        return Err(Completion::error("formNotFound"));
    }
    if text("mediaName").is_some() {
        return Err(Completion::error("mediaNotFound"));
    }
    if !matches!(
        text("paperSource").map(Value::as_str),
        None | Some(Some("upper" | "any"))
    ) {
        return Err(Completion::error("sourceInvalid"));
    }
    if !text("mediaControl").is_none_or(is_cut) {
        return Err(Completion::of(CompletionCode::UnsupportedData));
    }
    let Some(Value::Object(fields)) = text("fields") else {
        return Err(Completion::error("fieldSpecFailure"));
    };
    let mut lines = Vec::new();
    if let Some(heading) = fields.get("heading") {
        lines.extend(printable(heading)?.into_iter().map(Line::Heading));
    }
    if let Some(text) = fields.get("lines") {
        lines.extend(printable(text)?.into_iter().map(Line::Text));
    }
    let known = |name: &String| name == "heading" || name == "lines";
    if lines.is_empty() || !fields.keys().all(known) {
        return Err(Completion::error("fieldSpecFailure"));
    }
    if lines.len() > LINES_MAX {
        return Err(Completion::error("mediaOverflow"));
    }
    Ok(Sheet::new(lines))
}

/// One text or several, as the standard lets a field have.
fn printable(field: &Value) -> Result<Vec<String>, Completion> {
    let texts = match field {
        Value::String(text) => vec![text.as_str()],
        Value::Array(texts) => texts
            .iter()
            .map(Value::as_str)
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| Completion::error("fieldSpecFailure"))?,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {
            return Err(Completion::error("fieldSpecFailure"));
        }
    };
    if texts.iter().any(|it| it.chars().any(char::is_control)) {
        return Err(Completion::error("charSetData"));
    }
    if texts.iter().any(|it| it.chars().count() > LINE_MAX) {
        return Err(Completion::error("mediaOverflow"));
    }
    Ok(texts.into_iter().map(ToOwned::to_owned).collect())
}

/// Every receipt is cut; nothing else can be done with it.
fn is_cut(control: &Value) -> bool {
    let wanted = control.as_object();
    wanted.is_some_and(|it| {
        it.iter()
            .all(|(name, on)| name == "cut" || matches!(on, Value::Null | Value::Bool(false)))
    })
}
