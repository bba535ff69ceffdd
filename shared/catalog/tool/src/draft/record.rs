//! Schema and sample of a new service's record. The sample's person is invented.

use serde_json::{Map, Value, json};

use super::{Draft, Field, FieldKind};

/// As other schemas bound the names of people.
const NAME_MAX: u32 = 60;
const LATIN_NAME_MAX: u32 = 120;
const LATIN: &str = "^[A-Z' -]+$";
const NUMBER_MAX: u64 = 1_000_000_000;
const WON_MAX: u64 = 1_000_000_000_000;

impl Draft {
    pub(super) fn schema(&self) -> String {
        let mut properties = Map::new();
        if self.is_personal() {
            let person = json!({
                "name": text(NAME_MAX),
                "name_latin": { "type": "string", "minLength": 1, "maxLength": LATIN_NAME_MAX, "pattern": LATIN },
                "resident_number": { "type": "string", "pattern": "^[0-9]{13}$" },
            });
            properties.insert("person".to_owned(), object(person));
        }
        for field in &self.fields {
            properties.insert(field.id.clone(), schema_of(field));
        }
        let mut schema = object(Value::Object(properties));
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
        schema["title"] = self.id.as_str().into();
        written(&schema)
    }

    pub(super) fn sample(&self) -> String {
        let mut record = Map::new();
        if self.is_personal() {
            let person = json!({
                "name": "한나래", "name_latin": "HAN NARAE", "resident_number": "9001012345678",
            });
            record.insert("person".to_owned(), person);
        }
        for field in &self.fields {
            record.insert(field.id.clone(), sample_of(field));
        }
        written(&Value::Object(record))
    }
}

fn schema_of(field: &Field) -> Value {
    match field.kind {
        FieldKind::Text => text(field.limit),
        FieldKind::Bilingual => {
            object(json!({ "ko": text(field.limit), "en": text(field.limit.saturating_mul(2)) }))
        }
        FieldKind::Number => json!({ "type": "integer", "minimum": 0, "maximum": NUMBER_MAX }),
        FieldKind::Won => json!({ "type": "integer", "minimum": 0, "maximum": WON_MAX }),
        FieldKind::Day => json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
    }
}

fn sample_of(field: &Field) -> Value {
    let short = |text: &str, limit: u32| -> Value {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        text.chars().take(limit).collect::<String>().into()
    };
    let (limit, label) = (field.limit, &field.label);
    match field.kind {
        FieldKind::Text => short(&format!("{} 견본", label.ko), limit),
        FieldKind::Bilingual => json!({
            "ko": short(&format!("{} 견본", label.ko), limit),
            "en": short(&format!("Sample: {}", label.en), limit.saturating_mul(2)),
        }),
        FieldKind::Number => 12.into(),
        FieldKind::Won => 1_234_000.into(),
        FieldKind::Day => "2026-11-24".into(),
    }
}

fn text(limit: u32) -> Value {
    json!({ "type": "string", "minLength": 1, "maxLength": limit })
}

/// All of it is there, and nothing else.
fn object(properties: Value) -> Value {
    let names = properties
        .as_object()
        .map(|it| it.keys().cloned().collect::<Vec<_>>());
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": names,
        "properties": properties,
    })
}

fn written(value: &Value) -> String {
    format!("{value:#}\n")
}
