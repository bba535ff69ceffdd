//! The same linked data in Turtle (RDF 1.1 Turtle).

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::CONTEXT;

/// Writes a document as [`crate::catalog`] and [`crate::node`] make it.
pub fn turtle(document: &Value) -> String {
    let mut written = String::new();
    for (prefix, iri) in CONTEXT {
        let _ = writeln!(written, "@prefix {prefix}: <{iri}> .");
    }
    if let Some(node) = document.as_object() {
        let subject = node.get("@id").and_then(Value::as_str).unwrap_or_default();
        let _ = write!(written, "\n<{}>", escaped(subject, &IRI));
        written += &properties(node, 1);
        written += " .\n";
        // What has a name of its own and stands within.
        for (name, inner) in named_within(node) {
            let _ = write!(written, "\n<{}>", escaped(name, &IRI));
            written += &properties(inner, 1);
            written += " .\n";
        }
    }
    written
}

/// Nodes below this one that have a name, at whatever depth.
fn named_within(node: &Map<String, Value>) -> Vec<(&str, &Map<String, Value>)> {
    let mut found = Vec::new();
    let within = node.iter().filter(|(name, _)| !name.starts_with('@'));
    for value in within.flat_map(|(_, value)| all(value)) {
        let Some(inner) = value.as_object() else {
            continue;
        };
        // A mere reference says nothing more.
        if inner.len() > 1
            && let Some(name) = inner.get("@id").and_then(Value::as_str)
        {
            found.push((name, inner));
        }
        found.extend(named_within(inner));
    }
    found.sort_by_key(|(name, _)| *name);
    found.dedup_by_key(|(name, _)| *name);
    found
}

fn properties(node: &Map<String, Value>, depth: usize) -> String {
    let indent = "    ".repeat(depth);
    let mut lines = Vec::new();
    if let Some(kind) = node.get("@type").and_then(Value::as_str) {
        lines.push(format!(" a {kind}"));
    }
    let own = node.iter().filter(|(name, _)| !name.starts_with('@'));
    for (name, value) in own {
        let objects: Vec<String> = all(value).iter().map(|it| object(it, depth)).collect();
        lines.push(format!("\n{indent}{name} {}", objects.join(", ")));
    }
    lines.join(" ;")
}

fn all(value: &Value) -> &[Value] {
    let several = value.as_array().map(Vec::as_slice);
    several.unwrap_or(std::slice::from_ref(value))
}

fn object(value: &Value, depth: usize) -> String {
    let Some(node) = value.as_object() else {
        return literal(value.as_str().unwrap_or_default());
    };
    let word = |name: &str| node.get(name).and_then(Value::as_str);
    if let Some(text) = word("@value") {
        return match (word("@language"), word("@type")) {
            (Some(language), _) => format!("{}@{language}", literal(text)),
            (None, Some(kind)) => format!("{}^^{kind}", literal(text)),
            (None, None) => literal(text),
        };
    }
    match word("@id") {
        Some(iri) => format!("<{}>", escaped(iri, &IRI)),
        None => {
            let indent = "    ".repeat(depth);
            format!("[{}\n{indent}]", properties(node, depth + 1))
        }
    }
}

fn literal(text: &str) -> String {
    format!("\"{}\"", escaped(text, &['"', '\\']))
}

/// What may not stand in an IRIREF as it is (Turtle, section 6.5).
const IRI: [char; 9] = ['<', '>', '"', '{', '}', '|', '^', '`', '\\'];

/// With numeric escapes, which both literals and references know.
fn escaped(text: &str, not: &[char]) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_control() || not.contains(&letter) || (not.len() > 2 && letter == ' ') {
            let _ = write!(written, "\\u{:04X}", u32::from(letter));
        } else {
            written.push(letter);
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_numbers_references_and_nodes_are_written_as_turtle_has_them() {
        let document = json!({
            "@context": {}, "@id": "/a", "@type": "dcat:Catalog",
            "dct:title": [{ "@value": "가\"나", "@language": "ko" }],
            "dct:temporal": {
                "@type": "dct:PeriodOfTime",
                "dcat:startDate": { "@value": "2008", "@type": "xsd:gYear" }
            },
            "dct:publisher": { "@id": "urn:b", "dct:identifier": "1" },
        });

        let written = turtle(&document);

        let (_, body) = written.split_once("\n\n").unwrap_or_default();
        assert_eq!(
            body,
            "</a> a dcat:Catalog ;\n    dct:publisher <urn:b> ;\n    dct:temporal [ a \
             dct:PeriodOfTime ;\n        dcat:startDate \"2008\"^^xsd:gYear\n    ] ;\n    \
             dct:title \"가\\u0022나\"@ko .\n\n<urn:b>\n    dct:identifier \"1\" .\n"
        );
    }

    #[test]
    fn nothing_in_a_text_ends_it() {
        let text = "\"@en . <urn:x> a <urn:y> .\n\\";

        let written = turtle(&json!({ "@id": "/a> <b", "dct:title": text }));

        assert!(written.contains("</a\\u003E\\u0020\\u003Cb>"));
        let (_, literal) = written.split_once("dct:title ").unwrap_or_default();
        assert!(literal.starts_with("\"\\u0022@en . <urn:x> a <urn:y> .\\u000A\\u005C\""));
    }
}
