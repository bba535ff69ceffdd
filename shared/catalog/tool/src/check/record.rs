//! Schema, sample and what `service.toml` says of a record fit together.

use serde_json::Value;

use crate::{
    folder::{CertificateFolder, Folder},
    report::Report,
    source::Source,
    words::Words,
};

pub(super) fn check(folder: &Folder, report: &mut Report) {
    for it in &folder.certificates {
        let Some((source, Some(schema))) = &it.schema else {
            continue;
        };
        match jsonschema::validator_for(schema) {
            Ok(validator) => {
                if let Some((source, Some(sample))) = &it.sample {
                    for misfit in validator.iter_errors(sample) {
                        let words = Words::new(
                            format!("record.schema.json에 맞지 않아요: {misfit}"),
                            format!("It does not fit record.schema.json: {misfit}"),
                        );
                        let place = misfit.instance_path().to_string();
                        report.at(source, &place, "sample", words);
                    }
                }
                places(it, schema, report);
            }
            Err(error) => {
                let words = Words::new(
                    format!("JSON Schema가 아니에요: {error}"),
                    format!("It is no JSON Schema: {error}"),
                );
                let place = error.instance_path().to_string();
                report.at(source, &place, "schema", words);
            }
        }
    }
}

/// Where `service.toml` points into a record.
fn places(folder: &CertificateFolder, schema: &Value, report: &mut Report) {
    let source = &folder.service.source;
    let Some(service) = &folder.service.value else {
        return;
    };
    if service.subject.is_some() {
        let written = source.text.parse::<toml::Table>().unwrap_or_default();
        let pointer = written.get("subject").and_then(|it| it.as_str());
        point(
            source,
            "/subject",
            pointer.unwrap_or_default(),
            schema,
            report,
        );
    }
    for (number, field) in service.seal_fields.iter().enumerate() {
        let place = format!("/seal/{number}/pointer");
        point(source, &place, &field.pointer, schema, report);
    }
}

fn point(source: &Source, place: &str, pointer: &str, schema: &Value, report: &mut Report) {
    if !pointer.starts_with('/') {
        let words = Words::new(
            format!("`{pointer}`: /person/name처럼 /로 시작해야 해요 (JSON 포인터)"),
            format!("`{pointer}` must be a JSON pointer such as /person/name"),
        );
        return report.at(source, place, "pointer", words);
    }
    let words = match follow(schema, pointer) {
        Found::Always => return,
        Found::Never => Words::new(
            format!("`{pointer}`: record.schema.json에 그런 자리가 없어요"),
            format!("`{pointer}` leads nowhere in record.schema.json"),
        ),
        Found::Sometimes => Words::new(
            format!(
                "`{pointer}`: 기록에 없을 수도 있는 자리예요. record.schema.json의 required에 적거나 다른 자리를 고르세요"
            ),
            format!(
                "`{pointer}` may be left out of a record: make it required in record.schema.json or choose another place"
            ),
        ),
    };
    report.at(source, place, "pointer", words);
}

#[derive(Debug, PartialEq, Eq)]
enum Found {
    Always,
    Sometimes,
    Never,
}

/// Whether what a pointer leads to is in every record that keeps a schema.
fn follow(schema: &Value, pointer: &str) -> Found {
    let (mut schema, mut found) = (schema, Found::Always);
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        let row = step == "*" || step.parse::<u64>().is_ok();
        if let Some(items) = schema.get("items").filter(|_| row) {
            let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0);
            let needed = step.parse().map_or(1, |number: u64| number + 1);
            if least < needed {
                found = Found::Sometimes;
            }
            schema = items;
            continue;
        }
        let Some(field) = schema.get("properties").and_then(|it| it.get(&step)) else {
            return Found::Never;
        };
        let required = schema.get("required").and_then(Value::as_array);
        if !required.is_some_and(|it| it.iter().any(|it| *it == step.as_str())) {
            found = Found::Sometimes;
        }
        schema = field;
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_pointer_leads_to_what_is_always_there_or_not() {
        let schema = json!({
            "required": ["a", "rows"],
            "properties": {
                "a": { "properties": { "b/c": {} }, "required": ["b/c"] },
                "rows": { "minItems": 1, "items": { "properties": { "x": {} } } },
                "seldom": {},
            },
        });
        let table = [
            ("/a/b~1c", Found::Always),
            ("/rows/0", Found::Always),
            ("/rows/1", Found::Sometimes),
            ("/rows/*/x", Found::Sometimes),
            ("/seldom", Found::Sometimes),
            ("/a/d", Found::Never),
            ("/rows/x", Found::Never),
        ];

        for (pointer, expected) in table {
            assert_eq!(follow(&schema, pointer), expected, "{pointer}");
        }
    }
}
